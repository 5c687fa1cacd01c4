"""Indexes that earlier versions wrote, one a format version, never made again.

v1: title, body (English and Russian), exact (plain, not stored), tags, year, published, seen; three documents in two segments, one
deleted, metadata.
"""

from __future__ import annotations

import shutil
import warnings
from datetime import date, datetime, timezone
from pathlib import Path

import pytest

import searchlib
from searchlib import Index
from searchlib.errors import AnalyzerMismatchWarning

GOLDEN = Path(__file__).parent / "golden"
EXACT_TREATY = 0.31506690025452055
"""ln(1 + (2 − 1 + 0.5) / (1 + 0.5)) · 1 / (1 + 1.2): N 2, the length average."""


@pytest.fixture
def index(tmp_path: Path) -> Index:
    shutil.copytree(GOLDEN / "v1", tmp_path / "v1")
    with warnings.catch_warnings():  # dictionaries may have moved on since
        warnings.simplefilter("ignore", AnalyzerMismatchWarning)
        return searchlib.open(tmp_path / "v1")


def test_format_1_is_whole() -> None:
    report = searchlib.check(GOLDEN / "v1")
    assert report.ok, report.problems
    assert report.num_docs == 3


def test_format_1_gives_back_what_was_stored(index: Index) -> None:
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
    assert index.metadata == {"made by": "the first version"}


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
def test_format_1_is_searched(index: Index, query: str, ids: list[str]) -> None:
    assert [hit.id for hit in index.search(query)] == ids


def test_format_1_keeps_its_scores(index: Index) -> None:
    (hit,) = index.search("exact:treaty")
    assert hit.score == pytest.approx(EXACT_TREATY, abs=1e-12)
