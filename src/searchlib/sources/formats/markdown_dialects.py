"""What generators of sites and editors add to Markdown, made CommonMark or left out, line by line.

Boxes (!!! note, :::tip, > [!NOTE], /// info) become their titles and texts, templates' tags ({{< x >}},
{% x %}) what they show, attributes ({#id}, {: .x}) nothing. Code is left alone. Every pattern here runs in
linear time on any input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .inline import outside

_FENCE = re.compile(r"[ \t>]*(?:[-*+] +|\d{1,9}[.)] +)?(`{3,}|~{3,})([^\n]*)")
_HIGHLIGHT = re.compile(r"[ \t]*\{(?:\{[<%]|%-?)[ \t]*highlight\b[^\n]*\}[ \t]*\Z")
_END_HIGHLIGHT = re.compile(
    r"[ \t]*\{(?:\{[<%][ \t]*/[ \t]*highlight|%-?[ \t]*endhighlight)\b[^\n]*\}[ \t]*\Z"
)
_BOX = re.compile(
    r"([ \t]*)(?:(?:!!!|\?\?\?\+?)[ \t]+(?:[\w-]+)(?:[ \t]+(?:inline|end)\b)*[ \t]*(.*)"
    r"|===[!+]?[ \t]+(\".*\"|'.*'))\Z"
)
"""!!! note "Title", ??? tip, === "Tab": the text stands four spaces to the right."""

_CONTAINER = re.compile(r"([ \t]*)(?::{3,}|/{3,})[ \t]*(?:\{[^{}]*\}|[\w-]*)[ \t]*(?:\|[ \t]*)?(.*?)\Z")
_CONTAINER_TITLE = re.compile(r"\[(.*)\](?:\{[^{}]*\})?\Z")
_NOT_SHOWN = re.compile(r"\{[^{}]*\}")
_CALLOUT = re.compile(r"([ \t]*(?:>[ \t]*)+)\[![\w-]+(?:\|[^\[\]]*)?\][+-]?[ \t]*(.*)\Z")
_IMPORT = re.compile(r"import[ \t](?:[^\n]{1,500}?[ \t]from[ \t])?[ \t]*(?:'[^']*'|\"[^\"]*\");?[ \t]*\Z")
_EXPORT = re.compile(r"export[ \t]+(?:const|default|let|var)\b[^\n]*;[ \t]*\Z")
_COMPONENT = re.compile(
    r"[ \t]*</?(?:[A-Z][\w.]*|[a-z]+[ \t][^<>]*\bmarkdown(?:=\"\w*\")?)(?:[ \t][^<>]*)?/?>[ \t]*\Z"
)
_TEMPLATE = re.compile(r"\{\{[<%][^{}]*[>%]\}\}|\{%[^{}%]*(?:%[^{}%]+)*%\}|\{/\*[^{}]{0,2000}\*/\}")
_SHOWN = re.compile(
    r"\b(?:text|caption|title|alt|label|summary|heading|name)[ \t]*=[ \t]*(\"[^\"]*\"|'[^']*')"
)
_SHOWS_TITLE = re.compile(
    r"\{[{%][<%]?-?[ \t]*(?:note|cut|alert|callout|tabs?|details|admonition|spoiler|collapse|expand|warning"
    r"|info|tip|hint|button|card|step)\b"
)
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_ATTRIBUTES = re.compile(
    r"(?<=[)\]*_`\"'])\{[ \t]*(?:[:#.][\w \t]|[\w-]+=[\"'\w])[^{}\n]*\}"
    r"|[ \t]*\{[ \t]*[:#.][^{}\n]*\}(?=[ \t]*(?:\n|\Z))"
)
_NO_TARGET = re.compile(r" {0,3}\[[^\[\]^\n][^\[\]\n]*\]:[ \t]*[^\s/.#:]+[ \t]*\Z")
"""[Ann]: hello, which a generator would take for a link's address, and hide."""

_MARKED = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]+)==(?![=\w])")
_PRICE = re.compile(r"(?<![\\$\w])\$(?=\d)")
_CODE = re.compile(r"(?<!`)(`+)(?!`)([^`]+)\1(?!`)")
_MAX_SHIFTS = 20


