"""Excel workbooks (.xlsx): sheet after sheet, a form feed between two, a row a line, a tab between cells.

Cells are as the sheet shows them, formulas by what they gave last. Comments are left out, and so are hidden
sheets, which is said; of merged cells the one that is seen has the value.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SourceError
from .cell_display import NumberFormat
from .contract import MAX_ROW_CHARACTERS, TOO_LONG, Content, Row
from .document_fields import document_fields
from .flow import Flow
from .ooxml import Drawing, OfficeFile, read_drawings
from .xml_names import Attributes, relation_of, value_of, whole_number
from .xml_reader import XmlReader

_MAX_SHEETS = 10_000
_MAX_FORMATS = 70_000


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    file = OfficeFile(content, "an Excel workbook (.xlsx)")
    main = file.main()
    book = _Book()
    if main.endswith(".bin"):
        raise SourceError("is a binary workbook (.xlsb); save it as .xlsx")
    file.read(main, book)
    if not book.is_workbook:
        raise SourceError("is a zip package, but not an Excel workbook (.xlsx); is its name right?")
    if len(book.sheets) > _MAX_SHEETS:
        raise SourceError(f"has {len(book.sheets):,} sheets, and {_MAX_SHEETS:,} are the most that are read")
    strings, formats = _Strings(), _Formats()
    for part in file.related(main, "sharedStrings"):
        file.read(part, strings)
    for part in file.related(main, "styles"):
        file.read(part, formats)
    flow = Flow()
    relations = file.relations(main)
    num_read = num_lost = 0
    for name, relation in book.sheets:
        part = relations[relation].target if relation in relations else ""
        if num_read:
            flow.page()
        num_read += 1
        flow.text(name)
        flow.blank()
        if part not in file.package:
            num_lost += 1
            continue
        file.read(part, _Sheet(flow, strings.found, formats.found, book.from_1904))
        flow.line()
        for drawing in file.related(part, "drawing"):
            file.read_beside(drawing, Drawing(flow))
            read_drawings(file, drawing, flow)
    if book.num_hidden:
        content.say(f"{book.num_hidden} of its sheets are hidden, and not read")
    if num_lost:
        content.say(f"lacks {num_lost} of its {num_read} sheets")
    heading = next((name for name, _ in book.sheets), "")
    said = file.properties()
    file.tell_lost()
    yield Row(0, document_fields(flow.body(), content.name, said, heading=heading))


class _Book(XmlReader):
    """The sheets in the order of their tabs: names and relations."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.num_hidden = 0
        self.from_1904 = self.is_workbook = False
        self.starts = {"x:workbook": self._begin, "x:sheet": self._sheet, "x:workbookPr": self._properties}

    def _begin(self, _: Attributes) -> None:
        self.is_workbook = True

    def _sheet(self, attributes: Attributes) -> None:
        if value_of(attributes, "state", "visible") == "visible":
            self.sheets.append((value_of(attributes, "name"), relation_of(attributes)))
        else:
            self.num_hidden += 1

    def _properties(self, attributes: Attributes) -> None:
        self.from_1904 = value_of(attributes, "date1904") in ("1", "true")


class _Strings(XmlReader):
    """The strings that cells share, by their numbers; without the readings of Japanese words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._reads = False
        self.starts = {
            "x:si": lambda _: self._pieces.clear(),
            "x:t": lambda _: self._begin(True),
            "x:rPh": lambda _: self.skip(),
        }
        self.ends = {
            "x:si": lambda: self.found.append("".join(self._pieces)),
            "x:t": lambda: self._begin(False),
        }

    def _begin(self, reads: bool) -> None:
        self._reads = reads

    def text(self, data: str) -> None:
        if self._reads:
            self._pieces.append(data)


class _Formats(XmlReader):
    """The number formats of cells, by the number of a cell's style."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[NumberFormat] = []
        self._codes: dict[int, str] = {}
        self._made: dict[int, NumberFormat] = {}
        self._in_cells = False
        self.starts = {
            "x:numFmt": self._code,
            "x:cellXfs": lambda _: setattr(self, "_in_cells", True),
            "x:xf": self._format,
            "x:dxfs": lambda _: self.skip(),
        }
        self.ends = {"x:cellXfs": lambda: setattr(self, "_in_cells", False)}

    def _code(self, attributes: Attributes) -> None:
        if len(self._codes) < _MAX_FORMATS:
            self._codes[whole_number(value_of(attributes, "numFmtId"), -1)] = value_of(
                attributes, "formatCode"
            )

    def _format(self, attributes: Attributes) -> None:
        if self._in_cells and len(self.found) < _MAX_FORMATS:
            number = whole_number(value_of(attributes, "numFmtId", "0"), -1)
            if number not in self._made:
                self._made[number] = NumberFormat(self._codes.get(number, ""), number)
            self.found.append(self._made[number])


class _Sheet(XmlReader):
    """The rows of a sheet."""

    def __init__(self, flow: Flow, strings: list[str], formats: list[NumberFormat], from_1904: bool) -> None:
        super().__init__()
        self._flow, self._strings, self._formats = flow, strings, formats
        self._from_1904 = from_1904
        self._kind = self._style = ""
        self._value: list[str] = []
        self._size = 0  # of the row: a string of a million letters may stand in each cell
        self._reads = False
        self._cells: list[str] = []
        self.starts = {
            "x:c": self._cell,
            "x:v": self._begin_value,
            "x:t": self._begin_value,
            "x:rPh": lambda _: self.skip(),
            "x:extLst": lambda _: self.skip(),
        }
        self.ends = {
            "x:v": self._end_value,
            "x:t": self._end_value,
            "x:c": self._end_cell,
            "x:row": self._end_row,
        }

    def _begin_value(self, _: Attributes) -> None:
        self._reads = True

    def _end_value(self) -> None:
        self._reads = False

    def _cell(self, attributes: Attributes) -> None:
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._value.clear()

    def text(self, data: str) -> None:
        if self._reads:
            self._value.append(data)

    def _end_cell(self) -> None:
        if (text := "".join(self._value).strip()) and (shown := self._shown(text)):
            self._cells.append(shown)
            self._size += len(shown)
            if self._size > MAX_ROW_CHARACTERS:
                raise SourceError(f"a row of it is {TOO_LONG}; split it")

    def _shown(self, text: str) -> str:
        kind = self._kind
        if kind == "n":
            style = whole_number(self._style, -1)
            if 0 <= style < len(self._formats):
                return self._formats[style].show(text, from_1904=self._from_1904)
        elif kind == "s":
            number = whole_number(text, -1)
            return self._strings[number].strip() if 0 <= number < len(self._strings) else ""
        elif kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        elif kind == "d":
            return text.removesuffix("T00:00:00").replace("T", " ")
        return text

    def _end_row(self) -> None:
        if self._cells:
            self._flow.text("\t".join(self._cells))
            self._flow.line()
            self._cells.clear()
            self._size = 0
