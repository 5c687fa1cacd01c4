"""Indexes that a version of the format wrote; golden_indexes.py says what is in them.

They are made again as long as the format is open, and never once it was released.
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from golden_indexes import DELETED_OF_MANY, MANY, METADATA, fill_many, grow, many_documents

import searchlib
from searchlib import Index, Schema, Text
from searchlib.errors import AnalyzerMismatchError, AnalyzerMismatchWarning
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.files import FORMAT_VERSION
from searchlib.storage.manifest import read_manifest

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = (FORMAT_VERSION,)
EXACT_TREATY = 0.31506690025452055
"""ln(1 + (2 − 1 + 0.5) / (1 + 0.5)) · 1 / (1 + 1.2): N 2, the length average."""
QUERIES = [
    "сталь", "люди AND leaves", '"частое слово"', '"слово слово вдали"', "coined77", "twice", "людей*",
    "leaf~", "hidden:x7", "hidden:y", "tag:t120", "tag:a -форма", "+running человек leave", "вдали", "слово",
    "title:coin*",
]  # fmt: skip


@pytest.fixture(autouse=True)
def old_dictionaries() -> Iterator[None]:
    with warnings.catch_warnings():  # they may have moved on since
        warnings.simplefilter("ignore", AnalyzerMismatchWarning)
        yield


@pytest.fixture(params=VERSIONS)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    shutil.copytree(GOLDEN / f"v{request.param}", tmp_path / "index")
    return searchlib.open(tmp_path / "index")


@pytest.fixture(params=VERSIONS)
def many(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    shutil.copytree(GOLDEN / f"v{request.param}-many", tmp_path / "many")
    return searchlib.open(tmp_path / "many")


@pytest.fixture
def any_dictionaries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer takes the index as it is: the rules have changed since, but not for the words in there."""
    monkeypatch.setattr("searchlib.indexing.transaction.mismatch", lambda recorded, analyzers: None)


@pytest.mark.parametrize("version", VERSIONS)
def test_rules_that_changed_since_warn_a_reader_and_stop_a_writer(version: int, tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / f"v{version}", tmp_path / "index")
    directory = DiskDirectory(tmp_path / "index")
    manifest = read_manifest(directory)
    other = manifest.replace(analyzer={**manifest.analyzer, "title": "other rules"})
    directory.replace_manifest(other.to_bytes())
    with pytest.warns(AnalyzerMismatchWarning, match="other dictionaries or rules"):
        index = searchlib.open(tmp_path / "index")
    with pytest.raises(AnalyzerMismatchError, match="other dictionaries or rules"), index.writer() as writer:
        writer.add({"id": "new", "title": "a word"})


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_whole(version: int) -> None:
    for name, num_docs in ((f"v{version}", 3), (f"v{version}-many", 300 - len(DELETED_OF_MANY))):
        report = searchlib.check(GOLDEN / name)
        assert report.ok, report.problems
        assert report.num_docs == num_docs


def test_it_gives_back_what_was_stored(index: Index) -> None:
    assert index.get("csto") == {
        "id": "csto",
        "title": "A treaty signed in Tashkent",
        "body": "Six states signed the treaty in Tashkent; police forces were not its subject.",
        "tags": ["security", "treaty"],
        "year": 1992,
        "published": date(1992, 5, 15),
        "seen": True,
    }
    document = index.get("люди")
    assert document is not None
    assert document["published"] == datetime(2016, 12, 4, 9, tzinfo=timezone.utc)
    assert index.get("gone") is None
    assert [found["id"] for found in index] == ["csto", "люди", "3"]
    assert index.metadata["made by"] in METADATA.values()


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("treaty", ["csto"]),
        ('"police forces"', ["csto"]),
        ("выборы", ["люди"]),
        ("шли", ["люди"]),
        ("exact:treaty", ["csto"]),
        ("tags:politics", ["люди"]),
        ("year:[1990 TO 2000]", ["csto"]),
        ("published:2016", ["люди"]),
        ("seen:true", ["csto"]),
        ("пер*", ["3"]),
        ("значение", ["3"]),
        ("nobody", []),
    ],
)
def test_it_is_searched(index: Index, query: str, ids: list[str]) -> None:
    assert [hit.id for hit in index.search(query)] == ids


def test_it_keeps_its_scores(index: Index) -> None:
    (hit,) = index.search("exact:treaty", ranking="bm25")
    assert hit.score == pytest.approx(EXACT_TREATY, abs=1e-12)