def as_commonmark(text: str) -> str:
    """The text as CommonMark with tables, footnotes, definitions and wiki links."""
    pieces: list[str] = []
    prose: list[str] = []
    for line, is_code in _lines(text):
        if not is_code:
            prose.append(line)
            continue
        if prose:
            pieces.append(_inline("\n".join(prose)))
            prose = []
        pieces.append(line)
    if prose:
        pieces.append(_inline("\n".join(prose)))
    return "\n".join(pieces)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, its box gone, and whether it is code."""
    fence = ""
    in_comment = in_highlight = False
    boxes: list[int] = []  # of each box that is open: the column of its mark
    for line in text.split("\n"):
        if boxes and line.strip():
            column = len(line) - len(line.lstrip(" "))
            while boxes and column < boxes[-1] + 4:
                boxes.pop()
            line = line[4 * len(boxes) :]
        if fence:
            found = _FENCE.match(line)
            if found and found[1].startswith(fence) and not found[2].strip():
                fence = ""
            yield line, True
        elif in_highlight:
            in_highlight = not _END_HIGHLIGHT.match(line)
            yield (line if in_highlight else "~~~~~~~~"), True
        elif in_comment:
            in_comment = "-->" not in line
            yield line, True
        elif ("`" in line or "~" in line) and (found := _FENCE.match(line)) and "`" not in found[2]:
            fence = found[1]
            yield line, True
        elif "{" in line and _HIGHLIGHT.match(line):
            in_highlight = True
            yield "~~~~~~~~", True
        else:
            start = line.rfind("<!--")
            in_comment = start >= 0 and "-->" not in line[start:] and "`" not in line
            box = _BOX.match(line) if line.lstrip(" \t")[:3] in _BOX_MARKS else None
            if box:
                if len(boxes) < _MAX_SHIFTS:
                    boxes.append(len(box[1].expandtabs(4)) + 4 * len(boxes))
                title = (box[2] or box[3] or "").strip().strip("\"'")
                yield f"\n{box[1]}{title}\n", False
            else:
                yield _without_box(line), False


_BOX_MARKS = frozenset({"!!!", "???", "==="})


def _without_box(line: str) -> str:
    start = line.lstrip(" \t")[:3]
    if start in (":::", "///"):
        found = _CONTAINER.match(line)
        assert found is not None
        title = found[2]
        in_brackets = _CONTAINER_TITLE.match(title)
        title = in_brackets[1] if in_brackets else _NOT_SHOWN.sub("", title)
        return f"\n{found[1]}{title.strip()}\n"
    if "[!" in line and (found := _CALLOUT.match(line)):
        return f"{found[1]}{found[2]}\n{found[1]}"
    if start[:1] == "[" and _NO_TARGET.match(line):
        return line.replace("[", "\\[", 1)
    if start == "imp" and _IMPORT.match(line):
        return ""
    if start == "exp" and _EXPORT.match(line):
        return ""
    if start[:1] == "<" and _COMPONENT.match(line):
        return f"\n{line}\n"
    return line


def _inline(prose: str) -> str:
    """Text between blocks of code, without what is no mark of Markdown."""
    if "{" not in prose and "==" not in prose and "$" not in prose:
        return prose
    return outside(_CODE, prose, _without_marks, 0)


def _without_marks(prose: str) -> str:
    if "{" in prose:
        prose = _ATTRIBUTES.sub("", _TEMPLATE.sub(_shown, prose))
    if "==" in prose:
        prose = _MARKED.sub(r"\1", prose)
    return _PRICE.sub(r"\\$", prose) if "$" in prose else prose


def _shown(match: re.Match[str]) -> str:
    """What a tag of a template shows: the texts that it is given to show."""
    tag = match.group()
    strings = [found[1:-1] for found in _SHOWN.findall(tag)]
    if not strings and _SHOWS_TITLE.match(tag):
        strings = [one or other for one, other in _STRING.findall(tag)]
    return " ".join(strings)
