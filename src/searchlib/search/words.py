"""Words and phrases of a query to their plans, over their fields, and what of them is marked.

A word becomes one group, the best of its lemmas over its fields; a word of parts is its whole or the phrase
of its parts. Fields that cut a text into other words are groups of their own, of which the best counts. A
phrase is the best of the ways to read it, each of its wholes as one or in parts. What a Ranking adds to a
word is added here: its relatives, its form, the parts of a whole where they stand apart. The tree around them
is not known.
"""

from __future__ import annotations

from ..analysis.analyzer import Token
from ..highlight import PhraseMatch, WordMatch
from ..lean import TYPE_CHECKING
from ..plan import Boost, Max, Or, Phrase, PhraseField, PlanNode, Word, WordField
from .marks import PlannedMark
from .scope import FieldScope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TypeAlias

    from .ranking import Ranking

APART_WEIGHT = 0.9
"""How much the parts of a whole count where they stand apart, against together, if related words
do."""

OTHERS_WEIGHT = 0.7
"""How much the words that a word may become count, where related words do not."""

_JOINERS = frozenset("@./:_-+#&'’\\=~%·⋅")


class WordPlans:
    """mark: receives a field's name and what of its text is to be marked."""

    def __init__(
        self, scope: FieldScope, ranking: Ranking | None, mark: Callable[[str, PlannedMark], None]
    ) -> None:
        self._scope, self._ranking, self._mark = scope, ranking, mark

    def typed(
        self,
        text: str,
        fields: Sequence[str],
        loosely: bool,
        stands_for: Sequence[str] = (),
        becomes: Sequence[str] = (),
    ) -> PlanNode | None:
        """A text without spaces, mostly one word; None if there is none in it.

        loosely: relatives count too. stands_for: the words that it stands for, in fields with languages.
        becomes: words that count as relatives do, whatever the ranking says of these.
        Words that belong together (user@example.com) are a phrase.
        """
        plan = self._as_typed(text, fields, loosely, stands_for)
        return self._with_others(plan, fields, becomes) if becomes else plan

    def _as_typed(
        self, text: str, fields: Sequence[str], loosely: bool, stands_for: Sequence[str]
    ) -> PlanNode | None:
        found = [(name, self._words_of(name, text, stands_for)) for name in fields]
        groups: list[PlanNode] = []
        for alike in _alike([(name, words) for name, words in found if words]):
            plans: list[PlanNode] = []
            for run in _runs(text, alike[0][1]):
                by_field = [(name, words[run.start : run.stop]) for name, words in alike]
                if len(run) > 1:
                    joined = [(name, [t for word in words for t in word]) for name, words in by_field]
                    plans.append(self._best_way(joined, 0))
                else:
                    plans.append(self.group([(name, words[0]) for name, words in by_field], loosely))
            groups.append(plans[0] if len(plans) == 1 else Or(plans))
        return _best_of(groups)

    def _with_others(
        self, plan: PlanNode | None, fields: Sequence[str], others: Sequence[str]
    ) -> PlanNode | None:
        """The plan of a word, or one of the others at a lower weight, as one word if it is one."""
        by_field = {self._scope.number(name): self._lemmas_of(name, others) for name in fields}
        for name in fields:
            self._mark(name, WordMatch(frozenset(by_field[self._scope.number(name)])))
        if isinstance(plan, Word):
            weight = plan.related or OTHERS_WEIGHT
            found = {word.field: word for word in plan.fields}
            words = []
            for name in fields:
                number = self._scope.number(name)
                own = found.get(number) or WordField(number, self._scope.weight(name), ())
                new = [lemma for lemma in by_field[number] if lemma not in own.lemmas]
                related = tuple(dict.fromkeys((*own.related, *new)))
                words.append(WordField(number, own.weight, own.lemmas, related, own.form))
            return Word(words, weight, plan.signals)
        alone = Word(
            [
                WordField(self._scope.number(name), self._scope.weight(name), lemmas)
                for name in fields
                if (lemmas := by_field[self._scope.number(name)])
            ]
        )
        if not alone.fields:
            return plan
        return alone if plan is None else Max([plan, Boost(OTHERS_WEIGHT, alone)])

    def _lemmas_of(self, name: str, words: Sequence[str]) -> list[str]:
        """Those of words that are one word to the field, as wholes."""
        return list(dict.fromkeys(lemma for word in words for lemma in self._scope.whole(name, word)))

    def quoted(self, text: str, fields: Sequence[str], slop: int) -> PlanNode | None:
        """A text in quotes: the phrase of its words, or its one word; None if there is none in it."""
        found = [(name, [self._contracted(self._scope.tokens(name, text))]) for name in fields]
        plans: list[PlanNode] = [
            self._best_way([(name, words[0]) for name, words in alike], slop)
            for alike in _alike([(name, words) for name, words in found if words[0]])
        ]
        return _best_of(plans)

    @staticmethod
    def _contracted(tokens: list[Token]) -> list[Token]:
        """With what words side by side are short for, as wholes: «ч. л.» for «чайная ложка»."""
        if len(tokens) < 2 or all(token.text.isascii() for token in tokens):
            return tokens
        from ..analysis.contractions import with_contractions  # most phrases have none

        return with_contractions(tokens)

    def _words_of(self, name: str, text: str, stands_for: Sequence[str]) -> list[list[Token]]:
        """The words in a text without spaces, mostly one: a token, or a whole and all that it consists of."""
        if self._scope.is_keyword(name):
            return [[Token(text, (self._scope.keyword(name, text),), 0, 0, len(text), 1)]]
        if stands_for:
            return [[self._scope.abbreviation(name, text, stands_for)]]
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

        One of parts is its whole or the phrase of its parts, whichever scores more; loosely, one of words
        and hyphens is also their sum: shock-wave finds a text on waves that are shocks.
        """
        if len(by_field[0][1]) == 1:
            return self._lemmas([(name, tokens[0]) for name, tokens in by_field], loosely)
        readings = self._ways(by_field, 0, loosely)
        parts = [(name, [token for token in tokens if token.span == 1]) for name, tokens in by_field]
        if loosely and _may_stand_apart([tokens[0] for _, tokens in by_field], len(parts[0][1])):
            columns = [[(name, tokens[i]) for name, tokens in parts] for i in range(len(parts[0][1]))]
            apart = Or([self._lemmas(column, True) for column in columns])
            readings.append(Boost(APART_WEIGHT, apart))
        return Max(readings)

    def _lemmas(self, by_field: Sequence[tuple[str, Token]], loosely: bool) -> PlanNode:
        """The best of a word's lemmas; loosely, also of the words of its root."""
        scope, ranking = self._scope, self._ranking
        signals = () if ranking is None else ranking.signals
        fields = []
        for name, token in by_field:
            related = scope.related(name, token.lemmas) if ranking is not None and loosely else ()
            form = scope.form(name, token.text) if signals else ""
            fields.append(WordField(scope.number(name), scope.weight(name), token.lemmas, related, form))
            self._mark(name, WordMatch(frozenset((*token.lemmas, *related))))
        if ranking is None:
            return Word(fields)
        return Word(fields, float(ranking.related), signals)

    def _best_way(self, by_field: Sequence[tuple[str, Sequence[Token]]], slop: int) -> PlanNode:
        """The tokens of a text in their order, which fields see alike: a word, or a phrase.

        Each of its wholes is one or its parts; whichever of these readings scores most counts.
        """
        readings = self._ways(by_field, slop)
        return readings[0] if len(readings) == 1 else Max(readings)

    def _ways(
        self, by_field: Sequence[tuple[str, Sequence[Token]]], slop: int, loosely: bool = False
    ) -> list[PlanNode]:
        readings: list[PlanNode] = []
        for path in _paths(by_field[0][1]):
            chosen = [(name, [tokens[number] for number in path]) for name, tokens in by_field]
            if len(path) == 1:
                readings.append(self._lemmas([(name, tokens[0]) for name, tokens in chosen], loosely))
            else:
                readings.append(self._phrase(chosen, slop))
        return readings

    def _phrase(self, by_field: Sequence[tuple[str, Sequence[Token]]], slop: int) -> PlanNode:
        fields = []
        for name, tokens in by_field:
            offsets = tuple(range(len(tokens)))
            words = [token.lemmas for token in tokens]
            number, weight = self._scope.number(name), self._scope.weight(name)
            fields.append(PhraseField(number, weight, offsets, words, self._scope.divides(name)))
            matches = tuple(WordMatch(frozenset(lemmas)) for lemmas in words)
            self._mark(name, PhraseMatch(matches, offsets, slop))
        return Phrase(fields, slop)


