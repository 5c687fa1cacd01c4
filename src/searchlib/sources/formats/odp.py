"""Presentations of LibreOffice (.odp, .fodp): slide after slide, a form feed between two, notes behind each.

What all slides repeat at their foot is there once, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow
from .odf_objects import object_texts
from .odf_text import OdfText
from .opendocument import OdfFile
from .xml_names import Attributes, value_of


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    file = OdfFile(content, "an OpenDocument presentation (.odp)", "presentation")
    flow = Flow()
    text = _Slides(flow, object_texts(file))
    file.read_content(text)
    for said in dict.fromkeys(found for part in text.repeated if (found := part.strip())):
        flow.blank()
        flow.text(said)
    own = file.properties()
    file.tell_lost()
    yield Row(0, document_fields(flow.body(), content.name, own, heading=text.heading))


class _Slides(OdfText):
    def __init__(self, flow: Flow, of_object: Callable[[str], str]) -> None:
        super().__init__(flow, of_object=of_object)
        self.repeated: list[str] = []
        self._num_slides = 0
        self._is_title = self._is_repeated = False
        self._start = 0
        self.starts |= {
            "draw:page": self._page,
            "draw:frame": self._frame,
            "presentation:notes": lambda _: self.flow.blank(),
            "presentation:footer-decl": lambda _: self._begin_repeated(True),
            "presentation:header-decl": lambda _: self._begin_repeated(True),
            "draw:page-thumbnail": self._leave_out,
        }
        self.ends |= {
            "draw:page": lambda: self.add_notes(),
            "draw:frame": self._end_frame,
            "presentation:footer-decl": lambda: self._begin_repeated(False),
            "presentation:header-decl": lambda: self._begin_repeated(False),
        }

    def text(self, data: str) -> None:
        if self._is_repeated:
            self.repeated.append(data)
        else:
            super().text(data)

    def _begin_repeated(self, begins: bool) -> None:
        self._is_repeated = begins

    def _page(self, _: Attributes) -> None:
        if self._num_slides:
            self.flow.page()
        self._num_slides += 1

    def _frame(self, attributes: Attributes) -> None:
        kind = value_of(attributes, "class")
        if kind in ("page-number", "date-time", "footer", "header"):
            self.skip()
            return
        self._is_title = kind == "title"
        self._start = self.flow.mark()
        if self._is_title:
            self.flow.blank()

    def _end_frame(self) -> None:
        if self._is_title:
            self.heading = self.heading or self.flow.since(self._start)
            self.flow.blank()
        self._is_title = False
        self.flow.line()
