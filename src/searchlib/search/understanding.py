"""How a query is understood, before any document is looked at: what `Index.explain` gives.

A tree of QueryParts: each word with its lemmas and how many documents hold it, the stopwords left out, and
what may stand for a word and why. It ranks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..errors import assert_never
from ..plan import Filtered, Forms, Max, PlanNode
from ..query import nodes
from ..records import Record
from ..schema import ID

if TYPE_CHECKING:
    from .. import _core
    from .planner import Planner
    from .ranking import Ranking
    from .searcher import Searcher

MAX_SHOWN_FORMS = 10
"""Of those that a pattern meets."""


class QueryPart(Record):
    """One part of a query.

    kind: "word", "phrase", "pattern", "values", "any", "all", "query" (with required, optional and excluded
        parts), "required", "excluded", "variants" (a part and what may stand for it), or "expanded" (the
        words that `expand` adds, beside the query as it was asked).
    text: as it was typed, or what stands for that; "" for what combines others.
    field: the one that it is confined to; None: the default ones.
    lemmas: what a word is looked up as; of a pattern, some of the forms that it meets.
    num_docs: how many documents match it alone, of those that the filter lets through; None for what
        combines others.
    weight: the factor of its score: its boost, and, of what stands for a word, less than 1.
    reason: why it stands for a word, or beside the words: "name", "synonym", "translation",
        "keyboard layout", "written apart", "written together", "expanded word"; "" for what was typed.
    is_dropped: whether it is a stopword that is left out.

    `str()` draws the tree.
    """

    kind: str
    text: str = ""
    field: str | None = None
    lemmas: tuple[str, ...] = ()
    num_docs: int | None = None
    weight: float = 1.0
    reason: str = ""
    is_dropped: bool = False
    parts: tuple[QueryPart, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines(""))

    def _lines(self, indent: str) -> list[str]:
        lines = [indent + self._line()]
        for part in self.parts:
            lines += part._lines(indent + "  ")
        return lines

    def _line(self) -> str:
        factor = f"{self.weight:g} × " if self.weight != 1.0 else ""
        if self.kind not in _LEAVES:
            return factor + _TITLES.get(self.kind, f"{self.kind} of")
        name = f"{self.field}:" if self.field else ""
        text = f'"{self.text}"' if self.kind == "phrase" else self.text
        reason = f"{self.reason} " if self.reason else ""
        if self.is_dropped:
            return f"{name}{text}: a stopword, left out"
        return f"{factor}{reason}{name}{text}{self._lemmas()}{self._documents()}"

    def _lemmas(self) -> str:
        if self.kind == "pattern":
            return f" → {', '.join(self.lemmas) or 'no form'}"
        return f" → {{{', '.join(self.lemmas)}}}" if self.lemmas else ""

    def _documents(self) -> str:
        if self.num_docs is None:
            return ""
        if self.num_docs == 0:
            return ", in no document"
        return f", in {self.num_docs:,} document{'' if self.num_docs == 1 else 's'}"


_LEAVES = frozenset(("word", "phrase", "pattern", "values"))
_TITLES = {
    "query": "query",
    "required": "required",
    "excluded": "excluded",
    "variants": "the best of",
    "expanded": "expanded by",
}


def understand(
    searcher: Searcher,
    node: nodes.Node,
    fields: Sequence[str] | None,
    expand: str | None = None,
    ranking: Ranking | str = "default",
    filter: object = None,
) -> QueryPart:
    """The parts of a query; what a search refuses raises QueryError here, too.

    filter: of the documents that it lets through, numbers tell.

    expand, ranking: as of the search, whose best documents say how the query is expanded.
    """
    planner = searcher.planner(fields, "bm25")  # it counts who has the word itself
    passes = None if filter is None else searcher.passing(filter)
    dropped = set(planner.plan(node).dropped)
    reader = _Reader(searcher, planner, dropped, passes)
    asked = reader.part(node)
    if expand is None:
        return asked
    from .expanded_words import REASON

    unexpanded = searcher.planner(fields, ranking).plan(node)
    plan = searcher.expanded_plan(unexpanded, expand, node, fields, passes=passes)
    words = tuple(
        QueryPart("word", text, None, (text,), reader.count(core), weight, REASON)
        for text, weight, core in plan.expanded
    )
    return QueryPart("query", parts=(asked, QueryPart("expanded", parts=words))) if words else asked


class _Reader:
    def __init__(
        self, searcher: Searcher, planner: Planner, dropped: set[str], passes: _core.FilterPlan | None
    ) -> None:
        self._searcher, self._planner, self._dropped, self._passes = searcher, planner, dropped, passes
        self._scope = planner.scope

    def part(self, node: nodes.Node, required: bool = False) -> QueryPart:
        if isinstance(node, nodes.Clauses):
            return self._clauses(node)
        if isinstance(node, nodes.Joined):
            return QueryPart(node.kind, weight=node.boost, parts=self._parts(node.operands))
        if isinstance(node, nodes.Not):
            return QueryPart("excluded", parts=self._parts((node.operand,), True))
        if isinstance(node, nodes.Variants):
            own = self.part(node.node, required)
            others = tuple(other for other in map(self._variant, node.variants) if other.num_docs)
            return QueryPart("variants", weight=node.boost, parts=(own, *others)) if others else own
        if isinstance(node, (nodes.Prefix, nodes.Wildcard, nodes.Fuzzy)):
            text = node.replace(field=None, boost=1.0).to_text()
            return self._leaf(node, "pattern", text, node.field, self._forms(node))
        if isinstance(node, nodes.Phrase):
            return self._leaf(node, "phrase", node.text, node.field, self._lemmas(node.field, node.text))
        if isinstance(node, nodes.Word) and self._has_words(node.field):
            if node.text in self._dropped and not required:
                return QueryPart("word", node.text, node.field, is_dropped=True)
            lemmas = self._lemmas(node.field, node.text, node.stands_for)
            return self._leaf(node, "word", node.text, node.field, lemmas)
        if isinstance(node, (nodes.Word, nodes.Range, nodes.Everything, nodes.Empty)):
            return self._leaf(node, "values", node.replace(boost=1.0).to_text())
        return assert_never(node)

    def _leaf(
        self, node: nodes.Node, kind: str, text: str, field: str | None = None, lemmas: tuple[str, ...] = ()
    ) -> QueryPart:
        return QueryPart(kind, text, field, lemmas, self._num_docs(node), node.boost)

    def _parts(self, operands: Iterable[nodes.Node], required: bool = False) -> tuple[QueryPart, ...]:
        return tuple(self.part(operand, required) for operand in operands)

    def _clauses(self, node: nodes.Clauses) -> QueryPart:
        required, excluded = self._parts(node.required, True), self._parts(node.excluded, True)
        parts = [QueryPart("required", parts=required)] if required else []
        parts += [QueryPart("any", parts=self._parts(node.optional))] if node.optional else []
        parts += [QueryPart("excluded", parts=excluded)] if excluded else []
        return QueryPart("query", weight=node.boost, parts=tuple(parts))

    def _variant(self, variant: nodes.Variant) -> QueryPart:
        part = self.part(variant.node, True)
        return part.replace(weight=variant.weight * part.weight, reason=variant.reason)

    def _has_words(self, field: str | None) -> bool:
        return field != ID and all(map(self._scope.is_searched, self._scope.fields_of(field)))

    def _lemmas(self, field: str | None, text: str, stands_for: Sequence[str] = ()) -> tuple[str, ...]:
        """Those of all words of a text, in all the fields; of an abbreviation that stands for these words."""
        found: dict[str, None] = {}
        for name in self._scope.fields_of(field):
            if self._scope.is_keyword(name):
                found[self._scope.keyword(name, text)] = None
            elif self._scope.is_searched(name):
                read = [self._scope.abbreviation(name, text, stands_for)] if stands_for else None
                for token in read or self._scope.tokens(name, text):
                    found.update(dict.fromkeys(token.lemmas))
        return tuple(found)

    def _forms(self, node: nodes.Prefix | nodes.Wildcard | nodes.Fuzzy) -> tuple[str, ...]:
        """The first few that a pattern meets; … after them if there are more."""
        core = self._planner.plan(node.replace(boost=1.0)).core
        forms: set[str] = set()
        for one in core.children if isinstance(core, Max) else (core,):  # a pattern that is spelt in two ways
            assert isinstance(one, Forms)
            wanted = one.pattern.kind, one.pattern.text, one.pattern.distance
            for number in one.fields:
                exact = number in one.exact_fields
                forms |= self._searcher.core.expand(number, *wanted, MAX_SHOWN_FORMS + 1, exact)[exact]
        shown = sorted(forms)[:MAX_SHOWN_FORMS]
        return (*shown, "…") if len(forms) > len(shown) else tuple(shown)

    def _num_docs(self, node: nodes.Node) -> int:
        return self.count(self._planner.plan(node).core)

    def count(self, core: PlanNode) -> int:
        """The documents that match, of those that the filter lets through."""
        return self._searcher.core.count(core if self._passes is None else Filtered(core, self._passes))
