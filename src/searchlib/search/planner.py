"""A query tree and a schema to a plan: what the core evaluates, and what highlighting marks.

Words are analysed here, field by field: a word becomes one group, the best of its lemmas in each field, a
hyphenated word the whole or the phrase of its parts. With `related`, English words of the word's root count
too, and the sum of a hyphenated word's parts, both with less weight, unless the user insists (+, −, AND, NOT,
quotes). Stopwords go, unless nothing else is left or the user asked for them with +, − or quotes. Nothing is
read from an index here but columns, for ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

from ..analysis.analyzer import Analyzer, Token
from ..analysis.derivations import derivations
from ..analysis.stopwords import is_stopword
from ..errors import QueryError, QueryTooComplex
from ..highlight import Mark, PhraseMatch, WordMatch
from ..query import nodes
from ..schema import ID, Keyword, Schema, Text

CoreNode: TypeAlias = tuple[Any, ...]
"""A node of the core's plan (core/bind_search.cpp reads it)."""

RangeFinder: TypeAlias = Callable[[nodes.Range | nodes.Word], list[list[int]]]
"""The documents of a range over a column, by segment: the searcher supplies it."""

IdFinder: TypeAlias = Callable[[str], list[list[int]]]

RELATED_WEIGHT = 0.7
"""How much a word of the same root counts, against the word itself: measured by benchmarks/ranking.py."""

APART_WEIGHT = 0.9
"""How much the parts of a hyphenated word count where they stand apart, against together."""

MAX_PATTERNS = 20
"""Each takes up to about 10 ms for each 100,000 words of the index."""

NOTHING: CoreNode = ("nothing",)
_JOINERS = frozenset("@./:_-+#&'’\\=~%")


class FormsMark(NamedTuple):
    """A pattern to mark: when a hit is highlighted, the searcher expands it over the lexicon."""

    kind: str
    text: str
    distance: int


PlannedMark: TypeAlias = Mark | FormsMark


class Plan(NamedTuple):
    """core: for the core. marks: by field, what of its text is marked.

    dropped: the stopwords that were left out.
    """

    core: CoreNode
    marks: dict[str, list[PlannedMark]]
    dropped: list[str]


class Planner:
    """Makes plans for one schema. related: words of a word's root, and parts of compounds, count too."""

    def __init__(
        self,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        find_range: RangeFinder,
        find_id: IdFinder,
        default_fields: Sequence[str] | None = None,
        related: bool = False,
    ) -> None:
        self._schema, self._analyzers = schema, analyzers
        self._numbers = {name: number for number, name in enumerate(schema.searched_fields)}
        self._find_range, self._find_id = find_range, find_id
        self.counts_related = related
        self._default_fields = (
            schema.default_fields if default_fields is None else self._given(default_fields)
        )

    def _given(self, fields: Sequence[str]) -> tuple[str, ...]:
        """The fields that a caller wants searched, if they can be."""
        if isinstance(fields, str):
            raise QueryError(f"fields is a list of names, got the string {fields!r}; write [{fields!r}]")
        if not fields:
            raise QueryError("fields is None for the default ones, or names at least one, got an empty list")
        for name in fields:
            self._schema.field(name)
            if name not in self._numbers:
                raise QueryError(
                    f"field {name!r} is a {self._schema[name].kind} and has no words; "
                    f"search it by value: {name}:value or {name}:[a TO b]"
                )
        return tuple(fields)

    def plan(self, node: nodes.Node) -> Plan:
        """The plan of a query; one that matches nothing if nothing is asked for."""
        building = _Building(self, drops=True)
        core = building.node(node)
        if not building.has_positive:  # stopwords alone, or stopwords beside excluded words
            building = _Building(self, drops=False)
            core = building.node(node)
        marks = {name: list(found) for name, found in building.marks.items()}
        return Plan(core or NOTHING, marks, building.dropped)

    # What _Building asks of its planner.

    def fields_of(self, name: str | None) -> tuple[str, ...]:
        """The fields that a leaf searches."""
        if name is None:
            return self._default_fields
        if name != ID:
            self._schema.field(name)
        return (name,)

    def number(self, name: str) -> int:
        """The core's number of a searched field."""
        return self._numbers[name]

    def boost(self, name: str) -> float:
        """The field's own boost."""
        field = self._schema[name]
        return field.boost if isinstance(field, Text) else 1.0

    def is_searched(self, name: str) -> bool:
        """Whether the field has terms, rather than a column."""
        return name in self._numbers

    def is_stopword(self, node: nodes.Word) -> bool:
        """Whether a word is one of the little words of its fields' languages.

        A keyword is a value (lang:no is Norwegian), and a field without languages has no little words.
        """
        fields = (self._schema[name] for name in self.fields_of(node.field))
        codes = {code for field in fields if isinstance(field, Text) for code in field.languages}
        languages = {code.removesuffix("-snowball") for code in codes}
        return bool(languages) and is_stopword(node.text, frozenset(languages))

    def is_keyword(self, name: str) -> bool:
        """Whether the field's values are taken whole."""
        return isinstance(self._schema.get(name), Keyword)

    def tokens(self, name: str, text: str) -> list[Token]:
        """The text's tokens as that field analyses it."""
        analyzer = self._analyzers[name]
        assert analyzer is not None
        return analyzer.tokens(text)

    def related(self, name: str, lemmas: Sequence[str]) -> list[str]:
        """Words of the same root, where the field is in English."""
        analyzer = self._analyzers[name]
        if analyzer is None or "en" not in analyzer.languages:
            return []
        found = dict.fromkeys(word for lemma in lemmas for word in derivations(lemma))
        return [word for word in found if word not in lemmas]

    def range_docs(self, node: nodes.Range | nodes.Word) -> CoreNode:
        """The documents of a range, or of a single value, in a column."""
        return ("docs", 1.0, self._find_range(node))

    def id_docs(self, value: str) -> CoreNode:
        """The document of that id."""
        return ("docs", 1.0, self._find_id(value))


