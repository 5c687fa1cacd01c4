"""PDF files that are damaged, endless or made to harm: a document or a typed error, in bounded time.

What makes pdfium itself run on or fill the memory is stopped by the process around it, and tried there.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_files import read_file

from hang import must_end
from pdf_files import Pdf, pdf_sample
from searchlib.errors import SourceError
from searchlib.sources.formats import pdf_document

PAGES = b"/Count 1/Kids[10 0 R]"


def one_page() -> bytes:
    pdf = Pdf()
    pdf.page(pdf.text(50, 700, "the only page"))
    return pdf.bytes()


def endless_form() -> bytes:
    """A form that draws itself."""
    pdf = Pdf()
    resources = "/Resources<</Font<</F1 3 0 R>>/XObject<</X 10 0 R>>>>"
    pdf.stream(
        b"BT /F1 10 Tf (in a form) Tj ET /X Do", f"/Type/XObject/Subtype/Form/BBox[0 0 99 99]{resources}"
    )
    pdf.page("/X Do", entries=resources)
    return pdf.bytes()


def unpacking(size: int) -> bytes:
    """A page whose content unpacks to many spaces, and then says something."""
    pdf = Pdf()
    content = b" " * size + pdf.text(50, 700, "behind the spaces").encode()
    number = pdf.stream(zlib.compress(content, 9), "/Filter/FlateDecode")
    pdf.page(entries=f"/Contents {number} 0 R")
    return pdf.bytes()


HARM: dict[str, tuple[Callable[[], bytes], str]] = {
    "a count of pages that are not there": (
        lambda: one_page().replace(b"/Count 1/", b"/Count 1000000000/"),
        "the only page",
    ),
    "a count of many pages": (lambda: one_page().replace(b"/Count 1/", b"/Count 60000/"), "60,000 pages"),
    "a page many times": (
        lambda: one_page().replace(PAGES, b"/Count 60000/Kids[" + b"10 0 R " * 60_000 + b"]"),
        "60,000 pages; 50,000 are the most",
    ),
    "a tree of pages in itself": (lambda: one_page().replace(PAGES, b"/Count 2/Kids[2 0 R 2 0 R]"), "page"),
    "no pages": (lambda: one_page().replace(PAGES, b"/Count 0/Kids[]"), "is damaged"),
    "a form in itself": (endless_form, "in a form"),
    "a page of spaces": (lambda: unpacking(40 << 20), "behind the spaces"),
    "a page as large as a country": (
        lambda: one_page().replace(b"[0 0 595 842]", b"[-1e30 -1e30 1e30 1e30]"),
        "the only page",
    ),
    "a begin and nothing else": (lambda: b"%PDF-1.7\n", "is damaged: no document is found in it"),
    "a half": (lambda: one_page()[:400], "is damaged: no document is found in it"),
    "no table of objects": (
        lambda: one_page().partition(b"xref")[0] + b"trailer<</Root 1 0 R>>",
        "the only page",
    ),
}


@pytest.mark.parametrize("harm", HARM)
def test_harm_ends_in_text_or_a_reason(harm: str, tmp_path: Path) -> None:
    make, said = HARM[harm]
    data = make()
    with must_end(30):
        try:
            assert said in read_file(tmp_path, "a.pdf", data)["body"]
        except SourceError as error:
            assert said in str(error)


def test_a_page_and_a_document_have_a_limit_of_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, ["many words on this page"] * 9))
    pdf.page(*pdf.lines(50, 700, ["few words"]))
    monkeypatch.setattr(pdf_document, "MAX_PAGE_CHARACTERS", 100)
    assert read_file(tmp_path, "a.pdf", pdf.bytes())["body"] == "\ffew words\n"
    monkeypatch.setattr(pdf_document, "MAX_ROW_CHARACTERS", 5)
    with pytest.raises(SourceError, match="its text is longer than"):
        read_file(tmp_path, "a.pdf", pdf.bytes())


def test_mutated_content_is_read_or_refused(tmp_path: Path) -> None:
    """Of the operators of a page, which stand compressed: what is changed in the file does not reach them."""
    draw = random.Random(15)
    pdf = Pdf()
    text = "\n".join(pdf.lines(50, 700, ["Экономика области росла", "все эти годы"] * 5)).encode()
    for _ in range(60):
        content = bytearray(text)
        for _ in range(draw.choice((1, 3, 30))):
            content[draw.randrange(len(content))] = draw.choice(b"0123456789<>()[]/-. TjEBmf")
        changed = Pdf()
        number = changed.stream(bytes(content))
        changed.page(entries=f"/Contents {number} 0 R")
        with must_end(10):
            try:
                body = read_file(tmp_path, "a.pdf", changed.bytes())["body"]
                assert isinstance(body, str) and "\0" not in body
                body.encode()
            except SourceError as error:
                assert "empty" in str(error) or "text" in str(error)


def test_a_lock_that_a_failed_file_held_is_free_again(tmp_path: Path) -> None:
    for _ in range(3):
        with pytest.raises(SourceError):
            read_file(tmp_path, "a.pdf", b"%PDF-1.7\n")
    assert "норвежец" in read_file(tmp_path, "a.pdf", pdf_sample("норвежец"))["body"]
