"""Scanned books (.djvu) by djvutxt, where it is installed: their hidden text, page by page."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SourceError
from ..places import FORM_FEED
from . import unreadable
from .contract import Content, Row
from .document_fields import document_fields
from .programs import installed, output_of
from .zip_package import MAX_PACKAGE_BYTES

_SIGNATURE = b"AT&TFORM"
_CONTROLS = str.maketrans("\x0b\x1d\x1f", "\n\n\n")
"""Ends of columns, regions and paragraphs."""


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    data = content.data(MAX_PACKAGE_BYTES)
    program = installed("djvutxt")
    if program is None or not data.startswith(_SIGNATURE):
        raise SourceError(unreadable.refusal(content.name))
    text = output_of([program], data, ".djvu").translate(_CONTROLS)
    if not any(map(str.isalnum, text)):
        raise SourceError("has no text, but pictures of it; recognize its letters: ocrodjvu -o OUT FILE")
    pages = [page.strip("\n") for page in text.removesuffix(FORM_FEED).split(FORM_FEED)]
    yield Row(0, document_fields(FORM_FEED.join(pages) + "\n", content.name, {}))
