"""HTML to text: what a reader would see, a line for each block.

A page gives a title and a body; scripts, styles and other invisible parts are left out. No link is followed
and nothing is run. The encoding that a page declares about itself is found here too, since only HTML has such
a thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...errors import SourceError
from .contract import Content, Row

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
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE
)


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(0, dict(read_html(content.text(declared_encoding), content.name)))


def is_html(start: str) -> bool:
    """Whether a text begins as a page does."""
    return start[:9].lower() == "<!doctype" or start[:5].lower() == "<html"


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


def read_html(text: str, name: str) -> dict[str, str]:
    """The fields of an .html file; SourceError if its tags nest too deeply to be parsed in good time."""
    from selectolax.lexbor import LexborHTMLParser

    if _depth(text) > _MAX_DEPTH:
        raise SourceError(f"its tags are nested more than {_MAX_DEPTH} deep; is this HTML?")
    tree = LexborHTMLParser(text)
    title = tree.css_first("head title") or tree.css_first("h1")
    body = "".join(_tidy(_pieces(tree.body))) if tree.body is not None else ""
    title_text = _SPACES.sub(" ", title.text()).strip() if title is not None else ""
    return {"title": title_text or name, "body": body}


def _depth(text: str) -> int:
    """How deep tags may be nested, counting no tag that closes itself or its like."""
    depth = deepest = 0
    for closing, tag in _TAG.findall(text):
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
        tag = node.tag
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
            yield _border(node.tag), False
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
