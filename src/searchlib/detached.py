"""Results that stand by themselves: what a pickle has of them, in another process or on another day.

The documents of the hits go along, and what the query marks in them. Where their texts are to be marked, an
index of these documents alone is made in memory: marks are lemmas and forms, the same in any index. What
needs the postings of the real one, an explanation, is a ClosedError.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _core
from .analysis.analyzer import Analyzer
from .analyzers import field_analyzers
from .errors import ClosedError
from .forks import cached_property
from .highlight import Mark, WordMatch
from .indexing import empty
from .indexing.writer import IndexWriter
from .plan import FormPattern, Nothing, PlanNode
from .query.nodes import Base
from .schema import ID, Schema
from .search.counting import Found
from .search.hit import Hit
from .search.marks import Marks, Plan
from .search.pages import MAX_PAGE
from .search.results import Results
from .search.score import Explanation
from .search.searcher import Searcher
from .storage.manifest import read_manifest
from .storage.memory import MemoryDirectory
from .storage.opened import OpenSegment

if TYPE_CHECKING:
    from .search.pinned import Pinned


class DetachedSearcher:
    """What results ask of their searcher, from their own documents. The hits' numbers count these."""

    def __init__(
        self, schema: Schema, documents: Sequence[dict[str, Any]], marks: dict[str, list[Mark]]
    ) -> None:
        self.schema, self._documents, self.kept_marks = schema, documents, marks

    @cached_property
    def _searcher(self) -> Searcher:
        directory = MemoryDirectory()
        empty.create(directory, self.schema, inferred=False)
        with IndexWriter(directory, lambda query, segments: []) as writer:
            for document in self._documents:
                writer.add(document)
        entries = read_manifest(directory).segments
        segments = [OpenSegment(directory, entry, self.schema) for entry in entries]
        return Searcher(self.schema, self.analyzers, segments)

    @property
    def core(self) -> _core.Snapshot:
        return self._searcher.core

    @property
    def lexicon(self) -> _core.Snapshot:
        return self.core

    @cached_property
    def analyzers(self) -> Mapping[str, Analyzer | None]:
        return field_analyzers(self.schema)

    def find(self, document_id: str) -> int | None:
        self.require_postings("a document that is no hit")
        return None

    def explained(self, plan: Plan, document_id: str) -> Explanation | None:
        self.require_postings("an explanation")
        return None

    def misses_words(self, plan: Plan) -> bool:
        self.require_postings("has_missing_words")
        return False

    def document_id(self, doc: int) -> str:
        return str(self._documents[doc]["id"])

    def stored(self, doc: int) -> dict[str, Any]:
        return self._searcher.stored(doc)

    def at_hand(self, doc: int) -> dict[str, Any]:
        document = self._documents[doc]
        return {
            name: list(value) if isinstance(value, list) else value
            for name, value in document.items()
            if name != ID
        }

    def lines(self, docs: Sequence[int]) -> _core.DocumentLines:
        return self._searcher.lines(docs)

    @property
    def has_plain_lines(self) -> bool:
        return False  # there are none, until a text is marked

    def decoded(self, doc: int, line: bytes) -> dict[str, Any]:
        return self._searcher.decoded(doc, line)

    def hiding(self, field: str, docs: Sequence[int]) -> list[int]:
        return []  # what did not count was not kept

    def count(self, query: object, prepared: _core.Plan | PlanNode, timeout: float | None) -> int:
        self.require_postings("a total that was not counted before")
        raise AssertionError("not reached")

    def require_postings(self, what: str) -> None:
        raise ClosedError(
            f"{what} needs the index, and these results were unpickled without it; search again"
        )

    def marks(self, plan: Plan, field: str) -> list[Mark]:
        if field != ID:
            self.schema.field(field)
        return self.kept_marks.get(field, [])

    def expanded(self, pattern: FormPattern, field: str) -> WordMatch:
        raise AssertionError("patterns are expanded before they are kept")


