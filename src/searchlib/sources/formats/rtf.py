"""RTF: the text as it is read on paper, notes at its end, headers and footers once.

Hidden and deleted text and comments are left out. The reader is our own: striprtf, the library for it, drops
notes, headers and text boxes, and keeps what is hidden or deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .rtf_reader import RtfReader
from .zip_package import MAX_PACKAGE_BYTES


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_rtf(content.data(MAX_PACKAGE_BYTES), content.name))


def read_rtf(data: bytes, name: str) -> dict[str, Any]:
    """The fields of a .rtf file. Raises SourceError."""
    start = data[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"{\\rtf"):
        raise SourceError("is not RTF, which begins with {\\rtf; is its name right?")
    reader = RtfReader()
    reader.read(data)
    flow = reader.flow
    for said in (*reader.notes, *dict.fromkeys(reader.margins)):
        flow.blank()
        flow.text(said)
    return document_fields(flow.body(), name, {**reader.info, "date": reader.date()}, heading=reader.heading)