# ---- many documents: old and new answer alike


def answers(index: Index) -> list[list[tuple[str, float]]]:
    return [
        [(hit.id, hit.score) for hit in index.search(query, limit)]
        for query in QUERIES
        for limit in (5, None)
    ]


@pytest.fixture(scope="module")
def rebuilt() -> Index:
    index = Index.in_memory(MANY)
    fill_many(index)
    return index


def test_many_documents_are_found_as_in_a_new_index(many: Index, rebuilt: Index) -> None:
    assert answers(many) == answers(rebuilt)
    assert all(found for found in answers(many))
    for document in many_documents():
        assert many.get(document["id"]) == rebuilt.get(document["id"])
    found = [index.search("люди", expand="bo1") for index in (many, rebuilt)]  # by term vectors
    assert found[0].expanded and found[0].expanded == found[1].expanded
    assert many.stats()["fields"] == rebuilt.stats()["fields"]
    (old,), (new,) = many._searcher.segments, rebuilt._searcher.segments
    for field in range(len(MANY.searched_fields)):
        assert old.core.forms(field) == new.core.forms(field)


@pytest.mark.usefixtures("any_dictionaries")
def test_deletes_of_an_old_segment_are_written_and_read_again(
    many: Index, rebuilt: Index, tmp_path: Path
) -> None:
    again = Index.in_memory(MANY)
    fill_many(again)
    for index in (many, again):
        with index.writer() as writer:
            for number in range(0, 300, 11):
                writer.delete(f"d{number:03}")
            writer.commit(merge=False)
        index.refresh()
    assert answers(many) == answers(again) != answers(rebuilt)
    assert answers(searchlib.open(tmp_path / "many")) == answers(again)


@pytest.mark.usefixtures("any_dictionaries")
def test_a_merge_brings_it_into_the_present_form(many: Index, rebuilt: Index) -> None:
    again = Index.in_memory(MANY)
    fill_many(again)
    parts = []
    for index in (many, again):
        with index.writer() as writer:
            writer.add({"id": "new", "title": "новое слово coined5", "body": "leaf"})
            writer.commit(merge=False)
            writer.merge()
        index.refresh()
        (segment,) = index._searcher.segments
        parts.append({part: bytes(segment.file.read(part)) for part in segment.file.parts})
    assert parts[0].keys() == parts[1].keys()
    for part, content in parts[0].items():
        assert part.startswith("documents") or content == parts[1][part], part
    assert answers(many) == answers(again)


# ---- a schema that has changed


@pytest.fixture(params=VERSIONS)
def grown(request: pytest.FixtureRequest, tmp_path: Path) -> Index:
    shutil.copytree(GOLDEN / f"v{request.param}-grown", tmp_path / "grown")
    return searchlib.open(tmp_path / "grown")


def test_fields_that_came_and_went(grown: Index) -> None:
    again = Index.in_memory(Schema(secret=Text(), body=Text(), price=Text()))
    grow(again)
    assert list(grown.schema.items()) == list(again.schema.items())
    for query in (
        "леса",
        "гоголя",
        "secret:тайна",
        "secret:*",
        "author:*",
        "price:>=2",
        "-author:*",
        "тайны",
    ):
        for ranking in ("bm25", "default"):
            found, expected = (index.search(query, None, ranking=ranking) for index in (grown, again))
            assert [(hit.id, hit.score) for hit in found] == [(hit.id, hit.score) for hit in expected], query
    assert [hit.id for hit in grown.search("secret:тайна")] == ["c"] and len(grown) == 4
    assert grown.get("a0") == {"id": "a0", "body": "лес и дом", "price": 0}
    assert grown.stats()["fields"] == again.stats()["fields"]


@pytest.mark.usefixtures("any_dictionaries")
def test_a_change_that_was_not_finished_is(grown: Index, tmp_path: Path) -> None:
    assert grown.unfinished_change is not None
    assert grown.unfinished_change["body"] == Text(languages=("ru",)) and grown.schema["body"] == Text()
    grown.reindex()
    assert grown.unfinished_change is None and grown.schema["body"] == Text(languages=("ru",))
    assert sorted(hit.id for hit in grown.search("лес")) == ["a0", "a2", "b"]
    assert searchlib.check(tmp_path / "grown").ok