def reduced_results(results: Results) -> tuple[Any, tuple[Any, ...]]:
    """For pickle: what makes the same results without their index."""
    return results_of, (state_of(results),)


def reduced_hit(hit: Hit) -> tuple[Any, tuple[Any, ...]]:
    """For pickle: the hit alone, with what its query marks."""
    results = hit._results
    assert isinstance(results, Results), "only these make hits"
    return _hit, (state_of(results, hit),)


def state_of(results: Results, only: Hit | None = None, count: bool = True) -> dict[str, Any]:
    """What is kept: of all hits, those of groups too, or of one. count: whether the total has to be known."""
    searcher, found = results._searcher, results._found
    ranked = results._ranked if only is None else [(only.score, only._doc)]
    groups = [] if found is None or found.groups is None or only is not None else found.groups
    docs = dict.fromkeys(doc for hits in (ranked, *(hits for _, _, hits in groups)) for _, doc in hits)
    numbers = {doc: number for number, doc in enumerate(docs)}

    def renumbered(hits: Sequence[tuple[float, int]]) -> list[tuple[float, int]]:
        return [(score, numbers[doc]) for score, doc in hits]

    total = results.total if count and only is None else results.known_total
    if only is not None:
        found = total = None
    elif found is not None:
        kept = [(value, total, renumbered(hits)) for value, total, hits in groups]
        found = found.replace(
            ranked=renumbered(found.ranked),
            facets=dict(found.facets),
            groups=None if found.groups is None else kept,
            total=total,
        )
    plan = results.plan
    stored = {ID, *(name for name, field in searcher.schema.items() if field.stored)}
    return {
        "schema": searcher.schema.to_dict(),
        "query": results.query if isinstance(results.query, (str, Base)) else str(results.query),
        "documents": list(_documents(searcher, list(docs))),
        "marks": {name: results.marks_of(name) for name in plan.marks.fields() & stored},
        "ranked": renumbered(ranked),
        "found": found,
        "total": total,
        "total_with_all": results.total_with_all if count and only is None else None,
        "cursor": results.cursor if only is None else None,
        "dropped": plan.dropped,
        "notes": plan.notes,
        "instead": plan.instead,
        "expanded": [(word, factor, Nothing()) for word, factor, _ in plan.expanded],
        "elapsed_ms": results.elapsed_ms,
        "timeout": results.timeout,
        "error": results.error,
    }


def _documents(searcher: Pinned, docs: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Documents with their ids; those of a page are unpacked together."""
    for at in range(0, len(docs), MAX_PAGE):
        page = docs[at : at + MAX_PAGE]
        lines = searcher.lines(page)
        for number, doc in enumerate(page):
            yield {ID: searcher.document_id(doc), **searcher.decoded(doc, lines.line(number))}


def results_of(state: dict[str, Any], searcher: DetachedSearcher | None = None) -> Results:
    """The results again. searcher: one with their documents and marks; None: from the state."""
    if searcher is None:
        schema = Schema.from_dict(state["schema"])
        searcher = DetachedSearcher(schema, state["documents"], state["marks"])
    found: Found | None = state["found"]
    plan = Plan(
        Nothing(),
        Marks(searcher.kept_marks),
        state["dropped"],
        state["notes"],
        expanded=state["expanded"],
        instead=state["instead"],
        having_all=state.get("having_all"),
    )
    results = Results(
        searcher,
        state["query"],
        plan,
        Nothing(),
        state["ranked"],
        state["elapsed_ms"],
        state["timeout"],
        error=state["error"],
        found=found,
        total=state["total"],
    )
    vars(results)["cursor"] = state["cursor"]
    if "total_with_all" in state:
        vars(results)["total_with_all"] = state["total_with_all"]
    return results


def _hit(state: dict[str, Any]) -> Hit:
    return results_of(state)[0]
