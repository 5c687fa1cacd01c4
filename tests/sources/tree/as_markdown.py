"""A document as pandoc's Markdown, from which pandoc writes its other formats."""

from __future__ import annotations

import re

from .documents import Document
from .model import Block, blocks, pieces

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|<>~^$@'\"-])")
_WRAPPED = {"bold": "**{}**", "above": "^{}^", "below": "~{}~", "note": "^[{}]"}


def markdown(document: Document, word: str) -> str:
    """The document; its title is in the front matter, as pandoc has it."""
    found = blocks(document.text.replace("{word}", word))
    lines = [f'---\ntitle: "{document.title}"\nauthor: "Анна Ли"\nlang: {document.language}\n---\n']
    before = ""
    for at, block in enumerate(found):
        if block.kind in ("header", "footer", "columns", "/columns"):
            continue
        joins = before == block.kind == "row" or {before, block.kind} <= {"item", "number"}
        lines.append(("" if joins else "\n") + _block(block, is_first=before != "row"))
        before = block.kind
        if (
            block.kind == "row"
            and at + 1 < len(found)
            and len(found[at + 1].cells) not in (0, len(block.cells))
        ):
            before = ""
    return "\n".join(lines) + "\n"


def _block(block: Block, *, is_first: bool) -> str:
    text = _line(block.text)
    if block.kind == "heading":
        return f"{'#' * block.level} {text}"
    if block.kind == "row":
        row = "| " + " | ".join(map(_line, block.cells)) + " |"
        return f"{row}\n|{'---|' * len(block.cells)}" if is_first else row
    if block.kind in ("item", "number"):
        return "    " * block.level + ("-   " if block.kind == "item" else "1.  ") + text
    if block.kind == "box":
        return f"> {text}"
    if block.kind == "picture":
        return f"![{text}](picture.png)"
    if block.kind == "formula":
        return f"$${block.text.replace('π', chr(92) + 'pi ').replace('√', '')}$$"
    return text


def _line(line: str) -> str:
    return "".join(_piece(piece.kind, _SIGNS.sub(r"\\\1", piece.text)) for piece in pieces(line))


def _piece(kind: str, text: str) -> str:
    if kind in _WRAPPED:
        return _WRAPPED[kind].format(text.replace(" ", "\\ ") if kind in ("above", "below") else text)
    if kind == "link":
        return f"[{text}](http://example.org/hiddenaddress)"
    if kind in ("deleted", "inserted"):
        kind = {"deleted": "deletion", "inserted": "insertion"}[kind]
        return f'[{text}]{{.{kind} author="A" date="2026-05-01T10:00:00Z"}}'
    if kind == "comment":
        when = 'author="R" date="2026-05-01T10:00:00Z"'
        return f'[{text}]{{.comment-start id="0" {when}}}[]{{.comment-end id="0"}}'
    if kind == "hidden":
        return ""
    if kind in ("page", "pages", "target", "ref"):
        return {"ref": "the table", "target": "Figures of the year"}.get(kind, "")
    return text
