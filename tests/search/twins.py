"""An index and its oracle, changed together: what the tests of searches compare."""

from __future__ import annotations

from typing import Any

from bilingual import IDS, documents, sample, schema
from hypothesis import strategies as st

from oracle import Oracle
from oracle_documents import Document
from searchlib import Index, Ranking
from searchlib.search.ranking import BM25


class Twins:
    """An index and the oracle of the same documents; each batch of changes is one segment."""

    def __init__(self, stored: bool, vectors: bool = False) -> None:
        self.index = Index.in_memory(schema(stored, vectors))
        self.oracle = Oracle(self.index.schema)
        self._segments: list[list[Document]] = []

    def apply(self, batches: list[list[Any]]) -> None:
        """Documents are added, ids deleted."""
        with self.index.writer() as writer:
            for batch in batches:
                added = []
                for change in batch:
                    if isinstance(change, str):
                        assert writer.delete(change) == self.oracle.delete(change)
                    else:
                        assert writer.add(change) == change["id"]
                        self.oracle.add(change)
                        added.append(self.oracle.documents[change["id"]])
                self._segments.append(added)
                writer.commit(merge=False)
        self._refresh()

    def merge(self) -> None:
        """Join all segments: nothing is left of deleted documents."""
        self._segments = [list(self.oracle.documents.values())]
        with self.index.writer() as writer:
            writer.merge()
        self._refresh()

    def _refresh(self) -> None:
        self.index.refresh()
        live = {id(document) for document in self.oracle.documents.values()}
        kept = [segment for segment in self._segments if any(id(document) in live for document in segment)]
        self.oracle.ghosts = [
            document for segment in kept for document in segment if id(document) not in live
        ]
        self.oracle.forget_statistics()

    def check(self, query: str, ranking: Ranking = BM25, filter: Any = None) -> None:
        """All hits, their scores and order, and the total; and the best few, which are chosen otherwise."""
        expected = self.oracle.search(query, None, ranking=ranking, filter=filter)
        results = self.index.search(query, None, ranking=ranking, filter=filter)
        assert [(hit.id, hit.score) for hit in results] == expected, query
        assert results.total == len(expected)
        if filter is None:
            return
        for limit in (1, 3, 20):
            best = self.index.search(query, limit, ranking=ranking, filter=filter)
            assert [(hit.id, hit.score) for hit in best] == expected[:limit], (query, limit)


def standing_twins(stored: bool) -> Twins:
    """The same 300 documents every time, in three segments, some of them deleted."""
    twins = Twins(stored)
    made = [{**document, "id": str(number)} for number, document in enumerate(sample(300))]
    gone = [str(number) for number in range(0, 300, 13)]
    twins.apply([made[:200], made[200:290], [*made[290:], *gone]])
    return twins


_changes = st.one_of(documents(), documents(), documents(), st.sampled_from(IDS))
batches = st.lists(st.lists(_changes, min_size=1, max_size=6), min_size=1, max_size=5)
"""Documents to add and ids to delete; each batch is a segment."""
