"""Markdown to readable text: the marks go, the words stay.

The title is that of the front matter, else the first heading, else the file's name; what else the front
matter says are fields. Code keeps its content and loses its fences. Nothing is rendered; every pattern here
runs in linear time on any input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .contract import Content, Row
from .front_matter import split
from .inline import outside, table_row, tidy, unescaped, without_entities
from .text import normalise_line_ends

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_RULE = re.compile(r"[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\((?:[^()\s]|\([^()\s]*\))*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_WIKI_LINK = re.compile(r"!?\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_DEFINITION = re.compile(
    r" {0,3}\[[^\[\]\n]+\]:[ \t]*(?=\S*[/.#:])\S+"
    r"""(?:[ \t]+(?:"[^"\n]*"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*$"""
)
_NOTE_MARK = re.compile(r"\[\^[^\[\]\s]+\](?::[ \t]?)?")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]*|mailto:[^<>\s]*|[\w.+-]+@[\w-]+\.[\w.-]+)>")
_ITEM = re.compile(r"[ \t]*(?:[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|:[ \t]+(?=\S))")
_CALLOUT = re.compile(
    r"[ \t]*(?:>[ \t]*)*(?:\[![A-Za-z]+\][+-]?|:{3,}[ \t]*[\w-]*|(?:!!!|\?\?\?\+?)[ \t]+[\w-]+)[ \t]*(.*)"
)
"""A box around a text: > [!NOTE], :::tip, !!! note; a title may follow."""

_ATTRIBUTES = re.compile(r"\{[:#.][^{}\n]*\}[ \t]*$")
_SHORTCODE = re.compile(r"\{\{[<%][^{}\n]*[>%]\}\}|\{%[^{}\n]*%\}")
_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|br|center|cite|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i"
    r"|iframe|img|ins|kbd|li|mark|nobr|ol|p|picture|pre|q|s|samp|section|small|source|span|strike|strong|sub"
    r"|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var|video)(?:[ \t][^<>\n]*)?/?>",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"(?<![~=])(~~|==)(?=[^\s~=])([^~=\n]+)\1(?![~=])")
_STRONG = re.compile(r"(?<!\w)(\*\*|__)(?=\S)([^*_\n]+)\1(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+)\1(?![\w*])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)([^`\n]+)\1(?!`)")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_markdown(content.text(), content.name, content.say))


def read_markdown(text: str, name: str, say: Callable[[str], object] = lambda _: None) -> dict[str, Any]:
    """The fields of a .md file. say: is told of front matter that cannot be read."""
    fields, body = split(normalise_line_ends(text), say)
    lines, heading = [], ""
    for line, is_heading in _readable_lines(_without_comments(body)):
        lines.append(line)
        if is_heading and not heading:
            heading = line.strip()
    title = fields.pop("title", None) or heading or name
    return {"title": title, "body": tidy(lines), **fields}


def _without_comments(text: str) -> str:
    """Without <!-- … -->, but for those in code; by find, because a pattern would be quadratic."""
    kept: list[str] = []
    position = at = 0
    end, fence, num_ticks = -1, "", 0
    while (start := text.find("<!--", at)) >= 0:
        while end < start:  # to the end of its line, fences on the way
            if end >= at:
                at = end + 1
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            fence = _fence_after(fence, text[at:end])
            num_ticks = 0
        num_ticks += text.count("`", at, start)
        if fence or num_ticks % 2:
            at = start + 4
            continue
        close = text.find("-->", start + 4)
        if close < 0:
            break
        kept.append(text[position:start])
        position = at = close + 3
        if at > end:  # the comment ends on a later line
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            num_ticks = 0
    return "".join([*kept, text[position:]]) if kept else text


def _fence_after(fence: str, line: str) -> str:
    """The fence within which the next line is."""
    found = _FENCE.match(line)
    if not fence:
        return found[1] if found else ""
    return "" if found and found[1].startswith(fence) and not line.strip(" `~\t") else fence


def _readable_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line without its marks, and whether it is a heading."""
    fence = ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        before, fence = fence, _fence_after(fence, line)
        if before or fence:
            if before and fence:
                yield line, False
        elif not (
            _is_underline(lines, number)
            or _RULE.match(line)
            or _is_table_rule(line)
            or _DEFINITION.match(line)
        ):
            is_heading = bool(_HEADING.match(line)) or _is_underline(lines, number + 1)
            yield _readable(line), is_heading


def _is_underline(lines: list[str], number: int) -> bool:
    """Whether this line of = or - makes the line before it a heading."""
    if not 0 < number < len(lines) or not _UNDERLINE.match(lines[number]):
        return False
    before = lines[number - 1]
    return bool(before.strip()) and not _HEADING.match(before) and not _RULE.match(before)


def _is_table_rule(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip(" \t|:-")


def _readable(line: str) -> str:
    bare = line.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == "|":  # a row of a table
        line = table_row(bare)
    heading = _HEADING.match(line)
    if heading:
        line = _ATTRIBUTES.sub("", line[heading.end() :]).rstrip().rstrip("#").rstrip()
    elif callout := _CALLOUT.match(line):
        line = callout[1].strip("\"'")
    else:
        line = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
        line = _ITEM.sub("", line, count=1) if _ITEM.match(line) else line
    return outside(_CODE, line.rstrip(" \t").removesuffix("\\"), lambda text: unescaped(text, _words), 2)


def _words(text: str) -> str:
    """What is no code, without its marks."""
    if "[" in text:
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))  # an image may be a link
        text = _NOTE_MARK.sub("", _WIKI_LINK.sub(r"\1", text))
    if "<" in text:
        text = _TAG.sub(_space_of, _AUTOLINK.sub(r"\1", text))
    if "{" in text:
        text = _ATTRIBUTES.sub("", _SHORTCODE.sub("", text))
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    return without_entities(_STRUCK.sub(r"\2", text))


def _space_of(tag: re.Match[str]) -> str:
    """What a tag of HTML leaves: a line's end and a cell's part words."""
    return " " if tag[0].lower().startswith(("<br", "<td", "<th", "<p", "<li", "<div", "<tr")) else ""
