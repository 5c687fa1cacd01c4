"""Word documents (.docx): the text as it is read on paper, notes at its end, headers and footers once.

Hidden and deleted text and comments are left out. A text box stands behind the paragraph that it is
anchored in.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .docx_numbers import Numbering
from .docx_styles import Styles
from .docx_text import DocxNotes, DocxText
from .flow import Flow
from .ooxml import OfficeFile, read_drawings


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    file = OfficeFile(content, "a Word document (.docx)")
    main = file.main()
    styles = Styles()
    for part in file.related(main, "styles"):
        file.read(part, styles)
    flow = Flow()
    numbering = Numbering()
    for part in file.related(main, "numbering"):
        file.read(part, numbering)
    text = DocxText(flow, styles, numbering)
    file.read(main, text)
    if not text.is_document:
        raise SourceError("is a zip package, but not a Word document (.docx); is its name right?")
    if text.num_embedded:
        content.say(f"{text.num_embedded} documents embedded in it (altChunk) are not read")
    if num := file.num_files_in(main):
        content.say(f"{num} files embedded in it are not read")
    _add_notes(file, main, text, flow, styles)
    _add_margins(file, main, flow, styles)
    read_drawings(file, main, flow)
    said = file.properties()
    file.tell_lost()
    yield Row(0, document_fields(flow.body(), content.name, said, heading=text.title or text.heading))


def _add_notes(file: OfficeFile, main: str, text: DocxText, flow: Flow, styles: Styles) -> None:
    """Footnotes and then endnotes, in the order in which the text refers to them."""
    for kind, ids in (("footnotes", text.footnotes), ("endnotes", text.endnotes)):
        for part in file.related(main, kind) if ids else ():
            notes = DocxNotes(styles)
            file.read_beside(part, notes)
            for note in ids:
                if found := notes.found.get(note):
                    flow.blank()
                    flow.text(found)
    flow.blank()


def _add_margins(file: OfficeFile, main: str, flow: Flow, styles: Styles) -> None:
    """Headers and footers: sections and kinds of pages repeat them."""
    seen: set[str] = set()
    for part in file.related(main, "header", "footer"):
        margin = Flow()
        if not file.read_beside(part, DocxText(margin, styles, is_margin=True)):
            continue
        said = margin.body().strip()
        if said and said not in seen and not said.isdigit():
            seen.add(said)
            flow.text(said)
            flow.line()
