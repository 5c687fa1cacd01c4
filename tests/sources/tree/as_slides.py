"""A document as a flat presentation (.fodp): a slide for each heading, with notes, tables and a footer."""

from __future__ import annotations

from html import escape

from .as_fodt import head
from .documents import Document
from .model import blocks, pieces

_STYLES = (
    '<office:styles/><office:automatic-styles><style:page-layout style:name="pl">'
    '<style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout>'
    '<style:style style:name="dp" style:family="drawing-page"/></office:automatic-styles>'
    '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="pl"'
    ' draw:style-name="dp"/></office:master-styles>'
)


def slides_of(document: Document, word: str) -> tuple[list[list[str | tuple[str, ...]]], int]:
    """The slides, each a title and then lines and rows; and the number of the one that has the word."""
    slides: list[list[str | tuple[str, ...]]] = [[document.title]]
    place = 0
    for block in blocks(document.text.replace("{word}", word)):
        if block.kind == "heading":
            slides.append([_plain(block.text)])
        elif block.kind == "row":
            slides[-1].append(tuple(map(_plain, block.cells)))
        elif text := _plain(block.text):
            slides[-1].append(text)
        if word in block.text or any(word in cell for cell in block.cells):
            place = len(slides)
    return slides, place


def fodp(document: Document, word: str) -> tuple[str, int]:
    """The presentation as a flat file, and the number of the slide that has the word."""
    slides, place = slides_of(document, word)
    pages = "".join(_page(number, slide) for number, slide in enumerate(slides, 1))
    return (
        f"{head(document, 'presentation')}{_STYLES}<office:body><office:presentation>"
        f"{pages}</office:presentation></office:body></office:document>",
        place,
    )


def _page(number: int, slide: list[str | tuple[str, ...]]) -> str:
    title = slide[0] if isinstance(slide[0], str) else ""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in slide[1:] if isinstance(line, str))
    rows = [line for line in slide[1:] if isinstance(line, tuple)]
    table = _table(rows, 14) if rows else ""
    notes = (
        "<presentation:notes>"
        '<draw:frame presentation:class="notes" svg:width="15cm" svg:height="10cm" svg:x="2cm" svg:y="14cm">'
        f"<draw:text-box><text:p>Notes {number}</text:p></draw:text-box></draw:frame></presentation:notes>"
    )
    return (
        f'<draw:page draw:name="page{number}" draw:master-page-name="Default" draw:style-name="dp">'
        '<draw:frame presentation:class="title" svg:width="24cm" svg:height="3cm" svg:x="2cm" svg:y="1cm">'
        f"<draw:text-box><text:p>{escape(title)}</text:p></draw:text-box></draw:frame>"
        '<draw:frame presentation:class="outline" svg:width="24cm" svg:height="9cm" svg:x="2cm" svg:y="4cm">'
        f"<draw:text-box>{lines}</draw:text-box></draw:frame>{table}{notes}</draw:page>"
    )


def _table(rows: list[tuple[str, ...]], top: int) -> str:
    width = max(map(len, rows))
    inner = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
        + "<table:table-cell/>" * (width - len(row))
        + "</table:table-row>"
        for row in rows
    )
    columns = "<table:table-column/>" * width
    return (
        f'<draw:frame svg:width="24cm" svg:height="4cm" svg:x="2cm" svg:y="{top}cm"><table:table>'
        f"{columns}{inner}</table:table></draw:frame>"
    )


def _plain(line: str) -> str:
    shown = ("text", "bold", "above", "below", "link", "inserted")
    return "".join(piece.text for piece in pieces(line) if piece.kind in shown)
