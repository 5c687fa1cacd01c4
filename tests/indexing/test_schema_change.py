"""Fields that come, go and change while an index lives: what each snapshot says then."""

from __future__ import annotations

import random
import shutil
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import pytest

import searchlib
from faulty import FaultyFileSystem
from searchlib import Boolean, Date, F, Field, Index, Keyword, Number, Schema, Text
from searchlib.errors import (
    AnalyzerMismatchError,
    AnalyzerMismatchWarning,
    CommitUncertainError,
    FieldChangeError,
    SchemaError,
    UnknownFieldError,
)
from searchlib.indexing import building
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.manifest import read_manifest


@pytest.fixture
def index() -> Index:
    index = Index.in_memory(Schema(body=Text(), price=Number()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "лес стоит", "price": 3})
        writer.add({"id": "2", "body": "дом", "price": 4})
    index.refresh()
    return index


def test_a_new_field_has_no_value_in_the_documents_that_are_there(index: Index) -> None:
    index.add_field("author", Text(column=True))
    assert list(index.schema) == ["body", "price", "author"]
    assert not index.search("author:*") and not index.search("гоголь")
    assert len(index.search("*:*", facets="author").facets["author"]) == 0
    with index.writer() as writer:
        writer.add({"id": "3", "body": "лес", "author": "Гоголь"})
    index.refresh()
    assert [hit.id for hit in index.search("гоголя")] == ["3"]
    assert [hit.id for hit in index.search("*:*", sort="author")] == ["3", "1", "2"]
    assert [hit.id for hit in index.search("*:*", filter=~F.author.exists())] == ["1", "2"]


def test_a_field_comes_in_the_middle_of_a_transaction(index: Index) -> None:
    with index.writer() as writer:
        writer.add({"id": "3", "body": "лес"})
        writer.delete("2")
        writer.add_field("tag", Keyword())
        writer.add({"id": "4", "body": "лес", "tag": "x"})
        writer.delete("3")
        assert "tag" not in index.schema
    index.refresh()
    assert [hit.id for hit in index.search("*:*")] == ["1", "4"]
    assert [hit.id for hit in index.search("tag:x")] == ["4"]
    assert index.stats()["fields"]["body"]["num_docs"] == 2


def test_a_rollback_takes_the_field_back(index: Index) -> None:
    with index.writer() as writer:
        writer.add_field("tag", Keyword())
        writer.add({"id": "4", "tag": "x"})
        writer.rollback()
        assert "tag" not in writer.schema
    index.refresh()
    assert list(index.schema) == ["body", "price"] and len(index) == 2


def test_a_name_that_is_taken_or_none_is_refused(index: Index) -> None:
    with pytest.raises(SchemaError, match="there is a field 'body' already"):
        index.add_field("body", Text())
    with pytest.raises(SchemaError, match="a word of letters"):
        index.add_field("two words", Text())
    with pytest.raises(SchemaError, match="one k1"):
        index.add_field("title", Text(k1=2.0))
    assert list(index.schema) == ["body", "price"]


# ---- fields that go


def test_a_field_that_goes_is_hidden_at_once_and_never_comes_back(index: Index) -> None:
    pinned = index._searcher
    index.remove_field("price")
    assert index.get("1") == {"id": "1", "body": "лес стоит"} and list(index.schema) == ["body"]
    with pytest.raises(UnknownFieldError):
        index.search("*:*", filter="price:3")
    assert pinned.stored(0) == {"body": "лес стоит", "price": 3}  # an older snapshot is what it was
    index.add_field("price", Text())
    hit = index.search("лес")[0]
    assert hit.fields == {"body": "лес стоит"} and hit.highlight("price") == ""
    assert not index.search("price:*") and not index.search("price:3")
    with index.writer() as writer:
        writer.update("1", price="три рубля")
        writer.delete("2")
        writer.merge()
    index.refresh()
    assert [hit.id for hit in index.search("рубль")] == ["1"]
    assert index.get("1") == {"id": "1", "body": "лес стоит", "price": "три рубля"}


