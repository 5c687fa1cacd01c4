"""Plain text: the first line is the title where it is short enough to be one.

The body is the whole text, its lines ended by line feeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .contract import Content, Row
from .titles import MAX_TITLE, title_of


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_text(content.text(), content.name))


def other_than_named(start: str, complete: bool) -> str | None:
    """ "whatsapp" for the export of a chat."""
    from .whatsapp import is_whatsapp

    return "whatsapp" if is_whatsapp(start) else None


def read_text(text: str, name: str) -> dict[str, Any]:
    """The fields of a .txt file; `name` is the title of a text that has no short first line."""
    body = normalise_line_ends(text)
    return {"title": title_of(name, heading=short_first_line(body)), "body": body}


def normalise_line_ends(text: str) -> str:
    """As Python reads text files, so that offsets agree with `Path.read_text()`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def short_first_line(text: str) -> str:
    """The first line that is not blank, or "" where it is longer than a title is."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    line = text[start : end if end >= 0 else len(text)].rstrip()
    return line if len(line) <= MAX_TITLE else ""
