"""Why a query found nothing: the words stand elsewhere, or never together, or a filter took what there was.

Loaded when somebody asks, after a search without hits. Each reason is counted on the index, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from ..errors import QueryError, brief
from ..plan import Filtered, PlanNode
from ..query import nodes
from ..query.conditions import Fixed
from ..query.writing import OPERATORS
from ..records import Record
from ..schema import ID
from .nothing import without_excluded
from .trees import asked_tree

if TYPE_CHECKING:
    from .searcher import Searcher

MAX_WORDS = 8
"""So many different words of a query are looked at, and all their pairs."""

MAX_ELSEWHERE = 5
"""So many other fields are named for a word, those of most documents first."""

_Leaf = nodes.Word | nodes.Phrase | nodes.Prefix | nodes.Wildcard | nodes.Fuzzy


class Reason(Record):
    """One reason why nothing was found. `str()` is a sentence.

    kind: "field" (the word stands in a field that was not searched), "apart" (the words are there, but none
        of the documents has both), "together" (each pair is there, but no document has all), "phrase" (its
        words are there, but not in this order), "filter" (a filter lets none of the matches through),
        "nowhere" (no field has the word), or "refused" (rows of a file were not taken, which may have it).
    words: those it is about, as they were typed. field: where they stand; None if it is no matter of one.
    num_docs: in how many documents; of a filter, how many match without it; of a file, the refused rows.
    query: one that finds them; "" where none does.
    """

    kind: str
    text: str
    words: tuple[str, ...] = ()
    field: str | None = None
    num_docs: int = 0
    query: str = ""

    def __str__(self) -> str:
        return self.text


def reasons(
    searcher: Searcher,
    query: str | nodes.Node,
    fields: Sequence[str] | None = None,
    filters: Sequence[object] = (),
    left: float | None = None,
) -> list[Reason]:
    """The reasons, the likeliest first; none if the query has hits. left: seconds; SearchTimeout."""
    return _Reader(searcher, fields, left).reasons(query, filters)


def of_refused(files: Mapping[str, int]) -> list[Reason]:
    """A reason for each of the first few files with refused rows. files: how many these are, by path."""
    found: list[Reason] = []
    for path, number in files.items():
        if number and len(found) < MAX_ELSEWHERE:
            rows = "1 row" if number == 1 else f"{number:,} rows"
            text = f"{rows} of {path} could not be read: `searchlib audit` says why"
            found.append(Reason("refused", text, (), None, number))
    return found


def words_missing(searcher: Searcher, document_id: str, text: str) -> list[str]:
    """The words of a text that do not find a document in the default fields."""
    from .marks import NOTHING

    planner = searcher.planner(None, "bm25")
    own = planner.plan(nodes.Word(document_id, ID)).core
    missing = []
    for word in dict.fromkeys(text.split()):
        if planner.scope.is_stopword(word):
            continue
        plan = planner.plan(nodes.Word(word)).core
        if plan is not NOTHING and not searcher.core.count(Filtered(plan, own)):
            missing.append(word)
    return missing


class _Reader:
    def __init__(self, searcher: Searcher, fields: Sequence[str] | None, left: float | None) -> None:
        self._searcher, self._fields, self._left = searcher, fields, left
        self._planner = searcher.planner(fields, "bm25")
        self._within: list[PlanNode] = []  # of what else there is, nothing may be said
        self._fixed: list[object] = []

    def reasons(self, query: str | nodes.Node, filters: Sequence[object]) -> list[Reason]:
        tree = self._searcher.tree(query, self._fields, False, None)
        plan = self._planner.plan(tree).core
        self._fixed = [one for one in filters if isinstance(one, Fixed)]
        self._within = [self._searcher.filter_plan(one) for one in self._fixed]
        filters = [one for one in filters if not isinstance(one, Fixed)]
        passes = [self._searcher.filter_plan(one) for one in filters]
        if self._passed(plan, passes):
            return []
        found = list(self._filters(tree, plan, passes, filters))
        if self._within:  # without the compounds that the index has, and perhaps no document that is shown
            scope = self._searcher.scope_of(self._fields)
            tree = asked_tree(query, self._searcher.schema, scope, False, None)
        kept = without_excluded(tree)
        if found or kept is None:
            return found
        leaves = list(dict.fromkeys(part for part in kept.walk() if isinstance(part, _Leaf)))
        leaves = ([leaf for leaf in leaves if not _joins_nothing(leaf, query)] or leaves)[:MAX_WORDS]
        counted = [(leaf, self._count(leaf)) for leaf in leaves]
        for leaf, num_docs in counted:
            if num_docs == 0:
                found += self._absent(leaf)
        if not found and len(counted) > 1:
            found += self._apart(counted)
        return found

    def _filters(
        self, tree: nodes.Node, plan: PlanNode, passes: Sequence[PlanNode], filters: Sequence[object]
    ) -> Iterator[Reason]:
        is_alone = False
        for number, one in enumerate(filters):
            others = [plan for at, plan in enumerate(passes) if at != number]
            if num_docs := self._passed(plan, others):
                is_alone = True
                rest = [other for at, other in enumerate(filters) if at != number]
                near = self._near(tree, one, rest)
                yield _without(num_docs, f"the filter {brief(str(one), 60)}", near, [one])
        if len(filters) > 1 and (num_docs := self._passed(plan, [])):
            near = [] if is_alone else self._near(tree, filters, [])
            yield _without(num_docs, f"the {len(filters)} filters", near, filters)

    def _near(self, tree: nodes.Node, filter: object, rest: Sequence[object]) -> list[str]:
        from .near_values import near_values  # most filters let something through

        return near_values(self._searcher, tree, self._fields, filter, [*rest, *self._fixed], self._left)

    def _passed(self, plan: PlanNode, passes: Sequence[PlanNode]) -> int:
        for one in (*passes, *self._within):
            plan = Filtered(plan, one)
        return self._searcher.core.count(plan, self._left)

    def _absent(self, leaf: _Leaf) -> list[Reason]:
        """Why a word is in none of the fields that it was looked for in."""
        typed = _typed(leaf)
        if isinstance(leaf, nodes.Phrase):
            words = nodes.And(tuple(nodes.Word(word, leaf.field) for word in leaf.text.split()))
            if len(words.operands) > 1 and (num_docs := self._count(words)):
                text = f"{_documents(num_docs)} the words of {typed}, but none has them side by side"
                return [Reason("phrase", text, (typed,), leaf.field, num_docs, words.to_text())]
        searched = set(self._planner.scope.fields_of(leaf.field))
        elsewhere = []
        for name in (*self._searcher.schema.searched_fields, ID):
            if name not in searched:
                moved = leaf.replace(field=name)
                if num_docs := self._count(moved):
                    elsewhere.append((num_docs, name, moved.to_text()))
        elsewhere.sort(key=lambda found: -found[0])
        found = []
        for num_docs, name, query in elsewhere[:MAX_ELSEWHERE]:
            of = "1 document" if num_docs == 1 else f"{num_docs:,} documents"
            text = f"{typed} stands in field {name} of {of}, which this query does not search: {query}"
            found.append(Reason("field", text, (typed,), name, num_docs, query))
        if not found:
            where = f"field {leaf.field} of no document" if leaf.field else "no document"
            found.append(Reason("nowhere", f"{typed} stands in {where}", (typed,), leaf.field))
        return found

    def _apart(self, counted: Sequence[tuple[_Leaf, int]]) -> list[Reason]:
        """Which of the words never meet in one document."""
        found = []
        for (one, of_one), (other, of_other) in combinations(counted, 2):
            if self._count(nodes.And((one, other))) == 0:
                pair = _typed(one), _typed(other)
                text = (
                    f"{pair[0]} is in {of_one:,} and {pair[1]} in {of_other:,} "
                    f"document{'' if of_other == 1 else 's'}, but none has both"
                )
                query = nodes.Or((one, other)).to_text()
                found.append(Reason("apart", text, pair, None, 0, query))
        if found or len(counted) == 2:
            return found
        everything = nodes.And(tuple(leaf for leaf, _ in counted))
        if self._count(everything):
            return []
        words = tuple(_typed(leaf) for leaf, _ in counted)
        anything = nodes.Or(everything.operands)
        text = f"each two of {', '.join(words)} meet in a document, but none has them all"
        return [Reason("together", text, words, None, 0, anything.to_text())]

    def _count(self, node: nodes.Node) -> int:
        try:
            plan = self._planner.plan(node).core
        except QueryError:  # no value of that field
            return 0
        return self._passed(plan, [])


def _without(num_docs: int, what: str, near: Sequence[str], filters: Sequence[object]) -> Reason:
    have = "document matches" if num_docs == 1 else "documents match"
    text = "; ".join((f"{num_docs:,} {have} without {what}", *near))
    return Reason("filter", text, tuple(map(str, filters)), None, num_docs)


def _typed(leaf: _Leaf) -> str:
    """As somebody types it. `to_text` has backslashes in it, so that it is read as the same again."""
    if isinstance(leaf, nodes.Phrase):
        return f'"{leaf.text}"' + (f"~{leaf.slop}" if leaf.slop else "")
    if isinstance(leaf, nodes.Wildcard):
        return f"'{leaf.pattern}'"
    if isinstance(leaf, nodes.Prefix):
        return f"'{leaf.text}*'"
    if isinstance(leaf, nodes.Fuzzy):
        return f"'{leaf.text}~{leaf.distance if leaf.distance > 1 else ''}'"
    return f"'{leaf.text}'"


def _joins_nothing(leaf: _Leaf, query: object) -> bool:
    """Whether a word is an operator on which nothing follows, rather than one in a field or behind a
    backslash."""
    if not isinstance(query, str) or not isinstance(leaf, nodes.Word) or leaf.text not in OPERATORS:
        return False
    return query[leaf.start : leaf.end] == leaf.text and query[leaf.start - 1 : leaf.start] not in ("\\", ":")


def _documents(number: int) -> str:
    return "1 document has" if number == 1 else f"{number:,} documents have"
