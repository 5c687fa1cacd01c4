"""Org files to the text that they are exported to: stars, drawers, keywords and marks go, the words stay.

Title, author, date, keywords, description and language are fields; the first heading is the title of a file
that names none. Nothing is run or included; every pattern here runs in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .contract import Content, Row
from .document_fields import document_fields
from .flow import raised
from .inline import outside, table_row, tidy
from .latex_symbols import MATH, TEXT
from .text import normalise_line_ends

_KEYWORD = re.compile(r"[ \t]*#\+(\w[\w-]*)(?:\[[^\[\]]*\])?:[ \t]*(.*)\Z", re.IGNORECASE)
_SHOWN = frozenset({"caption", "subtitle"})
_FIELDS = {
    "title": "title", "author": "author", "date": "date", "language": "language", "keywords": "keywords",
    "description": "description", "filetags": "keywords",
}  # fmt: skip
_BEGIN = re.compile(r"[ \t]*#\+begin_(\w+)", re.IGNORECASE)
_END = re.compile(r"[ \t]*#\+end_(\w+)", re.IGNORECASE)
_COMMAND = re.compile(r"[ \t]*#\+\w")
_VERBATIM = frozenset({"src", "example"})
_UNSEEN = frozenset({"comment", "export"})
_COMMENT = re.compile(r"[ \t]*#(?:[ \t]|\Z)")
_HEADING = re.compile(r"\*+[ \t]+(?:\[#\w\][ \t]+)?(.*?)(?:[ \t]+:[\w@#%:]+:)?[ \t]*\Z")
_STARS = re.compile(r"\*+[ \t]")
_NOT_EXPORTED = re.compile(
    r"\*+[ \t]+(?:[A-Z]+[ \t]+)?(?:\[#\w\][ \t]+)?(?:COMMENT\b|.*:noexport:[\w@#%:]*[ \t]*\Z)"
)
_PRIORITY = re.compile(r"\[#\w\][ \t]*")
_DRAWER = re.compile(r"[ \t]*:(properties|logbook|clock|results):[ \t]*\Z", re.IGNORECASE)
_DRAWER_EDGE = re.compile(r"[ \t]*:(?:[A-Za-z][\w-]*):[ \t]*\Z")
_DRAWER_END = re.compile(r"[ \t]*:end:[ \t]*\Z", re.IGNORECASE)
_PLANNING = re.compile(r"[ \t]*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):[ \t]*[<\[=]")
_FIXED = re.compile(r"[ \t]*:(?:[ \t]|\Z)")
_RULE = re.compile(r"[ \t]*-{5,}[ \t]*\Z")
_TABLE_RULE = re.compile(r"[ \t]*\|[-+|: \t]*-[-+|: \t]*\Z")
_ITEM = re.compile(r"[ \t]*(?:[-+][ \t]+|[ \t]\*[ \t]+)")
_COUNTER = re.compile(r"\[@\w+\][ \t]*|\[[ xX-]\][ \t]+")
_TERM = re.compile(r"[ \t]+::(?:[ \t]+|\Z)")
_NOTE = re.compile(r"\[fn:([\w-]+)\][ \t]*")
_NOTE_MARK = re.compile(r"\[fn:([\w-]+)\]")
_NOTE_HERE = re.compile(r"\[fn:[\w-]*:[ \t]*([^\[\]]*)\]")
_LINK = re.compile(r"\[\[([^\[\]]+)\](?:\[([^\[\]]*)\])?\]")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_TARGET = re.compile(r"<<<?([^<>\n]+)>>>?")
_SNIPPET = re.compile(r"@@[\w-]+:[^@\n]*@@")
_MACRO = re.compile(r"\{\{\{\w[\w-]*(?:\(([^{}()]*)\))?\}\}\}")
_CODE = re.compile(
    r"""(?<![^\s\-({'"\u2014«])([=~])(?=\S)((?:(?!\1)[^\n])*)(?<=\S)\1(?![^\s\-.,;:!?')}"\[\u2014»])"""
)
_MARKED = re.compile(
    r"""(?<![^\s\-({'"*/_+\u2014«])([*/_+])(?=[^\s*/_+])([^*/_+\n]*[^\s*/_+])\1(?![^\s\-.,;:!?')}"\[*/_+\u2014»])"""
)
_ENTITY = re.compile(r"\\([a-zA-Z]+)(?:\{\}|(?![a-zA-Z]))")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_org(content.text(), content.name))


