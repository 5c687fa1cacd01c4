"""Workbooks that are one XML, of Excel 2003: many programs write them, and call them .xls.

Sheet after sheet, a form feed between two, a row a line, tabs in it; values as they are shown, dates as ISO
has them. Comments are left out, and so are hidden sheets, which is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SourceError
from .cell_display import NumberFormat
from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow
from .xml_fields import FieldsReader
from .xml_names import Attributes, value_of
from .xml_reader import XmlReader
from .zip_package import MAX_PACKAGE_BYTES

_PIECE_BYTES = 1 << 16
_MAX_FORMATS = 70_000
_NAMED = {"Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00"}
_OWN_FORMAT = 164  # the first number of a format that is no built-in one
_SAID = {"o:Title": "title", "o:Author": "author", "o:Keywords": "keywords", "o:Description": "description",
         "o:Created": "date"}  # fmt: skip


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    data = content.data(MAX_PACKAGE_BYTES)
    pieces = [data[at : at + _PIECE_BYTES] for at in range(0, len(data), _PIECE_BYTES)]
    book, said = _Book(), FieldsReader(_SAID)
    book.read(pieces, "text")
    if not book.is_workbook:
        raise SourceError("is XML, but no workbook of Excel's; is its name right?")
    said.read(pieces, "text")
    if book.num_hidden:
        content.say(f"{book.num_hidden} of its sheets are hidden, and not read")
    flow = Flow()
    for number, (name, sheet) in enumerate(book.sheets):
        if number:
            flow.page()
        flow.text(name)
        flow.blank()
        flow.text(sheet.body().rstrip("\n"))
    heading = next((name for name, _ in book.sheets), "")
    yield Row(0, document_fields(flow.body(), content.name, said.said(), heading=heading))


class _Book(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, Flow]] = []
        self.is_workbook = False
        self.num_hidden = 0
        self._name, self._flow = "", Flow()
        self._kind, self._value = "", list[str]()
        self._style = self._cell_style = ""
        self._formats: dict[str, NumberFormat] = {}
        self._reads = self._hidden = self._asks = False
        self.starts = {
            "ss:Workbook": lambda _: setattr(self, "is_workbook", True),
            "ss:Worksheet": self._sheet,
            "ss:Style": lambda attributes: setattr(self, "_style", value_of(attributes, "ID")),
            "ss:NumberFormat": self._format,
            "ss:Cell": lambda attributes: setattr(self, "_cell_style", value_of(attributes, "StyleID")),
            "ss:Data": self._data,
            "ss:Comment": lambda _: self.skip(),
            "x-:Visible": lambda _: setattr(self, "_asks", True),
        }
        self.ends = {
            "ss:Data": self._end_data,
            "ss:Row": lambda: self._flow.line(),
            "ss:Worksheet": self._end_sheet,
            "x-:Visible": lambda: setattr(self, "_asks", False),
        }

    def _sheet(self, attributes: Attributes) -> None:
        self._name, self._flow, self._hidden = value_of(attributes, "Name"), Flow(), False

    def _end_sheet(self) -> None:
        if self._hidden:
            self.num_hidden += 1
        else:
            self.sheets.append((self._name, self._flow))

    def _format(self, attributes: Attributes) -> None:
        code = value_of(attributes, "Format")
        code = _NAMED.get(code, code)
        if code and not code.isalpha() and len(self._formats) < _MAX_FORMATS:
            self._formats[self._style] = NumberFormat(code, _OWN_FORMAT)

    def _data(self, attributes: Attributes) -> None:
        self._kind, self._reads = value_of(attributes, "Type"), True
        self._value.clear()

    def _end_data(self) -> None:
        self._reads = False
        if not (text := "".join(self._value).strip()):
            return
        if self._kind == "DateTime":
            text = text.partition(".")[0].removesuffix("T00:00:00").replace("T", " ")
        elif self._kind == "Boolean":
            text = "TRUE" if text == "1" else "FALSE"
        elif self._kind == "Number" and self._cell_style in self._formats:
            text = self._formats[self._cell_style].show(text, from_1904=False)
        self._flow.text(text)
        self._flow.cell()

    def text(self, data: str) -> None:
        if self._reads:
            self._value.append(data)
        elif self._asks and "Hidden" in data:
            self._hidden = True
