"""Text documents of LibreOffice (.odt, .fodt): the text as on paper, then notes, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow
from .odf_margins import read_styles
from .odf_objects import object_texts
from .odf_text import OdfText
from .opendocument import OdfFile


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    file = OdfFile(content, "an OpenDocument text (.odt)", "text")
    flow = Flow()
    numbers, margins = read_styles(file)
    text = OdfText(flow, numbers, object_texts(file))
    file.read_content(text)
    text.add_notes()
    for margin in margins:
        flow.blank()
        flow.text(margin)
    said = file.properties()
    file.tell_lost()
    yield Row(0, document_fields(flow.body(), content.name, said, heading=text.heading))
