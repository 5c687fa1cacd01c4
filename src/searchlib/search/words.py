"""Words and phrases of a query to their plans, field by field, and what of them is marked.

A word becomes one group, the best of its lemmas in each field; a hyphenated word is its whole or the phrase
of its parts. What a Ranking adds to a word is added here: its relatives, its form, the parts of a hyphenated
one where they stand apart. The tree around them is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..analysis.analyzer import Token
from ..highlight import PhraseMatch, WordMatch
from ..plan import Boost, Max, Or, Phrase, PhraseField, PlanNode, Word, WordField
from ..records import Record
from .marks import PlannedMark
from .scope import FieldScope

if TYPE_CHECKING:
    from .ranking import Ranking

APART_WEIGHT = 0.9
"""How much the parts of a hyphenated word count where they stand apart, against together, if related words
do."""

_JOINERS = frozenset("@./:_-+#&'’\\=~%")


class WordPlans:
    """mark: receives a field's name and what of its text is to be marked."""

    def __init__(
        self, scope: FieldScope, ranking: Ranking | None, mark: Callable[[str, PlannedMark], None]
    ) -> None:
        self._scope, self._ranking, self._mark = scope, ranking, mark

    def typed(self, text: str, fields: Sequence[str], loosely: bool) -> PlanNode | None:
        """A text without spaces, mostly one word; None if there is none in it.

        loosely: relatives count too. Words that belong together (user@example.com) are a phrase.
        """
        by_field = [_WordOfField(name, self._words_of(name, text)) for name in fields]
        first = next((entry for entry in by_field if entry.words), None)
        if first is None:
            return None
        # The scanner is the same for all text fields: they agree on the words, and differ
        # in the lemmas alone.
        by_field = [entry for entry in by_field if len(entry.words) == len(first.words)]
        if len(first.words) > 1 and _is_joined(text, first.words):
            return self.phrase([(e.name, [t for word in e.words for t in _parts(word)]) for e in by_field], 0)
        words = [[(e.name, e.words[i]) for e in by_field] for i in range(len(first.words))]
        parts = [self.group(word, loosely) for word in words]
        return parts[0] if len(parts) == 1 else Or(parts)

    def _words_of(self, name: str, text: str) -> list[list[Token]]:
        """The words in a text without spaces, mostly one: a token, or a hyphenated whole with its parts."""
        if self._scope.is_keyword(name):
            return [[Token(text, (self._scope.keyword(name, text),), 0, 0, len(text), 1)]]
        words: list[list[Token]] = []
        covered = -1
        for token in self._scope.tokens(name, text):
            if token.position <= covered:
                words[-1].append(token)
            else:
                words.append([token])
                covered = token.position + token.span - 1
        return words

    def group(self, by_field: Sequence[tuple[str, list[Token]]], loosely: bool = False) -> PlanNode:
        """One word, over its fields.

        A hyphenated one is its whole or the phrase of its parts, whichever scores more; loosely, also their
        sum: shock-wave finds a text on waves that are shocks.
        """
        word = self._lemmas([(name, tokens[0]) for name, tokens in by_field], loosely)
        if len(by_field[0][1]) == 1:
            return word
        parts = [(name, tokens[1:]) for name, tokens in by_field]
        readings: list[PlanNode] = [word, self.phrase(parts, 0)]
        if loosely:
            count = range(len(parts[0][1]))
            columns = [[(name, tokens[i]) for name, tokens in parts] for i in count]
            apart = Or([self._lemmas(column, True) for column in columns])
            readings.append(Boost(APART_WEIGHT, apart))
        return Max(readings)

    def _lemmas(self, by_field: Sequence[tuple[str, Token]], loosely: bool) -> PlanNode:
        """The best of a word's lemmas in each field; loosely, also of the words of its root."""
        scope, ranking = self._scope, self._ranking
        signals = () if ranking is None else ranking.signals
        fields = []
        for name, token in by_field:
            related = scope.related(name, token.lemmas) if ranking is not None and loosely else ()
            form = scope.form(name, token.text) if signals else ""
            fields.append(WordField(scope.number(name), scope.boost(name), token.lemmas, related, form))
            self._mark(name, WordMatch(frozenset((*token.lemmas, *related))))
        if ranking is None:
            return Word(fields)
        return Word(fields, float(ranking.related), signals)

    def phrase(self, by_field: Sequence[tuple[str, Sequence[Token]]], slop: int) -> PlanNode:
        fields = []
        for name, tokens in by_field:
            first = tokens[0].position
            offsets = tuple(token.position - first for token in tokens)
            words = [token.lemmas for token in tokens]
            fields.append(PhraseField(self._scope.number(name), self._scope.boost(name), offsets, words))
            matches = tuple(WordMatch(frozenset(lemmas)) for lemmas in words)
            self._mark(name, PhraseMatch(matches, offsets, slop))
        return Phrase(fields, slop)


class _WordOfField(Record):
    name: str
    words: list[list[Token]]


def _parts(word: Sequence[Token]) -> Sequence[Token]:
    return word if len(word) == 1 else word[1:]


def _is_joined(text: str, words: Sequence[Sequence[Token]]) -> bool:
    """Whether several words are one thing: user@example.com, rather than words without a space."""
    gaps = (text[a[0].end : b[0].start] for a, b in pairwise(words))
    return all(gap and _JOINERS.issuperset(gap) for gap in gaps)
