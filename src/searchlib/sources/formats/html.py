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
from .telegram_signs import is_telegram_page
from .text import normalise_line_ends

_MAX_DEPTH = 2_000  # the parser's time grows with the square of the depth; browsers stop at 512


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_INVISIBLE = _words(
    "head script style noscript template svg math iframe object canvas audio video select textarea"
)
_INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q rp rt ruby s"
    " samp small span strike strong sub sup time tt u var wbr"
)
_CELLS = frozenset({"td", "th"})
_NESTS_NOT = _words(
    "p li dd dt tr td th thead tbody tfoot option optgroup br hr img input meta link area base col embed"
    " param source track wbr html head body"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
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
    """The fields of an .html file; SourceError if its tags nest too deeply to be parsed in good time.

    say: is told of front matter, as generators of sites put above pages, that cannot be read.
    """
    from selectolax.lexbor import LexborHTMLParser

    fields, text = split(normalise_line_ends(text), say) if text[:3] in ("---", "+++") else ({}, text)
    if _depth(text) > _MAX_DEPTH:
        raise SourceError(f"its tags are nested more than {_MAX_DEPTH} deep; is this HTML?")
    tree = LexborHTMLParser(text)
    title = tree.css_first("head title") or tree.css_first("h1")
    body = "".join(_tidy(_pieces(tree.body))) if tree.body is not None else ""
    title_text = _SPACES.sub(" ", title.text()).strip() if title is not None else ""
    given = fields.pop("title", None)
    return {"title": given or title_text or name, "body": body, **_meta(tree), **fields}


def html_text(text: str) -> str:
    """What a reader sees of a piece of HTML; where its tags nest too deeply, it stays as it stands."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(text).body if _depth(text) <= _MAX_DEPTH else None
    return text_of(body) if body is not None else text


def text_of(node: Any) -> str:
    """What a reader sees of an element."""
    return "".join(_tidy(_pieces(node)))


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


def _depth(text: str) -> int:
    """How deep tags may be nested, counting no tag that closes itself or its like."""
    depth = deepest = 0
    for found in _TAG.finditer(text):  # all at once would take more memory than the page
        closing, tag = found.groups()
        if tag.lower() not in _NESTS_NOT:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _pieces(root: Any) -> Iterator[tuple[str, bool]]:
    """The text nodes in order, with "\\n" and "\\t" where a block or a cell begins or ends.

    The flag says to keep a piece as it is.
    """
    node, preformatted = root, 0
    while True:
        tag = node.tag or "-instruction"  # <?php … ?>
        if tag == "-text":
            yield node.text(), preformatted > 0
        elif tag not in _INVISIBLE:
            yield _border(tag), False
            preformatted += tag == "pre"
            if node.child is not None:
                node = node.child
                continue
            preformatted -= tag == "pre"
            yield _border(tag), False
        while node.mem_id != root.mem_id and node.next is None:
            node = node.parent
            preformatted -= node.tag == "pre"
            yield _border(node.tag or ""), False
        if node.mem_id == root.mem_id:
            return
        node = node.next


def _border(tag: str) -> str:
    if tag in _CELLS:
        return "\t"
    return "" if tag in _INLINE or tag.startswith(("-", "!")) else "\n"


def _tidy(pieces: Iterator[tuple[str, bool]]) -> Iterator[str]:
    """White space as a browser shows it: one space between words, one line end between blocks."""
    pending, started = "", False
    for piece, keep in pieces:
        if keep:
            yield (pending if started else "") + piece
            pending, started = "", True
            continue
        if piece in ("\n", "\t"):
            pending = "\n" if "\n" in (piece, pending) else piece
            continue
        words = _SPACES.sub(" ", piece)
        text = words.strip(" ")
        if words.startswith(" ") and not pending:
            pending = " "
        if text:
            yield (pending if started else "") + text
            pending, started = (" " if words.endswith(" ") else ""), True
    if started:
        yield "\n"
