"""Function words of English and Russian, for queries: "the" and «который» do not say what a text is about.

A word as a user typed it comes in, yes or no goes out. Stopwords are indexed like all words, since phrases
need them; a query drops them unless nothing else is left or the user insists. It knows no query syntax and no
lemmas.
"""

from __future__ import annotations

from functools import lru_cache

from .. import _core

# Closed classes, written down whole: a class is easier to check than a list.
_ENGLISH = """
a an the
this that these those such same other another each every either neither both all any some no none several
few fewer
many more most much less least enough own
i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her
hers herself
it its itself they them their theirs themselves one's oneself who whom whose which what whoever whatever
whichever
somebody someone something anybody anyone anything everybody everyone everything nobody nothing
am is are was were be been being have has had having do does did doing done can could may might must shall
should will
would ought cannot let let's
aboard about above across after against along amid among amongst around as at before behind below beneath
beside besides
between beyond by despite down during except for from in inside into like near of off on onto out outside
over past per
since through throughout till to toward towards under underneath until unto up upon via with within without
and but or nor so yet if unless although though because while whereas whether than then once
when where why how whenever wherever however there here hence thus therefore thereby therein
not never also too very just only even still already again ever quite rather almost
further else instead perhaps indeed
aren't can't couldn't didn't doesn't don't hadn't hasn't haven't isn't mightn't mustn't needn't shan't
shouldn't wasn't
weren't won't wouldn't ain't
i'm i've i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've
we'd we'll
they're they've they'd they'll that's that'd that'll who's who'd who'll what's what're what'll where's
when's why's
how's there's there'd there'll here's
s t ll ve
"""
_RUSSIAN = """
а и или либо но да же зато однако если ежели то чтобы чтоб что как будто словно точно хотя хоть пока когда
едва лишь
потому поэтому причем притом также тоже ибо поскольку раз нежели чем тем ни не нет
без безо благодаря близ в во вместо вне внутри внутрь возле вокруг вопреки впереди вслед для до за из изо
из-за из-под
к ко кроме кругом между меж мимо на над надо наподобие накануне напротив насчет о об обо около от ото
относительно перед
передо по под подо позади помимо после посреди посредством пред при про против путем ради с со сверх сзади
сквозь согласно
среди среди у через чрез
бы б ведь вот вон даже ли ль лишь только именно уж уже еще разве неужели пусть пускай давай просто почти ну
ка де мол
дескать якобы вроде
я меня мне мной мною мы нас нам нами ты тебя тебе тобой тобою вы вас вам вами он его него ему нему им ним
нем она ее нее
ей ней ею нею оно они их них ими ними себя себе собой собою
мой моя мое мои моего моей моих моему моим мою моими моем твой твоя твое твои твоего твоей твоих твоему
твоим твою твоими
твоем наш наша наше наши нашего нашей наших нашему нашим нашу нашими нашем ваш ваша ваше ваши вашего вашей
ваших вашему
вашим вашу вашими вашем свой своя свое свои своего своей своих своему своим свою своими своем
этот эта это эти этого этой этих этому этим эту этими этом тот та те того той тех тому тем ту теми том такой
такая такое
такие такого таких такому таким такую такими таком таков такова таково таковы столько
сам сама само сами самого самой самих самому самим саму самими самом самый самая самое самые самых самую
самыми
весь вся все всего всей всех всему всем всю всеми всею каждый каждая каждое каждые каждого каждой каждых
каждому каждым
каждую каждыми каждом всякий всякая всякое всякие всякого всякой всяких всякому всяким всякую любой любая
любое любые
любого любых любому любым любую любыми любом иной иная иное иные иного иных иному иным иную иными ином
другой другая другое
другие другого других другому другим другую другими другом
кто кого кому кем ком чего чему чем какой какая какое какие какого каких какому каким какую какими каком
который которая
которое которые которого которой которых которому которым которую которыми котором чей чья чье чьи чьего
чьей чьих чьему
чьим сколько насколько каков какова каково каковы
никто никого никому никем ничто ничего ничему ничем никакой никакая никакое никакие никакого никаких никаким
нечего некого
некоторый некоторая некоторое некоторые некоторого некоторых некоторому некоторым некоторую некоторыми
кто-то что-то какой-то какая-то какое-то какие-то кто-нибудь что-нибудь какой-нибудь где-то когда-то как-то
где куда откуда почему зачем отчего там тут здесь туда сюда оттуда отсюда везде всюду нигде никуда тогда
теперь сейчас
иногда всегда никогда так очень весьма слишком более менее затем потом
быть есть был была было были буду будешь будет будем будете будут будь будучи бывает бывают
мочь могу можешь может можем можете могут мог могла могло могли можно нельзя нужно надо должен должна должно
должны
"""


@lru_cache(maxsize=4)
def _words(languages: frozenset[str]) -> frozenset[str]:
    texts = {"en": _ENGLISH, "ru": _RUSSIAN}
    return frozenset(word for code in languages & texts.keys() for word in texts[code].split())


_BOTH = frozenset({"en", "ru"})


def is_stopword(word: str, languages: frozenset[str] = _BOTH) -> bool:
    """Whether a word, as typed, is a function word of one of the languages: "us" and «И» are, "US" is not.

    Only English and Russian have any here. Two to five capitals are taken for a name (US, IT, ОНА), as in the
    analyzer.
    """
    if 2 <= len(word) <= 5 and word.isalpha() and word.isupper():
        return False
    form, _ = _plain().analyze(word)
    return _core.match_key(form) in _words(languages)


@lru_cache(maxsize=1)
def _plain() -> _core.Analyzer:
    return _core.Analyzer()
