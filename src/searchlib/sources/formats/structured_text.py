"""reStructuredText to readable text: underlines, directives' marks and roles go, the words stay.

The title is the first line that is underlined, else the first short one, else the file's name. Nothing is
rendered or included; every pattern here runs in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .contract import Content, Row
from .inline import outside, table_row, tidy, unescaped
from .text import normalise_line_ends, short_first_line

_RULE = re.compile(r"""([=\-`:.'"~^_*+#])\1{2,}[ \t]*\Z""")
_COMMENT = re.compile(r"[ \t]*\.\.[ \t]+(?:_[^:\n]*:|\|[^|\n]*\|)?[ \t]*")
_UNSEEN = re.compile(
    r"[ \t]*\.\.(?:[ \t]*\Z|[ \t]+(?:\|[^|\n]*\|[ \t]+)?(?:class|code|code-block|container|contents"
    r"|cssclass|default-domain|default-role|figure|highlight|image|include|index|literalinclude|meta|only|raw"
    r"|role|rst-class|sectnum|sourcecode|tabularcolumns|toctree)::|[ \t]+_[^:\n]*:)"
)
"""Lines of which a reader sees nothing: they name a file, a language, a style, or where a link leads."""

_METADATA = re.compile(r":(?:orphan|nosearch|no-search|nocomments|tocdepth):.*\Z")
_ENTRY = re.compile(r"[ \t]+[\w./*:-]+[ \t]*\Z")
_TABLE_RULE = re.compile(r"[ \t]*(?:\+(?:[-=]+\+)+|={2,}(?:[ \t]+={2,})+|-{2,}(?:[ \t]+-{2,})+)[ \t]*\Z")
_ITEM = re.compile(r"[ \t]*(?:[*+•-]|#\.|\|)[ \t]+(?=\S)")
_NOTE = re.compile(r"[ \t]*\[(?:\d+|#\w*|\*)\][ \t]+")
_NOTE_MARK = re.compile(r"[ \t]?\[(?:\d+|#\w*|\*)\]_(?!\w)")
_CITATION = re.compile(r"(\[[^\[\]\s]+\])_(?!\w)")
_SUBSTITUTED = re.compile(r"(?<![\w|])\|([^|\s\n](?:[^|\n]*[^|\s\n])?)\|_{0,2}(?![\w|])")
_REFERENCE = re.compile(r"\b([^\W_]\w*?)__?(?=[\s.,;:!?)\]]|\Z)")
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
    in_contents = False
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
        in_contents = directive == "toctree" or (in_contents and line[:1] in ("", " ", "\t"))
        if in_contents and _ENTRY.match(line):
            continue
        if not (_UNSEEN.match(line) or _TABLE_RULE.match(line) or _METADATA.match(line)):
            kept.append(_readable(line))
    body = tidy(kept)
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
        line = line[directive.end() :] if directive else _NOTE.sub("", line, count=1)
    bare = line.strip()
    if len(bare) > 1 and bare[0] == bare[-1] == "|" and bare[1] == " ":  # a row of a table
        line = table_row(bare)
    elif not bare.strip(":"):
        return ""
    elif _ITEM.match(line):
        line = _ITEM.sub("", line, count=1)
    if bare.endswith("::"):
        line = line.rstrip()[:-1]
    line = _FIELD.sub(r"\1:", line)
    return outside(_LITERAL, line, lambda text: unescaped(text, _words), 1)


def _words(text: str) -> str:
    """What is no literal, without its marks."""
    if "`" in text:
        text = _LINK.sub(_target, _ROLE.sub(_target, text))
    if "*" in text:
        text = _STRONG.sub(r"\2", text)
    if "_" in text:
        text = _CITATION.sub(r"\1", _NOTE_MARK.sub("", text))
        text = _REFERENCE.sub(r"\1", text)
    return _SUBSTITUTED.sub(r"\1", text) if "|" in text else text


def _target(match: re.Match[str]) -> str:
    return match[1].rstrip(" \t").lstrip("~!")
