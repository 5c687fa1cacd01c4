"""The story of a part of a Word document: what its paragraphs, runs, tables and text boxes show.

Parts, notes and margins are put together in docx.py.
"""

from __future__ import annotations

from collections.abc import Callable

from .docx_numbers import Numbering
from .docx_styles import OFF, Styles, level_of
from .flow import Flow, raised
from .office_math import Formulas
from .xml_names import Attributes, value_of
from .xml_reader import XmlReader


class DocxText(XmlReader):
    """The story of a part: its paragraphs, tables and boxes."""

    def __init__(
        self, flow: Flow, styles: Styles, numbering: Numbering | None = None, *, is_margin: bool = False
    ) -> None:
        super().__init__()
        self._numbering = numbering
        self._list: str | None = None  # of the paragraph itself, which goes before that of its style
        self._level: int | None = None
        self._of_style = ("", 0)
        self._formulas = Formulas(self._put_sign)
        self.flow = flow
        self._styles, self._is_margin = styles, is_margin
        self.title = self.heading = ""
        self.footnotes: list[str] = []
        self.endnotes: list[str] = []
        self.num_embedded = 0
        self.is_document = False
        self._reads = self._in_run = self._hidden = self._hidden_paragraph = self._raised = False
        self._in_formula = False
        self._kind, self._start = "", 0
        self._outer: list[tuple[Flow, str, int, bool]] = []
        self._boxes: list[str] = []
        self._chosen: list[bool] = []
        self.starts = {
            **self._formulas.starts,
            "w:document": lambda _: setattr(self, "is_document", True),
            "w:p": self._paragraph,
            "w:pStyle": self._style,
            "w:outlineLvl": lambda attributes: self._outline(value_of(attributes, "val")),
            "w:numId": lambda attributes: setattr(self, "_list", value_of(attributes, "val")),
            "w:ilvl": lambda attributes: setattr(self, "_level", level_of(attributes)),
            "w:r": self._run,
            "w:rStyle": self._run_style,
            "w:vanish": self._vanish,
            "w:vertAlign": self._align,
            "w:t": self._begin,
            "m:t": self._begin_formula,
            "w:tab": self._tab,
            "w:ptab": self._tab,
            "w:br": self._break,
            "w:cr": lambda _: self._put("\n"),
            "w:noBreakHyphen": lambda _: self._put("\u2011"),
            "w:softHyphen": lambda _: self._put("\u00ad"),
            "w:footnoteReference": lambda attributes: self._note(self.footnotes, attributes),
            "w:endnoteReference": lambda attributes: self._note(self.endnotes, attributes),
            "w:tc": lambda _: self.flow.begin_cell(),
            "w:txbxContent": self._box,
            "w:altChunk": self._embedded,
            "mc:AlternateContent": lambda _: self._chosen.append(False),
            "mc:Choice": self._choice,
            "mc:Fallback": self._fallback,
            **dict.fromkeys(
                ("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rt", "w:pPrChange", "w:rPrChange"),
                self._skipped_element,
            ),
        }
        self.ends = {
            **self._formulas.ends,
            "w:pPr": self._end_properties,
            "w:p": self._end_paragraph,
            "w:r": self._end_run,
            "w:t": self._end_text,
            "m:t": self._end_text,
            "w:tc": lambda: self.flow.end_cell(),
            "w:tr": lambda: self.flow.line(),
            "w:tbl": lambda: self.flow.line(),
            "w:txbxContent": self._end_box,
            "mc:AlternateContent": lambda: self._chosen.pop() if self._chosen else None,
        }

    def text(self, data: str) -> None:
        if self._reads and not self._hidden:
            if self._in_formula:
                data = self._formulas.shown(data)
            self.flow.text(raised(data) if self._raised else data)

    def _put_sign(self, sign: str) -> None:
        if not self._hidden:
            self.flow.text(sign)

    def _skipped_element(self, _: Attributes) -> None:
        self.skip()

    def _put(self, text: str) -> None:
        if self._in_run and not self._hidden:
            self.flow.text(text)

    def _begin(self, _: Attributes) -> None:
        self._reads = True

    def _begin_formula(self, _: Attributes) -> None:
        self._reads = self._in_formula = True

    def _end_text(self) -> None:
        self._reads = self._in_formula = False

    # ---- paragraphs and runs

    def _paragraph(self, _: Attributes) -> None:
        self._kind, self._start, self._hidden_paragraph = "", self.flow.mark(), False
        self._list = self._level = None
        self._of_style = ("", 0)

    def _style(self, attributes: Attributes) -> None:
        style = value_of(attributes, "val")
        if style in self._styles.titles:
            self._begin_heading("title")
        elif style in self._styles.headings:
            self._begin_heading("heading")
        self._hidden_paragraph = style in self._styles.hidden
        self._of_style = self._styles.lists.get(style, ("", 0))

    def _outline(self, level: str) -> None:
        if level.isdigit() and int(level) < 9 and not self._kind:
            self._begin_heading("heading")

    def _begin_heading(self, kind: str) -> None:
        self._kind = kind
        if not self._is_margin:
            self.flow.blank()

    def _end_properties(self) -> None:
        of_list, level = self._of_style
        of_list = of_list if self._list is None else self._list
        level = level if self._level is None else self._level
        if of_list and self._numbering is not None and not self._hidden_paragraph:
            if label := self._numbering.next(of_list, level):
                self.flow.text(f"{label} ")
                self._start = self.flow.mark()  # a title goes without
            self._list, self._of_style = "", ("", 0)

    def _end_paragraph(self) -> None:
        if self._kind:
            said = self.flow.since(self._start)
            self.title = self.title or (said if self._kind == "title" else "")
            self.heading = self.heading or (said if self._kind == "heading" else "")
            self.flow.blank()
        else:
            self.flow.line()
        self._kind = ""
        if self._boxes and not self._outer:
            for box in self._boxes:
                self.flow.text(box)
                self.flow.line()
            self._boxes.clear()

    def _run(self, _: Attributes) -> None:
        self._in_run, self._hidden = True, self._hidden_paragraph
        self._raised = False

    def _end_run(self) -> None:
        self._in_run = self._hidden = self._reads = False

    def _run_style(self, attributes: Attributes) -> None:
        if self._in_run and value_of(attributes, "val") in self._styles.hidden:
            self._hidden = True

    def _vanish(self, attributes: Attributes) -> None:
        if self._in_run:
            self._hidden = value_of(attributes, "val") not in OFF

    def _align(self, attributes: Attributes) -> None:
        self._raised = self._in_run and value_of(attributes, "val") == "superscript"

    def _break(self, attributes: Attributes) -> None:
        if value_of(attributes, "type", "textWrapping") == "textWrapping":
            self._put("\n")
        else:
            self.flow.line()

    def _tab(self, _: Attributes) -> None:
        self._put("\t")

    def _note(self, ids: list[str], attributes: Attributes) -> None:
        if not self._hidden and len(ids) < 100_000:
            ids.append(value_of(attributes, "id"))

    def _embedded(self, _: Attributes) -> None:
        self.num_embedded += 1

    # ---- boxes, which are written twice, for programs of two ages

    def _choice(self, _: Attributes) -> None:
        if self._chosen and self._chosen[-1]:
            self.skip()
        elif self._chosen:
            self._chosen[-1] = True

    def _fallback(self, _: Attributes) -> None:
        if self._chosen and self._chosen[-1]:
            self.skip()

    def _box(self, _: Attributes) -> None:
        self._outer.append((self.flow, self._kind, self._start, self._hidden))
        self.flow = Flow()
        self._in_run = self._hidden = self._reads = False

    def _end_box(self) -> None:
        if not self._outer:
            return
        said = self.flow.body().strip("\n")
        self.flow, self._kind, self._start, hidden = self._outer.pop()
        self._in_run, self._hidden = True, hidden
        if said and not hidden:
            self._boxes.append(said)


class DocxNotes(DocxText):
    """The notes of a part by their ids."""

    def __init__(self, styles: Styles) -> None:
        super().__init__(Flow(), styles, is_margin=True)
        self.found: dict[str, str] = {}
        self._note_id = ""
        note: Callable[[Attributes], object] = self._begin_note
        self.starts |= {"w:footnote": note, "w:endnote": note}
        self.ends |= {"w:footnote": self._end_note, "w:endnote": self._end_note}

    def _begin_note(self, attributes: Attributes) -> None:
        self._note_id = value_of(attributes, "id")
        self.flow = Flow()

    def _end_note(self) -> None:
        if said := self.flow.body().strip():
            self.found[self._note_id] = said
