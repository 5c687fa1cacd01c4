"""One shard as of one commit: what it answers to a router's questions.

Each method that is a question is one of `QUESTIONS` and takes and gives plain data. Documents are named by
their ordinals. Scores are those of the whole collection: its totals come with each message, and how many
documents hold a lemma with each plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ... import _core
from ...errors import QueryError
from .around import Around
from .documents import ShardDocuments
from .kept import Kept
from .texts import Texts
from .words import Words

if TYPE_CHECKING:
    from ...search.searcher import Searcher


class Shard:
    """Answers about one snapshot; safe to share between threads. number: of the shard.

    metadata: what is kept with it. num_bytes: of its files.
    """

    def __init__(self, searcher: Searcher, number: int, metadata: Mapping[str, Any], num_bytes: int) -> None:
        self.searcher, self.number, self.metadata = searcher, number, metadata
        self.num_bytes = num_bytes
        self.documents = ShardDocuments(searcher)
        self._snapshots, self.plans, self.matches, self.walks = Kept(), Kept(), Kept(), Kept()

    def asked(self, totals: Sequence[tuple[int, int]] | None, seconds: float | None) -> Asked:
        """Who answers the questions of one message."""
        core = self.searcher.core if totals is None else self._snapshot(tuple(totals))
        return Asked(self, core, seconds)

    def _snapshot(self, totals: tuple[tuple[int, int], ...]) -> _core.Snapshot:
        """The shard as a part of a collection that has these totals."""
        searcher = self.searcher

        def made() -> _core.Snapshot:
            pairs = [(segment.core, segment.deletes) for segment in searcher.segments]
            schema = searcher.schema
            parameters = [schema.bm25(name) for name in schema.searched_fields]
            return _core.Snapshot(pairs, parameters, totals)

        return self._snapshots.of(totals, made)


class Asked(Around, Words, Texts):
    """The questions of one message."""

    def answer(self, question: Sequence[Any]) -> Any:
        """The result of one; QueryError for what is none."""
        name, *arguments = question
        if name not in QUESTIONS:
            raise QueryError(f"a shard is asked {', '.join(sorted(QUESTIONS))}; got {name!r:.40}")
        return getattr(self, name)(*arguments)


QUESTIONS = frozenset(name for name in dir(Asked) if not name.startswith("_") and name not in vars(Asked))
"""What a shard may be asked."""
