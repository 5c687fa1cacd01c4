"""What nobody wants mended: paths, addresses, mark-up, code, and fingers run along the keyboard.

A query string comes in; the stretches of it that are left alone, and those where only another keyboard layout
may be meant, go out. It knows no vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TAGS = re.compile(r"</?[A-Za-z!][^<>]*>")
_RUN = re.compile(r"\S+")
# A path, an address, a name in code, a variable, an option, an entity, a call. None of these characters is a
# letter of the other layout, but for two colons.
_CODE = re.compile(r"[\\/@=_$#%]|^[-+(\"]*--|&#?\w+;|::|->|[\w\]]\(")
# A host or a file: words that dots join, of which the last has no digit first. Brackets: a value of JSON.
_DOTTED = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z][A-Za-z0-9]{0,9}")
_BRACES = "{}"
_CLINGING = "\"'«»“”„()[],;:!?."
_MIN_KEYS = 3
_ROWS = (
    "qwertyuiop asdfghjkl zxcvbnm poiuytrewq lkjhgfdsa mnbvcxz "
    "йцукенгшщзхъ фывапролджэ ячсмитьбю ъхзщшгнекуцй эждлорпавыф юбьтимсчя"
)
_VOWELS = frozenset("aeiouyаеёиоуыэюяіїєәөүұ")


class LeftAlone(NamedTuple):
    """query[start:end]. swaps: whether it may be typed with the wrong layout on: y.fyc is «нюанс»."""

    start: int
    end: int
    swaps: bool


def left_alone(query: str) -> Iterator[LeftAlone]:
    """The stretches of a query in which no word is mended, in order."""
    tags = [match.span() for match in _TAGS.finditer(query)] if "<" in query else []
    for run in _RUN.finditer(query):
        start, end = run.span()
        if _CODE.search(run.group()) or any(first < end and start < last for first, last in tags):
            yield LeftAlone(start, end, False)
            continue
        text = run.group().strip(_CLINGING)
        if _DOTTED.fullmatch(text) or text[:1] in _BRACES or text[-1:] in _BRACES:
            yield LeftAlone(start, end, True)


def is_run_of_keys(word: str) -> bool:
    """Whether the keys of a word lie side by side: qwerty, фыва."""
    return len(word) >= _MIN_KEYS and word.lower() in _ROWS


def can_be_said(word: str) -> bool:
    """Whether there is a vowel in it, so that something may sound like it."""
    return not _VOWELS.isdisjoint(word.lower())
