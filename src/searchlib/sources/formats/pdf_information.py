"""What a PDF says of itself: the document information, and where that lacks something, XMP.

The XMP of a document stands in it in plain text, for programs that know nothing of PDF; that of its pictures
does, too, but does not speak of PDF.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

from ...errors import SourceError
from .pdf_letters import as_russian, clean, is_latin_for_russian
from .xml_fields import FieldsReader

_TAGS = {
    "Title": "title",
    "Author": "author",
    "Subject": "description",
    "Keywords": "keywords",
    "CreationDate": "date",
}
_XMP = {
    "dc:title": "title",
    "dc:creator": "author",
    "dc:description": "description",
    "dc:language": "language",
    "pdf:Keywords": "keywords",
    "xmp:CreateDate": "date",
}
_MAX_BYTES = 1 << 20
_MAX_PACKETS = 64
_DATE = re.compile(r"D?:?\s*(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_BY_PROGRAM = re.compile(
    r"(?:Microsoft\s+(?:Office\s+)?(?:Word|Excel|PowerPoint|Publisher|Visio)|Print|Печать)\s*[-–—]\s*", re.I
)
_ENDINGS = "docx? rtf odt pptx? xlsx? pdf tex dvi ps html? txt indd qxd pmd cdr eps p65 fm tmp"
_FILE_NAME = re.compile(rf"(?:[A-Za-z]:\\|/|file:).*|\S.*\.(?:{_ENDINGS.replace(' ', '|')})", re.I)


def information(raw: Any, document: Any, data: bytes) -> dict[str, str]:
    """As document_fields() takes it. raw: pypdfium2.raw; document: a handle of pdfium's; data: the file."""
    said = {name: _meta_text(raw, document, tag) for tag, name in _TAGS.items()}
    said["language"] = _language(raw, document)
    if not all(said.get(name) for name in ("title", "author", "date", "keywords", "description")):
        for name, value in _xmp(data).items():
            said[name] = said.get(name) or value
    said["date"] = _date(said["date"])
    said["title"] = _own_title(said["title"])
    return {name: value for name, value in said.items() if value}


def _meta_text(raw: Any, document: Any, tag: str) -> str:
    size = raw.FPDF_GetMetaText(document, tag.encode(), None, 0)
    text = read_string(lambda *into: raw.FPDF_GetMetaText(document, tag.encode(), *into), size)
    text = "\n".join(clean(line) for line in text.splitlines())
    return as_russian(text) if is_latin_for_russian([text]) else text


def _language(raw: Any, document: Any) -> str:
    ask = getattr(raw, "FPDFCatalog_GetLanguage", None)  # since 2025
    if ask is None:
        return ""
    return read_string(lambda *into: ask(document, *into), ask(document, None, 0)).strip()


def read_string(ask: Any, size: int) -> str:
    """The answer of a function of pdfium's that is given a buffer and its size; "" if it is too long."""
    if not 2 < size <= _MAX_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size + 2)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").partition("\0")[0]


def _xmp(data: bytes) -> dict[str, str]:
    """The last packet that speaks of PDF: a file that was changed has the newest at its end."""
    end = len(data)
    for _ in range(_MAX_PACKETS):
        end = data.rfind(b"</x:xmpmeta>", 0, end)
        begin = data.rfind(b"<x:xmpmeta", max(0, end - _MAX_BYTES), end) if end > 0 else -1
        if begin < 0:
            return {}
        packet = data[begin : end + len(b"</x:xmpmeta>")]
        if b"http://ns.adobe.com/pdf/" in packet:
            reader = _Xmp()
            try:
                reader.read([packet], "its XMP")
                return reader.said()
            except SourceError:
                return {}
        end = begin
    return {}


class _Xmp(FieldsReader):
    def __init__(self) -> None:
        super().__init__(_XMP)


def _date(text: str) -> str:
    """2024-05-31T10:20:30+03:00 of D:20240531102030+03'00'; other texts as they are."""
    match = _DATE.match(text.strip())
    if match is None or text[4:5] == "-":
        return text
    year, month, day, hour, minute, second, zulu, sign, zone, minutes = match.groups()
    found = f"{year}-{month or '01'}-{day or '01'}"
    if hour is not None:
        found += f"T{hour}:{minute}:{second or '00'}"
        found += "Z" if zulu else f"{sign}{zone}:{minutes or '00'}" if sign else ""
    return found


def _own_title(title: str) -> str:
    """The title, where somebody gave it: not the name of the file that was printed."""
    title = _BY_PROGRAM.sub("", title.strip(), count=1)
    return "" if _FILE_NAME.fullmatch(title) else title
