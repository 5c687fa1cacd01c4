"""Function words of English and Russian, for queries: "the" and «который» do not say what a text is about.

A word as a user typed it comes in, yes or no goes out. Stopwords are indexed like all words, since phrases
need them; a query drops them unless nothing else is left or the user insists. It knows no query syntax and no
lemmas.
"""

from __future__ import annotations

from functools import lru_cache

from .. import _core

# Closed classes, written down whole: a class is easier to check than a list. What is a noun as well stays out
# (mine, art, wilt), unless it is hardly ever one in a query (can, will).
_ENGLISH = """
a an the
this that these those such same other another each every either neither both all any some no none several
few fewer many more most much less least enough own
i me my myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
herself it its itself they them their theirs themselves oneself one's
thou thee thy thine thyself ye
who whom whose which what whoever whomever whatever whichever whosoever whatsoever
somebody someone something anybody anyone anything everybody everyone everything nobody nothing
am is are was were be been being have has had having do does did doing done hath hast doth dost
can could may might must shall shalt should will would ought cannot
let
aboard about above across after against along alongside amid amidst among amongst around as at atop before
behind below beneath beside besides between betwixt beyond by concerning despite down during except for from
in inside into like near notwithstanding of off on onto out outside over past per regarding since through
throughout thru till to toward towards under underneath until unto up upon via with within without
and but or nor so yet if unless although albeit though because lest while whilst whereas whether than then
once ere
when where why how whenever wherever however whence whither wherein whereby wherefore here there hence hither
thither thus therefore thereby therein
not never also too very just only even still already again ever quite rather almost
further furthermore moreover nevertheless nonetheless else otherwise instead perhaps maybe indeed
aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't needn't shan't
shouldn't wasn't weren't won't wouldn't ain't
arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt shouldnt wasnt werent wont wouldnt aint
i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've
we'd we'll they're they've they'd they'll that's that'd that'll who's who're who've who'd who'll what's
what're what'd what'll where's where're where'd when's when'd why's why'd how's how're how'd how'll there's
there're there'd there'll here's let's
could've should've would've might've must've y'all
im ive youre youve youll hes shes itll weve theyre theyve theyll thats whats whos wheres theres heres
'tis 'twas tis twas
gonna wanna gotta gimme lemme kinda sorta outta dunno hafta coz cuz
s t ll ve re nt
"""
_RUSSIAN = """
а и или либо но да же ж зато однако если ежели коли кабы то чтобы чтоб дабы что как будто словно точно хотя
хоть пока покуда когда едва лишь
потому оттого поэтому причем притом также тоже ибо поскольку раз нежели чем тем ни не нет
без безо благодаря близ в ввиду вдоль взамен включая вместо вне внутри внутрь во возле вокруг вопреки впереди
вроде вследствие вслед для до за из изо из-за из-под исключая к касательно ко кроме кругом между меж мимо на
навстречу над надо наподобие накануне наперекор напротив насчет о об обо около от ото относительно перед
передо пред предо по под подо позади помимо посередине после посреди посредством при про промеж против путем
ради с свыше сверх сзади сквозь со согласно спустя среди у через чрез
бы б ведь вот вон даже ли ль только именно уж уже еще разве неужели пусть пускай давай просто почти ну аж
ка де мол дескать якобы авось
я меня мне мной мною мы нас нам нами ты тебя тебе тобой тобою вы вас вам вами он его него ему нему им ним
нем она ее ея нее ей ней ею нею оно они их них ими ними себя себе собой собою
{МОЙ}
этот эта это эти этого этой этою этих этому этим эту этими этом тот та те того той тою тех тому тем ту теми
том сей сия сие сии сего сих сему сим сию сими сем
такой такая такое такие такого такою таких такому таким такую такими таком таков такова таково таковы этакий
этакая этакое этакие этакого этакой этаких этакому этаким этакую этакими этаком столько стольких стольким
столькими настолько
сам сама само сами самого самой самою самих самому самим саму самими самом
самый самая самое самые самых самым самую самыми
весь вся все всего всей всех всему всем всю всеми всею всея
каждый каждая каждое каждые каждого каждой каждых каждому каждым каждую каждою каждыми каждом
всякий всякая всякое всякие всякого всякой всяких всякому всяким всякую всякими всяком
любой любая любое любые любого любых любому любым любую любыми любом
иной иная иное иные иного иных иному иным иную иными ином
другой другая другое другие другого других другому другим другую другою другими другом
кто кого кому кем ком чего чему че чо
какой какая какое какие какого какою каких какому каким какую какими каком каков какова каково каковы
который которая которое которые которого которой которою которых которому которым которую которыми котором
чей чья чье чьи чьего чьей чьею чьих чьему чьим чью чьими чьем
сколько скольких скольким сколькими насколько
никто никого никому никем ничто ничего ничему ничем нечего некого некому некто нечто
ничей ничья ничье ничьи ничьего ничьей ничьею ничьих ничьему ничьим ничью ничьими ничьем
никакой никакая никакое никакие никакого никаких никакому никаким никакую никакими никаком
некоторый некоторая некоторое некоторые некоторого некоторой некоторых некоторому некоторым некоторую
некоторыми некотором
{ТО}
где куда откуда докуда почему зачем отчего там тут здесь туда сюда оттуда отсюда везде всюду повсюду отовсюду
нигде никуда ниоткуда негде некуда тогда теперь сейчас щас иногда всегда никогда так очень весьма слишком
более менее затем потом
быть есмь есть был была было были буду будешь будет будем будете будут будь будьте будучи бывает бывают
мочь могу можешь может можем можете могут мог могла могло могли можно нельзя нужно нужен нужна нужны надо
должен должна должно должны
"""


def _russian() -> str:
    """The list with what follows a rule written out: «моего», «кому-нибудь»."""
    endings = ["й", "я", "е", "и", "его", "ей", "ею", "их", "ему", "им", "ю", "ими", "ем"]
    own = [stem + ending for stem in ("мо", "тво", "сво") for ending in endings]
    own += [
        stem + ending for stem in ("наш", "ваш") for ending in ["", "а", *endings[2:10], "у", "ими", "ем"]
    ]
    pronouns = (
        "кто кого кому кем ком что чего чему чем какой какая какое какие какого каких какому каким какую"
    )
    pronouns += " какими каком чей чья чье чьи где куда откуда когда как почему зачем сколько"
    some = [word + particle for word in pronouns.split() for particle in ("-то", "-нибудь", "-либо")]
    some += [f"кое-{word}" for word in pronouns.split()]
    return _RUSSIAN.format(МОЙ=" ".join(own), ТО=" ".join(some))


@lru_cache(maxsize=4)
def _words(languages: frozenset[str]) -> frozenset[str]:
    texts = {"en": lambda: _ENGLISH, "ru": _russian}
    return frozenset(word for code in languages & texts.keys() for word in texts[code]().split())


_BOTH = frozenset({"en", "ru"})


def is_stopword(word: str, languages: frozenset[str] = _BOTH) -> bool:
    """Whether a word, as typed, is a function word of one of the languages: "us" and «И» are, "US" is not.

    Only English and Russian have any here. Two to five capitals are taken for a name (US, IT, ОНА), as in the
    analyzer; May is a month.
    """
    if word == "May" or (2 <= len(word) <= 5 and word.isalpha() and word.isupper()):
        return False
    form, _ = _plain().analyze(word)
    return _core.match_key(form) in _words(languages)


@lru_cache(maxsize=1)
def _plain() -> _core.Analyzer:
    return _core.Analyzer()
