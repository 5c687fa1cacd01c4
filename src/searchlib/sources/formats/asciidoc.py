"""AsciiDoc to the text that it is rendered to: marks, attributes and comments go, the words stay.

The header gives title, author, date and what its attributes say; the first heading is the title of a file
without one. Nothing is included; attributes of the document's own are put in. What stands within a line is
asciidoc_inline.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .asciidoc_inline import Attributes, readable
from .contract import Content, Row
from .document_fields import document_fields
from .inline import tidy
from .text import normalise_line_ends

_DELIMITER = re.compile(
    r"(?:(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|`{3,}|~{4,})\w*|--|[|,:!]={3,})[ \t]*\Z"
)
_VERBATIM = frozenset("-.+`")
_ATTRIBUTE = re.compile(r":(!?[\w-]+!?):(?:[ \t]+(.*))?\Z")
_BLOCK = re.compile(r"\[(?:\[[^\[\]]*\]|[^\[\]]*|[^\[\]]*\[[^\[\]]*\][^\[\]]*)\][ \t]*\Z")
_QUOTED = re.compile(r"\[(?:quote|verse)[^,\]]*,[ \t]*(.*)\]")
_BLOCK_TITLE = re.compile(r"\.(?![\s.])(.+)\Z")
_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+(.*?)(?:[ \t]+\1)?[ \t]*\Z")
_UNDERLINE = re.compile(r"(=+|-+|~+|\^+|\++)[ \t]*\Z")
_DIRECTIVE = re.compile(r"(?:include|ifdef|ifndef|endif|ifeval|toc|video|audio)::[^\[\]]*\[(.*)\][ \t]*\Z")
_COMMENT = re.compile(r"//(?!/)")
_ITEM = re.compile(r"[ \t]*(?:\*{1,6}|-|<(?:\d+|\.)>)[ \t]+(?:\[[ xX*]\][ \t]+)?(?=\S)")
_ORDERED = re.compile(r"[ \t]*(\.{1,6})[ \t]+(?=\S)")
_TERM = re.compile(r"[ \t]*(\S.*?)(?::{2,4}|;;)(?:[ \t]+(.*)|)\Z")
_AUTHOR = re.compile(r"[^\W\d_][\w.'’-]*(?:[ \t]+[\w.'’-]+){0,3}(?:[ \t]*<[^<>]*>)?(?:;|\Z)")
_REVISION = re.compile(r"v?[\d.]+[,:]|\d{4}-\d\d-\d\d|.*,[ \t]*(\d{4}-\d\d-\d\d)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CELL = re.compile(r"(?:^|[ \t])(?:\d+[*+]|\.\d+\+|\d+\.\d+\+)?(?:[<^>]?(?:\.[<^>])?)[adehlmsv]?\|")
_SAID = {"author": "author", "authors": "author", "revdate": "date", "keywords": "keywords",
         "description": "description", "lang": "language"}  # fmt: skip


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_asciidoc(content.text(), content.name))


def read_asciidoc(text: str, name: str) -> dict[str, Any]:
    """The fields of an .adoc file."""
    document = _Document(normalise_line_ends(text).split("\n"))
    said = {_SAID[name]: value for name, value in document.attributes.items() if name in _SAID}
    return document_fields(
        tidy(document.kept), name, {"title": document.title, **said}, heading=document.heading
    )


class _Document:
    """The lines of a document, read at once."""

    def __init__(self, lines: list[str]) -> None:
        self.kept: list[str] = []
        self.title = self.heading = ""
        self.attributes: Attributes = {}
        self._lines = lines
        self._fence = ""
        self._is_comment = self._in_table = False
        self._numbers: list[int] = []  # of each level of numbered items
        at = self._header()
        while at < len(lines):
            at = self._line(lines[at], at)

    def _header(self) -> int:
        """The line behind the title, the authors and the revision."""
        lines, at = self._lines, 0
        while at < len(lines) and (not lines[at].strip() or lines[at].startswith(("//", ":"))):
            self._attribute(lines[at])
            at += 1
        if at == len(lines) or not lines[at].startswith(("= ", "# ")):
            return at
        title = lines[at][2:].strip()
        at += 1
        if at < len(lines) and _AUTHOR.match(lines[at]) and lines[at][:1] not in ":/":
            authors = [author.partition("<")[0].strip() for author in lines[at].split(";")]
            self.attributes["author"] = ", ".join(author for author in authors if author)
            at += 1
            if at < len(lines) and _REVISION.match(lines[at]):
                if found := _DATE.search(lines[at]):
                    self.attributes["revdate"] = found.group()
                at += 1
        while at < len(lines) and lines[at].startswith((":", "//")):
            self._attribute(lines[at])
            at += 1
        self.title = readable(title, self.attributes)
        self.kept += [self.title, *([author] if (author := self.attributes.get("author")) else []), ""]
        return at

    def _attribute(self, line: str) -> bool:
        found = _ATTRIBUTE.match(line)
        if found and not found[1].startswith("!") and not found[1].endswith("!"):
            self.attributes[found[1].lower()] = readable(
                (found[2] or "").removesuffix("\\").strip(), self.attributes
            )
        return bool(found)

    def _line(self, line: str, at: int) -> int:
        """The next line to read."""
        bare = line.rstrip(" \t")
        if self._fence:
            if bare == self._fence:
                self._fence, self._is_comment = "", False
            elif not self._is_comment:
                self.kept.append(line)
            return at + 1
        if self._is_delimiter(line, bare, at):
            return at + 1
        start = line[:1]
        if (
            (start == ":" and self._attribute(line))
            or (start == "/" and _COMMENT.match(line))
            or bare == "+"
            or bare in ("'''", "<<<", "---", "***")
        ):
            return at + 1
        if start == "[" and _BLOCK.match(line):
            if quoted := _QUOTED.match(line):
                self.kept.append(self._readable(quoted[1]))
            return at + 1
        if directive := (_DIRECTIVE.match(line) if "::" in line else None):
            if line.startswith("if") and directive[1]:
                self.kept.append(self._readable(directive[1]))
            return at + 1
        following = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        if _is_underlined(bare, following):
            self._heading(bare)
            return at + 2
        if start in "=#" and (heading := _HEADING.match(line)):
            self._heading(heading[2])
        elif start == "." and (title := _BLOCK_TITLE.match(line)):
            self.kept.append(self._readable(title[1]))
        else:
            self.kept.append(self._words(line))
        return at + 1

    def _is_delimiter(self, line: str, bare: str, at: int) -> bool:
        found = _DELIMITER.match(line)
        if not found:
            return False
        kind = found[1][:1] if found[1] else ""
        before = self._lines[at - 1].strip() if at else ""
        if kind and kind in "-=~+" and _is_underlined(before, bare):
            return False
        if kind == "/":
            self._fence, self._is_comment = bare, True
        elif kind and kind in _VERBATIM:
            self._fence = "`" * (len(bare) - len(bare.lstrip("`"))) if kind == "`" else bare
        elif bare.startswith(("|", "!", ",", ":")):
            self._in_table = not self._in_table
        self._numbers.clear()
        return True

    def _heading(self, words: str) -> None:
        words = self._readable(words)
        self.heading = self.heading or words
        self._numbers.clear()
        self.kept += ["", words, ""]

    def _words(self, line: str) -> str:
        if self._in_table and "|" in line:
            cells = [self._readable(cell.strip()) for cell in _CELL.split(line)]
            return "\t".join(cells[1:] if not cells[0] else cells)
        if item := _ITEM.match(line):
            return self._readable(line[item.end() :])
        if ordered := _ORDERED.match(line):
            level = len(ordered[1])
            del self._numbers[level:]
            self._numbers += [0] * (level - len(self._numbers))
            self._numbers[level - 1] += 1
            return f"{self._numbers[level - 1]}. {self._readable(line[ordered.end() :])}"
        if ("::" in line or ";;" in line) and (term := _TERM.match(line)):
            return f"{self._readable(term[1])}\n{self._readable(term[2] or '')}".rstrip("\n")
        if line[:1] not in (" ", "\t", "") and not self._lines:
            self._numbers.clear()
        return self._readable(line)

    def _readable(self, line: str) -> str:
        return readable(line, self.attributes)


def _is_underlined(line: str, following: str) -> bool:
    """Whether a heading has a line of one of =-~^+ below it that is as long as it."""
    return (
        bool(_UNDERLINE.match(following))
        and len(following.rstrip()) > 2
        and abs(len(line) - len(following.rstrip())) < 2
        and any(map(str.isalnum, line))
        and line[:1] not in ("[", ".", " ", "|")
    )
