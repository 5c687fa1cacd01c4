"""What tells the languages in Latin letters apart: letters above ASCII, and short words.

Letters are given per 10,000 letters of text, roughly, as they are taught of each language; short words are
those that hardly a sentence goes without. All of it was put together by hand for code pages.
"""

# fmt: off
LETTERS = {
    "en": "é5 è1 ê1 ë1 ï1 ö2 ü2 ä1 ç1 á1 ñ1 í1 ó1 å1 ø1 à1 â1 î1 ô1 ã1 ß1 œ1 æ1",
    "fr": "é190 è27 ê22 à49 â5 ç8 ô4 û6 ù6 î4 ï1 ë1 œ2 ü1 æ1 ÿ1",
    "de": "ü99 ä57 ö44 ß31 é1",
    "es": "ó83 í72 á50 é43 ñ31 ú17 ü1",
    "pt": "ã73 ç53 á47 ê45 é34 ó30 ú21 í13 õ8 à7 ô6 â6 ü1",
    "it": "à64 è26 ò15 ù17 é6 ì5 î1",
    "ca": "à70 é45 è40 ó50 í35 ò15 ç15 ú10 ï6 ü2",
    "nl": "ë12 é6 ï4 ö2 è2 ü1 ê1 á1",
    "sv": "ä180 å134 ö131 é2",
    "da": "å119 ø94 æ87 é3",
    "fi": "ä358 ö44 å1",
    "is": "ð160 á180 í157 þ145 ó99 ö78 æ87 é65 ú61 ý23",
    "pl": "ł182 ę111 ą99 ó85 ż83 ś66 ć40 ń20 ź6",
    "cs": "í310 á224 ě165 é133 ř122 ý107 ž99 č95 š81 ů69 ú10 ó3 ť2 ď2 ň2",
    "sk": "á180 í120 č120 ý110 é90 š80 ž80 ú60 ť60 ľ50 ň30 ô20 ó20 ď20 ä10 ĺ2 ŕ2",
    "hu": "á341 é339 ó95 ő89 ö82 ü65 í49 ú34 ű17",
    "ro": "ă410 ţ120 ş110 ș110 ț120 î90 â80",
    "hr": "š100 č110 ž80 ć70 đ40",
    "tr": "ı511 ü185 ş178 ç116 ğ113 ö78 â5 î1 û1",
    "lt": "ė150 ų130 š120 ž90 ą70 į60 č50 ū45 ę20",
    "lv": "ā390 ē160 ī140 š100 ū80 ņ60 ļ40 ž30 ķ20 č20 ģ15",
    "et": "ä170 õ110 ü70 ö30 š1 ž1",
}

WORDS = {
    "en": "the of and to in is that for it was on as with be by at from are this which not have you",
    "fr": "de la le et les des en un une du que est pour qui dans par sur pas au plus ne il nous vous où à",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es wir",
    "es": "de la que el en y los se del las un por con no una su para es al lo como más está qué según",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos ao das é à são há",
    "it": "di e il la che in un per del è non si una con le della da dei sono al ha alla più perché così",
    "ca": "de la i que el en a les del per un amb una és els no al va és més",
    "nl": "de van het een en in is dat op te zijn voor met niet aan er om ook als",
    "sv": "och i att det som en på är av för med den till inte om ett han var jag vi så",
    "da": "og i at det som en på er af for med den til ikke om et han var jeg vi så der de",
    "fi": "ja on ei se että oli hän mutta joka kun niin myös tai ovat mitä tämä sen",
    "is": "og að í á er sem til um við það en ekki með fyrir af hann var",
    "pl": "i w na z się nie do to że jest o jak po co za od ale jego czy dla są był przez już oraz",
    "cs": "a v se na je že s z o do to i jako pro by k za ve jsou jsem si po ale ze podle",
    "sk": "a v sa na je že s z o do to aj ako pre by k za vo sú som si po ale zo podľa",
    "hu": "a az és hogy nem is egy ez de meg csak volt van mint vagy már el ha még azt",
    "ro": "de şi în a la cu pe că din o un nu este care mai se pentru sau al ca fi să și",
    "hr": "i u je da se na za su od s o a kao što ne to iz će koji bi do sam ili biti",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi en ne kadar o ise her yok var mi",
    "lt": "ir į iš kad su yra kaip tai bet nuo ne apie jo po ar už per dar taip",
    "lv": "un ir ar no uz ka par kas pēc bet tas lai vai kā pie nav tā arī",
    "et": "ja on ei et see oli ta kui oma ka mis aga või nii seda olid siis",
}
# fmt: on
