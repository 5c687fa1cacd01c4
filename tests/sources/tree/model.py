"""A document as blocks and pieces, read from a small mark-up of its own that every writer here understands.

A line is a block: `# heading`, `- item` and `1. item` (two spaces a level), `| cell | cell |`, `> box`,
`!caption` of a picture, `$formula`, `[columns]` and `[/columns]`, `[header] …`, `[footer] …`; any other line
is a paragraph. In it: *bold*, ^above^, ~below~, and [[kind: text]] for notes, links, comments and what is
hidden, deleted, inserted or referred to.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PIECE = re.compile(r"\[\[(\w+)(?:: ?(.*?))?\]\]|\*([^*]+)\*|\^([^^]+)\^|~([^~]+)~", re.DOTALL)
_BLOCK = re.compile(r"(#+|[ ]*-|[ ]*\d+\.|\||>|!|\$|\[/?\w+\])(.*)")


class Piece(NamedTuple):
    """Part of a line. kind: "text", "bold", "above", "below", "note", "link", "hidden", "comment", "deleted",
    "inserted", "page", "pages", "ref", "target"."""

    kind: str
    text: str


class Block(NamedTuple):
    """kind: "heading", "text", "item", "number", "row", "box", "picture", "formula", "columns", "/columns",
    "header" or "footer"; level: of headings from 1, of items from 0; cells: of rows."""

    kind: str
    text: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()


def pieces(line: str) -> list[Piece]:
    """A line taken apart."""
    found, at = list[Piece](), 0
    for match in _PIECE.finditer(line):
        if match.start() > at:
            found.append(Piece("text", line[at : match.start()]))
        kind, inner, bold, above, below = match.groups()
        found.append(
            Piece(kind, inner or "")
            if kind
            else Piece("bold", bold)
            if bold
            else Piece("above", above)
            if above
            else Piece("below", below)
        )
        at = match.end()
    return [*found, Piece("text", line[at:])] if at < len(line) else found


def blocks(text: str) -> list[Block]:
    """The blocks of a document."""
    return [_block(line) for line in text.strip("\n").splitlines() if line.strip()]


def _block(line: str) -> Block:
    match = _BLOCK.fullmatch(line)
    if match is None:
        return Block("text", line)
    mark, rest = match.group(1), match.group(2).strip()
    level = (len(mark) - len(mark.lstrip())) // 2
    kind = mark.strip()
    if kind[0] == "#":
        return Block("heading", rest, len(kind))
    if kind == "-":
        return Block("item", rest, level)
    if kind[0].isdigit():
        return Block("number", rest, level)
    if kind == "|":
        return Block("row", cells=tuple(cell.strip() for cell in rest.strip("|").split("|")))
    if kind[0] == "[":
        return Block(kind.strip("[]"), rest)
    return Block({">": "box", "!": "picture", "$": "formula"}[kind], rest)
