"""PowerPoint presentations (.pptx): slide after slide, a form feed between two, notes behind each.

Numbers and dates of slides are left out, and what each slide repeats at its foot is there once. A hidden
slide is read, too: it keeps its number.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow
from .ooxml import Drawing, OfficeFile, read_drawings
from .xml_names import Attributes, relation_of, value_of
from .xml_reader import XmlReader

_MAX_SLIDES = 10_000
_TITLES = frozenset({"title", "ctrTitle"})
_REPEATED = frozenset({"ftr", "hdr"})
_NUMBERS = frozenset({"sldNum", "dt", "sldImg"})


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    file = OfficeFile(content, "a PowerPoint presentation (.pptx)")
    main = file.main()
    order = _Order()
    file.read(main, order)
    if not order.is_presentation:
        raise SourceError("is a zip package, but not a PowerPoint presentation (.pptx); is its name right?")
    relations = file.relations(main)
    slides = [relations[id].target for id in order.ids if id in relations]
    if len(slides) > _MAX_SLIDES:
        raise SourceError(
            f"has {len(slides):,} slides, and {_MAX_SLIDES:,} are the most that are read; split it"
        )
    flow, seen = Flow(), set[str]()
    heading, lost, num_embedded = "", [], 0
    for number, part in enumerate(slides, 1):
        if number > 1:
            flow.page()
        if part not in file.package:
            lost.append(number)
            continue
        slide = _Slide(flow, seen)
        file.read(part, slide)
        heading = heading or slide.title
        read_drawings(file, part, flow)
        num_embedded += file.num_files_in(part)
        for notes in file.related(part, "notesSlide"):
            flow.blank()
            file.read_beside(notes, _Slide(flow, seen))
        flow.line()
    if lost:
        content.say(f"lacks {len(lost)} of its {len(slides)} slides (slide {lost[0]} is the first)")
    if num_embedded:
        content.say(f"{num_embedded} files embedded in it are not read")
    said = file.properties()
    file.tell_lost()
    yield Row(0, document_fields(flow.body(), content.name, said, heading=heading))


class _Order(XmlReader):
    """The slides' relations in the order in which they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.is_presentation = False
        self.starts = {
            "p:presentation": self._begin,
            "p:sldId": lambda attributes: self.ids.append(relation_of(attributes)),
        }

    def _begin(self, _: Attributes) -> None:
        self.is_presentation = True


class _Slide(Drawing):
    """The text of a slide, or of the notes to it. seen: what slides repeat, and was read."""

    def __init__(self, flow: Flow, seen: set[str]) -> None:
        super().__init__(flow)
        self.title = ""
        self._seen = seen
        self._role, self._start = "", 0
        self.starts |= {
            "p:sp": self._begin_shape,
            "p:ph": self._placeholder,
            "a:tc": self._begin_cell,
        }
        self.ends |= {
            "p:sp": self._end_shape,
            "a:tc": lambda: self._flow.end_cell(),
            "a:tr": lambda: self._flow.line(),
        }

    def _begin_shape(self, _: Attributes) -> None:
        self._role, self._start = "", self._flow.mark()
        self._flow.line()

    def _placeholder(self, attributes: Attributes) -> None:
        self._role = value_of(attributes, "type")
        if self._role in _TITLES:
            self._flow.blank()

    def _end_shape(self) -> None:
        if self._role in _TITLES:
            self.title = self.title or self._flow.since(self._start)
            self._flow.blank()
        self._role = ""
        self._flow.line()

    def _begin_cell(self, attributes: Attributes) -> None:
        if {"hMerge", "vMerge"} & attributes.keys():
            self.skip()
        else:
            self._flow.begin_cell()

    def text(self, data: str) -> None:
        if self._role in _NUMBERS:
            return
        if self._reads and self._role in _REPEATED:
            if data in self._seen:
                return
            self._seen.add(data)
        super().text(data)