def test_a_merge_drops_what_is_gone(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", Schema(body=Text(), secret=Text(), tag=Keyword()))
    with index.writer() as writer:
        writer.add({"id": "1", "body": 'a word, and "secret": inside', "secret": "hunter2", "tag": "x"})
        writer.add({"id": "2", "body": "none"})
    index.remove_field("secret")
    assert searchlib.check(tmp_path / "index").ok
    with index.writer() as writer:
        writer.merge()
    with index.writer() as writer:  # the next commit removes the files of the one before
        writer.add({"id": "3", "body": "more"})
    left = b"".join(path.read_bytes() for path in (tmp_path / "index").iterdir())
    assert b"hunter2" not in left and b"secret.words" not in left
    (segment, _) = read_manifest(DiskDirectory(tmp_path / "index")).segments
    assert segment.without == ()
    index.refresh()
    assert index.get("1") == {"id": "1", "body": 'a word, and "secret": inside', "tag": "x"}
    assert searchlib.check(tmp_path / "index").ok


def test_deletes_count_the_fields_that_are_left(index: Index) -> None:
    index = Index.in_memory(Schema(first=Text(), second=Text(), third=Text()))
    with index.writer() as writer:
        for number in range(4):
            writer.add({"id": str(number), "first": "a b", "second": "c", "third": "d e f"})
        writer.commit(merge=False)
        writer.delete("0")
        writer.commit(merge=False)
        writer.delete("1")
        writer.remove_field("first")
        writer.delete("2")
    index.refresh()
    stats = index.stats()["fields"]
    assert {name: (of["num_docs"], of["average_length"]) for name, of in stats.items()} == {
        "second": (1, 1.0),
        "third": (1, 3.0),
    }
    assert [term.num_docs for term in index.terms("third")] == [1, 1, 1]


def test_the_last_field_and_one_that_there_is_not(index: Index) -> None:
    index.remove_field("price")
    with pytest.raises(SchemaError, match="the last field"):
        index.remove_field("body")
    with pytest.raises(UnknownFieldError):
        index.remove_field("price")


# ---- fields that change


CHANGES: list[tuple[Field, Any, Field, Any]] = [
    # before, its value; after, its value, or None where it does not suit
    (Text(), "12", Number(), 12),
    (Text(), " 12.5 ", Number(), 12.5),
    (Text(), "-1e3", Number(), -1000.0),
    (Text(), "дорого", Number(), None),
    (Text(), "12 руб.", Number(), None),
    (Text(), "99999999999999999999", Number(), None),
    (Text(), "nan", Number(), None),
    (Text(), "2024-05-31", Date(), date(2024, 5, 31)),
    (Text(), "2024-05-31T12:00:00Z", Date(), datetime(2024, 5, 31, 12, tzinfo=timezone.utc)),
    (Text(), "31st of May", Date(), None),
    (Text(), "yes", Boolean(), True),
    (Text(), "false", Boolean(), False),
    (Text(), "maybe", Boolean(), None),
    (Text(), "лес", Keyword(), "лес"),
    (Text(), "лес", Text(column=True), "лес"),
    (Text(), "лес", Text(languages=("ru",)), "лес"),
    (Text(), "a" * 40_000, Keyword(), None),
    (Text(), ["12", "13"], Number(), [12, 13]),
    (Keyword(), "12", Number(), 12),
    (Keyword(), "Лес", Keyword(fold=True), "Лес"),
    (Keyword(), "леса", Text(), "леса"),
    (Keyword(), "2024-05-31", Date(), date(2024, 5, 31)),
    (Keyword(), "true", Boolean(), True),
    (Number(), 12, Text(), "12"),
    (Number(), 12.5, Keyword(), "12.5"),
    (Number(), 12, Date(), None),
    (Number(), 12, Boolean(), None),
    (Number(), 1, Boolean(), True),
    (Number(), [1, 2], Text(), ["1", "2"]),
    (Date(), date(2024, 5, 31), Text(), "2024-05-31"),
    (Date(), datetime(2024, 5, 31, 12, tzinfo=timezone.utc), Keyword(), "2024-05-31T12:00:00+00:00"),
    (Date(), date(2024, 5, 31), Number(), None),
    (Date(), date(2024, 5, 31), Boolean(), None),
    (Boolean(), True, Text(), "true"),
    (Boolean(), False, Keyword(), "false"),
    (Boolean(), True, Number(), None),
    (Boolean(), True, Date(), None),
]


@pytest.mark.parametrize(("before", "value", "after", "expected"), CHANGES, ids=lambda each: repr(each)[:30])
def test_a_field_of_another_type(before: Field, value: Any, after: Field, expected: Any) -> None:
    index = Index.in_memory(Schema(body=Text(), field=before))
    with index.writer() as writer:
        writer.add({"id": "gone", "body": "лес", "field": value})
        writer.add({"id": "1", "body": "лес", "field": value})
        writer.add({"id": "2", "body": "лес"})
        writer.delete("gone")
    index.refresh()
    if expected is None:
        with pytest.raises(FieldChangeError) as raised:
            index.change_field("field", after)
        error = raised.value
        assert (error.field, error.id, error.value, error.count) == ("field", "1", value, 1)
        assert index.schema["field"] == before and index.get("1") == {
            "id": "1",
            "body": "лес",
            "field": value,
        }
        changed = index.change_field("field", after, on_unsuited="drop")
        assert changed.num_dropped == 1 and changed.dropped == (("1", "field", value),)
    else:
        assert index.change_field("field", after).num_dropped == 0
    fresh = Index.in_memory(Schema(body=Text(), field=after))
    with fresh.writer() as writer:
        writer.add({"id": "1", "body": "лес", "field": expected})
        writer.add({"id": "2", "body": "лес"})
    fresh.refresh()
    assert [dict(document) for document in index] == [dict(document) for document in fresh]
    assert index.stats()["fields"] == fresh.stats()["fields"]
    for query in ("леса", "field:*", "field:лес", "field:12", "field:true", "field:2024-05"):
        assert answers(index, query) == answers(fresh, query)


def answers(index: Index, query: str) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in index.search(query, None)]


