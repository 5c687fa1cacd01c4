"""Headers and footers of documents of LibreOffice, each that says something once, and the styles of lists."""

from __future__ import annotations

from collections.abc import Callable

from .flow import Flow
from .odf_numbers import Numbers
from .odf_text import OdfText
from .opendocument import OdfFile
from .xml_names import Attributes


class MarginText(OdfText):
    """What styles.xml has: `said` by headers and footers, and styles of lists, which `numbers` takes."""

    def __init__(self, numbers: Numbers) -> None:
        super().__init__(Flow(), numbers)
        self.starts |= {"office:body": self._leave_out}
        del self.starts["office:master-styles"]
        self.said: dict[str, None] = {}  # in their order
        for place in ("header", "footer"):
            for kind in ("", "-left", "-first"):
                self._add(f"style:{place}{kind}")

    def _add(self, element: str) -> None:
        begin: Callable[[Attributes], object] = self._begin_margin
        self.starts[element], self.ends[element] = begin, self._end_margin

    def _begin_margin(self, _: Attributes) -> None:
        self.flow = Flow()

    def _end_margin(self) -> None:
        if said := self.flow.body().strip():
            self.said[said] = None
        self.flow = Flow()


def read_styles(file: OdfFile) -> tuple[Numbers, list[str]]:
    """The styles of lists, and what headers and footers say."""
    numbers = Numbers()
    margins = MarginText(numbers)
    is_read = file.read_styles(margins)
    return numbers, list(margins.said) if is_read else []
