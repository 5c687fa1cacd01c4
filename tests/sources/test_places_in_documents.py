"""Where something stands in a file, as people call it."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib
from searchlib.sources.formats import FORMATS, suffix_of
from searchlib.sources.formats.declaration import Format
from searchlib.sources.places import PAGE_BORDER, place_of

TEXT = PAGE_BORDER.join(["one\ntwo", "three", "four\nfive"])


@pytest.mark.parametrize(
    ("name", "word", "place"),
    [
        *((f"talk.{ending}", "three", "slide 2") for ending in ("pptx", "PPTX", "odp", "ppsx")),
        *((f"a/b.c/sum.{ending}", "one", "sheet 1") for ending in ("xlsx", "ods", "xlsm")),
        *((name, "five", "chapter 3") for name in ("a.epub", "a.fb2", "a.fb2.zip", "A.FB2.ZIP", "a.fbz")),
        ("scan.pdf", "five", "page 3"),
        ("a.ipynb", "four", "cell 3"),
        *((name, "three", "slide 2") for name in ("pptx", ".pptx", "odp")),
        *((name, "four", "chapter 3") for name in ("epub", "fb2.zip", ".fb2.zip")),
        *((f"a.{ending}", "two", "line 2") for ending in ("txt", "py", "log", "ini", "sql", "yaml")),
        ("text", "two", "line 2"),
        ("code", "two", "line 2"),
        *((f"a.{ending}", "two", "") for ending in ("docx", "odt", "rtf", "md", "html", "eml", "zip", "csv")),
        *(
            (name, "two", "")
            for name in ("", ".", "README", "notes/pptx/README", "a.pptx#7", "42", "a.", "pptx.")
        ),
    ],
)
def test_the_place_of_a_word(name: str, word: str, place: str) -> None:
    assert place_of(name, TEXT, TEXT.index(word)) == place


def test_numbers_have_commas_and_a_text_of_one_part_its_place() -> None:
    assert place_of("a.pptx", "one", 0) == "slide 1"
    assert place_of("a.pdf", "x\f" * 1_499 + "y", 2_998) == "page 1,500"
    assert searchlib.place_of is place_of


def test_what_is_no_file_has_no_place_though_it_be_called_like_one() -> None:
    of_files = searchlib.Schema(body=searchlib.Text(), extension=searchlib.Keyword())
    plain = searchlib.Schema(body=searchlib.Text())
    row, file = {"id": "a.txt"}, {"id": "a.txt", "extension": "txt"}
    assert searchlib.place_of_document(file, of_files, "one\ntwo", 4) == "line 2"
    assert searchlib.place_of_document(row, of_files, "one\ntwo", 4) == ""
    assert searchlib.place_of_document(row, plain, "one\ntwo", 4) == "line 2"
    assert searchlib.place_of_document({"id": "https://a.org/b.txt"}, plain, "one\ntwo", 4) == ""
    assert searchlib.place_of_document({}, plain, "one\ntwo", 4) == ""


def test_a_border_is_white_space_and_the_end_of_a_sentence(tmp_path: Path) -> None:
    text = PAGE_BORDER.join(["Первый слайд о кошках", "второй слайд о собаках", "третий слайд о мышах"])
    with searchlib.Index.create(
        tmp_path / "index", searchlib.Schema(body=searchlib.Text())
    ).writer() as writer:
        writer.add({"id": "a.pptx", "body": text})
        writer.add({"id": "b.pdf", "body": "слово пере-\fнос слова"})
    index = searchlib.open(tmp_path / "index")
    (hit,) = index.search("собака")
    (fragment,) = hit.fragments("body", 1, 40)
    assert fragment.text == "второй слайд о собаках"
    assert place_of(hit.id, hit.text("body"), fragment.spans[0].start) == "slide 2"
    assert "\f" not in hit.highlight("body")
    assert [hit.id for hit in index.search("перенос")] == ["b.pdf"]
    assert len(index.search("кошка AND мышь")) == 1


def test_every_suffix_of_a_format_of_parts_has_places() -> None:
    for format in FORMATS:
        if format.name in ("pptx", "odp", "xlsx", "ods", "epub", "fb2", "fb2.zip", "ipynb", "pdf"):
            for suffix in (format.name, *format.suffixes):
                assert place_of(suffix, "", 0), suffix


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_the_types_whose_lines_are_counted_are_those_that_are_read_line_by_line(format: Format) -> None:
    """The place of a hit is found without the registry, which a plain query does not load."""
    for suffix in (format.name, *format.suffixes):
        has_lines = place_of(suffix, "one\ntwo", 4) == "line 2"
        assert has_lines == (format.name in ("text", "log", "code")), suffix


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.txt", ".txt"),
        ("A.TXT", ".txt"),
        ("a.fb2.zip", ".fb2.zip"),
        ("Книга.1.FB2.Zip", ".fb2.zip"),
        ("a.b.zip", ".zip"),
        ("fb2.zip", ".zip"),
        (".fb2", ""),
        (".a.fb2", ".fb2"),
        ("a.", ""),
        ("a", ""),
        ("", ""),
    ],
)
def test_the_suffix_of_a_name(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix
