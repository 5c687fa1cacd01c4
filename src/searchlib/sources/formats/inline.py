r"""What the light mark-ups have in common: escapes, entities, and the words within a line's marks.

A character that is escaped (\*) is hidden from the patterns and comes back as itself. Every pattern here
runs in linear time.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HIDDEN = re.compile("[\ue021-\ue07e]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SHIFT = 0xE000
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def unescaped(line: str, read: Callable[[str], str]) -> str:
    """The line as `read` makes it, which sees no character that is escaped."""
    if "\\" not in line or _HIDDEN.search(line):
        return read(line)
    hidden = _ESCAPE.sub(lambda match: chr(ord(match[1]) + _SHIFT), line)
    return _HIDDEN.sub(lambda match: chr(ord(match[0]) - _SHIFT), read(hidden))


def without_entities(text: str) -> str:
    """&mdash; and the like as the characters that they stand for."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def outside(pattern: re.Pattern[str], line: str, read: Callable[[str], str], group: int) -> str:
    """The line with `read` done to what lies outside of the matches, which become a group of theirs."""
    pieces: list[str] = []
    end = 0
    for match in pattern.finditer(line):
        pieces += (read(line[end : match.start()]), match[group])
        end = match.end()
    return "".join([*pieces, read(line[end:])]) if pieces else read(line)


def table_row(bare: str) -> str:
    """A line | of | cells | with tabs between them, as in pages."""
    return "\t".join(cell.strip() for cell in bare[1:-1].split("|"))


def tidy(lines: list[str]) -> str:
    """The lines as a text; where marks are gone, no more than one line stays blank."""
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
