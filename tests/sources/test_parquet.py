"""Parquet, Feather and Arrow files: rows as documents, nested columns as nested JSON is."""

from __future__ import annotations

import datetime
import decimal
import io
import random
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import collect

from hang import must_end
from searchlib import Sources
from searchlib.errors import SourceError
from searchlib.sources.content import OpenFile
from searchlib.sources.files import SourceFile
from searchlib.sources.unforeseen import UNFORESEEN


def write(path: Path, table: Any, **options: Any) -> Path:
    if path.suffix == ".parquet":
        pyarrow.parquet.write_table(table, path, **options)
    else:
        pyarrow.feather.write_feather(table, path, **options)
    return path


def rows(path: Path) -> tuple[list[dict[str, Any]], list[str], list[str]]:
    said: list[str] = []
    documents, problems = collect(path, on_notice=lambda problem: said.append(problem.reason))
    return documents, problems, said


NESTED = {
    "t": pa.array(["Война и мир", "Шинель", None]).dictionary_encode(),
    "made": pa.array([1_700_000_000_123_456_789, 2, None], pa.timestamp("ns", tz="UTC")),
    "far": pa.array([10**12, 1, None], pa.timestamp("s")),
    "day": [datetime.date(2024, 5, 31)] * 3,
    "at": [datetime.time(1, 2)] * 3,
    "price": [decimal.Decimal("1.50"), decimal.Decimal("2.00"), None],
    "exact": [decimal.Decimal("1234567890123456789.5")] * 3,
    "by": [{"name": {"first": "Лев"}}, {"name": {"first": "Николай"}}, None],
    "tags": [["дом", "лес"], [], None],
    "many": [[{"x": 1}, {"x": 2}], None, []],
    "map": pa.array([[("k", "ключ")], [], None], pa.map_(pa.string(), pa.string())),
    "data": [b"\0\1", b"", None],
    "image": [{"bytes": b"\xff", "path": "p.png"}, None, None],
    "share": [float("nan"), 0.5, 2.0],
    "is_new": [True, False, None],
    "id": [7.0, 8.0, None],
}


@pytest.mark.parametrize("name", ["a.parquet", "a.feather", "a.arrow"])
def test_values_of_every_type(tmp_path: Path, name: str) -> None:
    documents, problems, said = rows(write(tmp_path / name, pa.table(NESTED)))
    assert problems == []
    assert [row["id"] for row in documents] == ["7", "8", f"{name}#3"]
    first = documents[0]
    assert first["t"] == "Война и мир" and first["made"].isoformat() == "2023-11-14T22:13:20.123456+00:00"
    assert first["day"].isoformat() == "2024-05-31" and first["at"] == "01:02:00"
    assert (first["price"], first["exact"]) == (1.5, "1234567890123456789.5")
    assert first["by_name_first"] == "Лев" and first["tags"] == ["дом", "лес"]
    assert first["many_x"] == [1, 2] and first["map_k"] == "ключ"
    assert "share" not in first and documents[1]["share"] == 0.5 and first["is_new"] is True
    assert "data" not in first and any(line.startswith("binary, and not read: data") for line in said)
    assert "made" not in documents[2] and "10000000" in first["far"]


def test_rows_of_many_groups_are_counted_on(tmp_path: Path) -> None:
    table = pa.table({"t": [f"слово {number}" for number in range(5_000)]})
    documents, problems, _ = rows(write(tmp_path / "a.parquet", table, row_group_size=1_300))
    assert problems == []
    assert [row["id"] for row in documents] == [f"a.parquet#{number}" for number in range(1, 5_001)]
    assert documents[4_999]["t"] == "слово 4999"


def test_columns_of_one_name_are_two(tmp_path: Path) -> None:
    table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["t", "t"])
    (row,), problems, _ = rows(write(tmp_path / "a.parquet", table))
    assert problems == [] and {"a", "b"} <= set(row.values())


def test_without_pyarrow_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.parquet", pa.table({"t": ["x"]}))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    file = SourceFile(path.name, str(path), str(tmp_path), "parquet")
    with (
        OpenFile(file) as reading,
        pytest.raises(SourceError, match=r"is not installed: pip install 'searchlib\[tables\]'"),
    ):
        list(reading.rows())


def test_a_table_that_is_piped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(write(tmp_path / "a.parquet", pa.table({"t": ["x", "y"]})).read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert [row["t"] for row in Sources("-", id="x")] == ["x", "y"]


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1", b"<html>"])
@pytest.mark.parametrize("suffix", ["parquet", "feather"])
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    (tmp_path / f"a.{suffix}").write_bytes(data)
    documents, (problem,), _ = rows(tmp_path / f"a.{suffix}")
    assert documents == [] and "is damaged: " in problem


def test_damaged_tables_give_rows_or_a_reason(tmp_path: Path) -> None:
    draw = random.Random(3)
    table = pa.table({name: values for name, values in NESTED.items() if name != "far"})
    table = pa.concat_tables([table] * 30)
    kinds = [("parquet", "none"), ("parquet", "snappy"), ("feather", "uncompressed"), ("feather", "lz4")]
    originals = [
        (kind, write(tmp_path / f"o.{kind}", table, compression=how).read_bytes()) for kind, how in kinds
    ]
    folder = tmp_path / "damaged"  # in one, for each run starts a process
    folder.mkdir()
    for number in range(120):
        kind, original = draw.choice(originals)
        data = bytearray(original)
        for _ in range(draw.choice((1, 2, 5))):
            at = draw.randrange(len(data)) if draw.random() < 0.5 else len(data) - 1 - draw.randrange(2_000)
            data[at : at + 4] = draw.choice((b"\xff\xff\xff\x7f", b"\0\0\0\0", draw.randbytes(4), b"x"))
        (folder / f"{number}.{kind}").write_bytes(data)
    with must_end():
        documents, problems, _ = rows(folder)
    assert len(documents) > 1_000 and problems
    assert [problem for problem in problems if UNFORESEEN in problem] == []


TEXT = st.text(st.characters(categories=("L",)), min_size=1, max_size=8)


ROWS = st.lists(st.fixed_dictionaries({"a": TEXT, "n": st.integers(-(2**53), 2**53), "l": st.lists(TEXT)}))


@given(st.lists(ROWS, min_size=1, max_size=12))
@settings(max_examples=5, deadline=None)
def test_all_rows_arrive(
    tmp_path_factory: pytest.TempPathFactory, models: list[list[dict[str, Any]]]
) -> None:
    """The models: the rows that went into each file."""
    kinds = pa.schema([("a", pa.string()), ("n", pa.int64()), ("l", pa.list_(pa.string()))])
    folder = tmp_path_factory.mktemp("p")
    for number, model in enumerate(models):
        write(folder / f"{number:02}.parquet", pa.Table.from_pylist(model, kinds), row_group_size=3)
    documents, problems, _ = rows(folder)
    assert problems == []
    expected = [
        (f"{number:02}.parquet#{line}", row["n"], [text for text in row["l"] if text.strip()], row["a"])
        for number, model in enumerate(models)
        for line, row in enumerate(model, 1)
    ]
    assert [(found["id"], found["n"], found.get("l", []), found["a"]) for found in documents] == expected
