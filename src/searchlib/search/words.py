"""Words and phrases of a query to their plans, field by field, and what of them is marked.

A word becomes one group, the best of its lemmas in each field, a word of parts the whole or the phrase of its
parts. What a Ranking adds to a word is added here: its relatives, its form, the parts of a whole where they
stand apart. It knows nothing of the tree that they stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..analysis.analyzer import Token
from ..highlight import PhraseMatch, WordMatch
from ..plan import Boost, Max, Or, Phrase, PhraseField, PlanNode, Word, WordField
from .marks import PlannedMark
from .scope import FieldScope

if TYPE_CHECKING:
    from .ranking import Ranking

APART_WEIGHT = 0.9
"""How much the parts of a whole count where they stand apart, against together, if related words
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
        found = [(name, self._words_of(name, text)) for name in fields]
        plans: list[PlanNode] = []
        for alike in _alike([(name, words) for name, words in found if words]):
            for run in _runs(text, alike[0][1]):
                by_field = [(name, words[run.start : run.stop]) for name, words in alike]
                if len(run) > 1:
                    parts = [(name, [t for word in words for t in _parts(word)]) for name, words in by_field]
                    plans.append(self.phrase(parts, 0))
                else:
                    plans.append(self.group([(name, words[0]) for name, words in by_field], loosely))
        return plans[0] if len(plans) == 1 else Or(plans) if plans else None

    def quoted(self, text: str, fields: Sequence[str], slop: int) -> PlanNode | None:
        """A text in quotes: the phrase of its words, or its one word; None if there is none in it."""
        found = [(name, [_parts_of_all(self._scope.tokens(name, text))]) for name in fields]
        plans: list[PlanNode] = []
        for alike in _alike([(name, words) for name, words in found if words[0]]):
            by_field = [(name, words[0]) for name, words in alike]
            plans.append(self.group(by_field) if len(by_field[0][1]) == 1 else self.phrase(by_field, slop))
        return plans[0] if len(plans) == 1 else Or(plans) if plans else None

    def _words_of(self, name: str, text: str) -> list[list[Token]]:
        """The words in a text without spaces, mostly one: a token, or a whole and all that it consists of."""
        if self._scope.is_keyword(name):
            return [[Token(text, (text,), 0, 0, len(text), 1)]]
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

        One of parts is its whole or the phrase of its parts, whichever scores more; loosely, also their
        sum: shock-wave finds a text on waves that are shocks.
        """
        word = self._lemmas([(name, tokens[0]) for name, tokens in by_field], loosely)
        if len(by_field[0][1]) == 1:
            return word
        parts = [(name, _parts(tokens)) for name, tokens in by_field]
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
        fields = []
        for name, token in by_field:
            related = scope.related(name, token.lemmas) if ranking is not None and loosely else ()
            form = scope.form(name, token.text) if ranking is not None and ranking.exact else ""
            fields.append(WordField(scope.number(name), scope.boost(name), token.lemmas, related, form))
            self._mark(name, WordMatch(frozenset((*token.lemmas, *related))))
        if ranking is None:
            return Word(fields)
        return Word(fields, float(ranking.related), float(ranking.exact))

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


def _parts(word: Sequence[Token]) -> Sequence[Token]:
    return word if len(word) == 1 else _parts_of_all(word)


def _parts_of_all(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.span == 1]


_WordsOfField: TypeAlias = "tuple[str, list[list[Token]]]"


def _alike(by_field: Sequence[_WordsOfField]) -> Iterable[list[_WordsOfField]]:
    """The fields that see the same words and parts: they differ in lemmas alone, and are planned together."""
    found: dict[tuple[int, ...], list[_WordsOfField]] = {}
    for name, words in by_field:
        found.setdefault(tuple(map(len, words)), []).append((name, words))
    return found.values()


def _runs(text: str, words: Sequence[Sequence[Token]]) -> Iterable[range]:
    """The words that are one thing (user@example.com, 5км), rather than words without a space."""
    begin = 0
    for number in range(1, len(words) + 1):
        if number < len(words) and _is_joined(text, words[number - 1][0].end, words[number][0].start):
            continue
        yield range(begin, number)
        begin = number


def _is_joined(text: str, end: int, start: int) -> bool:
    if end == start:
        return text[end - 1].isdigit() and text[start].isalpha()
    return _JOINERS.issuperset(text[end:start])
