"""Makes src/searchlib/sources/letters.py: how often letters and pairs stand in languages of code pages.

    python tools/letter_tables.py

Counted is every second one of the sentences in tests/sources/sentences_*.txt, which were written for it.
Letters of Russian, Hebrew and Arabic are what is known of them, and so are their pairs below.
"""

from __future__ import annotations

import itertools
import sys
import textwrap
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALPHABETS = {
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "tt": "аәбвгдеёжҗзийклмнңоөпрстуүфхһцчшщъыьэюя",
    "ba": "абвгғдҙеёжзийкҡлмнңоөпрсҫтуүфхһцчшщъыьэәюя",
    "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "uz": "абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ",
    "mn": "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "he": "אבגדהוזחטיכלמנסעפצקרשתךםןףץ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة",
}
KNOWN = {
    "ru": (
        "о1097 е845 а801 и735 н670 т626 с547 р473 в454 л440 к349 м321 д298 п281 у262 я201 ы190 "
        "ь174 г170 з165 б159 ч144 й121 х97 ж94 ш73 ю64 ц48 щ36 э32 ф26 ё20 ъ4 і2 ї1 є1 ў1"
    ),
    "he": (
        "י1106 ה1087 ו1038 ל739 א634 ר561 ת501 ב474 מ459 ש441 ע323 נ286 כ270 ם263 ד259 ח248 ק214 "
        "פ169 ס148 ז133 ט124 ג124 צ124 ן106 ך81 ף24 ץ12"
    ),
    "ar": (
        "ا1250 ل1130 ي630 م620 ن620 و600 ر480 ت420 ب370 ع360 د310 ف280 س270 ه270 ق250 ك230 ة210 "
        "ح190 أ160 ج130 ش110 ط90 ص90 خ90 ى70 إ70 ض60 ذ60 ز60 ث60 غ50 ئ40 ء40 ظ30 ؤ20 آ20"
    ),
}
KNOWN_PAIRS = {
    "ru": (
        "ст ен ра но ни на ко то по ов ан ро ре го ер од ос пр ли та ор ол те ны ле от ль ал ом "
        "ес ва ет не ри ск ме во да ел ве ти он ат ло ог ис ка ла ки ин ит тр ия че ми ем за об "
        "де со ой ас до ие им их ся ть ма же чт"
    ),
    "he": (
        "של את על ים ות לא הו הי וא או מה אל בר אי הא המ הש הת הכ הב הל הח יה ית ני לי מי רו רי "
        "יר שר תי ור ול ון ין נו נה לה יו מו מש"
    ),
    "ar": (
        "ال في من ما لا ها ات ية ون ين عل لى ان هذ ذا لت لم لع لا لح لق لس وا را يا نا با تا را "
        "كا قا مت مع مل مس ست ري دي لي مي ير ور ول كت عم تم"
    ),
}
GROUPS = {"slavic": ("uk", "be", "bg", "sr", "mk"), "turkic": ("kk", "tt", "ba", "ky", "uz")}
SIZES = {"slavic": 60, "turkic": 110}
MAX_PAIRS = 90
MAX_OWN_PAIRS = 40
UNSEEN = 0.25  # of a letter

HEAD = '''"""How often letters and pairs of letters stand in languages that are written in 8-bit code pages.

Letters are given per 10,000, pairs as those that are frequent. Russian's letters are those of the Russian
National Corpus, rounded; most else was counted in sentences that were written for it: every second one of
tests/sources/sentences_*.txt, so that the others can tell how good it is. tools/letter_tables.py makes this
module.
"""

# fmt: off
'''
GROUPED = """GROUPS = {
    **dict.fromkeys(("uk", "be", "bg", "sr", "mk"), ("ru", "slavic")),
    **dict.fromkeys(("kk", "tt", "ba", "ky", "uz"), ("turkic",)),
}
"""


def counted_text(language: str) -> str:
    """Every second sentence of a language, in small letters."""
    sentences = []
    for name in ("cyrillic", "western"):
        lines = (ROOT / f"tests/sources/sentences_{name}.txt").read_text("utf-8").splitlines()
        sentences += [line.partition("\t")[2] for line in lines if line.startswith(f"{language}\t")]
    return " ".join(sentences[::2]).lower()


def letters_of(language: str) -> str:
    if language in KNOWN:
        return KNOWN[language]
    alphabet = ALPHABETS[language]
    counts = Counter(letter for letter in counted_text(language) if letter in alphabet)
    total = counts.total() + UNSEEN * len(alphabet)
    per = {letter: max(1, round(10_000 * (counts[letter] + UNSEEN) / total)) for letter in alphabet}
    return " ".join(f"{letter}{n}" for letter, n in sorted(per.items(), key=lambda item: -item[1]))


def pairs_of(language: str) -> list[str]:
    """Those that came twice, the most frequent first, behind those that are known."""
    alphabet = ALPHABETS[language]
    counts = Counter(
        a + b for a, b in itertools.pairwise(counted_text(language)) if a in alphabet and b in alphabet
    )
    found = [pair for pair, n in counts.most_common(MAX_PAIRS) if n > 1]
    return list(dict.fromkeys([*KNOWN_PAIRS.get(language, "").split(), *found]))


def pairs_of_group(languages: tuple[str, ...], size: int) -> list[str]:
    counts: Counter[str] = Counter()
    for language in languages:
        text = counted_text(language)
        counts.update(a + b for a, b in itertools.pairwise(text) if a.isalpha() and b.isalpha())
    return [pair for pair, _ in counts.most_common(size)]


def entry(name: str, words: str) -> str:
    lines = textwrap.wrap(words, 96)
    quoted = [f'        "{line}{" " * (line is not lines[-1])}"\n' for line in lines]
    return f'    "{name}": (\n{"".join(quoted)}    ),\n'


def module() -> str:
    """The text of letters.py."""
    parts = [HEAD, "PER_10_000 = {\n"]
    parts += [entry(language, letters_of(language)) for language in ("ru", *ALPHABETS)]
    parts.append('}\n"""Of each language, the letters of its alphabet."""\n\nPAIRS = {\n')
    russian = KNOWN_PAIRS["ru"].split()
    of_groups = {name: pairs_of_group(languages, SIZES[name]) for name, languages in GROUPS.items()}
    of_groups["slavic"] = [pair for pair in of_groups["slavic"] if pair not in russian]
    parts.append(entry("ru", " ".join(russian)))
    parts += [entry(name, " ".join(pairs)) for name, pairs in of_groups.items()]
    for language in ALPHABETS:
        group = next((name for name, languages in GROUPS.items() if language in languages), None)
        own = pairs_of(language)
        if group is not None:
            shared = {*of_groups[group], *(russian if group == "slavic" else ())}
            own = [pair for pair in own if pair not in shared][:MAX_OWN_PAIRS]
        parts.append(entry(language, " ".join(own)))
    parts.append(
        '}\n"""Frequent pairs: of a language, or of those of a group, which a language\'s own come to."""\n\n'
    )
    return "".join([*parts, GROUPED])


if __name__ == "__main__":
    out = ROOT / "src/searchlib/sources/letters.py"
    out.write_text(module(), "utf-8")
    sys.stdout.write(f"{out}\n")