@pytest.mark.parametrize(
    ("before", "after"),
    [(Text(), Text(boost=3.0)), (Text(), Text(default=False)), (Text(), Text(b=0.1)), (Text(), Text(k1=3.0)),
     (Text(column=True), Text()), (Keyword(), Keyword(column=False))],
    ids=repr,
)  # fmt: skip
def test_what_only_a_search_looks_at_writes_no_segment(before: Field, after: Field, tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", Schema(field=before))
    with index.writer() as writer:
        writer.add({"field": "лес"})
    files = set((tmp_path / "index").glob("*.segment"))
    changed = index.change_field("field", after)
    assert (changed.fields, changed.num_segments) == ((), 0)
    assert set((tmp_path / "index").glob("*.segment")) == files and index.schema["field"] == after


def test_best_hits_under_another_k1_and_b_are_those_of_all() -> None:
    """The bounds in the postings were made at the k1 and b of before."""
    source = random.Random(5)
    index = Index.in_memory(Schema(title=Text(), body=Text(), tag=Keyword()))
    with index.writer() as writer:
        for number in range(3000):
            words = ["лес"] * source.choice([0, 1, 1, 2, 9]) + ["вода"] * source.choice([0, 0, 1, 5])
            words += ["камень"] * source.choice([0, 1, 3, 40])
            writer.add(
                {"title": " ".join(words[:2]), "body": " ".join(words), "tag": ["a", f"t{number % 7}"]}
            )
            if number == 1000:
                writer.commit(merge=False)
        writer.commit(merge=False)
    for k1, b in ((0.0, 0.75), (0.3, 1.0), (1.2, 0.0), (9.0, 0.75), (1.2, 0.2), (40.0, 1.0)):
        index.change_fields({"title": Text(k1=k1, b=1 - b), "body": Text(k1=k1, b=b, boost=0.7)})
        for query in ("лес", "вода лес", '"лес вода"', "+лес камень", "tag:t3 вода", "title:лес вода"):
            every = answers(index, query)
            for limit in (1, 10, 100):
                assert [(hit.id, hit.score) for hit in index.search(query, limit)] == every[:limit], (k1, b)
    fresh = Index.in_memory(index.schema)
    with fresh.writer() as writer:
        for document in index:
            writer.add(document)
    fresh.refresh()
    assert answers(index, "вода лес") == answers(fresh, "вода лес")


def test_a_field_that_is_not_stored_cannot_be_written_anew(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", Schema(body=Text(), hidden=Text(stored=False)))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "лес", "hidden": "секреты"})
        writer.add({"id": "2", "body": "лес"})
    for field in (Text(languages=(), stored=False), Text(), Keyword()):
        with pytest.raises(FieldChangeError, match="not stored, so that what 1 document has"):
            index.change_field("hidden", field)
    index.change_field("hidden", Text(boost=2.0, stored=False))
    index.change_field("body", Text(languages=("ru",)))  # the other field's parts are kept as they are
    assert [hit.id for hit in index.search("секрет")] == ["1"]
    with pytest.raises(FieldChangeError):
        index.reindex(everything=True)
    index.change_field("body", Text(stored=False))
    assert index.get("1") == {"id": "1"} and [hit.id for hit in index.search("леса")] == ["1", "2"]
    with index.writer() as writer:
        writer.delete("1")
    index.refresh()
    assert index.stats()["fields"]["body"]["num_docs"] == 1
    assert searchlib.check(tmp_path / "index").ok


def test_a_change_in_pieces_that_fit_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_BATCH_DOCS", 1)
    monkeypatch.setattr(building, "_MAX_PENDING", 0)
    index = Index.in_memory(Schema(body=Text(), other=Text()))
    with index.writer() as writer:
        for number in range(40):
            writer.add({"body": f"леса {number}", "other": "люди"})
    index.change_field("body", Text(languages=("ru",)), memory_mb=0.000_001)
    fresh = Index.in_memory(index.schema)
    with fresh.writer() as writer:
        for document in index:
            writer.add(document)
    fresh.refresh()
    for query in ("лес", "человек лес", "17", "body:*"):
        assert answers(index, query) == answers(fresh, query)
    (one,), (two,) = index._searcher.segments, fresh._searcher.segments
    assert [one.core.forms(field) for field in (0, 1)] == [two.core.forms(field) for field in (0, 1)]


def test_other_rules_are_mended_by_reindex(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index", Schema(body=Text(), title=Text(), tag=Keyword(fold=True)))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "леса", "title": "люди", "tag": "Ё"})
    directory = DiskDirectory(tmp_path / "index")
    manifest = read_manifest(directory)
    old = {**manifest.analyzer, "body": "old", "tag": "old"}
    directory.replace_manifest(manifest.replace(analyzer=old, generation=manifest.generation + 1).to_bytes())
    with pytest.warns(AnalyzerMismatchWarning):
        index = searchlib.open(tmp_path / "index")
    with pytest.raises(AnalyzerMismatchError, match="reindex"):
        index.add_field("new", Text())
    told: list[tuple[int, int]] = []
    changed = index.reindex(progress=lambda done, total: told.append((done, total)))
    assert changed.fields == ("body", "tag") and told[-1] == (1, 1)
    assert dict(read_manifest(directory).analyzer) == dict(manifest.analyzer)
    assert not index.reindex().num_segments and index.reindex(everything=True).fields == (
        "body",
        "title",
        "tag",
    )
    assert [hit.id for hit in searchlib.open(tmp_path / "index").search("лес")] == ["1"]


# ---- interruptions


class DeadError(OSError):
    pass


def dead_from(number: int) -> FaultyFileSystem:
    """A file system whose process is dead from a call on."""

    def fail(count: int, name: str) -> None:
        if count >= number:
            raise DeadError

    return FaultyFileSystem(fail)


def filled(path: Path) -> Index:
    index = Index.create(path, Schema(body=Text(), price=Text(), tag=Keyword()))
    with index.writer() as writer:
        for number in range(9):
            writer.add({"id": str(number), "body": "леса", "price": str(number), "tag": "x"})
            if number % 3 == 2:
                writer.commit(merge=False)
        writer.delete("4")
        writer.commit(merge=False)
    index.refresh()
    return index


def test_killed_at_each_call_of_a_change(tmp_path: Path) -> None:
    filled(tmp_path / "base")
    resumed = set()
    number, finished = 0, False
    while not finished:
        number += 1
        path = tmp_path / f"index-{number}"
        shutil.copytree(tmp_path / "base", path)
        reader = searchlib.open(path)
        finished = True
        try:
            Index(DiskDirectory(path, dead_from(number))).change_field("price", Number())
        except (DeadError, CommitUncertainError):
            finished = False
        assert searchlib.check(path).ok, number
        index = searchlib.open(path)
        done = index.schema["price"] == Number()
        assert done or index.schema["price"] == Text()
        assert [hit.id for hit in reader.search("price:3")] == ["3"]  # a reader of before is not disturbed
        assert [hit.id for hit in index.search("price:3")] == ["3"]
        unfinished = index.unfinished_change
        if number % 3 == 0:  # documents come and go before it is gone on with
            with index.writer() as writer:
                writer.delete("0")
                writer.add({"id": "new", "price": 3 if done else "3"})
            changed = index.change_field("price", Number())
        elif number % 3 == 1:
            changed = index.change_field("price", Number())
        else:
            changed = index.reindex()
            if unfinished is None and not done:
                changed = index.change_field("price", Number())
        resumed.add(changed.num_resumed)
        assert index.schema["price"] == Number() and index.unfinished_change is None
        assert {hit.id for hit in index.search("price:[0 TO 3]", None)} == (
            {"1", "2", "3", "new"} if number % 3 == 0 else {"0", "1", "2", "3"}
        )
        assert len(index) == 8
        report = searchlib.check(path)
        assert report.ok and (report.unlisted == [] or number % 3 != 0), number
    assert number > 30 and {0, 1, 2} <= resumed


def stopped(path: Path, price: Field, **options: Any) -> Index:
    with pytest.raises(DeadError):
        Index(DiskDirectory(path, dead_from(25))).change_field("price", price, **options)
    index = searchlib.open(path)
    assert index.unfinished_change is not None
    return index


@pytest.mark.parametrize("everything", [False, True])
def test_gone_on_with_it_drops_values_only_if_it_was_begun_so(tmp_path: Path, everything: bool) -> None:
    filled(tmp_path / "raise")
    index = stopped(tmp_path / "raise", Number())
    with index.writer() as writer:
        writer.add({"id": "new", "price": "cheap"})
    with pytest.raises(FieldChangeError, match="cheap"):
        index.reindex(everything=everything)
    index.refresh()
    assert [hit.id for hit in index.search("price:cheap")] == ["new"] and index.unfinished_change is not None

    index = filled(tmp_path / "drop")
    with index.writer() as writer:
        writer.add({"id": "old", "price": "cheap"})
    index = stopped(tmp_path / "drop", Number(), on_unsuited="drop")
    with index.writer() as writer:
        writer.add({"id": "new", "price": "dear"})
    changed = index.reindex(everything=everything)
    assert {document_id for document_id, _, _ in changed.dropped} == {"old", "new"}
    assert index.schema["price"] == Number() and "price" not in (index.get("new") or {})


def test_everything_anew_finishes_an_unfinished_change_too(tmp_path: Path) -> None:
    filled(tmp_path / "index")
    changed = stopped(tmp_path / "index", Number()).reindex(everything=True)
    assert set(changed.fields) >= {"body", "price"} and changed.num_resumed == 0
    index = searchlib.open(tmp_path / "index")
    assert index.schema["price"] == Number() and index.unfinished_change is None
    assert {hit.id for hit in index.search("price:[0 TO 3]", None)} == {"0", "1", "2", "3"}


@pytest.mark.parametrize(
    "named", [{"memory_mb": 0}, {"memory_mb": "1"}, {"threads": 0}, {"threads": 1.5}, {"timeout": "no"}]
)
def test_effort_is_checked_before_anything_is_done(tmp_path: Path, named: dict[str, Any]) -> None:
    index = filled(tmp_path / "index")
    for call in (lambda: index.change_field("price", Number(), **named), lambda: index.reindex(**named)):
        with pytest.raises((TypeError, ValueError), match=next(iter(named))):
            call()
    assert index.schema["price"] == Text() and index.unfinished_change is None


def test_another_change_forgets_an_unfinished_one(tmp_path: Path) -> None:
    filled(tmp_path / "index")
    with pytest.raises(DeadError):
        Index(DiskDirectory(tmp_path / "index", dead_from(25))).change_field("price", Number())
    index = searchlib.open(tmp_path / "index")
    unfinished = index.unfinished_change
    assert unfinished is not None and unfinished["price"] == Number()
    index.add_field("author", Text())
    assert index.unfinished_change is None and index.schema["price"] == Text()
    index.change_field("price", Number())
    assert [hit.id for hit in index.search("price:3")] == ["3"]
    assert searchlib.check(tmp_path / "index").ok


def test_a_damaged_copy_of_an_unfinished_change_costs_no_document(tmp_path: Path) -> None:
    filled(tmp_path / "index")
    with pytest.raises(DeadError):
        Index(DiskDirectory(tmp_path / "index", dead_from(25))).change_field("price", Number())
    manifest = read_manifest(DiskDirectory(tmp_path / "index"))
    assert manifest.change is not None and manifest.change.done[0].entry is not None
    path = tmp_path / "index" / manifest.change.done[0].entry.file.name
    path.write_bytes(path.read_bytes()[:-70] + bytes(70))
    assert not searchlib.check(tmp_path / "index").ok
    assert searchlib.repair(tmp_path / "index").lost == []
    assert searchlib.check(tmp_path / "index").ok
    index = searchlib.open(tmp_path / "index")
    assert len(index) == 8 and index.unfinished_change is None