def read_org(text: str, name: str) -> dict[str, Any]:
    """The fields of an .org file."""
    said: dict[str, list[str]] = {}
    kept: list[str] = []
    heading = block = ""
    in_drawer = False
    hidden = 0  # the depth of the heading whose section is not exported
    for line in normalise_line_ends(text).split("\n"):
        if hidden and not (_STARS.match(line) and _depth(line) <= hidden):
            continue
        hidden = _depth(line) if not block and _NOT_EXPORTED.match(line) else 0
        if hidden:
            continue
        if block:
            end = _END.match(line)
            if end and end[1].lower() == block:
                block = ""
            elif block in _VERBATIM:
                kept.append(line.replace(",*", "*", 1) if line.startswith(",*") else line)
            elif block not in _UNSEEN:
                kept.append(_readable(line))
            continue
        if in_drawer:
            in_drawer = not _DRAWER_END.match(line)
            continue
        start = line.lstrip(" \t")[:1]
        if start == "#":
            begin, keyword = _BEGIN.match(line), _KEYWORD.match(line)
            if begin:
                block = begin[1].lower()
            elif keyword:
                key = keyword[1].lower()
                if key in _FIELDS and keyword[2].strip():
                    own_words = keyword[2].replace(":", ",") if key == "filetags" else keyword[2]
                    said.setdefault(_FIELDS[key], []).append(_words(own_words))
                if key in _SHOWN or key == "title":
                    kept.append(_words(keyword[2]))
            elif not (_COMMAND.match(line) or _COMMENT.match(line)):
                kept.append(_readable(line))
        elif start == ":" and _DRAWER.match(line):
            in_drawer = True
        elif line[:1] == "*" and _STARS.match(line):
            found = _HEADING.match(line)
            words = _words(found[1]) if found else ""
            heading = heading or words
            kept += ["", words, ""]
        elif not (
            _RULE.match(line) or _TABLE_RULE.match(line) or _PLANNING.match(line) or _DRAWER_EDGE.match(line)
        ):
            kept.append(_readable(line))
    own = {
        field: (" " if field in ("title", "description") else ", ").join(parts)
        for field, parts in said.items()
    }
    return document_fields(tidy(kept), name, own, heading=heading, shows_date=True)


def _depth(heading: str) -> int:
    return len(heading) - len(heading.lstrip("*"))


def _readable(line: str) -> str:
    if _FIXED.match(line):
        return line.lstrip(" \t")[1:].removeprefix(" ")
    bare = line.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == "|":
        return table_row(_words(bare))
    note = _NOTE.match(line)
    if note:
        return f"{_number(note)} {_words(line[note.end() :])}"
    item = _ITEM.match(line)
    if item:
        line = _COUNTER.sub("", line[item.end() :], count=1)
        line = _TERM.sub(": ", line, count=1)
    return _words(line.rstrip(" \t").removesuffix("\\\\"))


def _words(text: str) -> str:
    """What is no verbatim, without its marks."""
    if "[[" in text:
        text = _LINK.sub(lambda match: _address(match[1]) if match[2] is None else match[2], text)
    return outside(_CODE, text, _without_marks, 2)


def _without_marks(text: str) -> str:
    if "[fn:" in text:
        text = _NOTE_MARK.sub(_number, _NOTE_HERE.sub(r" (\1)", text))
    if "<<" in text:
        text = _TARGET.sub(lambda match: match[1] if match[0].startswith("<<<") else "", text)
    if "@@" in text:
        text = _SNIPPET.sub("", text)
    if "{{{" in text:
        text = _MACRO.sub(lambda match: match[1] or "", text)
    if "\\" in text:
        text = _ENTITY.sub(_symbol, text)
    for _ in range(2):  # one within another: */both/*
        text = _MARKED.sub(r"\2", text)
    return text


def _number(match: re.Match[str]) -> str:
    return raised(match[1]) if match[1].isdigit() else f"[{match[1]}]"


def _address(link: str) -> str:
    """What a link without words shows: a picture is none."""
    if link.lower().endswith(_PICTURES):
        return ""
    return link.removeprefix("file:").removeprefix("*").removeprefix("#")


def _symbol(match: re.Match[str]) -> str:
    return TEXT.get(match[1]) or MATH.get(match[1]) or match[0]
