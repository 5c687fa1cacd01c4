"""One walk over a query tree that makes its plan: words, phrases and what combines them have methods here.

Words are analysed field by field: a word becomes one group, the best of its lemmas in each field, a
hyphenated word the whole or the phrase of its parts. What a Ranking adds to that (ranking.py) is added here:
related words and the parts of a hyphenated word, unless the user insists (+, −, AND, NOT, quotes), the word's
form, and neighbours (neighbours.py). What asks for no words is planned in filters.py. What it needs to know
of schema, analyzers and columns it asks the planner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..analysis.analyzer import Token
from ..errors import QueryError
from ..highlight import PhraseMatch, WordMatch
from ..query import nodes
from ..records import Record
from ..schema import ID
from .plan import CoreNode, PlannedMark

if TYPE_CHECKING:
    from .planner import Planner

APART_WEIGHT = 0.9
"""How much the parts of a hyphenated word count where they stand apart, against together, if related words
do."""

_JOINERS = frozenset("@./:_-+#&'’\\=~%")


class Traversal:
    """One traversal of a query tree.

    has_positive: whether it asks for anything, rather than only excluding. num_patterns: how many it has.
    """

    def __init__(self, planner: Planner, drops: bool) -> None:
        self.planner = planner
        self._drops = drops
        self._negative = 0
        self._insisting = 0
        self.num_patterns = 0
        self.has_positive = False
        self.marks: dict[str, dict[PlannedMark, None]] = {}  # ordered sets
        self.dropped: list[str] = []

    def node(self, node: nodes.Node, required: bool = False) -> CoreNode | None:
        """A node's plan, or None if it asks for nothing.

        required: it stands directly after +, − or NOT: the user asked for it, so it is no stopword.
        """
        method = _METHODS.get(type(node)) or _filter_for(node)
        if method is None:
            raise QueryError(f"a query node of type {type(node).__name__} cannot be searched for")
        core = method(self, node, required)
        if core is not None and not self._negative and type(node) not in _COMBINING:
            self.has_positive = True
        if core is None or node.boost == 1.0:
            return core
        return ("boost", float(node.boost), core)

    # ---- leaves

    def word(self, node: nodes.Word, required: bool) -> CoreNode | None:
        if node.field == ID:
            return self.planner.id_docs(node.text)
        if node.field is not None and not self.planner.is_searched(self.planner.fields_of(node.field)[0]):
            return self.planner.range_docs(node)
        if self._drops and not required and self.planner.is_stopword(node):
            self.dropped.append(node.text)
            return None
        by_field = [
            _WordOfField(name, self._words_of(name, node.text)) for name in self.planner.fields_of(node.field)
        ]
        first = next((entry for entry in by_field if entry.words), None)
        if first is None:
            return None
        # The scanner is the same for all text fields: they agree on the words, and differ in the lemmas
        # alone.
        by_field = [entry for entry in by_field if len(entry.words) == len(first.words)]
        if len(first.words) > 1 and _is_joined(node.text, first.words):
            return self._phrase(
                [(e.name, [t for word in e.words for t in _parts(word)]) for e in by_field], 0
            )
        insists = required or self._negative or self._insisting
        ranking = self.planner.ranking
        loosely = ranking is not None and ranking.related > 0 and not insists
        words = [[(e.name, e.words[i]) for e in by_field] for i in range(len(first.words))]
        parts = [self._group(word, loosely) for word in words]
        return parts[0] if len(parts) == 1 else ("or", parts)

    def _words_of(self, name: str, text: str) -> list[list[Token]]:
        """The words in a text without spaces, mostly one: a token, or a hyphenated whole with its parts."""
        if self.planner.is_keyword(name):
            return [[Token(text, (text,), 0, 0, len(text), 1)]]
        words: list[list[Token]] = []
        covered = -1
        for token in self.planner.tokens(name, text):
            if token.position <= covered:
                words[-1].append(token)
            else:
                words.append([token])
                covered = token.position + token.span - 1
        return words

    def _group(self, by_field: Sequence[tuple[str, list[Token]]], loosely: bool = False) -> CoreNode:
        """One word, over its fields.

        A hyphenated one is its whole or the phrase of its parts, whichever scores more; loosely, also their
        sum: shock-wave finds a text on waves that are shocks.
        """
        word = self._lemmas([(name, tokens[0]) for name, tokens in by_field], loosely)
        if len(by_field[0][1]) == 1:
            return word
        parts = [(name, tokens[1:]) for name, tokens in by_field]
        readings = [word, self._phrase(parts, 0)]
        if loosely:
            count = range(len(parts[0][1]))
            columns = [[(name, tokens[i]) for name, tokens in parts] for i in count]
            apart = ("or", [self._lemmas(column, True) for column in columns])
            readings.append(("boost", APART_WEIGHT, apart))
        return ("max", readings)

    def _lemmas(self, by_field: Sequence[tuple[str, Token]], loosely: bool) -> CoreNode:
        """The best of a word's lemmas in each field; loosely, also of the words of its root."""
        fields = [(self.planner.number(n), self.planner.boost(n), list(t.lemmas)) for n, t in by_field]
        ranking = self.planner.ranking
        if ranking is None:
            for name, token in by_field:
                self.mark(name, WordMatch(frozenset(token.lemmas)))
            return ("word", fields)
        related = [self.planner.related(n, t.lemmas) if loosely else [] for n, t in by_field]
        forms = [self.planner.form(n, t.text) if ranking.exact else "" for n, t in by_field]
        for (name, token), others in zip(by_field, related, strict=True):
            self.mark(name, WordMatch(frozenset((*token.lemmas, *others))))
        return ("word", fields, (related, float(ranking.related), forms, float(ranking.exact)))

    def phrase(self, node: nodes.Phrase, required: bool) -> CoreNode | None:
        fields = self.planner.fields_of(node.field)
        if not all(self.planner.is_searched(name) for name in fields):
            return self.word(nodes.Word(node.text, node.field), required)
        if self.planner.is_keyword(fields[0]):
            return self._group([(fields[0], self._words_of(fields[0], node.text)[0])])
        by_field = [
            (name, [token for token in self.planner.tokens(name, node.text) if token.span == 1])
            for name in fields
        ]
        if not by_field[0][1]:
            return None
        if len(by_field[0][1]) == 1:
            return self._group(by_field)
        return self._phrase(by_field, node.slop)

    def _phrase(self, by_field: Sequence[tuple[str, Sequence[Token]]], slop: int) -> CoreNode:
        fields = []
        for name, tokens in by_field:
            first = tokens[0].position
            slots = [(token.position - first, list(token.lemmas)) for token in tokens]
            fields.append((self.planner.number(name), self.planner.boost(name), slots))
            words = tuple(WordMatch(frozenset(token.lemmas)) for token in tokens)
            self.mark(name, PhraseMatch(words, tuple(offset for offset, _ in slots), slop))
        return ("phrase", fields, slop)

    # ---- what combines others

    def all_of(self, node: nodes.And, required: bool) -> CoreNode | None:
        excluded = tuple(operand.operand for operand in node.operands if isinstance(operand, nodes.Not))
        wanted = tuple(operand for operand in node.operands if not isinstance(operand, nodes.Not))
        self._insisting += 1
        planned = self._nodes(wanted, False)
        self._insisting -= 1
        adjacent = self._neighbours(node.operands) if len(planned) > 1 else []
        return self._clauses(planned, adjacent, self._excluded(excluded), bool(wanted))

    def any_of(self, node: nodes.Or, required: bool) -> CoreNode | None:
        planned = self._nodes(node.operands, False)
        core, adjacent = _union(planned), _union(self._neighbours(node.operands) if len(planned) > 1 else [])
        return core if core is None or adjacent is None else ("maybe", [core, adjacent])

    def _neighbours(self, operands: Sequence[nodes.Node]) -> list[CoreNode]:
        ranking = self.planner.ranking
        if ranking is None or not ranking.adjacent or self._negative:
            return []
        from .neighbours import neighbours, placed

        places = []
        for operand in operands:
            place = placed(self.planner, operand)
            is_dropped = self._drops and isinstance(operand, nodes.Word) and self.planner.is_stopword(operand)
            places.append(place.without_words() if place and is_dropped else place)
        return neighbours(self.planner, places, float(ranking.adjacent))

    def variants(self, node: nodes.Variants, required: bool) -> CoreNode | None:
        """The best of a word and what may stand for it; the reasons are for `explain`, not for the core."""
        core = self.node(node.node, required)
        if core is None:
            return None  # a stopword
        others = ((variant, self.node(variant.node, True)) for variant in node.variants)
        return (
            "max",
            [core, *(("boost", variant.weight, other, variant.reason) for variant, other in others if other)],
        )

    def none_of(self, node: nodes.Not, required: bool) -> CoreNode | None:
        return self._clauses([], [], self._excluded((node.operand,)), False)

    def clauses(self, node: nodes.Clauses, required: bool) -> CoreNode | None:
        asked = bool(node.required or node.optional)
        return self._clauses(
            self._nodes(node.required, True),
            self._nodes(node.optional, False),
            self._excluded(node.excluded),
            asked,
        )

    def _clauses(
        self, wanted: list[CoreNode], optional: list[CoreNode], excluded: list[CoreNode], asked: bool
    ) -> CoreNode | None:
        core = wanted[0] if len(wanted) == 1 else ("and", wanted) if wanted else None
        extra = _union(optional)
        if core is not None and extra is not None:
            core = ("maybe", [core, extra])
        core = core or extra
        unwanted = _union(excluded)
        if unwanted is None:
            return core
        if core is None and asked:
            return None  # what was asked for was stopwords: the planner comes again and keeps them
        return ("not", [core or ("all", 0.0), unwanted])

    def _nodes(self, operands: Iterable[nodes.Node], required: bool) -> list[CoreNode]:
        planned = (self.node(operand, required) for operand in operands)
        return [core for core in planned if core is not None]

    def _excluded(self, operands: Iterable[nodes.Node]) -> list[CoreNode]:
        marks, self.marks = self.marks, {}  # what must not be there is not marked
        self._negative += 1
        planned = self._nodes(operands, True)
        self._negative -= 1
        self.marks = marks
        return planned

    def nothing(self, node: nodes.Empty, required: bool) -> None:
        return None

    def mark(self, name: str, mark: PlannedMark) -> None:
        """A field's matches of this are marked."""
        self.marks.setdefault(name, {})[mark] = None


