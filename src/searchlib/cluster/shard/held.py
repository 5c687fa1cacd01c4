"""One shard as it is held: its snapshot, its documents by their ordinals, and what its questions keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ... import _core
from .documents import ShardDocuments
from .kept import Kept

if TYPE_CHECKING:
    from ...search.searcher import Searcher


class Held:
    """One snapshot of a shard; safe to share between threads. number: of the shard.

    metadata: what is kept with it. num_bytes: of its files.
    """

    def __init__(self, searcher: Searcher, number: int, metadata: Mapping[str, Any], num_bytes: int) -> None:
        self.searcher, self.number, self.metadata = searcher, number, metadata
        self.num_bytes = num_bytes
        self.documents = ShardDocuments(searcher)
        self._snapshots, self.plans, self.matches, self.walks = Kept(), Kept(), Kept(), Kept()

    def core(self, totals: Sequence[tuple[int, int]] | None) -> _core.Snapshot:
        """What scores as a part of a collection that has these totals; None: by itself."""
        return self.searcher.core if totals is None else self._snapshot(tuple(totals))

    def _snapshot(self, totals: tuple[tuple[int, int], ...]) -> _core.Snapshot:
        """The shard as a part of a collection that has these totals."""
        searcher = self.searcher

        def made() -> _core.Snapshot:
            pairs = [(segment.core, segment.deletes) for segment in searcher.segments]
            schema = searcher.schema
            parameters = [schema.bm25(name) for name in schema.searched_fields]
            return _core.Snapshot(pairs, parameters, totals)

        return self._snapshots.of(totals, made)
