"""A document as flat OpenDocument (.fodt), with all that LibreOffice's writer has: what it converts."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from .documents import Document
from .model import Block, blocks, pieces

NAMESPACES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {
            "office": "office",
            "style": "style",
            "text": "text",
            "table": "table",
            "draw": "drawing",
            "fo": "xsl-fo-compatible",
            "svg": "svg-compatible",
            "meta": "meta",
            "number": "datastyle",
            "presentation": "presentation",
        }.items()
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mNgYGD4jwNgSBAAAFGBCPhWqz0XAAAAAElFTkSuQmCC"
)
_STYLES = """<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/>
</style:style>
<style:style style:name="Dn" style:family="text"><style:text-properties style:text-position="sub 58%"/>
</style:style>
<style:style style:name="Hid" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Two" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.5cm"/></style:section-properties></style:style>
<text:list-style style:name="Num">{numbers}</text:list-style>
<text:list-style style:name="Dot">{dots}</text:list-style>
<style:page-layout style:name="pm">
<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>
<style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>"""


def head(document: Document, kind: str) -> str:
    """The begin of a flat file, up to its styles."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}"><office:meta>'
        f"<dc:title>{escape(document.title)}</dc:title><meta:initial-creator>Анна Ли</meta:initial-creator>"
        f"<dc:language>{document.language}</dc:language></office:meta>"
    )


def fodt(document: Document, word: str) -> str:
    """The document as a flat file."""
    found = blocks(document.text.replace("{word}", word))
    changes: list[str] = []
    body = "".join(_Writer(changes).blocks(found))
    margin = {block.kind: block.text for block in found if block.kind in ("header", "footer")}
    tracked = f"<text:tracked-changes>{''.join(changes)}</text:tracked-changes>" if changes else ""
    levels = range(1, 4)
    numbers = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="1" style:num-suffix="."'
        f' text:display-levels="{n}"/>'
        for n in levels
    )
    dots = "".join(f'<text:list-level-style-bullet text:level="{n}" text:bullet-char="•"/>' for n in levels)
    margins = "".join(
        f"<style:{kind}><text:p>{_Writer([]).line(margin[kind])}</text:p></style:{kind}>"
        for kind in ("header", "footer")
        if kind in margin
    )
    master = (
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">'
        f"{margins}</style:master-page></office:master-styles>"
    )
    styles = "<office:styles/>" + _STYLES.format(numbers=numbers, dots=dots)
    return (
        f"{head(document, 'text')}{styles}{master}<office:body><office:text>{tracked}{body}"
        "</office:text></office:body></office:document>"
    )


class _Writer:
    def __init__(self, changes: list[str]) -> None:
        self._changes = changes
        self._tables = 0

    def blocks(self, found: list[Block]) -> Iterator[str]:
        at = 0
        while at < len(found):
            block = found[at]
            end = at + 1
            while end < len(found) and _goes_on(block, found[end]):
                end += 1
            run = found[at:end]
            if block.kind in ("item", "number"):
                yield self._list(run)
            elif block.kind == "row":
                yield self._table(run)
            else:
                yield self._block(block)
            at = end

    def _block(self, block: Block) -> str:
        if block.kind == "heading":
            return f'<text:h text:outline-level="{block.level}">{self.line(block.text)}</text:h>'
        if block.kind == "columns":
            return '<text:section text:style-name="Two" text:name="Two">'
        if block.kind == "/columns":
            return "</text:section>"
        if block.kind in ("header", "footer"):
            return ""
        if block.kind == "box":
            return (
                '<text:p><draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm">'
                f"<draw:text-box><text:p>{self.line(block.text)}</text:p></draw:text-box></draw:frame></text:p>"
            )
        if block.kind == "picture":
            return (
                '<text:p><draw:frame draw:name="Picture1" text:anchor-type="as-char" svg:width="2cm"'
                f' svg:height="2cm"><draw:image><office:binary-data>{PICTURE}</office:binary-data>'
                f"</draw:image></draw:frame></text:p><text:p>{self.line(block.text)}</text:p>"
            )
        return f"<text:p>{self.line(block.text)}</text:p>"

    def _list(self, run: list[Block]) -> str:
        style = "Num" if run[0].kind == "number" else "Dot"
        out = f'<text:list text:style-name="{style}">' if run[0].level == 0 else "<text:list>"
        at = 0
        while at < len(run):
            end = at + 1
            while end < len(run) and run[end].level > run[at].level:
                end += 1
            inner = self._list(run[at + 1 : end]) if end > at + 1 else ""
            out += f"<text:list-item><text:p>{self.line(run[at].text)}</text:p>{inner}</text:list-item>"
            at = end
        return f"{out}</text:list>"

    def _table(self, run: list[Block]) -> str:
        self._tables += 1
        columns = f'<table:table-column table:number-columns-repeated="{len(run[0].cells)}"/>'
        rows = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="string"><text:p>{self.line(cell)}</text:p>'
                "</table:table-cell>"
                for cell in row.cells
            )
            + "</table:table-row>"
            for row in run
        )
        return f'<table:table table:name="Table{self._tables}">{columns}{rows}</table:table>'

    def line(self, text: str) -> str:
        return "".join(self._piece(piece.kind, escape(piece.text)) for piece in pieces(text))

    def _piece(self, kind: str, text: str) -> str:
        if kind == "text":
            return text
        if style := {"bold": "B", "above": "Up", "below": "Dn", "hidden": "Hid"}.get(kind):
            return f'<text:span text:style-name="{style}">{text}</text:span>'
        if kind == "note":
            return (
                '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
                f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
            )
        if kind == "link":
            return (
                f'<text:a xlink:type="simple" xlink:href="http://example.org/hiddenaddress">{text}</text:a>'
            )
        if kind == "comment":
            said = f"<dc:creator>Reviewer</dc:creator><text:p>{text}</text:p>"
            return f"<office:annotation>{said}</office:annotation>"
        if kind in ("deleted", "inserted"):
            return self._change(kind, text)
        if kind == "page":
            return "<text:page-number>1</text:page-number>"
        if kind == "pages":
            return "<text:page-count>1</text:page-count>"
        if kind == "target":
            return (
                f'<text:bookmark text:name="{text}"/>Table <text:sequence text:name="Table"'
                ' text:formula="ooow:Table+1" style:num-format="1">1</text:sequence>: figures of the year'
            )
        return (  # "ref"
            f'<text:bookmark-ref text:reference-format="text" text:ref-name="{text}">Table 1'
            "</text:bookmark-ref>"
        )

    def _change(self, kind: str, text: str) -> str:
        name = f"ct{len(self._changes)}"
        who = "<dc:creator>A</dc:creator><dc:date>2026-05-01T10:00:00</dc:date>"
        info = f"<office:change-info>{who}</office:change-info>"
        if kind == "deleted":
            self._changes.append(
                f'<text:changed-region text:id="{name}"><text:deletion>{info}<text:p>{text}</text:p>'
                "</text:deletion></text:changed-region>"
            )
            return f'<text:change text:change-id="{name}"/>'
        self._changes.append(
            f'<text:changed-region text:id="{name}"><text:insertion>{info}</text:insertion>'
            "</text:changed-region>"
        )
        return f'<text:change-start text:change-id="{name}"/>{text}<text:change-end text:change-id="{name}"/>'


def _goes_on(first: Block, block: Block) -> bool:
    if first.kind == "row":
        return block.kind == "row" and len(block.cells) == len(first.cells)
    if first.kind in ("item", "number"):
        return block.kind in ("item", "number") and (block.kind == first.kind or block.level > first.level)
    return False
