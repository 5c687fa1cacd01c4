"""One shard as of one commit: what it answers to a router's questions.

Each method that is a question is one of `QUESTIONS` and takes and gives plain data. Documents are named by
their ordinals. Scores are those of the whole collection: its totals come with each message, and how many
documents hold a lemma with each plan.
"""

from __future__ import annotations

import math
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from .. import _core
from ..errors import QueryError
from ..plan import Docs, PlanNode
from .messages import unpack
from .ordinals import user_schema
from .plans import decoded
from .shard_documents import ShardDocuments

if TYPE_CHECKING:
    from ..search.searcher import Searcher

_T = TypeVar("_T")
_MAX_KEPT = 16
"""Plans, matches and walks of terms that a router may go on with."""

_MOST = 2**63 - 1


class _Kept(OrderedDict[Any, Any]):
    """The last few of what was made."""

    def of(self, key: Any, make: Callable[[], _T]) -> _T:
        found: _T | None = self.pop(key, None)
        if found is None:
            found = make()
        self[key] = found
        while len(self) > _MAX_KEPT:
            self.popitem(last=False)
        return found


class Shard:
    """Answers about one snapshot; safe to share between threads. number: of the shard.

    metadata: what is kept with it. num_bytes: of its files.
    """

    def __init__(self, searcher: Searcher, number: int, metadata: Mapping[str, Any], num_bytes: int) -> None:
        self._searcher, self._number, self._metadata = searcher, number, metadata
        self.num_bytes = num_bytes
        self._documents = ShardDocuments(searcher)
        self._snapshots, self._plans, self._matches, self._walks = _Kept(), _Kept(), _Kept(), _Kept()

    def asked(self, totals: Sequence[tuple[int, int]] | None, seconds: float | None) -> _Asked:
        """Who answers the questions of one message."""
        core = self._searcher.core if totals is None else self._snapshot(tuple(totals))
        return _Asked(self, core, seconds)

    def _snapshot(self, totals: tuple[tuple[int, int], ...]) -> _core.Snapshot:
        """The shard as a part of a collection that has these totals."""
        searcher = self._searcher

        def made() -> _core.Snapshot:
            pairs = [(segment.core, segment.deletes) for segment in searcher.segments]
            schema = searcher.schema
            parameters = [schema.bm25(name) for name in schema.searched_fields]
            return _core.Snapshot(pairs, parameters, totals)

        return self._snapshots.of(totals, made)


