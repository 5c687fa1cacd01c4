"""Word documents that are one XML: Word 2003's, which are often called .doc, and packages written flat.

The text is what docx_text.py makes of it. Notes, headers and footers of Word 2003 stand in the text; of a
flat package each part is found by its type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .docx_numbers import Numbering
from .docx_styles import Styles
from .docx_text import DocxNotes, DocxText
from .flow import Flow
from .xml_fields import FieldsReader
from .xml_names import Attributes, value_of
from .xml_reader import XmlReader
from .zip_package import MAX_PACKAGE_BYTES

_PIECE_BYTES = 1 << 16
_SAID = {
    "o:Title": "title", "o:Author": "author", "o:Keywords": "keywords", "o:Description": "description",
    "o:Created": "date", "dc:title": "title", "dc:creator": "author", "cp:keywords": "keywords",
    "dc:description": "description", "dc:language": "language", "dcterms:created": "date",
}  # fmt: skip
_LEFT_OUT = ("w:fonts", "w:lists", "w:styles", "w:docPr", "w:binData", "w:docOleData", "pkg:binaryData")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    data = content.data(MAX_PACKAGE_BYTES)
    styles, numbering, said = Styles(), Numbering(), FieldsReader(_SAID)
    _read(data, styles, "styles+xml")
    _read(data, numbering, "numbering+xml")
    _read(data, said, "core-properties+xml")
    text = _Text(Flow(), styles, numbering)
    _read(data, text, "main+xml")
    if not text.is_document:
        raise SourceError("is XML, but no Word document; is its name right?")
    notes = DocxNotes(styles)
    _read(data, notes, "footnotes+xml", "endnotes+xml")
    for note in (*text.notes, *(notes.found.get(id, "") for id in (*text.footnotes, *text.endnotes))):
        if note:
            text.flow.blank()
            text.flow.text(note)
    margins = Flow()
    _read(data, DocxText(margins, styles, is_margin=True), "header+xml", "footer+xml", only_parts=True)
    for line in dict.fromkeys((*text.margins, *margins.body().splitlines())):
        if line.strip() and not line.strip().isdigit():
            text.flow.blank()
            text.flow.text(line)
    fields = document_fields(text.flow.body(), content.name, said.said(), heading=text.title or text.heading)
    yield Row(0, fields)


def _read(data: bytes, reader: XmlReader, *types: str, only_parts: bool = False) -> None:
    """Go through a document, and of a flat package through the parts of these types.

    only_parts: what is no package has nothing to be read.
    """

    def part(attributes: Attributes) -> None:
        if not value_of(attributes, "contentType").endswith(types):
            reader.skip()

    reader.starts["pkg:part"] = part
    if only_parts or isinstance(reader, DocxNotes):
        reader.starts["w:wordDocument"] = lambda _: reader.skip()
    reader.read((data[at : at + _PIECE_BYTES] for at in range(0, len(data), _PIECE_BYTES)), "text")


class _Text(DocxText):
    """The story, with what Word 2003 puts into it: notes, headers and footers, comments, labels of lists."""

    def __init__(self, flow: Flow, styles: Styles, numbering: Numbering) -> None:
        super().__init__(flow, styles, numbering)
        self.notes: list[str] = []
        self.margins: list[str] = []
        self.starts |= {
            "w:wordDocument": lambda _: setattr(self, "is_document", True),
            "aml:annotation": self._annotation,
            "wx:t": self._label,
            **dict.fromkeys(_LEFT_OUT, self._skipped_element),
        }
        for name, found in {
            "footnote": self.notes,
            "endnote": self.notes,
            "hdr": self.margins,
            "ftr": self.margins,
        }.items():
            self.starts[f"w:{name}"] = self._begin_apart
            self.ends[f"w:{name}"] = self._end_apart(found)

    def _annotation(self, attributes: Attributes) -> None:
        if value_of(attributes, "type") in ("Word.Comment", "Word.Deletion"):
            self.skip()

    def _label(self, attributes: Attributes) -> None:
        label = value_of(attributes, "val")
        if any(map(str.isalnum, label)):
            self.flow.text(f"{label} ")

    def _begin_apart(self, attributes: Attributes) -> None:
        self._box(attributes)

    def _end_apart(self, found: list[str]) -> Callable[[], None]:
        def end() -> None:
            num = len(self._boxes)
            self._end_box()
            if len(self._boxes) > num:
                found.append(" ".join(self._boxes.pop().split()))

        return end
