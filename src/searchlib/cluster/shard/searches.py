"""Searches of one shard: plans that came as plain data, scored with what is known of the whole collection."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ... import _core
from ...plan import Docs, PlanNode
from ..messages import unpack
from ..plans import decoded

if TYPE_CHECKING:
    from .held import Held


class Searches:
    """Questions about ranks. core: what scores with the totals that came with the message."""

    def __init__(self, shard: Held, core: _core.Snapshot, seconds: float | None) -> None:
        self._shard, self._core, self._seconds = shard, core, seconds
        self._searcher, self._documents = shard.searcher, shard.documents

    def _plan(self, packed: bytes) -> _core.Plan:
        def made() -> _core.Plan:
            tree, dfs = unpack(packed)
            return _core.Plan(self._node(tree), {(field, lemma): df for field, lemma, df in dfs})

        return self._shard.plans.of(packed, made)

    def _node(self, tree: Any) -> PlanNode:
        """The node, with its documents as the shard numbers them."""
        node: PlanNode = decoded(tree)
        _localize(node, self._shard.number, self._local_docs)
        return node

    def _local_docs(self, ordinals: Sequence[int]) -> list[list[int]]:
        return self._searcher.by_segment(sorted(map(self._documents.doc, ordinals)))

    def _match_set(self, packed: bytes) -> _core.MatchSet:
        plan = self._plan(packed)
        return self._shard.matches.of(
            (packed, id(self._core)), lambda: self._core.matches(plan, self._seconds)
        )

    def _packed(self, hits: Sequence[tuple[float, int]]) -> list[bytes]:
        """Scores and ordinals, 8 bytes each."""
        ordinal = self._documents.ordinal
        scores = array("d", [score for score, _ in hits])
        return [scores.tobytes(), array("q", [ordinal(doc) for _, doc in hits]).tobytes()]

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


def _localize(node: object, shard: int, local: Callable[[Sequence[int]], list[list[int]]]) -> None:
    """Give each node of documents those of the shard, by its segments."""
    if isinstance(node, Docs):
        node.by_segment = local(node.by_segment[shard] if shard < len(node.by_segment) else ())
    child = getattr(node, "child", None)
    for inner in (*getattr(node, "children", ()), *(() if child is None else (child,))):
        _localize(inner, shard, local)