def _best_of(groups: Sequence[PlanNode]) -> PlanNode | None:
    return groups[0] if len(groups) == 1 else Max(groups) if groups else None


def _may_stand_apart(wholes: Sequence[Token], num_parts: int) -> bool:
    """Whether the parts of a whole are words by themselves: name in table_name and 12 in 12 500 are none."""
    return any(
        lemma.count("-") + 1 == num_parts and not any(map(str.isdigit, lemma))
        for whole in wholes
        for lemma in whole.lemmas
    )


_WordsOfField: TypeAlias = "tuple[str, list[list[Token]]]"


def _alike(by_field: Sequence[_WordsOfField]) -> Iterable[list[_WordsOfField]]:
    """The fields that see the same words and parts: they differ in lemmas alone, and are planned together."""
    found: dict[tuple[tuple[int, int], ...], list[_WordsOfField]] = {}
    for name, words in by_field:
        shape = tuple((token.position, token.span) for word in words for token in word)
        found.setdefault(shape, []).append((name, words))
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
    if end == start:  # 5км, C++17
        return (text[end - 1].isdigit() and text[start].isalpha()) or text[end - 1] in "+#"
    return _JOINERS.issuperset(text[end:start])


def _paths(tokens: Sequence[Token]) -> Sequence[Sequence[int]]:
    if all(token.span == 1 for token in tokens):
        return [range(len(tokens))]
    from ..analysis.paths import paths  # most phrases have no whole

    return paths(tokens)
