"""What is embedded in documents of LibreOffice and has text: formulas, charts, tables, each in a part."""

from __future__ import annotations

from collections.abc import Callable

from .flow import Flow
from .odf_text import OdfText
from .opendocument import OdfFile
from .xml_names import Attributes, value_of


def object_texts(file: OdfFile, *, with_data: bool = True) -> Callable[[str], str]:
    """Gives the text of an embedded object by its name, once.

    with_data: what a chart calls its values is read as well as its titles; in a spreadsheet cells say it.
    """
    seen: set[str] = set()

    def text_of(reference: str) -> str:
        part = file.object_of(reference)
        if not part or part in seen:
            return ""
        seen.add(part)
        text = _ObjectText(with_data)
        return text.flow.body() if file.read_object(part, text) else ""

    return text_of


class _ObjectText(OdfText):
    """Of a chart the numbers are left out: it shows them as lines and columns."""

    def __init__(self, with_data: bool) -> None:
        super().__init__(Flow())
        self._with_data, self._is_chart = with_data, False
        self.starts |= {"office:chart": self._chart, "table:table": self._table}

    def _chart(self, _: Attributes) -> None:
        self._is_chart = True

    def _table(self, _: Attributes) -> None:
        if self._is_chart and not self._with_data:
            self.skip()

    def begin_cell(self, attributes: Attributes) -> None:
        if self._is_chart and value_of(attributes, "value-type") == "float":
            self.skip()
        else:
            super().begin_cell(attributes)
