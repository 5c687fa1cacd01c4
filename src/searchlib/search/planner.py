"""A query tree and a schema to a plan: what the core evaluates, and what highlighting marks.

It knows the fields, their analyzers and numbers, and walks the tree (traversal.py). Stopwords go, unless
nothing else is left or the user asked for them with +, − or quotes. Nothing is read from an index here but
columns, for ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..analysis.analyzer import Analyzer, Token
from ..analysis.languages import dictionaries
from ..analysis.stopwords import is_stopword
from ..errors import QueryError
from ..plan import Docs, Nothing
from ..query import nodes
from ..schema import ID, Keyword, Schema, Text
from .marks import Marks, Plan
from .traversal import Traversal

if TYPE_CHECKING:
    from .ranking import Ranking

RangeFinder: TypeAlias = Callable[[nodes.Range | nodes.Word], list[list[int]]]
"""The documents of a range over a column, by segment: the searcher supplies it."""

IdFinder: TypeAlias = Callable[[str], list[list[int]]]

_LONG_TEXT = 10_000
"""Characters of one word or phrase: only a tree made by hand has more that nobody has checked yet."""

RelativeFinder: TypeAlias = Callable[[int, list[str]], list[str]]
"""The Russian lemmas of a field, by its number, that have the root of one of these."""


class Planner:
    """Makes plans for one schema.

    ranking: what counts besides BM25; None: nothing. find_relatives: needed for the related words of Russian.
    """

    def __init__(
        self,
        schema: Schema,
        analyzers: Mapping[str, Analyzer | None],
        find_range: RangeFinder,
        find_id: IdFinder,
        default_fields: Sequence[str] | None = None,
        ranking: Ranking | None = None,
        find_relatives: RelativeFinder | None = None,
    ) -> None:
        self._schema, self._analyzers = schema, analyzers
        self._numbers = {name: number for number, name in enumerate(schema.searched_fields)}
        self._find_range, self._find_id = find_range, find_id
        self.ranking = ranking
        self._find_relatives = find_relatives
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
        building = Traversal(self, drops=True)
        core = building.node(node)
        if not building.has_positive:  # stopwords alone, or stopwords beside excluded words
            building = Traversal(self, drops=False)
            core = building.node(node)
        marks = {name: list(found) for name, found in building.marks.items()}
        return Plan(core or Nothing(), Marks(marks), building.dropped)

    # What a traversal asks of its planner.

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
        return bool(codes) and is_stopword(node.text, frozenset(codes))

    def is_keyword(self, name: str) -> bool:
        """Whether the field's values are taken whole."""
        return isinstance(self._schema.get(name), Keyword)

    def tokens(self, name: str, text: str) -> list[Token]:
        """The text's tokens as that field analyses it."""
        analyzer = self._analyzers[name]
        assert analyzer is not None
        if len(text) > _LONG_TEXT:
            from ..query.limits import Limits

            Limits().check_length(len(text))
            Limits().check_words(text)
        return analyzer.tokens(text)

    def form(self, name: str, word: str) -> str:
        """A word as the field's lexicon has it; "" where there are no other forms to tell it from."""
        analyzer = self._analyzers[name]
        return "" if analyzer is None else analyzer.core.analyze(word)[0]

    def related(self, name: str, lemmas: Sequence[str]) -> list[str]:
        """Words of the same root, as the field's languages have them."""
        analyzer, find = self._analyzers[name], self._find_relatives

        def same_root(words: list[str]) -> list[str]:
            return [] if find is None else find(self.number(name), words)

        found: dict[str, None] = {}
        for language in dictionaries(() if analyzer is None else analyzer.languages):
            found.update(dict.fromkeys(language.relatives(lemmas, same_root)))
        return [word for word in found if word not in lemmas]

    def range_docs(self, node: nodes.Range | nodes.Word) -> Docs:
        """The documents of a range, or of a single value, in a column."""
        return Docs(self._find_range(node))

    def id_docs(self, value: str) -> Docs:
        """The document of that id."""
        return Docs(self._find_id(value))
