"""Where the marks of a query stand in a text, as sorted spans.

A word is one span, an occurrence of a phrase one span from its first word to its last. Fragments and formats
are not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from searchlib.highlight import Mark, PhraseMatch, Span, WordMatch

if TYPE_CHECKING:
    from .phrases import Place


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


def spans(text: str, marks: Sequence[Mark], analyzer: Finder) -> list[Span]:
    """The spans of the original text that match, sorted, disjoint, none empty; offsets count code points.

    A word that only a phrase asks for is marked inside occurrences of that phrase alone. Where matches
    overlap they become one span, which bears the index of the longest match in it; matches that only touch
    stay apart.
    """
    groups = _Groups(marks)
    found = analyzer.find(text, groups.words) if groups.words else ()
    return merged(groups.matches(found))


def merged(matches: Iterable[Span]) -> list[Span]:
    """Overlapping matches united, each union under the mark of its longest match, the earliest of equals."""
    result: list[Span] = []
    longest = 0
    for match in sorted(matches):
        length = match.end - match.start
        if length <= 0:
            continue
        if not result or match.start >= result[-1].end:
            result.append(match)
            longest = length
            continue
        last = result[-1]
        mark = match.mark if length > longest else last.mark
        longest = max(longest, length)
        result[-1] = Span(last.start, max(last.end, match.end), mark)
    return result


class _Groups:
    """The distinct words of all marks, each asked of the analyzer once, and what asks for them."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.words: list[WordMatch] = []
        self._numbers: dict[WordMatch, int] = {}
        self._marks_of_word: dict[int, int] = {}
        self._phrases: list[tuple[int, PhraseMatch, tuple[int, ...]]] = []
        for index, mark in enumerate(marks):
            if isinstance(mark, PhraseMatch):
                self._phrases.append((index, mark, tuple(self._number(word) for word in mark.words)))
            else:
                self._marks_of_word.setdefault(self._number(mark), index)

    def _number(self, word: WordMatch) -> int:
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number

    def matches(self, found: Sequence[Occurrence]) -> list[Span]:
        """The matches of every mark, in no order, overlapping as they may."""
        marks = self._marks_of_word
        result = [
            Span(token.start, token.end, marks[number])
            for token in found
            for number in token.groups
            if number in marks
        ]
        return result + self._phrase_matches(found) if self._phrases else result

    def _phrase_matches(self, found: Sequence[Occurrence]) -> list[Span]:
        from .phrases import Place, occurrences  # most queries have no phrase

        result: list[Span] = []
        places: dict[int, list[Place]] = {number: [] for _, _, slots in self._phrases for number in slots}
        for token in found:
            behind = token.position + token.span
            for number in token.groups:
                if number in places:
                    places[number].append(Place(token.position, behind, token.start, token.end))
        for index, phrase, slots in self._phrases:
            columns = [places[number] for number in slots]
            result += (
                Span(start, end, index) for start, end in occurrences(columns, phrase.offsets, phrase.slop)
            )
        return result
