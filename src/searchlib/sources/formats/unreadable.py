"""Documents of types that are not read: each is named, with the reason and the tool that converts it.

A file that is called so and is of another type (a .doc that is RTF, as many programs write it) is read as
what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SourceError
from .contract import Content, Row

_OFFICE = "an old binary Office file; convert it: soffice --headless --convert-to {} FILE (LibreOffice)"
_ARCHIVE = "an archive; unpack it: {}"
_HOW = {
    "doc": f"{_OFFICE.format('docx')}, or install antiword, and it is read",
    "dot": _OFFICE.format("docx"),
    "xls": _OFFICE.format("xlsx"),
    "xlt": _OFFICE.format("xlsx"),
    "xlsb": "a binary workbook; convert it: soffice --headless --convert-to xlsx FILE (LibreOffice)",
    "ppt": _OFFICE.format("pptx"),
    "pps": _OFFICE.format("pptx"),
    "pub": "a Publisher file; convert it: soffice --headless --convert-to pdf FILE (LibreOffice)",
    "vsd": "a Visio drawing; convert it: soffice --headless --convert-to pdf FILE (LibreOffice)",
    "wpd": "a WordPerfect file; convert it: soffice --headless --convert-to odt FILE (LibreOffice)",
    "msg": "an Outlook message; convert it: msgconvert FILE, which makes an .eml",
    "pst": "an Outlook folder; convert it: readpst FILE, which makes an .mbox",
    "djvu": "a scanned book; where djvutxt (djvulibre) is installed, its text is read, if it has one",
    "djv": "a scanned book; where djvutxt (djvulibre) is installed, its text is read, if it has one",
    "chm": "a help file; unpack it: extract_chmLib FILE FOLDER, and read the pages",
    "mobi": "a Kindle book; convert it: ebook-convert FILE FILE.epub (Calibre)",
    "azw": "a Kindle book; convert it: ebook-convert FILE FILE.epub (Calibre)",
    "azw3": "a Kindle book; convert it: ebook-convert FILE FILE.epub (Calibre)",
    "lit": "a book of Microsoft Reader; convert it: ebook-convert FILE FILE.epub (Calibre)",
    "pages": "a document of Apple's Pages; export it as .docx",
    "numbers": "a workbook of Apple's Numbers; export it as .xlsx",
    "key": "a presentation of Apple's Keynote; export it as .pptx",
    "7z": _ARCHIVE.format("7z x FILE"),
    "rar": _ARCHIVE.format("unrar x FILE"),
}

_HEAD = 2_000
_XML_KINDS = (  # what stands in the first element of one XML
    ("office/word/2003/wordml", "wordxml"),
    ("office/2006/xmlPackage", "wordxml"),
    ("microsoft-com:office:spreadsheet", "excelxml"),
)
_KINDS = (  # what stands in the first member names of a package
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
)


def other_than_named(start: str, complete: bool) -> str | None:
    """The format that such a file begins like: RTF, a PDF, a page, or a newer package."""
    if start.startswith("%PDF-"):
        return "pdf"
    if start.startswith("{\\rtf"):
        return "rtf"
    if start.startswith(("<?xml", "<w:wordDocument", "<pkg:package", "<Workbook")):
        return next((name for mark, name in _XML_KINDS if mark in start[:_HEAD]), None)
    if start[:9].lower() == "<!doctype" or start[:5].lower() == "<html":
        return "html"
    if start.startswith("PK\x03\x04") and "xl/workbook.bin" not in start:
        return next((name for mark, name in _KINDS if mark in start), None)
    return None


def read(content: Content) -> Iterator[Row]:
    """Nothing: it raises SourceError."""
    raise SourceError(refusal(content.name))


def refusal(name: str) -> str:
    """Why a file of that name is not read, and what converts it."""
    ending = name.rpartition(".")[2].lower()
    return f"is not read: {_HOW.get(ending, 'its type is not known; convert it to text')}"
