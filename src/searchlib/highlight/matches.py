"""What a query wants to see marked: words by their lemmas and forms, phrases by their words and offsets.

The planner makes these from a query, the analyzer's `find` reads the words, `spans` finds both in a text.
Neither queries nor texts are known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeAlias

from ..records import Record


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
    offsets: the position of each word after the first one's, rising from 0: (0, 1) for "police forces".
    slop: how many positions there may be from first to last word beyond offsets[-1]; the order always holds.
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


class Occurrence(Protocol):
    """A token that meets groups, as the analyzer's `find` gives it (analysis.Match has this shape)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def position(self) -> int: ...
    @property
    def span(self) -> int: ...
    @property
    def groups(self) -> tuple[int, ...]: ...


class Finder(Protocol):
    """What `spans` needs of an analyzer."""

    def find(self, text: str, groups: Sequence[WordMatch]) -> Sequence[Occurrence]: ...


class Span(NamedTuple):
    """text[start:end] of the original text is a match of marks[mark]. Offsets count code points."""

    start: int
    end: int
    mark: int
