"""What a query wants to see marked: words by their lemmas and forms, phrases by their words and offsets.

The planner makes these from a query, and the core finds them in texts (core/highlight). Neither queries nor
texts are known here.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING, NamedTuple
from ..records import Record

if TYPE_CHECKING:
    from typing import TypeAlias


class WordMatch(Record):
    """A word to mark: every token whose lemmas meet `lemmas` and whose match key is one of `forms`.

    lemmas: folded as the analyzer gives them (ё → е).
    forms: match keys (capitals lowered, ё → е), what prefix, wildcard and fuzzy expand to; None: any form.
    """

    lemmas: frozenset[str]
    forms: frozenset[str] | None = None


class PhraseMatch(Record):
    """A phrase to mark as one span, from its first word to its last.

    words: one WordMatch for each word of the phrase, in order.
    offsets: of each word, counted in words and what stands between them, rising from 0: (0, 1) for "police
        forces". A compound's whole is one word, however many positions it takes.
    slop: how many positions may be skipped beyond those that the offsets leave out; the order always holds.
    """

    words: tuple[WordMatch, ...]
    offsets: tuple[int, ...]
    slop: int = 0

    def __post_init__(self) -> None:
        if len(self.words) != len(self.offsets) or not self.words:
            raise ValueError(
                f"a phrase has one offset for each of its words, got {len(self.words)} words and "
                f"{len(self.offsets)} offsets"
            )
        if self.offsets[0] != 0 or any(a >= b for a, b in zip(self.offsets, self.offsets[1:], strict=False)):
            raise ValueError(f"a phrase's offsets rise from 0, got {self.offsets}")
        if self.slop < 0:
            raise ValueError(f"slop is at least 0, got {self.slop}")


Mark: TypeAlias = WordMatch | PhraseMatch
"""One entry of the list of marks; spans name it by its index there."""


class Span(NamedTuple):
    """text[start:end] of the original text is a match of marks[mark]. Offsets count code points."""

    start: int
    end: int
    mark: int
