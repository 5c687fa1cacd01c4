"""Text documents of LibreOffice (.odt): the text as it is read on paper, then notes, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow
from .odf_text import OdfText, add_margins
from .opendocument import OdfFile


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    file = OdfFile(content, "an OpenDocument text (.odt)", "text")
    flow = Flow()
    text = OdfText(flow)
    file.read("content.xml", text)
    text.add_notes()
    add_margins(file, flow)
    said = file.properties()
    file.tell_lost()
    yield Row(0, document_fields(flow.body(), content.name, said, heading=text.heading))
