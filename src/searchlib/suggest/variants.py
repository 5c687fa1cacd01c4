"""When a word that a dictionary has, and no document, may be mended: as another spelling, or a slip.

WordNet has Kazakstan beside Kazakhstan. Words are compared here by their sound; no vocabulary is known.
"""

from __future__ import annotations

import re

from .. import _core
from .missing import FEW_DOCS
from .names import num_consonants

_MIN_LETTERS = 5
_MIN_CONSONANTS = 3
_MIN_SIMILARITY = 0.95
_MIN_SHARE = 50  # one document of so many has what a right word is mended to
_SPELT_SOFT = re.compile("(?<=[cdgkstz])h(?=.)")


def is_variant(typed: str, meant: str) -> bool:
    """Whether two words of one script sound the same, but for an h: Taskent and Tashkent, desert, dessert."""
    if min(len(typed), len(meant)) < _MIN_LETTERS or typed[0].isascii() != meant[0].isascii():
        return False
    if min(map(num_consonants, (typed, meant))) < _MIN_CONSONANTS:
        return False  # a mouse is no moose
    heard, other = (_SPELT_SOFT.sub("", word.lower()) for word in (typed, meant))
    return _core.name_similarity(heard, other) >= _MIN_SIMILARITY


def may_be_slip(typed: str, num_edits: int, df: int, num_docs: int) -> bool:
    """Whether what is in df of so many documents is frequent enough for a right word to be a slip for it."""
    return num_edits == 1 and len(typed) >= _MIN_LETTERS and df > FEW_DOCS and df * _MIN_SHARE >= num_docs
