"""In which order the text of a PDF's page is read, and what is said once that many pages say."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_files import read_file

from pdf_files import Pdf, columns
from searchlib.sources.formats.pdf_columns import in_reading_order
from searchlib.sources.formats.pdf_lines import Line
from searchlib.sources.formats.pdf_margins import without_repetitions
from searchlib.sources.formats.pdf_text import Piece

LEFT = [
    "Экономика области росла все эти годы,",
    "и вместе с ней росли города, дороги и",
    "заводы, о которых тогда писали газеты",
    "и журналы страны, и даже за границей,",
    "где о них знали немногие, но писали",
]
RIGHT = [
    "охотно, потому что читателям хотелось",
    "знать, чем живёт далёкая страна, куда",
    "ведут её дороги и кто на них работает",
    "в жару и мороз, зимой и летом, с утра",
    "и до ночи.",
]
PROSE = " ".join(LEFT + RIGHT)


def body_of(folder: Path, pdf: Pdf) -> str:
    body = read_file(folder, "a.pdf", pdf.bytes())["body"]
    assert isinstance(body, str)
    return body


@pytest.mark.parametrize(
    "by_row", [False, True], ids=["a column after the other", "line by line across both"]
)
def test_two_columns_below_a_title_and_above_a_line_of_the_whole_width(by_row: bool, tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(
        pdf.text(50, 810, "Заголовок статьи, который идёт через обе колонки страницы", 14),
        *columns(pdf, LEFT, RIGHT, by_row=by_row),
        pdf.text(50, 680, "Таблица под колонками занимает опять всю ширину страницы, как и заголовок"),
    )
    assert body_of(tmp_path, pdf) == (
        f"Заголовок статьи, который идёт через обе колонки страницы\n\n{PROSE}\n\n"
        "Таблица под колонками занимает опять всю ширину страницы, как и заголовок\n"
    )


def test_three_columns(tmp_path: Path) -> None:
    pdf = Pdf()
    words = PROSE.split()
    lines = [" ".join(words[n : n + 3]).ljust(26, "ъ") for n in range(0, 36, 3)]
    parts = [pdf.lines(50 + 170 * n, 700, lines[4 * n : 4 * n + 4]) for n in range(3)]
    pdf.page(*(text for row in zip(*parts, strict=True) for text in row))
    found = body_of(tmp_path, pdf).split()
    assert found == " ".join(lines).split()


def test_cells_of_a_table_are_no_columns(tmp_path: Path) -> None:
    pdf = Pdf()
    rows = [("Гвозди", "3000 штук"), ("Доски", "15 штук"), ("Краска", "2 ведра"), ("Кисти", "4 штуки")]
    pdf.page(
        *(pdf.text(x, 700 - 12 * n, row[i]) for n, row in enumerate(rows) for i, x in ((0, 50), (1, 310)))
    )
    assert body_of(tmp_path, pdf) == "".join("\t".join(row) + "\n" for row in rows)


def test_what_stands_above_is_read_first_whenever_it_was_written(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(
        pdf.text(50, 100, "Последние слова страницы"),
        *pdf.lines(50, 700, LEFT),
        pdf.text(50, 780, "Первые слова страницы", 14),
    )
    body = body_of(tmp_path, pdf)
    assert body == f"Первые слова страницы\n\n{' '.join(LEFT)}\n\nПоследние слова страницы\n"


def test_lines_that_were_written_from_the_last_to_the_first(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*reversed(pdf.lines(50, 700, LEFT)))
    assert body_of(tmp_path, pdf) == " ".join(LEFT) + "\n"


boxes = st.tuples(
    st.floats(0, 500),
    st.floats(0, 200),
    st.floats(0, 800),
    st.floats(0.1, 30),
    st.sampled_from([0, 0, 1, -1]),
)


@given(st.lists(boxes, max_size=60))
@settings(max_examples=60)
def test_whatever_the_order_no_piece_is_lost(drawn: list[tuple[float, float, float, float, int]]) -> None:
    pieces = [
        Piece(f"piece {n} of a text", x, x + width, y, y + height, width, 10, False, turned, 4, 0)
        for n, (x, width, y, height, turned) in enumerate(drawn)
    ]
    assert sorted(map(id, in_reading_order(pieces))) == sorted(map(id, pieces))


# ---- what pages repeat


def book(num_pages: int) -> tuple[Pdf, list[str]]:
    """Pages with a header, a number that begins at 5, and lines of their own; the words of these."""
    pdf, draw = Pdf(), random.Random(7)
    own: list[str] = []
    for number in range(num_pages):
        lines = [" ".join(draw.sample(PROSE.split(), 7)) for _ in range(6)]
        own.extend(" ".join(lines).split())
        side = "Глава вторая" if number % 2 else "Повесть о дорогах"
        pdf.page(
            pdf.text(200, 810, f"{number + 5}  {side}" if number % 2 else f"{side}  {number + 5}", 8),
            *pdf.lines(50, 780, lines),
            pdf.text(280, 30, f"— {number + 5} —"),
        )
    return pdf, own


def test_headers_with_a_number_stay_and_numbers_alone_go(tmp_path: Path) -> None:
    """Who tells the number of a page from that of an invoice, one a page?"""
    pdf, own = book(8)
    pages = body_of(tmp_path, pdf).split("\f")
    assert len(pages) == 8
    headers = [f"{n + 5} Глава вторая" if n % 2 else f"Повесть о дорогах {n + 5}" for n in range(8)]
    assert all(
        page.lstrip("\n").startswith(f"{header}\n") for page, header in zip(pages, headers, strict=True)
    )
    found = re.findall(r"\w[\w,.]*", " ".join(pages).replace("\n", " "))
    assert sorted(found) == sorted([*own, *" ".join(headers).split()])


def test_headers_that_say_the_same_stay_on_the_first_page(tmp_path: Path) -> None:
    pdf = Pdf()
    for number in range(5):
        pdf.page(
            pdf.text(50, 800, "Отчёт о дорогах"),
            pdf.text(50, 500, f"Текст страницы {'абвгд'[number] * 4}"),
            pdf.text(280, 30, f"стр. {number + 1} из 5"),
        )
    body = body_of(tmp_path, pdf)
    assert (body.count("Отчёт о дорогах"), body.count("Текст"), body.count("стр.")) == (1, 5, 0)


def test_what_is_numbered_one_a_page_stays(tmp_path: Path) -> None:
    for said in ("Счёт № {}", "Invoice INV10{}", "Глава {}", "{}. Условия"):
        pdf = Pdf()
        for number in range(1, 8):
            pdf.page(pdf.text(50, 800, said.format(number), 16), pdf.text(50, 700, "К оплате сто рублей"))
        body = body_of(tmp_path, pdf)
        assert [body.count(said.format(number)) for number in range(1, 8)] == [1] * 7


def test_two_pages_say_all_that_they_say(tmp_path: Path) -> None:
    pdf, _ = book(2)
    assert body_of(tmp_path, pdf).count("—") == 4


def test_lines_that_differ_or_stand_elsewhere_are_no_headers(tmp_path: Path) -> None:
    pdf = Pdf()
    for number in range(6):
        pdf.page(
            pdf.text(50, 800, f"Итого {number * number + 3} рублей"),
            pdf.text(50, 400, "То же в середине страницы"),
            pdf.text(50, 60 + 12 * number, "Подпись выше и выше"),
        )
    body = body_of(tmp_path, pdf)
    assert [body.count(said) for said in ("Итого", "в середине", "Подпись")] == [6, 6, 6]


lines = st.lists(
    st.tuples(st.sampled_from(["слово", "7", "стр. 3", "iv", "x\0y"]), st.floats(0, 800)), max_size=5
)


@given(st.lists(lines, max_size=8))
@settings(max_examples=100)
def test_a_line_goes_only_if_two_other_pages_have_it(drawn: list[list[tuple[str, float]]]) -> None:
    pages = [
        [Line(text, 50, 90, y, y + 10, 10, 10, 20, False, False, False, 0) for text, y in page]
        for page in drawn
    ]
    kept = without_repetitions(pages, [(0.0, 842.0)] * len(pages))
    assert len(kept) == len(pages)
    for page, rest in zip(pages, kept, strict=True):
        gone = [line.text for line in page if line not in rest]
        for text in gone:
            assert sum(any(same_but_numbers(line.text, text) for line in other) for other in pages) >= 3
    if pages and not any("7" in text or "3" in text or text == "iv" for page in drawn for text, _ in page):
        said = {line.text for page in pages for line in page}
        assert said == {line.text for page in kept for line in page}


def same_but_numbers(one: str, other: str) -> bool:
    def without(text: str) -> str:
        return re.sub(r"\d+|\biv\b", "", text)

    return without(one) == without(other)
