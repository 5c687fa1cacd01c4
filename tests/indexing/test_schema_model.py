"""An index whose schema changes, killed now and then, against one made anew of the same documents."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

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
from faulty import FaultyFileSystem
from oracle import Oracle
from searchlib import Boolean, Field, Index, Keyword, Number, Schema, Text
from searchlib.search.ranking import BM25, DEFAULT
from searchlib.storage.disk import DiskDirectory

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
FIELDS: list[Field] = [
    Text(), Text(column=True), Text(languages=("en",)), Text(languages=()), Text(boost=2.0, b=0.3),
    Text(default=False), Keyword(), Keyword(fold=True), Keyword(column=False), Number(), Boolean(),
]  # fmt: skip
STRINGS = ["лес", "Леса", "police forces", "7", "12.5", "true", "the police"]
NUMBERS = [7, 12.5, 100]
ids = st.sampled_from("123456")
names = st.sampled_from(["a", "b", "c"])
fields = st.sampled_from(FIELDS)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    if isinstance(field, Boolean):
        return st.booleans()
    one = st.sampled_from(NUMBERS if isinstance(field, Number) else STRINGS)
    return st.one_of(one, one, st.lists(one, min_size=1, max_size=2))


def as_other(value: Any, field: Field) -> Any:
    """A value in a field of another type; None if it does not suit. For the values above."""
    if isinstance(value, list):
        return [each for each in (as_other(one, field) for one in value) if each is not None] or None
    text = value if isinstance(value, str) else json.dumps(value)
    if isinstance(field, Number):
        return {"7": 7, "12.5": 12.5, "100": 100}.get(text)
    if isinstance(field, Boolean):
        return {"true": True, "false": False}.get(text)
    return text


def _asked(field: Field) -> tuple[str, ...]:
    """What is asked of a field."""
    if field.searched:
        return "леса", "7", "*"
    return "true" if isinstance(field, Boolean) else "7", "*"


class Dead(OSError):
    pass


def dead_from(number: int) -> FaultyFileSystem:
    def fail(count: int, name: str) -> None:
        if count >= number:
            raise Dead

    return FaultyFileSystem(fail)


class Growing(RuleBasedStateMachine):
    """`schema` and `documents`, in the order in which they were added, are the model."""

    folder = ""
    count = 0

    @initialize(field=fields)
    def create(self, field: Field) -> None:
        type(self).count += 1
        self.path = Path(self.folder) / str(self.count)
        self.schema: dict[str, Field] = {"body": Text(), "a": field}
        self.documents: dict[str, dict[str, Any]] = {}
        self.index = Index.create(self.path, Schema(**self.schema))
        self.ghosts = False

    def _draw(self, data: st.DataObject) -> dict[str, Any]:
        document = {}
        for name, field in self.schema.items():
            if data.draw(st.booleans()):
                document[name] = data.draw(values_of(field))
        return document

    @rule(data=st.data(), document_ids=st.lists(ids, min_size=1, max_size=3), gone=ids)
    def write(self, data: st.DataObject, document_ids: list[str], gone: str) -> None:
        with self.index.writer() as writer:
            for document_id in document_ids:
                document = {"id": document_id, **self._draw(data)}
                writer.add(document)
                self.documents.pop(document_id, None)
                self.documents[document_id] = document
            writer.delete(gone)
            self.documents.pop(gone, None)
            writer.commit(merge=False)
        self.index.refresh()

    @rule()
    def merge(self) -> None:
        with self.index.writer() as writer:
            writer.merge()
        self.index.refresh()

    @precondition(lambda self: hasattr(self, "schema") and len(self.schema) < 4)
    @rule(name=names, field=fields, data=st.data())
    def add_field(self, name: str, field: Field, data: st.DataObject) -> None:
        if name in self.schema:
            return
        self.schema[name] = field
        if data.draw(st.booleans()):
            self.index.add_field(name, field)
            return
        with self.index.writer() as writer:  # in the middle of a transaction
            writer.delete("1")
            writer.add_field(name, field)
            writer.add({"id": "1", **(document := self._draw(data))})
            self.documents.pop("1", None)
            self.documents["1"] = {"id": "1", **document}
            writer.commit(merge=False)
        self.index.refresh()

    @rule(name=names)
    def remove_field(self, name: str) -> None:
        if name not in self.schema:
            return
        self.index.remove_field(name)
        del self.schema[name]
        for document in self.documents.values():
            document.pop(name, None)

    @rule(name=names, field=fields, dies_at=st.one_of(st.none(), st.integers(1, 40)), resumes=st.booleans())
    def change_field(self, name: str, field: Field, dies_at: int | None, resumes: bool) -> None:
        if name not in self.schema:
            return
        if dies_at is not None:
            try:
                index = Index(DiskDirectory(self.path, dead_from(dies_at)))
                index.change_field(name, field, on_unsuited="drop")
            except (Dead, searchlib.errors.CommitUncertainError):
                pass
            assert searchlib.check(self.path).ok
            self.index.refresh()
            if self.index.schema[name] != field:
                assert dict(self.index.schema) == self.schema  # of before, all of it
                if not resumes:
                    return
        self.index.change_field(name, field, on_unsuited="drop")
        kind = self.schema[name].kind
        self.schema[name] = field
        if kind != field.kind:
            for document in self.documents.values():
                if name in document:
                    value = as_other(document.pop(name), field)
                    if value is not None:
                        document[name] = value

    @invariant()
    def it_is_as_one_made_anew(self) -> None:
        if not hasattr(self, "index"):
            return
        assert list(self.index.schema.items()) == list(self.schema.items())
        assert [dict(document) for document in self.index] == [
            dict(sorted(document.items(), key=lambda item: ["id", *self.schema].index(item[0])))
            for document in self.documents.values()
        ]
        fresh = Index.in_memory(self.index.schema)
        with fresh.writer() as writer:
            for document in self.documents.values():
                writer.add(document)
        fresh.refresh()
        folds = any(getattr(field, "fold", False) for field in self.schema.values())
        oracle = Oracle(self.index.schema, self.documents.values())
        asked = [f"{name}:{text}" for name, field in self.schema.items() for text in _asked(field)]
        for query in ("лес", "police", *asked):
            for ranking in (BM25, DEFAULT):
                found, expected = (
                    [(hit.id, hit.score) for hit in index.search(query, None, ranking=ranking)]
                    for index in (self.index, fresh)
                )
                assert found == expected, query
                if not folds:  # which the oracle does not know
                    assert found == oracle.search(query, None, ranking=ranking), query
        for name, field in self.schema.items():
            if field.has_column:
                one, two = (
                    index.search("*:*", None, sort=name, facets=name) for index in (self.index, fresh)
                )
                assert [hit.id for hit in one] == [hit.id for hit in two]
                assert list(one.facets[name]) == list(two.facets[name])
            if field.searched:
                assert list(fresh.terms(name)) == [term for term in self.index.terms(name) if term.num_docs]
        one, two = (index.stats()["fields"] for index in (self.index, fresh))
        for name in one:
            assert (one[name]["num_docs"], one[name]["average_length"]) == (
                two[name]["num_docs"], two[name]["average_length"]
            )  # fmt: skip

    def teardown(self) -> None:
        if hasattr(self, "path"):
            assert searchlib.check(self.path).ok


def test_an_index_whose_schema_changes_equals_one_made_anew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = type("Growing", (Growing,), {"folder": folder})
        run_state_machine_as_test(
            machine,
            settings=settings(
                deadline=None,
                max_examples=12 * DEPTH,
                stateful_step_count=15,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
