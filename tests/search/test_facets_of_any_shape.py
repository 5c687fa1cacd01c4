"""Facets over columns of any shape and any share of the documents, beside counts in plain Python.

Each way in which the core counts whole blocks has its columns here.
"""

from __future__ import annotations

import json
import math
import os
import random
import subprocess
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchlib
from searchlib import Date, F, Histogram, Index, Integer, Keyword, Number, Range, Schema, Terms
from searchlib.errors import CorruptIndexError
from searchlib.search.searcher import Searcher
from searchlib.storage.files import FileEntry
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.opened import OpenSegment
from searchlib.storage.segment import SegmentFile

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
NUM_DOCS = 9001  # a table of pairs is made for 8,192 values; the last block is not full
START = datetime(1999, 12, 31, 23, 59, 59, tzinfo=timezone.utc)


def some(value: Any, chance: random.Random) -> Any:
    """The value, or none."""
    return value if chance.random() < 0.7 else None


def several(of: Callable[[], str], chance: random.Random) -> list[str]:
    return [of() for _ in range(chance.randrange(4))]


def documents() -> Iterator[dict[str, Any]]:
    chance = random.Random(20261130)

    def skewed(most: int) -> str:
        return f"v{int(most * chance.random() ** 2):04}"

    for number in range(NUM_DOCS):
        yield {
            "share": chance.randrange(1000),
            "two": chance.choice("ab"),
            "fifty": skewed(50),
            "most": f"v{chance.randrange(63):04}",  # in pairs
            "more": f"v{chance.randrange(64):04}",  # no more
            "hundreds": skewed(700),
            "thousands": skewed(4000),
            "runs": f"v{number // 400:04}",  # blocks of one value, and of two
            "late": f"v{number // 1000 * 6 + chance.randrange(6):04}",  # each block from another value on
            "sometimes": some(skewed(40), chance),
            "lists": several(lambda: skewed(40), chance),
            "rarely": "there" if number in (5, 4000, NUM_DOCS - 1) else None,
            "price": some(chance.randrange(-100, 100_000) / 100, chance),
            "numbers": [chance.randrange(50) for _ in range(chance.randrange(3))],
            "moment": START + timedelta(microseconds=chance.randrange(4 * 10**14)),
            "second": some(START + timedelta(seconds=chance.randrange(10**8)), chance),
        }


DOCUMENTS = list(documents())
KEYWORDS = [name for name in DOCUMENTS[0] if name not in ("share", "price", "numbers", "moment", "second")]
SCHEMA = Schema(
    share=Integer(),
    price=Number(),
    numbers=Integer(),
    moment=Date(),
    second=Date(),
    **{name: Keyword(stored=False) for name in KEYWORDS},
)
BORDERS: dict[str, list[Any]] = {
    "price": [None, -0.5, -0.01, 0, 0.01, 0.015, 3, 500, 999.99],
    "numbers": [-3, 0, 1, 2, 7, 40, 41, 100],
    "moment": [
        START + timedelta(days=10, microseconds=1),
        *(START + timedelta(days=n) for n in (11, 12, 900)),
    ],
    "second": [START + timedelta(seconds=n) for n in (5, 6, 10**4, 10**7, 2 * 10**8)],
}
FACETS = [
    *(Terms(name, limit=None) for name in KEYWORDS),
    *(Range(name, borders) for name, borders in BORDERS.items()),
    Terms("numbers", limit=None, name="each number"),
    Histogram("moment", "month", name="months"),
    Histogram("second", "day", name="days"),
    Histogram("price", 1, name="units"),
]


def filled(sizes: Sequence[int], deleted: Sequence[int] = (), folder: Path | None = None) -> Index:
    """An index with a segment of so many documents each, and the rest in one more."""
    made = Index.in_memory(SCHEMA) if folder is None else Index.create(folder, SCHEMA)
    ends = [*sizes, NUM_DOCS]
    with made.writer() as writer:
        for start, end in zip([0, *sizes], ends, strict=True):
            for number in range(start, end):
                writer.add({"id": str(number), **DOCUMENTS[number]})
            writer.commit(merge=False)
        for number in deleted:
            writer.delete(str(number))
        writer.commit(merge=False)
    made.refresh()
    return made


def values_of(document: dict[str, Any], name: str) -> set[Any]:
    value = document[name]
    return set(value) if isinstance(value, list) else set() if value is None else {value}


def ranged(values: set[Any], borders: Sequence[Any]) -> set[int]:
    """Which ranges the values lie in."""
    bounds = [border for border in borders if border is not None]
    open_low = borders[0] is None
    found = {bisect_right(bounds, value) - (not open_low) for value in values}
    return {number for number in found if 0 <= number < len(borders) - 1}


