"""The text of a wiki's page: what MediaWiki shows of its marks, without expanding a template.

Of a template stay the values that it is given, of a table its cells, a row in a line. Formulas and what
stands in <nowiki>, <pre> and their like are left alone. Each pattern runs in linear time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .inline import tidy

_LINK = re.compile(r"\[\[([^\[\]\n]{0,1000})\]\]")
_OUTER = re.compile(r"\[https?://[^\s\[\]]{1,2000} ([^\[\]\n]{1,300})\]")
_QUOTES = re.compile(r"'{2,5}")
_HEADING = re.compile(r"^=[^\n]*=[ \t]*$", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:ref|nowiki|small|big|sub|sup|br|div|span|center|poem|blockquote|gallery)\b[^<>\n]{0,500}>"
)
_AS_IT_IS = re.compile(r"<(nowiki|math|pre|source|syntaxhighlight)\b[^<>\n]{0,500}(?<!/)>")
_KEPT = re.compile("\0(\\d+)\0")
_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_PARAMETER = re.compile(r"\{\{\{([^{}]*)\}\}\}")
_SWITCH = re.compile(r"__[^\W\d_a-zа-яё]{2,30}__")
_REDIRECT = re.compile(r"\A\s*#(?:redirect|перенаправление|перенапр)\b:?[ \t]*", re.IGNORECASE)
_MAX_NESTED = 40


def readable(text: str) -> str:
    """A page's text, which has no NUL, as XML has none."""
    kept: list[str] = []
    if "<" in text:
        first, *rest = text.split("<!--")
        text = first + "".join(part.partition("-->")[2] for part in rest)
        text = _TAG.sub("", "".join(_apart(text, kept)))
    text = _REDIRECT.sub("", text)
    if "{{" in text:
        text = _without_templates(text)
    for _ in range(2):  # the caption of a picture has links of its own
        text = _LINK.sub(lambda link: link[1].rpartition("|")[2], text)
    text = _SWITCH.sub("", _QUOTES.sub("", _OUTER.sub(r"\1", text)))
    lines = list(_without_tables(text)) if "{|" in text else text.split("\n")
    text = _HEADING.sub(lambda heading: heading[0].strip("= \t"), tidy(lines).rstrip("\n"))
    return _KEPT.sub(lambda match: kept[int(match[1])], html.unescape(text))


def _apart(text: str, kept: list[str]) -> Iterator[str]:
    """The text, with a number in the place of what is left alone, which is put into `kept`."""
    at = 0
    never_ends: set[str] = set()
    for begin in _AS_IT_IS.finditer(text):
        name = begin[1]
        if begin.start() < at or name in never_ends:
            continue
        close = text.find(f"</{name}>", begin.end())
        if close < 0:
            never_ends.add(name)
            continue
        yield text[at : begin.start()]
        yield f"\0{len(kept)}\0"
        kept.append(text[begin.end() : close])
        at = close + len(name) + 3
    yield text[at:]


def _without_templates(text: str) -> str:
    """From the innermost outwards; what is nested deeper than anybody does stays."""
    text = text.replace("{{!}}", "|")
    for _ in range(_MAX_NESTED):
        before = text
        text = _TEMPLATE.sub(_given, _PARAMETER.sub(_given, text))
        if text == before:
            break
    return text


def _given(template: re.Match[str]) -> str:
    """The values that a template is given, without their names."""
    _, *given = template[1].split("|")
    values = [value.partition("=")[2] if "=" in value else value for value in given]
    shown = ("\n" if "\n" in template[1] else " ").join(value.strip() for value in values if value.strip())
    if shown:
        return shown
    text, start, end = template.string, template.start(), template.end()
    return " " if text[start - 1 : start].isalnum() and text[end : end + 1].isalnum() else ""


def _without_tables(text: str) -> Iterator[str]:
    """Lines: a caption, a row with tabs between its cells, and what stands outside of tables."""
    num_open = 0
    row: list[str] = []  # cells and what parts them
    for line in text.split("\n"):
        bare = line.lstrip(" \t:*")
        mark = bare[:2]
        if mark == "{|" or (num_open and mark in ("|-", "|+", "|}")):
            if row:
                yield "".join(row[1:])
                row = []
            if mark == "|+":
                yield _cell(bare[2:])
            elif mark == "|}" and bare[2:].strip():
                yield bare[2:]
            num_open += (mark == "{|") - (mark == "|}")
        elif num_open and mark[:1] in ("|", "!"):
            cells = bare[1:].replace("!!", "||") if mark[0] == "!" else bare[1:]
            row += (piece for cell in cells.split("||") for piece in ("\t", _cell(cell)))
        elif num_open and row:
            row += ("\n", line) if line.strip() else ()
        else:
            yield line
    if row:
        yield "".join(row[1:])


def _cell(text: str) -> str:
    """What a cell shows: its attributes stand before a bar."""
    before, bar, shown = text.partition("|")
    return (shown if bar else before).strip()