class _Building:
    """One traversal of a query tree.

    has_positive: whether it asks for anything, rather than only excluding.
    """

    def __init__(self, planner: Planner, drops: bool) -> None:
        self._planner = planner
        self._drops = drops
        self._negative = 0
        self._insisting = 0
        self._num_patterns = 0
        self.has_positive = False
        self.marks: dict[str, dict[PlannedMark, None]] = {}  # ordered sets
        self.dropped: list[str] = []

    def node(self, node: nodes.Node, required: bool = False) -> CoreNode | None:
        """A node's plan, or None if it asks for nothing.

        required: it stands directly after +, − or NOT: the user asked for it, so it is no stopword.
        """
        method = _METHODS.get(type(node))
        if method is None:
            raise QueryError(f"a query node of type {type(node).__name__} cannot be searched for")
        core = method(self, node, required)
        if core is not None and not self._negative and type(node) in _LEAVES:
            self.has_positive = True
        if core is None or node.boost == 1.0:
            return core
        return ("boost", float(node.boost), core)

    # ---- leaves

    def word(self, node: nodes.Word, required: bool) -> CoreNode | None:
        if node.field == ID:
            return self._planner.id_docs(node.text)
        if node.field is not None and not self._planner.is_searched(self._planner.fields_of(node.field)[0]):
            return self._planner.range_docs(node)
        if self._drops and not required and self._planner.is_stopword(node):
            self.dropped.append(node.text)
            return None
        by_field = [
            _WordOfField(name, self._words_of(name, node.text))
            for name in self._planner.fields_of(node.field)
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
        loosely = self._planner.counts_related and not insists
        words = [[(e.name, e.words[i]) for e in by_field] for i in range(len(first.words))]
        parts = [self._group(word, loosely) for word in words]
        return parts[0] if len(parts) == 1 else ("or", parts)

    def _words_of(self, name: str, text: str) -> list[list[Token]]:
        """The words in a text without spaces, mostly one: a token, or a hyphenated whole with its parts."""
        if self._planner.is_keyword(name):
            return [[Token(text, (text,), 0, 0, len(text), 1)]]
        words: list[list[Token]] = []
        covered = -1
        for token in self._planner.tokens(name, text):
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
        word = self._lemmas([(name, tokens[0].lemmas) for name, tokens in by_field], loosely)
        if len(by_field[0][1]) == 1:
            return word
        parts = [(name, tokens[1:]) for name, tokens in by_field]
        readings = [word, self._phrase(parts, 0)]
        if loosely:
            count = range(len(parts[0][1]))
            columns = [[(name, tokens[i].lemmas) for name, tokens in parts] for i in count]
            apart = ("or", [self._lemmas(column, True) for column in columns])
            readings.append(("boost", APART_WEIGHT, apart))
        return ("max", readings)

    def _lemmas(self, by_field: Sequence[tuple[str, tuple[str, ...]]], loosely: bool) -> CoreNode:
        """The best of a word's lemmas in each field; loosely, also of the words of its root."""
        fields = [(self._planner.number(n), self._planner.boost(n), list(lemmas)) for n, lemmas in by_field]
        related = [self._planner.related(n, lemmas) if loosely else [] for n, lemmas in by_field]
        for (name, lemmas), others in zip(by_field, related, strict=True):
            self._mark(name, WordMatch(frozenset((*lemmas, *others))))
        return ("word", fields, related, RELATED_WEIGHT) if any(related) else ("word", fields)

    def phrase(self, node: nodes.Phrase, required: bool) -> CoreNode | None:
        fields = self._planner.fields_of(node.field)
        if not all(self._planner.is_searched(name) for name in fields):
            return self.word(nodes.Word(node.text, node.field), required)
        if self._planner.is_keyword(fields[0]):
            return self._group([(fields[0], self._words_of(fields[0], node.text)[0])])
        by_field = [
            (name, [token for token in self._planner.tokens(name, node.text) if token.span == 1])
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
            fields.append((self._planner.number(name), self._planner.boost(name), slots))
            words = tuple(WordMatch(frozenset(token.lemmas)) for token in tokens)
            self._mark(name, PhraseMatch(words, tuple(offset for offset, _ in slots), slop))
        return ("phrase", fields, slop)

    def everything(self, node: nodes.Everything, required: bool) -> CoreNode:
        if node.field is None or node.field == ID:
            return ("all", 1.0)
        name = self._planner.fields_of(node.field)[0]
        if self._planner.is_searched(name):
            return ("has", 1.0, self._planner.number(name))
        return self._planner.range_docs(nodes.Range(name))

    def range(self, node: nodes.Range, required: bool) -> CoreNode:
        if self._planner.is_searched(self._planner.fields_of(node.field)[0]):
            raise QueryError(
                f"field {node.field!r} holds text; "
                "ranges like [a TO b] are for Number, Date and Boolean fields"
            )
        return self._planner.range_docs(node)

    def pattern(self, node: nodes.Prefix | nodes.Wildcard | nodes.Fuzzy, required: bool) -> CoreNode:
        fields = self._planner.fields_of(node.field)
        if not all(self._planner.is_searched(name) for name in fields):
            raise QueryError(f"field {node.field!r} has no words; patterns are for Text and Keyword fields")
        self._num_patterns += 1
        if self._num_patterns > MAX_PATTERNS:
            raise QueryTooComplex(
                f"a query has at most {MAX_PATTERNS} prefixes, wildcards and fuzzy words: each is compared "
                f"with all words of the index"
            )
        if isinstance(node, nodes.Prefix):
            form = ("prefix", node.text, 0)
        elif isinstance(node, nodes.Wildcard):
            form = ("wildcard", node.pattern, 0)
        else:
            form = ("fuzzy", node.text, node.distance)
        for name in fields:
            self._mark(name, FormsMark(*form))
        return ("forms", 1.0, [(self._planner.number(name), *form) for name in fields])

    # ---- what combines others

    def all_of(self, node: nodes.And, required: bool) -> CoreNode | None:
        excluded = tuple(operand.operand for operand in node.operands if isinstance(operand, nodes.Not))
        wanted = tuple(operand for operand in node.operands if not isinstance(operand, nodes.Not))
        self._insisting += 1
        planned = self._nodes(wanted, False)
        self._insisting -= 1
        return self._clauses(planned, [], self._excluded(excluded), bool(wanted))

    def any_of(self, node: nodes.Or, required: bool) -> CoreNode | None:
        return _union(self._nodes(node.operands, False))

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

    def _mark(self, name: str, mark: PlannedMark) -> None:
        self.marks.setdefault(name, {})[mark] = None


class _WordOfField(NamedTuple):
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
    nodes.Empty: _Building.nothing,
    nodes.Everything: _Building.everything,
    nodes.Word: _Building.word,
    nodes.Phrase: _Building.phrase,
    nodes.Prefix: _Building.pattern,
    nodes.Wildcard: _Building.pattern,
    nodes.Fuzzy: _Building.pattern,
    nodes.Range: _Building.range,
    nodes.And: _Building.all_of,
    nodes.Or: _Building.any_of,
    nodes.Not: _Building.none_of,
    nodes.Clauses: _Building.clauses,
    nodes.Variants: _Building.variants,
}
_LEAVES = frozenset(_METHODS) - {nodes.And, nodes.Or, nodes.Not, nodes.Clauses, nodes.Variants, nodes.Empty}
