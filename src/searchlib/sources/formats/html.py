"""HTML to text: what a reader would see, a line for each block.

A page gives a title and a body, and what its <meta> elements say of it; scripts,
styles and other invisible parts are left out. No link is followed
and nothing is run. The encoding that a page declares about itself is found here too, since only HTML has such
a thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ...errors import SourceError
from .contract import Content, Row
from .front_matter import split
from .html_limits import check
from .html_source import with_ends
from .html_text import text_of
from .telegram_signs import is_telegram_page
from .text import normalise_line_ends
from .titles import title_of

_META = {
    "description": ("description", "og:description", "dc.description", "dcterms.description"),
    "author": ("author", "article:author", "dc.creator", "dcterms.creator"),
    "keywords": ("keywords", "news_keywords", "dc.subject"),
    "date": ("date", "article:published_time", "datepublished", "dc.date", "dcterms.created", "pubdate"),
}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, read_html(content.text(declared_encoding), content.name, content.say))


def is_html(start: str) -> bool:
    """Whether a text begins as a page does."""
    return start[:9].lower() == "<!doctype" or start[:5].lower() == "<html"


def other_than_named(start: str, complete: bool) -> str | None:
    """ "telegram.html" for a page of an export."""
    return "telegram.html" if is_telegram_page(start) else None


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page says it is in (<meta charset=…>), if Python knows it."""
    match = _DECLARED.search(data[:4096])
    if not match:
        return None
    try:
        "".encode(name := match.group(1).decode("ascii"))
    except (LookupError, ValueError):
        return None
    return None if name.lower().startswith(("utf-16", "utf-32")) else name


def read_html(text: str, name: str, say: Callable[[str], object] = lambda _: None) -> dict[str, Any]:
    """The fields of an .html file; SourceError if it cannot be parsed in good time.

    say: is told of front matter, as generators of sites put above pages, that cannot be read, and of frames.
    """
    fields, text = split(normalise_line_ends(text), say) if text[:3] in ("---", "+++") else ({}, text)
    tree = parsed(text)
    body = text_of(tree)
    if not body and tree.css_first("frameset") is not None:
        say("it is a set of frames and has no text itself; the pages that it names are read by themselves")
    titles = (fields.pop("title", ""), *(_text(tree, where) for where in ("head title", "h1")))
    return {"title": title_of(name, *map(_as_text, titles)), "body": body, **_meta(tree), **fields}


def parsed(text: str) -> Any:
    """The tree of a page, or of a piece of one. Raises SourceError."""
    from selectolax.lexbor import LexborHTMLParser

    is_xml = text[:100].lstrip("\ufeff \t\r\n").startswith("<?xml")
    text = with_ends(text, is_xml)
    check(text)
    return LexborHTMLParser(text)


def _text(tree: Any, where: str) -> str:
    """The text of the first such element that has any."""
    return next((text for node in tree.css(where) if (text := node.text().strip("\u00b6# \n\t"))), "")


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def html_text(text: str) -> str:
    """What a reader sees of a piece of HTML; where its tags nest too deeply, it stays as it is."""
    try:
        return text_of(parsed(text))
    except SourceError:
        return text


def _meta(tree: Any) -> dict[str, Any]:
    """What a page says of itself: the first of each field's names that it has."""
    said: dict[str, str] = {}
    for element in tree.css("meta[content]"):
        attributes = element.attributes
        name = (
            attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        ).lower()
        content = _SPACES.sub(" ", attributes.get("content") or "").strip()
        if name and content:
            said.setdefault(name, content)
    found: dict[str, Any] = {}
    for field, names in _META.items():
        value = next((said[name] for name in names if name in said), "")
        if value:
            found[field] = value
    if "keywords" in found:
        found["keywords"] = [word for part in found["keywords"].split(",") if (word := part.strip())]
    return found
