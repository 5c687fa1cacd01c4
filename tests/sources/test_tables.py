"""Tables as programs write them: separators, encodings, numbers with a decimal comma."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_files import collect, write

from searchlib.sources.formats.decimals import comma_columns, with_point


def rows(folder: Path, name: str, text: str | bytes) -> list[dict[str, Any]]:
    documents, problems = collect(write(folder, {name: text}))
    assert problems == []
    return documents


@pytest.mark.parametrize("name", ["a.tsv", "a.tab", "a.psv", "a.csv"])
def test_each_separator(tmp_path: Path, name: str) -> None:
    separator = {"tsv": "\t", "tab": "\t", "psv": "|", "csv": ";"}[name[2:]]
    text = f"имя{separator}год\nГоголь, Н.{separator}1809\n"
    assert rows(tmp_path, name, text) == [{"id": f"{name}#2", "имя": "Гоголь, Н.", "год": 1809}]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1251"])
def test_what_excel_writes(tmp_path: Path, encoding: str) -> None:
    text = 'имя\tцена\r\n"Лев ""Толстой""\nписатель"\t1 234,50\r\nГоголь Николай Васильевич\t7\r\n'
    first, second = rows(tmp_path, "a.tsv", text.encode(encoding))
    assert first["имя"] == 'Лев "Толстой"\nписатель' and first["цена"] == 1234.5
    assert second["цена"] == 7 and second["id"] == "a.tsv#4"


def test_a_line_that_names_the_separator(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "a.csv", "sep=;\r\nа;б\r\n1,5;2,5\r\n")
    assert (row["а"], row["б"]) == (1.5, 2.5)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,5", "2"], [1.5, 2]),
        (["1 234,56", "-3\u00a0000", "0,125"], [1234.56, -3000, 0.125]),
        (["1234,567", "1,234"], [1234.567, 1.234]),
        (["1,234", "2,500"], ["1,234", "2,500"]),
        (["1 234", "2 500"], ["1 234", "2 500"]),
        (["1,5", "нет"], ["1,5", "нет"]),
        (["1,5", "1.5"], ["1,5", "1.5"]),
        (["007,5", "1,5"], ["007,5", "1,5"]),
        (["1,2,3", "1,5"], ["1,2,3", "1,5"]),
        (["12 34,5", "1,5"], ["12 34,5", "1,5"]),
    ],
)
def test_decimal_commas(tmp_path: Path, cells: list[str], expected: list[Any]) -> None:
    text = "слово;цена\n" + "".join(f"x{at};{cell}\n" for at, cell in enumerate(cells))
    assert [row["цена"] for row in rows(tmp_path, "a.csv", text)] == expected


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            ["1,5"] * 29 + ["нет данных"],
            "1 value is none of the 29 numbers with a decimal comma of the field",
        ),
        (["1,5", "2", "3", "?", "-"], "2 values are none of the 3 numbers with a decimal comma of the field"),
        (["1,5", "нет"], ""),
        (["1,500", "2", "нет"], ""),
        (["1,5", "2,5", ""], ""),
    ],
)
def test_words_among_decimal_commas_are_said(tmp_path: Path, cells: list[str], said: str) -> None:
    notices: list[str] = []
    text = "слово;цена\n" + "".join(f"x{at};{cell}\n" for at, cell in enumerate(cells))
    folder = write(tmp_path, {"a.csv": text})
    documents, problems = collect(folder, on_notice=lambda notice: notices.append(notice.reason))
    found = [notice for notice in notices if "decimal comma" in notice]
    assert problems == [] and len(found) == bool(said)
    assert not said or (found[0].startswith(said) and documents[0]["цена"] == "1,5")


def test_commas_in_cells_that_commas_part_are_lists(tmp_path: Path) -> None:
    assert rows(tmp_path, "a.csv", 'a,b\n"1,2",x\n"3,4",y\n')[0]["a"] == "1,2"


def test_a_cell_far_below_that_is_none_has_its_own_field(tmp_path: Path) -> None:
    text = "a;b\n" + "x;1,5\n" * 300 + "x;около 2\nx;1,234\n"
    documents, _ = collect(write(tmp_path, {"a.csv": text}))
    assert documents[300]["b"] == "около 2" and documents[0]["b"] == "1.5", (
        "it is text, for not all are numbers"
    )


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), min_size=1),
    st.sampled_from(" \u00a0\u202f"),
)
def test_what_is_written_is_read(numbers: list[Any], space: str) -> None:
    """The model: numbers, and Python's own way to group their digits."""
    cells = [f"{number:,.2f}".replace(",", space).replace(".", ",") for number in numbers]
    cells = ["0,00" if cell == "-0,00" else cell for cell in cells]
    assert comma_columns([["x", cell] for cell in cells], ";") == {1: (len(cells), 0, "")}
    assert [float(with_point(cell)) for cell in cells] == [float(number) for number in numbers]
