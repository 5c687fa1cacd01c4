"""Which code page of Cyrillic, Greek, Hebrew or Arabic were these bytes written in?

The bytes are no UTF-8; the answer is the name of a code page, or None where they do not read as a language
of those scripts in any of them. It is told from letter frequencies and the shape of words, without a
dictionary.

General detectors err on short texts, because cp1251, KOI8-R and cp866 share their byte range and each is
letters in the others. But in the wrong page rare letters become frequent, capitals stand inside words, and
Cyrillic letters touch Latin ones; a hundred characters are plenty to see that. Pages that differ in a few
letters alone (KOI8-U, kz1048) are told by the languages that have those letters.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from .letters import GROUPS, PAIRS, PER_10_000

PAGES = {
    "cp1251": 0.0,
    "koi8-r": 0.0,
    "cp866": 0.0,
    "iso8859-5": 0.0,
    "mac_cyrillic": 0.0,
    "koi8-u": 0.0,
    "cp1125": 1.0,
    "kz1048": 2.0,
    "ptcp154": 2.0,
    "koi8-t": 2.0,
    "cp855": 3.0,
    "cp1253": 0.5,
    "iso8859-7": 0.5,
    "cp737": 2.0,
    "cp1255": 0.5,
    "cp862": 2.0,
    "cp1256": 0.5,
    "iso8859-6": 1.0,
}
"""In order of preference when two read a text equally well, and how unlikely each is (nats)."""

_UNLIKELY = {
    "ru": 0.0,
    "uk": 3.0,
    "be": 3.0,
    "bg": 3.0,
    "sr": 4.0,
    "mk": 4.0,
    "el": 3.0,
    "he": 3.0,
    "ar": 3.0,
}
_UNLIKELY_OTHERS = 6.0
_HANDICAP = {"mac_cyrillic": 0.1}  # its small letters are those of cp1251, and hardly any file is left in it
_WINDOW_BYTES = 16_384
_FIRST_LOOK_BYTES = 1_024
_MARGIN = 1.0  # of cost, by which a page may be behind at the first look
_CONTEXT_BYTES = 64

_GAIN_COMMON_PAIR = 1.5
_COST_OTHER_LETTER = 12.0
_COST_BOX_DRAWING = 5.0  # tables drawn in cp866 are real, but KOI8-R's letters are its boxes too
_COST_PUNCTUATION = 5.0  # above any letter: «Затем» in cp1251 is "«атем" in Mac Cyrillic
_COST_CAPITAL = 0.3  # of each capital that follows one
_COST_BROKEN_WORD = 8.0
_PUNCTUATION = frozenset("«»“”„‘’‚–—…№§©®°•·±\u00a0\u00ad™€")
_LIMIT = 4.7  # Russian costs about 2.5 a letter, another script read as Cyrillic 5.3 and more

_LETTERS = "\u0370-\u03ff\u0400-\u04ff\u05d0-\u05ea\u0621-\u064a"
_SMALL = "а-яёђѓєѕіїјљњћќўџґғҕҗҙқҝҡңҫүұҳҷҹһәӣөӯ"
_CAPITAL = "А-ЯЁЂЃЄЅІЇЈЉЊЋЌЎЏҐҒҔҖҘҚҜҠҢҪҮҰҲҶҸҺӘӢӨӮ"
_CAPITAL_INSIDE = re.compile(f"(?<=[{_SMALL}])[{_CAPITAL}]|(?<=[α-ώ])[Α-Ω]")
_SIGN_INSIDE = re.compile(  # «дл€» is cp1251 read as Mac Cyrillic; lines of tables may stand between words
    f"(?<=[{_LETTERS}])(?:[€†‡°±©®™]|[^\\w\\s\\x00-\\x7f\u00ad«»‘’“”„–—…·│║](?=[{_LETTERS}]))"
)
_LONE_CAPITAL = re.compile(r"(?<!\w)[БГДЖЗЙЛМНПРТФХЦЧШЩЪЫЬЭЮ](?![\w.)-])")  # a dash in another page
_TWO_SCRIPTS = re.compile(f"(?<=[A-Za-z])[{_LETTERS}]|(?<=[{_LETTERS}])[A-Za-z]")
_FLAWS = (_CAPITAL_INSIDE, _SIGN_INSIDE, _LONE_CAPITAL, _TWO_SCRIPTS)
_CAPITALS = re.compile(f"(?<=[{_CAPITAL}])[{_CAPITAL}]")
_WORD = re.compile(f"[{_LETTERS}]{{2,}}")
_HIGH = re.compile(rb"[\x80-\xff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BOX = re.compile("[\u2500-\u25a0]")
_FRAME = re.compile(  # of a table: what no letters of another page look like
    f"[\u2502-\u256c]?(?:─[─┬┴┼╥╨╫]+|═[═╤╧╪╦╩╬]+)[\u2502-\u256c]?|([░▒▓█▄▀■])\\1+"
    f"|(?<![{_LETTERS}])[│║]|[│║](?![{_LETTERS}])"
)
_LETTER = re.compile(f"[{_LETTERS}]")


class _Language(NamedTuple):
    costs: dict[str, float]  # of each letter, in nats
    pairs: frozenset[tuple[str, str]]  # frequent pairs of neighbours
    unlikely: float

    def cost_of(self, letters: Counter[str]) -> float:
        costs = self.costs
        return sum(
            [n * costs.get(letter, _COST_OTHER_LETTER) for letter, n in letters.items()], self.unlikely
        )

    def gain_of(self, pairs: Counter[tuple[str, str]]) -> float:
        return _GAIN_COMMON_PAIR * sum([pairs[pair] for pair in pairs.keys() & self.pairs])


@lru_cache(maxsize=1)
def _languages() -> tuple[_Language, ...]:
    return tuple(
        _Language(
            {entry[0]: -math.log(int(entry[1:]) / 10_000) for entry in letters.split()},
            frozenset(
                (pair[0], pair[1]) for group in (*GROUPS.get(name, ()), name) for pair in PAIRS[group].split()
            ),
            _UNLIKELY.get(name, _UNLIKELY_OTHERS),
        )
        for name, letters in PER_10_000.items()
    )


@lru_cache(maxsize=1)
def _any_language() -> _Language:
    """Whose letters are each as likely as where it is likeliest: no language costs less."""
    costs: dict[str, float] = {}
    for language in _languages():
        for letter, cost in language.costs.items():
            costs[letter] = min(cost, costs.get(letter, cost))
    return _Language(costs, frozenset(), 0.0)


def guess_page(data: bytes) -> str | None:
    """The code page in which `data` reads as a language of those scripts, or None."""
    window = window_of(data)
    pages = tuple(PAGES)
    if len(window) > _FIRST_LOOK_BYTES:
        costs = _costs(window[:_FIRST_LOOK_BYTES], pages, margin=_MARGIN)
        near = min(costs, default=(math.inf,))[0] + _MARGIN
        pages = tuple(page for cost, _, page in costs if cost <= near)
    best = min(_costs(window, pages), default=(math.inf, 0, ""))
    return best[2] if best[0] < _LIMIT else None


def _costs(window: bytes, pages: tuple[str, ...], margin: float = 0.0) -> list[tuple[float, int, str]]:
    """What each page costs; those that cost more than the best before them, and margin, may be missing."""
    order = list(PAGES)
    costs = []
    most = math.inf
    met: set[str] = set()
    for page in pages:
        text = window.decode(page, "replace")
        if text.count("\ufffd") * 100 > len(text):  # a byte may be damaged
            continue
        if text not in met:  # where two pages read the same, the first is right
            met.add(text)
            cost = cost_of(text, PAGES[page], most=most) + _HANDICAP.get(page, 0.0)
            if cost < math.inf:
                costs.append((cost, order.index(page), page))
                most = min(most, cost + margin)
    return costs


def window_of(data: bytes) -> bytes:
    """What stands around the bytes above ASCII: long English passages say nothing of the code page."""
    if len(data) <= _FIRST_LOOK_BYTES:
        return data
    pieces: list[bytes] = []
    room, end = _WINDOW_BYTES, 0
    while room > 0 and (high := _HIGH.search(data, end)):
        start = max(end, high.start() - _CONTEXT_BYTES, data.rfind(b"\n", end, high.start()) + 1)
        stop = data.find(b"\n", high.start(), high.start() + 4 * _CONTEXT_BYTES)
        end = stop + 1 if stop >= 0 else min(len(data), high.start() + 4 * _CONTEXT_BYTES)
        pieces.append(data[start:end])
        room -= end - start
    return b"".join(pieces)


def cost_of(text: str, unlikely: float = 0.0, *, most: float = math.inf) -> float:
    """The mean cost of a character above ASCII; infinite where there is no word of these scripts.

    most: what costs more may be given any cost beyond it, which is found in less time.
    """
    words = _WORD.findall(text)
    num_in_words = sum(map(len, words))
    if not num_in_words:
        return math.inf
    if _BOX.search(text):
        text = _FRAME.sub(" ", text)
    counts = Counter(_NOT_ASCII.findall(text))
    num_high = sum(counts.values())
    num_letters = sum(n for character, n in counts.items() if _LETTER.match(character))
    if num_in_words * 2 <= num_letters or num_letters * 4 <= num_high:
        return math.inf
    letters: Counter[str] = Counter()
    signs = 0.0
    for character, n in counts.items():
        if character in _PUNCTUATION:
            signs += n * _COST_PUNCTUATION
        elif "\u2500" <= character <= "\u25a0":
            signs += n * _COST_BOX_DRAWING
        else:
            letters[character.lower()] += n
    max_gain = _GAIN_COMMON_PAIR * (num_in_words - len(words))
    room = most * num_high - unlikely - signs + max_gain
    if _any_language().cost_of(letters) > room:
        return math.inf
    costs = [(cost, language) for language in _languages() if (cost := language.cost_of(letters)) <= room]
    if not costs:
        return math.inf
    signs += _COST_BROKEN_WORD * sum(len(flaw.findall(text)) for flaw in _FLAWS)
    signs += _COST_CAPITAL * len(_CAPITALS.findall(text))
    pairs = Counter(itertools.pairwise(text.lower()))
    best = min(cost - language.gain_of(pairs) for cost, language in costs)
    return (best + signs + unlikely) / num_high
