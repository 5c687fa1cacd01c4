"""Searches of all shards: the plan goes to each, with how many documents hold its words in all of them."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Iterable, Sequence

from ...plan import PlanNode
from ..handles import handle_of, ordinal_in, shard_in
from ..messages import pack
from ..plans import encoded, weighed_lemmas
from .words import RemoteWords

Ranked = list[tuple[float, int]]


class RemotePlan:
    """A plan for many searches of one collection; packed when it is first sent."""

    def __init__(self, node: PlanNode) -> None:
        self.node = node
        self.packed: bytes | None = None


def hits_of(shard: int, scores: bytes, ordinals: bytes) -> Ranked:
    """What a shard has packed."""
    found = zip(array("d", scores), array("q", ordinals), strict=True)
    return [(score, handle_of(ordinal, shard)) for score, ordinal in found]


class RemoteSearching(RemoteWords):
    """The part of `_core.Snapshot` that ranks. on_found: is told of documents that were found together."""

    on_found: Callable[[Sequence[int]], None]

    def prepared(self, plan: PlanNode) -> RemotePlan:
        """A plan for several searches."""
        return RemotePlan(plan)

    def filtering(self, plan: PlanNode) -> PlanNode:
        """What a filter lets through; shards remember it, not the router."""
        return plan

    def _packed(self, plan: RemotePlan | PlanNode) -> bytes:
        prepared = plan if isinstance(plan, RemotePlan) else RemotePlan(plan)
        if prepared.packed is None:
            pairs = list(dict.fromkeys(weighed_lemmas(prepared.node)))
            dfs = self.dfs(pairs)
            with_dfs = [[field, lemma, df] for (field, lemma), df in zip(pairs, dfs, strict=True)]
            prepared.packed = pack([encoded(prepared.node), with_dfs])
        return prepared.packed

    def _best(self, ranked: Iterable[Ranked], limit: int) -> Ranked:
        merged = heapq.merge(*ranked, key=lambda hit: (-hit[0], hit[1]))
        return self._told([hit for hit, _ in zip(merged, range(limit), strict=False)])

    def _told(self, ranked: Ranked) -> Ranked:
        self.on_found([doc for _, doc in ranked])
        return ranked

    def search(
        self,
        plan: RemotePlan | PlanNode,
        limit: int,
        *,
        timeout: float | None = None,
        after: tuple[float, int] | None = None,
        guessed: Sequence[int] = (),
    ) -> Ranked:
        """The best; what is guessed makes no difference to what they are."""
        place = None if after is None else [after[0], ordinal_in(after[1])]
        found = self.shards.numbered(["search", self._packed(plan), limit, place], timeout, True)
        return self._best([hits_of(shard, *packed) for shard, packed in found], limit)

    def search_counted(
        self, plan: RemotePlan | PlanNode, limit: int, timeout: float | None = None
    ) -> tuple[Ranked, int]:
        """The best, and how many match."""
        found = self.shards.numbered(["search_counted", self._packed(plan), limit], timeout, True)
        ranked = [hits_of(shard, *packed[:2]) for shard, packed in found]
        return self._best(ranked, limit), sum(packed[2] for _, packed in found)

    def search_many(self, plans: Iterable[RemotePlan | PlanNode], limit: int, threads: int) -> list[Ranked]:
        """The best of each plan."""
        asked = [["search", self._packed(plan), limit] for plan in plans]
        if not asked:
            return []
        found = self.shards.ask(dict.fromkeys(self.shards.numbers, asked), scores=True)
        return [
            self._best([hits_of(shard, *results[number]) for shard, results in found.items()], limit)
            for number in range(len(asked))
        ]

    def count(self, plan: RemotePlan | PlanNode, timeout: float | None = None) -> int:
        """How many match."""
        return sum(self.shards.all(["count", self._packed(plan)], timeout, True))

    def score_of(self, plan: RemotePlan | PlanNode, doc: int) -> float | None:
        """The score of one document."""
        question = ["score_of", self._packed(plan), ordinal_in(doc)]
        score: float | None = self.shards.one(shard_in(doc), question, True)
        return score
