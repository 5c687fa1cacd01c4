"""Spreadsheets of LibreOffice (.ods, .fods): sheet after sheet, a form feed between, a row a line with tabs.

Cells are as they are shown, which is in the file, but for dates, which come as ISO has them. A cell or a row
that is repeated is repeated up to a limit; hidden sheets are left out, which is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...errors import SourceError
from .contract import MAX_ROW_CHARACTERS, TOO_LONG, Content, Row
from .document_fields import document_fields
from .flow import Flow
from .odf_objects import object_texts
from .odf_text import OdfText
from .opendocument import OdfFile
from .xml_names import Attributes, value_of, whole_number

_MAX_VALUE = 100_000
_MAX_COLUMNS, _MAX_ROWS = 64, 1_000
"""So often a cell and a row are repeated: people fill a table with a value, and programs a sheet."""


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    file = OdfFile(content, "an OpenDocument spreadsheet (.ods)", "spreadsheet")
    flow = Flow()
    sheets = _Sheets(flow, object_texts(file, with_data=False))
    file.read_content(sheets)
    if sheets.num_hidden:
        content.say(f"{sheets.num_hidden} of its sheets are hidden, and not read")
    said = file.properties()
    file.tell_lost()
    yield Row(0, document_fields(flow.body(), content.name, said, heading=sheets.heading))


class _Sheets(OdfText):
    def __init__(self, flow: Flow, of_object: Callable[[str], str]) -> None:
        super().__init__(flow, of_object=of_object)
        self.num_hidden = 0
        self._sheets = flow
        self._num_sheets = 0
        self._tables = 0  # of how many tables we are inside
        self._hidden_sheets: set[str] = set()
        self._cells: list[str] = []
        self._times = self._row_times = 1
        self._date = self._value = ""
        self._size = 0  # of the row, repetitions and all
        self.starts |= {
            "table:table": self._sheet,
            "table:table-row": self._row,
            "style:table-properties": self._table_properties,
        }
        self.ends |= {"table:table": self._end_sheet, "table:table-row": self._end_row}

    def _table_properties(self, attributes: Attributes) -> None:
        if self._style and value_of(attributes, "display") == "false":
            self._hidden_sheets.add(self._style)

    def _sheet(self, attributes: Attributes) -> None:
        if not self._tables and value_of(attributes, "style-name") in self._hidden_sheets:
            self.num_hidden += 1
            self.skip()
            return
        self._tables += 1
        if self._tables > 1:
            return
        if self._num_sheets:
            self.flow.page()
        self._num_sheets += 1
        name = value_of(attributes, "name")
        self.heading = self.heading or name
        self.flow.text(name)
        self.flow.blank()

    def _end_sheet(self) -> None:
        self._tables -= 1
        self.flow.line()

    def _row(self, attributes: Attributes) -> None:
        self._cells.clear()
        self._size = 0
        self._row_times = _times(attributes, "number-rows-repeated", _MAX_ROWS)

    def _end_row(self) -> None:
        if self._cells:
            row = "\t".join(self._cells)
            if (len(row) + 1) * self._row_times > MAX_ROW_CHARACTERS:
                raise SourceError(f"a row of it, with its repetitions, is {TOO_LONG}; split it")
            self._sheets.text("\n".join([row] * self._row_times))
            self._sheets.line()

    def begin_cell(self, attributes: Attributes) -> None:
        self._times = _times(attributes, "number-columns-repeated", _MAX_COLUMNS)
        self._date = value_of(attributes, "date-value")
        self._value = _value(attributes)
        self.flow = Flow()

    def end_cell(self) -> None:
        said = self.flow.body().strip() or self._value
        if self._date and said:
            said = self._date.removesuffix("T00:00:00").replace("T", " ")
        self.flow, self._date = self._sheets, ""
        if said:
            self._size += (len(said) + 1) * self._times
            if self._size > MAX_ROW_CHARACTERS:
                raise SourceError(f"a row of it is {TOO_LONG}; split it")
            self._cells += [said] * self._times


def _value(attributes: Attributes) -> str:
    """The value of a cell that does not say how it is shown, as programs other than LibreOffice write it."""
    kind = value_of(attributes, "value-type")
    if kind == "percentage":
        share = value_of(attributes, "value")
        try:
            return f"{float(share) * 100:.10g}%"
        except (ValueError, OverflowError):
            return share
    if kind == "boolean":
        return value_of(attributes, "boolean-value").upper()
    name = {"string": "string-value", "date": "date-value", "time": "time-value"}.get(kind, "value")
    return value_of(attributes, name)[:_MAX_VALUE]


def _times(attributes: Attributes, name: str, most: int) -> int:
    return min(whole_number(value_of(attributes, name, "1"), 1), most)
