"""Markdown to the text of the page that it is rendered to.

CommonMark with tables, footnotes, definitions and wiki links goes through pulldown-cmark (pyromark), what
generators of sites add to it through markdown_dialects.py before; the page is then read as pages are. The
title is that of the front matter, else the first heading, else the file's name; what else the front matter
says are fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...errors import SourceError
from .contract import SURROGATE, Content, Row
from .front_matter import split
from .html import parsed
from .html_text import text_of
from .markdown_dialects import as_commonmark
from .markdown_tags import with_placeholders
from .text import normalise_line_ends
from .titles import title_of

_TABLES, _FOOTNOTES, _STRIKETHROUGH, _TASKS = 1 << 1, 1 << 2, 1 << 3, 1 << 4
_HEADING_ATTRIBUTES, _MATH, _DEFINITIONS, _WIKI_LINKS = 1 << 6, 1 << 10, 1 << 12, 1 << 15
_OPTIONS = (
    _TABLES | _FOOTNOTES | _STRIKETHROUGH | _TASKS | _HEADING_ATTRIBUTES | _MATH | _DEFINITIONS | _WIKI_LINKS
)
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_ANCHOR = re.compile(r"[\s\u00b6#]+\Z")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_markdown(content.text(), content.name, content.say))


def read_markdown(text: str, name: str, say: Callable[[str], object] = lambda _: None) -> dict[str, Any]:
    """The fields of a Markdown file.

    say: is told of front matter that cannot be read, and of marks that nest too deeply, which then stay.
    """
    fields, source = split(normalise_line_ends(text), say)
    own = fields.pop("title", None)
    try:
        tree = parsed(_rendered(source))
    except SourceError as error:
        say(f"it is taken as it stands, with its marks: {error}")
        return {"title": title_of(name, _as_text(own)), "body": source, **fields}
    heading = tree.css_first(_HEADINGS)
    first = _ANCHOR.sub("", heading.text()) if heading is not None else ""
    return {"title": title_of(name, _as_text(own), first), "body": text_of(tree), **fields}


def _rendered(source: str) -> str:
    """The page. Raises SourceError."""
    import pyromark

    source = SURROGATE.sub("\ufffd", as_commonmark(source))
    try:
        page: str = pyromark.html(source, options=pyromark.Options(_OPTIONS))
    except BaseException as error:  # what a fault of a Rust module raises is no Exception
        if type(error).__name__ == "PanicException":
            raise SourceError("its marks cannot be read, by a fault of the reader") from None
        raise
    return with_placeholders(page)


def _as_text(title: Any) -> str:
    return "" if title is None else str(title)
