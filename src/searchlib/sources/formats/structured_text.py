"""reStructuredText to readable text: underlines, directives' marks and roles go, the words stay.

The title is the first line that is underlined, else the first short one, else the file's name. Nothing is
rendered or included; every pattern here runs in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .contract import Content, Row
from .text import normalise_line_ends, short_first_line

_RULE = re.compile(r"""([=\-`:.'"~^_*+#])\1{2,}[ \t]*\Z""")
_COMMENT = re.compile(r"[ \t]*\.\.[ \t]+(?:_[^:\n]*:|\|[^|\n]*\|)?[ \t]*")
_LANGUAGE = re.compile(r"[ \t]*\.\.[ \t]+(?:code|code-block|sourcecode|highlight|role|default-role)::")
_DIRECTIVE = re.compile(r"([\w+-]+(?::[\w+-]+)*)::(?:[ \t]+|\Z)")
_OPTION = re.compile(r"[ \t]+:[\w-]+:(?:[ \t]+(\S)|[ \t]*\Z)")
_FIELD = re.compile(r"\A[ \t]*:((?![ \t:])[^:`\n]+(?<![ \t])):(?=[ \t]|\Z)")
_OBJECT = re.compile(
    r".+:.+|(?:attribute|class(?:method)?|confval|data|decorator(?:method)?|describe|envvar|exception|function"
    r"|method|module|object|option|program|property|staticmethod)\Z"
)
"""What Sphinx documents, with a domain or without. Its fields say what it takes and gives."""

_ROLE = re.compile(r"(?<![\w:+.-]):[a-z][\w:+.-]*:`([^`<\n]+)(?:<[^`\n]*>)?`")
_LINK = re.compile(r"`([^`<\n]+)(?:<[^`\n]*>)?`_{0,2}")
_LITERAL = re.compile(r"``([^`\n]+)``")
_STRONG = re.compile(r"(?<!\w)(\*{1,2})(?=\S)([^*\n]+)\1(?!\w)")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_rst(content.text(), content.name))


def read_rst(text: str, name: str) -> dict[str, Any]:
    """The fields of a .rst file."""
    lines = normalise_line_ends(text).split("\n")
    kept: list[str] = []
    title, directive = "", ""
    for number, line in enumerate(lines):
        if _RULE.match(line):
            if not title and number and lines[number - 1].strip() and not _RULE.match(lines[number - 1]):
                title = lines[number - 1].strip()
            directive = ""
            continue
        option = _OPTION.match(line) if directive else None
        if option and not (option[1] and _OBJECT.match(directive)):
            continue
        directive = directive if option else _directive_of(line)
        if not _LANGUAGE.match(line):
            kept.append(_readable(line))
    body = "\n".join(kept).strip("\n") + "\n"
    return {"title": _readable(title) or short_first_line(body) or name, "body": body}


def _directive_of(line: str) -> str:
    """The directive that a line begins; its options stand right below it."""
    comment = _COMMENT.match(line)
    directive = _DIRECTIVE.match(line, comment.end()) if comment else None
    return directive[1] if directive else ""


def _readable(line: str) -> str:
    comment = _COMMENT.match(line)
    if comment:
        line = line[comment.end() :]
        directive = _DIRECTIVE.match(line)
        line = line[directive.end() :] if directive else line
    line = _FIELD.sub(r"\1:", line)
    line = _LITERAL.sub(r"\1", line)
    line = _ROLE.sub(_words, line)
    line = _LINK.sub(_words, line)
    return _STRONG.sub(r"\2", line)


def _words(match: re.Match[str]) -> str:
    return match[1].rstrip(" \t")
