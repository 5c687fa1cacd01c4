"""A PDF, opened by pdfium: its pages one after the other, and what it says of itself.

pdfium repairs what it can of a damaged file. It is one library of one state, so that one thread at a time is
in it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any, NamedTuple

from ...errors import SourceError
from .contract import MAX_ROW_CHARACTERS, TOO_LONG
from .pdf_beside import Beside
from .pdf_information import information
from .pdf_text import MAX_PAGE_CHARACTERS, PageText, Piece

MAX_PAGES = 50_000
_SIGNATURE_WITHIN = 1_024
_MISSING = "is a PDF, which needs the package pypdfium2; install it: pip install 'searchlib[documents]'"
_LOCK = threading.Lock()
_PASSWORD, _SECURITY = 4, 5  # what FPDF_GetLastError says


class Page(NamedTuple):
    """A page: its pieces of text in the order in which they were written, and what stands beside the text.

    top, bottom: where it begins and ends for who reads most of its text. reason: why its text is not read.
    is_picture: it has no text, but something else.
    """

    pieces: list[Piece]
    beside: list[str]
    top: float = 0.0
    bottom: float = 0.0
    reason: str = ""
    is_picture: bool = False


class PdfFile:
    """A context manager. data: the whole file. Raises SourceError."""

    def __init__(self, data: bytes) -> None:
        if data.find(b"%PDF-", 0, _SIGNATURE_WITHIN) < 0:
            raise SourceError("is not a PDF, as its name says; name it as what it is")
        try:
            import pypdfium2.raw as raw
        except ImportError:
            raise SourceError(_MISSING) from None
        self._data, self._raw = data, raw
        self._document: Any = None
        self._beside: Beside | None = None

    def __enter__(self) -> PdfFile:
        _LOCK.acquire()
        try:
            self._document = self._raw.FPDF_LoadMemDocument64(self._data, len(self._data), None)
            if not self._document:
                raise SourceError(_why_not(self._raw.FPDF_GetLastError()))
            self._beside = Beside(self._raw, self._document)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        try:
            if self._beside is not None:
                self._beside.close()
            if self._document:
                self._raw.FPDF_CloseDocument(self._document)
        finally:
            self._beside = self._document = None
            _LOCK.release()

    def pages(self) -> Iterator[Page]:
        """All pages. Raises SourceError where they are too many, or have too much text together."""
        count = self._raw.FPDF_GetPageCount(self._document)
        if count <= 0:
            raise SourceError("has no pages that can be found; is it damaged? qpdf FILE OUT may mend it")
        if count > MAX_PAGES:
            raise SourceError(f"says that it has {count:,} pages; {MAX_PAGES:,} are the most that are read")
        size = 0
        for number in range(count):
            page = self._page(number)
            size += sum(len(piece.text) + 1 for piece in page.pieces)
            if size > MAX_ROW_CHARACTERS:
                raise SourceError(f"its text is {TOO_LONG}; split it")
            yield page

    def _page(self, number: int) -> Page:
        raw = self._raw
        page = raw.FPDF_LoadPage(self._document, number)
        if not page:
            return Page([], [], reason="cannot be read")
        text = PageText(raw, page)
        try:
            assert self._beside is not None
            beside = self._beside.texts(page)
            if text.num_characters > MAX_PAGE_CHARACTERS:
                reason = f"has {text.num_characters:,} characters, as no page has"
                return Page([], beside, reason=reason)
            pieces = text.pieces()
            is_picture = not pieces and raw.FPDFPage_CountObjects(page) > 0
            return Page(pieces, beside, *self._ends(page, pieces), is_picture=is_picture)
        finally:
            text.close()
            raw.FPDF_ClosePage(page)

    def _ends(self, page: Any, pieces: list[Piece]) -> tuple[float, float]:
        box = self._raw.FS_RECTF()
        self._raw.FPDF_GetPageBoundingBox(page, box)
        turned = [piece.turned for piece in pieces]
        usual = max(set(turned), key=turned.count, default=0)
        low, high = (box.left, box.right) if usual in (1, 3) else (box.bottom, box.top)
        return (low, high) if usual in (1, 2) else (-high, -low)

    def information(self) -> dict[str, str]:
        """As document_fields() takes it."""
        return information(self._raw, self._document, self._data)

    def attachments(self) -> list[str]:
        """The names of the files in it."""
        assert self._beside is not None
        return list(self._beside.attachments())

    @property
    def is_only_xfa(self) -> bool:
        """Whether it is a form of Acrobat's alone, whose pages say no more than that."""
        return self._beside is not None and self._beside.is_only_xfa


def _why_not(code: int) -> str:
    if code == _PASSWORD:
        return "is encrypted with a password; save it without one: qpdf --decrypt --password=… FILE OUT"
    if code == _SECURITY:
        return "is encrypted in a way that is not known; open it and save it without a password"
    return "is damaged: no document is found in it; try to mend it: qpdf FILE OUT, or mutool clean FILE OUT"
