"""An index against a dictionary: documents added, updated, deleted, committed and forgotten in any order."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import searchlib
from oracle import Oracle
from searchlib import Index, Keyword, Number, Schema, Text
from searchlib.errors import DocumentError
from searchlib.indexing import building

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
SCHEMA = Schema(title=Text(boost=2.0), body=Text(), tag=Keyword(), year=Number())
QUERIES = [
    "лес force",
    "+люди tag:wood",
    '"police force"',
    "ле* -год",
    "year:[1 TO 2]",
    "*:*",
    "title:re-established",
]
DELETING = ["tag:wood", "лесом", "year:2", '"police forces"', "NOT body:*", "xyzzy", "id:3"]

ids = st.sampled_from([str(number) for number in range(10)])
words = st.sampled_from(
    ["лес", "леса", "люди", "человек", "police", "force", "forces", "re-established", "the", "год"]
)
texts = st.lists(words, max_size=8).map(" ".join)
values = {
    "title": texts,
    "body": st.one_of(texts, st.lists(texts, max_size=3)),
    "tag": st.one_of(st.sampled_from(["wood", "a b"]), st.lists(st.sampled_from(["wood", "x"]), max_size=2)),
    "year": st.integers(0, 3),
}
contents = st.fixed_dictionaries({}, optional=values)


def answers(index: Index) -> list[Any]:
    """All that a snapshot says: its documents in order, and the hits of every query."""
    found: list[Any] = [len(index), [dict(document) for document in index]]
    for query in QUERIES:
        results = index.search(query, None)
        found.append([(hit.id, hit.score) for hit in results] + [results.total])
    return found


class Writing(RuleBasedStateMachine):
    """`committed` and `pending` are the model: documents by id, in the order in which they were added."""

    directory: str | None = None

    @initialize(memory_mb=st.sampled_from([0.000_001, 0.05, 256]), batch_docs=st.sampled_from([1, 3, 512]))
    def create(self, memory_mb: float, batch_docs: int) -> None:
        # Small batches, waited for: so that a small limit flushes within a transaction of few documents.
        self.constants = building._BATCH_DOCS, building._MAX_PENDING
        building._BATCH_DOCS, building._MAX_PENDING = batch_docs, 0 if batch_docs < 512 else 2
        self.memory_mb = memory_mb
        self.index = Index.create(self.directory, SCHEMA) if self.directory else Index.in_memory(SCHEMA)
        self.reader = searchlib.open(self.directory) if self.directory else self.index
        self.writer = self.index.writer(memory_mb=memory_mb)
        self.committed = Oracle(SCHEMA)
        self.pending = Oracle(SCHEMA)
        self.num_added = self.num_added_committed = 0
        self.pinned: list[tuple[Any, list[Any]]] = []

    # ---- changes

    @rule(document_id=ids, content=contents)
    def add(self, document_id: str, content: dict[str, Any]) -> None:
        assert self.writer.add({"id": document_id, **content}) == document_id
        self.pending.add({"id": document_id, **content})
        self.num_added += 1

    @rule(content=contents)
    def add_without_an_id(self, content: dict[str, Any]) -> None:
        document_id = self.writer.add(content)
        assert document_id not in self.pending.documents and int(document_id) >= self.num_added
        self.pending.add({"id": document_id, **content})
        self.num_added += 1

    @rule(rows=st.lists(st.tuples(ids, contents, st.booleans()), max_size=6))
    def add_many(self, rows: list[tuple[str, dict[str, Any], bool]]) -> None:
        documents = [{"id": i, **content, **({"title": 5} if bad else {})} for i, content, bad in rows]
        refused = self.writer.add_many(documents, on_error="skip")
        assert [refusal.position for refusal in refused] == [at for at, row in enumerate(rows) if row[2]]
        for document, (_, _, bad) in zip(documents, rows, strict=True):
            if not bad:
                self.pending.add(document)
                self.num_added += 1

    @rule(document_id=ids, changes=contents, forget=st.sampled_from(["title", "tag"]))
    def update(self, document_id: str, changes: dict[str, Any], forget: str) -> None:
        changes = {**changes, forget: None}
        if document_id not in self.pending.documents:
            with pytest.raises(DocumentError):
                self.writer.update(document_id, **changes)
            return
        self.writer.update(document_id, **changes)
        self.pending.add({**self.pending.documents[document_id].values, **changes})
        self.num_added += 1

    @rule(document_id=ids)
    def delete(self, document_id: str) -> None:
        assert self.writer.delete(document_id) == self.pending.delete(document_id)

    @rule(query=st.sampled_from(DELETING))
    def delete_by_query(self, query: str) -> None:
        doomed = self.pending.search(query, None)
        assert self.writer.delete_by_query(query) == len(doomed)
        for document_id, _ in doomed:
            self.pending.delete(document_id)

    # ---- transactions

    def _copy(self, model: Oracle) -> Oracle:
        copy = Oracle(SCHEMA)
        copy.documents = dict(model.documents)
        return copy

    @rule(merge=st.booleans())
    def commit(self, merge: bool) -> None:
        self.writer.commit(merge=merge)
        self.committed, self.num_added_committed = self._copy(self.pending), self.num_added

    @rule()
    def merge(self) -> None:
        self.writer.merge()
        self.committed, self.num_added_committed = self._copy(self.pending), self.num_added
        self.reader.refresh()
        stats = self.reader.stats()
        assert stats["num_deleted"] == 0 and stats["num_segments"] == min(len(self.committed.documents), 1)

    @rule()
    def rollback(self) -> None:
        self.writer.rollback()
        self.pending, self.num_added = self._copy(self.committed), self.num_added_committed

    @rule(commits=st.booleans())
    def another_writer(self, commits: bool) -> None:
        if commits:
            self.commit(True)
        self.writer.close()
        self.pending, self.num_added = self._copy(self.committed), self.num_added_committed
        self.writer = self.index.writer(memory_mb=self.memory_mb)

    # ---- readers

    @rule()
    def pin(self) -> None:
        """A snapshot opened now must answer the same for ever."""
        self.reader.refresh()
        snapshot = searchlib.open(self.directory) if self.directory else self.reader._searcher
        self.pinned.append((snapshot, self._answers(snapshot)))

    def _answers(self, snapshot: Any) -> list[Any]:
        if isinstance(snapshot, Index):
            return answers(snapshot)
        hits = [snapshot.search(query, None) for query in QUERIES]
        return [len(snapshot), *([(hit.id, hit.score, hit.fields) for hit in found] for found in hits)]

    @precondition(lambda self: self.pinned)
    @rule()
    def pinned_snapshots_never_change(self) -> None:
        for snapshot, before in self.pinned:
            assert self._answers(snapshot) == before

    @invariant()
    def the_last_commit_is_seen(self) -> None:
        if not hasattr(self, "reader"):
            return
        self.reader.refresh()
        model = self.committed
        kept = [{k: v for k, v in d.values.items() if v is not None} for d in model.documents.values()]
        assert list(self.reader) == kept
        assert len(self.reader) == len(kept)
        for document_id in map(str, range(10)):
            assert (document_id in self.reader) == (document_id in model.documents)
        for document in kept:
            assert self.reader.get(document["id"]) == document
        for query in QUERIES:
            expected = model.search(query, None)
            assert [(hit.id, hit.score) for hit in self.reader.search(query, None)] == expected, query

    def teardown(self) -> None:
        if hasattr(self, "writer"):
            self.writer.close()
            building._BATCH_DOCS, building._MAX_PENDING = self.constants


_settings = settings(
    deadline=None,
    max_examples=40 * DEPTH,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def test_an_index_in_memory_equals_a_dictionary() -> None:
    run_state_machine_as_test(Writing, settings=_settings)


def test_an_index_on_disk_equals_a_dictionary() -> None:
    with tempfile.TemporaryDirectory() as folder:
        count = iter(range(1_000_000))

        class OnDisk(Writing):
            def __init__(self) -> None:
                super().__init__()
                self.directory = f"{folder}/{next(count)}"

        run_state_machine_as_test(OnDisk, settings=settings(_settings, max_examples=15 * DEPTH))


def test_a_small_limit_flushes_within_a_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machines above rely on."""
    monkeypatch.setattr(building, "_BATCH_DOCS", 1)
    monkeypatch.setattr(building, "_MAX_PENDING", 0)
    index = Index.in_memory(SCHEMA)
    with index.writer(memory_mb=0.000_001) as writer:
        for number in range(5):
            writer.add({"id": str(number), "body": "лес"})
        assert len(index) == 0
        writer.commit(merge=False)
    index.refresh()
    assert len(index) == index.stats()["num_segments"] == 5