class _Asked:
    """The questions of one message. core: what scores with the totals that came with it."""

    def __init__(self, shard: Shard, core: _core.Snapshot, seconds: float | None) -> None:
        self._shard, self._core, self._seconds = shard, core, seconds
        self._searcher, self._documents = shard._searcher, shard._documents

    def answer(self, question: Sequence[Any]) -> Any:
        """The result of one; QueryError for what is none."""
        name, *arguments = question
        if name not in QUESTIONS:
            raise QueryError(f"a shard is asked {', '.join(sorted(QUESTIONS))}; got {name!r:.40}")
        return getattr(self, name)(*arguments)

    # ---- plans and documents

    def _plan(self, packed: bytes) -> _core.Plan:
        def made() -> _core.Plan:
            tree, dfs = unpack(packed)
            return _core.Plan(self._node(tree), {(field, lemma): df for field, lemma, df in dfs})

        return self._shard._plans.of(packed, made)

    def _node(self, tree: Any) -> PlanNode:
        """The node, with its documents as the shard numbers them."""
        node: PlanNode = decoded(tree)
        _localize(node, self._shard._number, self._local_docs)
        return node

    def _local_docs(self, ordinals: Sequence[int]) -> list[list[int]]:
        return self._searcher.by_segment(sorted(map(self._documents.doc, ordinals)))

    def _match_set(self, packed: bytes) -> _core.MatchSet:
        plan = self._plan(packed)
        return self._shard._matches.of(
            (packed, id(self._core)), lambda: self._core.matches(plan, self._seconds)
        )

    def _packed(self, hits: Sequence[tuple[float, int]]) -> list[bytes]:
        """Scores and ordinals, 8 bytes each."""
        ordinal = self._documents.ordinal
        scores = array("d", [score for score, _ in hits])
        return [scores.tobytes(), array("q", [ordinal(doc) for _, doc in hits]).tobytes()]

    # ---- searching

    def search(self, plan: bytes, limit: int, after: Sequence[Any] | None = None) -> list[bytes]:
        """The best; after: (score, ordinal), what comes behind."""
        place = None
        if after is not None:
            score, ordinal = after
            doc = self._documents.last_until(ordinal)
            # Nothing of the shard stands before the document: all that score the same come behind it.
            place = (score, doc) if doc is not None else (math.nextafter(score, math.inf), 2**32 - 1)
        return self._packed(self._core.search(self._plan(plan), limit, timeout=self._seconds, after=place))

    def search_counted(self, plan: bytes, limit: int) -> list[Any]:
        """The best, and how many match."""
        hits, total = self._core.search_counted(self._plan(plan), limit, self._seconds)
        return [*self._packed(hits), total]

    def count(self, plan: bytes) -> int:
        """How many match."""
        return self._core.count(self._plan(plan), self._seconds)

    def score_of(self, plan: bytes, ordinal: int) -> float | None:
        """The score of one document."""
        return self._core.score_of(self._plan(plan), self._documents.doc(ordinal))

    # ---- what is asked around a query

    def num_matches(self, plan: bytes) -> int:
        """How many match; they are kept for the questions that follow."""
        return self._match_set(plan).count

    def _keys(self, keys: Sequence[Sequence[Any]]) -> list[tuple[_core.FieldColumn | None, bool, bool]]:
        return [
            (None if number is None else self._core.column(number), reverse, missing)
            for number, reverse, missing in keys
        ]

    def sort_matches(
        self,
        matches: bytes,
        plan: bytes,
        keys: Sequence[Sequence[Any]],
        limit: int,
        after: Sequence[Any] | None,
    ) -> list[Any]:
        """The first in an order, and the keys of each."""
        place = None
        if after is not None:
            values, ordinal = after
            place = (values, None if ordinal is None else self._documents.last_until(ordinal))
        hits, found = self._core.sort_matches(
            self._match_set(matches), self._plan(plan), self._keys(keys), limit, place, self._seconds, True
        )
        return [*self._packed(hits), found]

    def count_terms(self, matches: bytes, column: int) -> Any:
        """All values, each with its documents; how many documents have one."""
        values, _, docs = self._core.count_terms(
            self._match_set(matches), self._core.column(column), _MOST, 1, self._seconds
        )
        return [values, docs]

    def count_ranges(self, matches: bytes, column: int, ranges: Sequence[tuple[int, int]]) -> Any:
        """Documents in each range; documents with a value."""
        return self._core.count_ranges(
            self._match_set(matches), self._core.column(column), ranges, self._seconds
        )

    def extent_of(self, matches: bytes, column: int) -> Any:
        """The least and the greatest value."""
        return self._core.extent_of(self._match_set(matches), self._core.column(column), self._seconds)

    def sum_numbers(self, matches: bytes, column: int, are_doubles: bool) -> Any:
        """Documents, values, the least, the greatest, the sum: an integer as text, for it may be large."""
        *numbers, total = self._core.sum_numbers(
            self._match_set(matches), self._core.column(column), are_doubles, self._seconds
        )
        return [*numbers, total if are_doubles else str(total)]

    def group_matches(
        self, matches: bytes, plan: bytes, column: int, keys: Sequence[Sequence[Any]], hits: int
    ) -> list[Any]:
        """All groups: the value, its documents, its first hits and the keys of each."""
        local_keys, prepared = self._keys(keys), self._plan(plan)
        groups = self._core.group_matches(
            self._match_set(matches),
            prepared,
            self._core.column(column),
            local_keys,
            _MOST,
            hits,
            self._seconds,
        )
        keys_of: Mapping[int, Any] = {}
        if local_keys:
            docs = sorted({doc for _, _, best in groups for _, doc in best})
            those = self._core.matches(Docs(self._searcher.by_segment(docs)), self._seconds)
            ranked, found = self._core.sort_matches(
                those, prepared, local_keys, _MOST, None, self._seconds, True
            )
            keys_of = {doc: values for (_, doc), values in zip(ranked, found, strict=True)}
        return [
            [value, count, *self._packed(best), [keys_of[doc] for _, doc in best] if local_keys else None]
            for value, count, best in groups
        ]

    # ---- words

    def about(self) -> Any:
        """The user's schema, and what is kept with the shard."""
        return [user_schema(self._searcher.schema).to_dict(), dict(self._shard._metadata)]

    def statistics(self) -> Any:
        """Live documents, all documents, segments, bytes, and the totals of each searched field."""
        core = self._searcher.core
        fields = range(len(self._searcher.schema.searched_fields))
        totals = [core.totals(field) for field in fields]
        num_segments = len(self._searcher.segments)
        return [core.num_live_docs, core.num_docs, num_segments, self._shard.num_bytes, totals]

    def dfs(self, pairs: Sequence[tuple[int, str]]) -> list[int]:
        """How many live documents hold each (field, lemma)."""
        df = self._searcher.core.df
        return [df(field, lemma) for field, lemma in pairs]

    def relatives(self, field: int, kind: str, lemmas: list[str], limit: int) -> list[Any]:
        """The relatives of lemmas, each with its documents."""
        core = self._searcher.core
        return [[lemma, core.df(field, lemma)] for lemma in core.relatives(field, kind, lemmas, limit)]

    def expand(self, field: int, kind: str, text: str, distance: int, limit: int, exact: bool) -> Any:
        """The forms that a pattern meets, and their lemmas."""
        return self._searcher.core.expand(field, kind, text, distance, limit, exact)

    def terms(self, field: int, prefix: str, places: bool, after: str | None, limit: int) -> Any:
        """The next terms behind one."""
        walks, key = self._shard._walks, (field, prefix, places, after)
        walk = walks.pop(key, None)
        if walk is None:
            walk = self._searcher.core.terms(field, prefix, places)
            if after is not None:
                walk = _behind(walk, after)
        found = walk.next(limit)
        if found:
            walks.of((field, prefix, places, found[-1][0]), lambda: walk)
        return found

    def vocabulary(self, fields: list[int], endings: list[str], name: str, *arguments: Any) -> Any:
        """What a vocabulary of some fields answers."""
        if name not in _OF_VOCABULARIES:
            raise QueryError(f"a vocabulary is asked {', '.join(_OF_VOCABULARIES)}; got {name!r:.40}")
        key = tuple(fields), tuple(endings)
        made = self._shard._plans.of(key, lambda: self._searcher.core.vocabulary(fields, endings))
        return getattr(made, name)(*arguments)

    # ---- documents

    def ids(self, ordinals: Sequence[int]) -> list[str]:
        """The ids of documents."""
        return [self._searcher.document_id(self._documents.doc(ordinal)) for ordinal in ordinals]

    def lines(self, ordinals: Sequence[int], ids: bool) -> list[Any]:
        """Documents as they are stored; ids: and their ids."""
        docs = [self._documents.doc(ordinal) for ordinal in ordinals]
        lines = self._searcher.lines(docs) if docs else ()
        found = [lines.line(number) for number in range(len(docs))]  # type: ignore[union-attr]
        return [found, [self._searcher.document_id(doc) for doc in docs] if ids else []]

    def hiding(self, field: str, ordinals: Sequence[int]) -> list[int]:
        """The places of documents whose stored value of a field does not count."""
        return self._searcher.hiding(field, [self._documents.doc(ordinal) for ordinal in ordinals])

    def find(self, document_id: str, latest: int | None) -> int | None:
        """The ordinal of the live document with that id; latest: of the last one until that ordinal, be it
        deleted or not."""
        if latest is None:
            doc = self._searcher.find(document_id)
        else:
            last = self._documents.last_until(latest)
            doc = None if last is None else self._searcher.number_of(document_id, last)
        return None if doc is None else self._documents.ordinal(doc)

    def live(self, behind: int, limit: int) -> list[int]:
        """The ordinals of the next live documents."""
        last = self._documents.last_until(behind)
        docs = self._searcher.live_docs(0 if last is None else last + 1)
        return [self._documents.ordinal(doc) for doc, _ in zip(docs, range(limit), strict=False)]

    # ---- explanations

    def occurrence(self, field: int, lemma: str, ordinal: int, signals: Any, form: str) -> Any:
        """How often a document has a lemma."""
        weights = [(name, weight) for name, weight in signals]
        return self._core.occurrence(field, lemma, self._documents.doc(ordinal), weights, form)

    def length_of(self, field: int, ordinal: int) -> Any:
        """What a field's length makes of a document."""
        return self._core.length_of(field, self._documents.doc(ordinal))

    def phrase_frequencies(self, phrase: Any, ordinal: int) -> list[float]:
        """How often a phrase stands in a document."""
        return self._core.phrase_frequencies(self._node(phrase), self._documents.doc(ordinal))

    def signals_of(self, raised: Any, ordinal: int) -> list[float]:
        """What signals are for a document."""
        return self._core.signals_of(self._node(raised), self._documents.doc(ordinal))


QUESTIONS = frozenset(name for name in vars(_Asked) if not name.startswith("_") and name != "answer")
"""What a shard may be asked."""

_OF_VOCABULARIES = ("near", "beginnings_near", "complete", "form_df", "spellings", "forms_of", "names")


def _localize(node: object, shard: int, local: Callable[[Sequence[int]], list[list[int]]]) -> None:
    """Give each node of documents those of the shard, by its segments."""
    if isinstance(node, Docs):
        node.by_segment = local(node.by_segment[shard] if shard < len(node.by_segment) else ())
    child = getattr(node, "child", None)
    for inner in (*getattr(node, "children", ()), *(() if child is None else (child,))):
        _localize(inner, shard, local)


class _behind:
    """A walk of terms that begins behind one of them."""

    def __init__(self, walk: _core.TermStatistics, after: str) -> None:
        self._walk, self._after = walk, after.encode()

    def next(self, limit: int) -> list[tuple[str, int, int]]:
        while found := self._walk.next(limit):
            rest = [one for one in found if one[0].encode() > self._after]
            if rest:
                return rest
        return []