def check(index: Index, found: list[dict[str, Any]], condition: Any) -> None:
    given = index.search("*:*", 0, filter=condition, facets=FACETS).facets
    for name in KEYWORDS:
        counts = given[name]
        lists = [values_of(one, name) for one in found]
        expected = Counter(value for values in lists for value in values)
        assert {one.value: one.count for one in counts} == expected, name
        assert (counts.docs, counts.missing) == (sum(map(bool, lists)), lists.count(set())), name
        assert counts.distinct == len(expected), name
    for name, borders in BORDERS.items():
        lists = [values_of(one, name) for one in found]
        expected = Counter(number for values in lists for number in ranged(values, borders))
        assert [one.count for one in given[name]] == [expected[n] for n in range(len(borders) - 1)], name
        assert given[name].docs == sum(map(bool, lists)), name
    numbers = Counter(value for one in found for value in set(one["numbers"]))
    assert given["each number"].as_dict() == numbers
    months = Counter((one["moment"].year, one["moment"].month) for one in found)
    assert {(one.value.year, one.value.month): one.count for one in given["months"] if one.count} == months
    days = Counter(one["second"].date() for one in found if one["second"])
    assert {one.value.date(): one.count for one in given["days"] if one.count} == days
    units = Counter(math.floor(one["price"]) for one in found if one["price"] is not None)
    assert {one.value: one.count for one in given["units"] if one.count} == units


@pytest.fixture(scope="module")
def whole() -> Index:
    return filled([])


@pytest.mark.parametrize("share", [0, 1, 5, 20, 120, 490, 510, 900, 995, 999, 1000])
def test_any_share_of_the_documents(whole: Index, share: int) -> None:
    check(whole, [one for one in DOCUMENTS if one["share"] < share], F.share < share)


def test_all_of_them_before_and_after_some_are_deleted() -> None:
    index = filled([])
    check(index, DOCUMENTS, None)
    with index.writer() as writer:
        for number in range(0, NUM_DOCS, 7):
            writer.delete(str(number))
        writer.commit(merge=False)
    index.refresh()
    check(index, [one for number, one in enumerate(DOCUMENTS) if number % 7], None)
    assert index.search("*:*", 0, facets="fifty").facets["fifty"].docs == NUM_DOCS - (NUM_DOCS + 6) // 7


@settings(deadline=None, max_examples=4 * DEPTH)
@given(
    cuts=st.lists(st.integers(1, NUM_DOCS - 1), unique=True, max_size=4).map(sorted),
    deleted=st.lists(st.integers(0, NUM_DOCS - 1), unique=True, max_size=30),
    share=st.sampled_from([0.3, 3, 40, 500, 950, 1000]),
)
def test_any_cut_into_segments(cuts: list[int], deleted: list[int], share: float) -> None:
    index = filled(cuts, deleted)
    gone = set(deleted)
    live = [one for number, one in enumerate(DOCUMENTS) if number not in gone]
    check(index, [one for one in live if one["share"] < share], F.share < share)
    check(index, live, None)


def plain(index: Index) -> list[Any]:
    answers = [
        index.search("*:*", 0, filter=F.share < share, facets=FACETS).facets for share in (30, 700, 1000)
    ]
    return [
        [[(str(one.value), one.count) for one in counts] for counts in map(found.__getitem__, sorted(found))]
        for found in answers
    ]


def test_the_portable_path_counts_the_same(tmp_path: Path) -> None:
    index = filled([3000], folder=tmp_path / "index")
    program = f"""
import json, sys
sys.path[:0] = {[str(Path(__file__).parent), str(Path(searchlib.__file__).parent.parent)]!r}
from test_facets_of_any_shape import plain
import searchlib
print(json.dumps([searchlib._core.kernels_path(), plain(searchlib.open(sys.argv[1]))]))
"""
    result = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "index")],
        env={**os.environ, "SEARCHLIB_PORTABLE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    name, counted = json.loads(result.stdout)
    assert name == "portable"
    assert counted == json.loads(json.dumps(plain(index)))


def test_damaged_blocks_are_an_error_or_other_counts() -> None:
    """Bytes of the columns are changed, and the checksums made to fit."""
    from_core = Path(__file__).parent.parent / "core"
    sys.path.insert(0, str(from_core))
    try:
        from damage import resealed
    finally:
        sys.path.remove(str(from_core))
    index = filled([])
    (opened,) = index._searcher.segments
    segment = bytes(index._directory.buffer(opened.entry.file))  # type: ignore[attr-defined]
    content, parts = segment[: len(opened.file.checked)], opened.file.parts
    chance = random.Random(8)
    outcomes: Counter[str] = Counter()
    for _ in range(60 * DEPTH):
        name = chance.choice(KEYWORDS)
        offset, length = parts[f"column:{name}"]
        changed = bytearray(content)
        for _ in range(chance.choice([1, 1, 3, 40])):
            changed[offset + chance.randrange(length)] = chance.randrange(256)
        data, root = resealed(changed, segment)
        entry = opened.entry._replace(file=FileEntry(opened.entry.file.name, len(data), root))
        file = SegmentFile(memoryview(data), entry.file)
        try:
            it = OpenSegment(MemoryDirectory(), entry, SCHEMA, file=file)
            searcher = Searcher(SCHEMA, index._searcher.analyzers, [it])
            for condition in (None, F.share < 300, F.share < 600):
                found = searcher.search("*:*", 0, filter=condition, facets=Terms(name, limit=None)).facets[
                    name
                ]
                assert found.docs + found.missing == searcher.search("*:*", 0, filter=condition).total
            outcomes["counts"] += 1
        except CorruptIndexError:
            outcomes["error"] += 1
    assert outcomes["counts"] and outcomes["error"], outcomes
