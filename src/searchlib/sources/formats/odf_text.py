"""What documents of LibreOffice have in common: paragraphs, tables, notes, hidden text.

A form's module says what pages or sheets are and what is left out of it. Comments, and what tracked changes
deleted, are left out; notes stand at the end.
"""

from __future__ import annotations

from collections.abc import Callable

from .flow import Flow, raised
from .mathml import MathText
from .odf_numbers import Numbers
from .xml_names import Attributes, value_of, whole_number
from .xml_reader import XmlReader

_LEFT_OUT = (
    "office:annotation", "office:annotation-end", "office:binary-data", "office:forms", "office:scripts",
    "office:master-styles", "office:meta", "office:settings", "text:tracked-changes", "text:note-citation",
    "text:ruby-text", "text:sequence-decls", "text:page-number", "text:page-count", "text:number",
    "text:script", "text:index-title-template", "table:tracked-changes", "table:content-validations",
    "svg:title", "svg:desc", "math:annotation", "math:annotation-xml",
)  # fmt: skip
"""Besides comments and what was deleted: what programs say of pictures ("image1.png"), numbers that are
counted here, messages to who fills in a cell."""

_MAX_SPACES = 1_000


class OdfText(XmlReader):
    """Paragraphs, tables and notes; `notes` are those that were met, to be put at the end.

    numbers: the styles of lists that are known already. of_object: gives the text of an embedded object.
    """

    def __init__(
        self, flow: Flow, numbers: Numbers | None = None, of_object: Callable[[str], str] = lambda _: ""
    ) -> None:
        super().__init__()
        self.flow = flow
        self._numbers = numbers or Numbers()
        self._of_object = of_object
        self._formula = MathText(self._put_sign)
        self.heading = ""
        self.notes: list[str] = []
        self._paragraphs: list[
            tuple[bool, int]
        ] = []  # of each that is open: is it a heading, where it begins
        self._outer: list[Flow] = []
        self._hidden: set[str] = set()
        self._above: set[str] = set()
        self._spans: list[bool] = []
        self._num_raised = 0
        self._style = ""
        paragraph = self.begin_paragraph
        self.starts = {
            **self._numbers.starts,
            **self._formula.starts,
            "draw:object": self._object,
            "text:p": paragraph,
            "text:h": lambda attributes: self.begin_paragraph(attributes, is_heading=True),
            "text:span": self._span,
            "text:section": self._section,
            "text:hidden-text": self._hidden_field,
            "text:s": self._spaces,
            "text:tab": lambda _: self.put("\t"),
            "text:line-break": lambda _: self.put("\n"),
            "text:note-body": self._begin_note,
            "table:table-cell": self.begin_cell,
            "style:style": self._begin_style,
            "style:text-properties": self._text_properties,
            **dict.fromkeys(_LEFT_OUT, self._leave_out),
            "table:covered-table-cell": self._leave_out,
        }
        self.ends = {
            **self._numbers.ends,
            **self._formula.ends,
            "text:p": self.end_paragraph,
            "text:h": self.end_paragraph,
            "text:span": self._end_span,
            "text:note-body": self._end_note,
            "table:table-cell": self.end_cell,
            "table:table-row": lambda: self.flow.line(),
            "table:table": lambda: self.flow.line(),
            "style:style": lambda: setattr(self, "_style", ""),
        }

    def text(self, data: str) -> None:
        if self._formula.reads:
            self.flow.text(self._formula.shown(data))
        elif self._paragraphs:
            self.flow.words(raised(data) if self._num_raised else data)

    def _put_sign(self, sign: str) -> None:
        self.flow.text(sign)

    def put(self, text: str) -> None:
        if self._paragraphs:
            self.flow.text(text)

    def add_notes(self) -> None:
        """The notes, at the end of the text."""
        for note in self.notes:
            self.flow.blank()
            self.flow.text(note)
        if self.notes:
            self.flow.blank()
        self.notes.clear()

    def _leave_out(self, _: Attributes) -> None:
        self.skip()

    # ---- styles: which of them hide text

    def _begin_style(self, attributes: Attributes) -> None:
        self._style = value_of(attributes, "name")

    def _text_properties(self, attributes: Attributes) -> None:
        if self._style and value_of(attributes, "display") == "none":
            self._hidden.add(self._style)
        position = value_of(attributes, "text-position")
        if self._style and position and not position.startswith(("-", "sub", "0")):
            self._above.add(self._style)

    def _span(self, attributes: Attributes) -> None:
        style = value_of(attributes, "style-name")
        if style in self._hidden:
            self.skip()
        else:
            self._spans.append(style in self._above)
            self._num_raised += style in self._above

    def _end_span(self) -> None:
        self._num_raised -= self._spans.pop()

    def _hidden_field(self, attributes: Attributes) -> None:
        if value_of(attributes, "is-hidden") == "true":
            self.skip()

    def _section(self, attributes: Attributes) -> None:
        if value_of(attributes, "display") == "none":
            self.skip()

    # ---- text

    def begin_paragraph(self, attributes: Attributes, *, is_heading: bool = False) -> None:
        if self._hidden and value_of(attributes, "style-name") in self._hidden:
            self.skip()
            return
        if self._paragraphs:
            self.flow.line()  # of a box inside a paragraph
        if is_heading:
            self.flow.blank()
            label = self._numbers.of_heading(whole_number(value_of(attributes, "outline-level"), 1))
        else:
            label = self._numbers.of_paragraph()
        if label:
            self.flow.text(f"{label} ")
        self._paragraphs.append((is_heading, self.flow.mark()))

    def end_paragraph(self) -> None:
        is_heading, start = self._paragraphs.pop() if self._paragraphs else (False, 0)
        if is_heading:
            self.heading = self.heading or self.flow.since(start)
            self.flow.blank()
        else:
            self.flow.line()

    def _spaces(self, attributes: Attributes) -> None:
        count = value_of(attributes, "c", "1")
        self.put(
            " "
            * min(int(count) if count.isascii() and count.isdigit() and len(count) < 6 else 1, _MAX_SPACES)
        )

    def _object(self, attributes: Attributes) -> None:
        """A formula stands in its line; what a chart or a table says, in lines of its own."""
        said = self._of_object(value_of(attributes, "href")).strip()
        if "\n" in said:
            self.flow.line()
            self.flow.text(said)
            self.flow.line()
        else:
            self.flow.text(said)

    def _begin_note(self, _: Attributes) -> None:
        self._outer.append(self.flow)
        self.flow = Flow()

    def _end_note(self) -> None:
        if self._outer:
            if said := self.flow.body().strip():
                self.notes.append(said)
            self.flow = self._outer.pop()

    def begin_cell(self, attributes: Attributes) -> None:
        self.flow.begin_cell()

    def end_cell(self) -> None:
        self.flow.end_cell()
