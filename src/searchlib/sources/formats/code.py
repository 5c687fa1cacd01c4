"""Source code, logs and settings: text as it stands, called as its file is.

Its first line is an import, a moment or a comment, and no title.
"""

from __future__ import annotations

from collections.abc import Iterator

from .coding import declared_coding
from .contract import Content, Row
from .html import is_html
from .text import normalise_line_ends


def other_than_named(start: str, complete: bool) -> str | None:
    """ "html" for a page that is called .php or .vue."""
    return "html" if is_html(start) else None


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, {"title": content.name, "body": normalise_line_ends(content.text(declared_coding))})
