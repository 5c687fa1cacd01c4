"""PDF: the text of each page in the order in which it is read, a form feed between two pages.

pdfium finds the characters (pdf_text.py); here columns, lines, paragraphs and repetitions become a body. What
is only a picture is named, with the tool that recognizes its letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...errors import SourceError
from ..places import FORM_FEED
from . import unreadable
from .contract import Content, Row
from .document_fields import document_fields
from .pdf_columns import in_reading_order
from .pdf_document import Page, PdfFile
from .pdf_hyphens import Hyphens
from .pdf_letters import as_russian, is_latin_for_russian, is_readable
from .pdf_lines import Line, lines_of, usual_size
from .pdf_margins import without_repetitions
from .pdf_paragraphs import text_of
from .zip_package import MAX_PACKAGE_BYTES

_MAX_HEADING = 200
_MIN_HEADING = 1.15  # times the usual size of letters
_MAX_NAMED = 5
_OCR = "recognize its letters: ocrmypdf FILE OUT"
_FORCED_OCR = "recognize its letters: ocrmypdf --force-ocr FILE OUT"
_UNNAMED = "its fonts do not say which letters they have"


def other_than_named(start: str, complete: bool) -> str | None:
    """The format of a file that was saved as PDF and is none: mostly a page that says why there is no PDF."""
    return None if "%PDF-" in start[:1_024] else unreadable.other_than_named(start, complete)


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    reading = _Reading()
    with PdfFile(content.data(MAX_PACKAGE_BYTES)) as file:
        for page in file.pages():
            reading.add(page)
        said = file.information()
        attachments = file.attachments()
        if file.is_only_xfa:
            content.say("it is a form (XFA) for Acrobat alone; only what others see of it is read")
    reading.tell(content)
    fields = document_fields(reading.body(), content.name, said, heading=reading.heading())
    if attachments:
        content.say(f"files attached to it ({len(attachments)}) are not read: {_first(attachments)}")
        fields["attachments"] = attachments
    yield Row(0, fields)


class _Reading:
    """What was read of a document so far."""

    def __init__(self) -> None:
        self._pages: list[list[Line]] = []
        self._ends: list[tuple[float, float]] = []
        self._beside: list[list[str]] = []
        self._pictures: list[int] = []
        self._unnamed: list[int] = []
        self._unread: dict[int, str] = {}

    def add(self, page: Page) -> None:
        number = len(self._pages) + 1
        pieces = page.pieces
        if page.reason:
            self._unread[number] = page.reason
        if page.is_picture:
            self._pictures.append(number)
        if is_latin_for_russian(piece.text for piece in pieces):
            pieces = [piece._replace(text=as_russian(piece.text), num_unnamed=0) for piece in pieces]
        unnamed = [piece.text for piece in pieces if 2 * piece.num_unnamed > piece.num_words]
        if 2 * len(unnamed) > len(pieces) and not is_readable(" ".join(unnamed)):
            self._unnamed.append(number)
            pieces = [piece for piece in pieces if 2 * piece.num_unnamed <= piece.num_words]
        self._pages.append(lines_of(in_reading_order(pieces)))
        self._ends.append((page.top, page.bottom))
        self._beside.append(page.beside)

    def tell(self, content: Content) -> None:
        """Name what is not read. Raises SourceError if that is all there is."""
        num_pages = len(self._pages)
        if not any(self._pages) and not any(self._beside):
            if self._unnamed:
                raise SourceError(f"has no text that can be read: {_UNNAMED}; {_FORCED_OCR}")
            if self._unread:
                number, reason = next(iter(self._unread.items()))
                raise SourceError(f"none of its {num_pages:,} pages can be read: page {number} {reason}")
            if self._pictures:
                raise SourceError(f"has no text: its pages are pictures or drawings, as of a scanner; {_OCR}")
            raise SourceError("is empty: none of its pages has anything on it")
        for numbers, why in (
            (self._pictures, f"have no text, but pictures; {_OCR}"),
            (self._unnamed, f"have text that cannot be read: {_UNNAMED}; {_FORCED_OCR}"),
        ):
            if numbers:
                content.say(f"{_some(numbers, num_pages)} {why}")
        if self._unread:
            reason = next(iter(self._unread.values()))
            content.say(f"{_some(list(self._unread), num_pages)} are not read: the first {reason}")

    def body(self) -> str:
        pages = without_repetitions(self._pages, self._ends)
        hyphens = Hyphens([line.text for page in pages for line in page])
        texts = []
        for lines, beside in zip(pages, self._beside, strict=True):
            parts = [text_of(lines, hyphens), *beside]
            texts.append("\n\n".join(part for part in parts if part))
        body = FORM_FEED.join(texts)
        return f"{body}\n" if body.strip() else ""

    def heading(self) -> str:
        """The largest letters of the first page that has text, where they are larger than the others."""
        lines = next((lines for lines in self._pages if lines), [])
        largest = max((line.size for line in lines if sum(map(str.isalpha, line.text)) > 2), default=0.0)
        if not largest or largest < _MIN_HEADING * usual_size(lines):
            return ""
        found = [line for line in lines if line.size > 0.95 * largest]
        text = text_of(_run(found), Hyphens([])).replace("\n", " ")
        return text if len(text) <= _MAX_HEADING else ""


def _run(lines: Sequence[Line]) -> list[Line]:
    """The first lines, as long as one stands right below the other."""
    found = list(lines[:1])
    for line in lines[1:]:
        if not 0 < line.middle - found[-1].middle < 2 * line.height:
            break
        found.append(line)
    return found


def _some(numbers: Sequence[int], num_pages: int) -> str:
    """2 of its 30 pages (3, 17)."""
    named = _first(list(map(str, numbers)))
    return f"{len(numbers):,} of its {num_pages:,} pages ({named})"


def _first(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _MAX_NAMED else ""
    return ", ".join(names[:_MAX_NAMED]) + more