class _WordOfField(Record):
    name: str
    words: list[list[Token]]


def _parts(word: Sequence[Token]) -> Sequence[Token]:
    return word if len(word) == 1 else word[1:]


def _union(cores: list[CoreNode]) -> CoreNode | None:
    if not cores:
        return None
    return cores[0] if len(cores) == 1 else ("or", cores)


def _is_joined(text: str, words: Sequence[Sequence[Token]]) -> bool:
    """Whether several words are one thing: user@example.com, rather than words without a space."""
    gaps = (text[a[0].end : b[0].start] for a, b in pairwise(words))
    return all(gap and _JOINERS.issuperset(gap) for gap in gaps)


_METHODS: dict[type[nodes.Node], Callable[..., CoreNode | None]] = {
    nodes.Empty: Traversal.nothing,
    nodes.Word: Traversal.word,
    nodes.Phrase: Traversal.phrase,
    nodes.And: Traversal.all_of,
    nodes.Or: Traversal.any_of,
    nodes.Not: Traversal.none_of,
    nodes.Clauses: Traversal.clauses,
    nodes.Variants: Traversal.variants,
}
_COMBINING = frozenset((nodes.And, nodes.Or, nodes.Not, nodes.Clauses, nodes.Variants, nodes.Empty))


def _filter_for(node: nodes.Node) -> Callable[..., CoreNode | None] | None:
    from .filters import METHODS  # words need none of it

    return METHODS.get(type(node))
