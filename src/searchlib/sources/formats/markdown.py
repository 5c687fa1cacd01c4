"""Markdown to readable text: the marks go, the words stay.

The title is that of the front matter, else the first heading, else the file's name. Code keeps its content
and loses its fences. Nothing is rendered; every pattern here runs in linear time on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .contract import Content, Row
from .text import normalise_line_ends

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_RULE = re.compile(r"[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s[^()]*)?\)|\[[^\[\]]*\])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]*)>")
_STRONG = re.compile(r"(?<!\w)(\*\*|__)(?=\S)([^*_\n]+)\1(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+)\1(?![\w*])")
_CODE = re.compile(r"(?<!`)(`+)(?!`)([^`\n]+)\1(?!`)")
_FRONT_KEY = {
    "---": re.compile(r"""["']?[\w.-]+["']?[ \t]*:(?:[ \t]|$)"""),
    "+++": re.compile(r"""["']?[\w.-]+["']?[ \t]*=|\["""),
}
_FRONT_MORE = re.compile(r"[ \t#\]}]|-[ \t]|$")  # a value that goes on, a comment, an item of a list
_FRONT_TITLE = re.compile(r"title[ \t]*[:=][ \t]*(.*\S)")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, dict(read_markdown(content.text(), content.name)))


def read_markdown(text: str, name: str) -> dict[str, str]:
    """The fields of a .md file."""
    front_title, body = _split_front_matter(normalise_line_ends(text))
    lines, heading = [], ""
    for line, is_heading in _readable_lines(_without_comments(body)):
        lines.append(line)
        if is_heading and not heading:
            heading = line.strip()
    return {"title": front_title or heading or name, "body": "\n".join(lines).strip("\n") + "\n"}


def _split_front_matter(text: str) -> tuple[str, str]:
    """The title in a leading block between --- (YAML) or +++ (TOML) lines, and what follows the block.

    A --- line may as well be a rule: only a block that reads as keys and their values is taken away, and that
    begins at once: a blank line follows rules alone.
    """
    lines = text.split("\n")
    fence = lines[0].rstrip()
    key = _FRONT_KEY.get(fence) if "".join(lines[1:2]).strip() else None
    title, num_keys = "", 0
    for number, line in enumerate(lines[1:] if key else (), 1):
        if line.rstrip() in (fence, "..."):
            return (title.strip("\"'"), "\n".join(lines[number + 1 :])) if num_keys else ("", text)
        assert key is not None
        if key.match(line):
            num_keys += 1
            match = _FRONT_TITLE.match(line)
            title = title or (match.group(1) if match else "")
        elif not _FRONT_MORE.match(line) or (line.strip() and not num_keys and not line.startswith("#")):
            break
    return "", text


def _without_comments(text: str) -> str:
    """Without <!-- … -->; by find, because a pattern would be quadratic on comments that never close."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[position:start])
        position = end + 3
    return "".join([*kept, text[position:]]) if kept else text


def _readable_lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line without its marks, and whether it is a heading."""
    fence = ""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        opening = _FENCE.match(line)
        if fence:
            if opening and opening.group(1).startswith(fence) and not line.strip(" `~\t"):
                fence = ""
            else:
                yield line, False
        elif opening:
            fence = opening.group(1)
        elif not (_is_underline(lines, number) or _RULE.match(line) or _is_table_rule(line)):
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
    heading = _HEADING.match(line)
    if heading:
        line = line[heading.end() :].rstrip().rstrip("#").rstrip()
    else:
        line = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
    line = _LINK.sub(r"\1", line)
    line = _AUTOLINK.sub(r"\1", line)
    line = _STRONG.sub(r"\2", line)
    line = _EMPHASIS.sub(r"\2", line)
    return _CODE.sub(r"\2", line)
