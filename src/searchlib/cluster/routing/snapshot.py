"""The shards of a collection as one snapshot: what `_core.Snapshot` is to an index, asked over a fleet.

Each question goes to all shards, or to the one that has the document, and the answers are put together as the
core does with those of segments. So whoever plans, counts and explains knows nothing of shards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...plan import PlanNode
from ..handles import ordinal_in, shard_in
from ..plans import encoded
from .around import RemoteAround
from .asking import Shards


class RemoteSnapshot(RemoteAround):
    """See `_core.Snapshot`, whose methods these are. Documents are numbered by handles."""

    def __init__(self, shards: Shards) -> None:
        self.shards = shards
        self.on_found: Callable[[Sequence[int]], None] = lambda docs: None
        # Of all shards, also where some may be missing later: these numbers are those of the version.
        answered = shards.ask({shard: [["statistics"]] for shard in shards.numbers}, whole=True)
        found = [results[0] for results in answered.values()]
        self.num_live_docs, self.num_docs, self.num_segments, self.num_bytes = (
            sum(of_shard[place] for of_shard in found) for place in range(4)
        )
        columns = zip(*(of_shard[4] for of_shard in found), strict=True)
        self._totals = [(sum(n for n, _ in of), sum(length for _, length in of)) for of in columns]
        shards.totals = self._totals

    def id_of(self, doc: int) -> str:
        """A document's id."""
        found: list[str] = self.shards.one(shard_in(doc), ["ids", [ordinal_in(doc)]])
        return found[0]

    def occurrence(
        self,
        field: int,
        lemma: str,
        doc: int,
        signals: Sequence[tuple[str, float]] = (),
        form: str = "",
    ) -> tuple[int, dict[str, int]] | None:
        """How often a document has a lemma."""
        question = ["occurrence", field, lemma, ordinal_in(doc), list(signals), form]
        found = self.shards.one(shard_in(doc), question)
        return None if found is None else (found[0], found[1])

    def length_of(self, field: int, doc: int) -> tuple[int, float, float]:
        """What a field's length makes of a document."""
        length, norm, k = self.shards.one(shard_in(doc), ["length_of", field, ordinal_in(doc)], True)
        return length, norm, k

    def phrase_frequencies(self, phrase: PlanNode, doc: int) -> list[float]:
        """How often a phrase stands in a document."""
        question = ["phrase_frequencies", encoded(phrase), ordinal_in(doc)]
        found: list[float] = self.shards.one(shard_in(doc), question, True)
        return found

    def signals_of(self, raised: PlanNode, doc: int) -> list[float]:
        """What signals are for a document."""
        question = ["signals_of", encoded(raised), ordinal_in(doc)]
        found: list[float] = self.shards.one(shard_in(doc), question, True)
        return found
