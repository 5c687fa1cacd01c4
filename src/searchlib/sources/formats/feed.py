"""Feeds, RSS and Atom: an item is a document, with title, link, date, author, tags and its text.

An item is called by the name that it has itself, so that it stays the same document wherever it moves in the
feed; without one, by a digest of its title and date. Its text is the longest of its summary and its content,
behind what only another one says.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timezone
from typing import Any

from .contract import Content, Row
from .html import html_text
from .xml_elements import Elements

_TEXTS = frozenset({"title", "content", "encoded", "description", "summary"})
_DATES = ("pubDate", "published", "date", "issued", "updated", "modified")
_BODIES = ("encoded", "content", "description", "summary")
_MAX_KEY = 1_000
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{2,6});")


def read(content: Content) -> Iterator[Row]:
    """The items of a feed."""
    number = 0
    seen: Counter[str] = Counter()
    for element in Elements(lambda name: name in ("item", "entry"), texts=_TEXTS).of(content):
        number += 1
        if element.reason or not isinstance(element.value, dict):
            yield Row(number, None, element.reason or "holds nothing but text")
            continue
        item = element.value
        link = _link(item)
        fields = _fields(item, link)
        own = (
            _text(_first(item.get("guid")))
            or _text(_first(item.get("id")))
            or _text(item.get("about"))
            or link
        )
        if not own or len(own) >= _MAX_KEY:
            own = _digest(fields)
            seen[own] += 1
            if seen[own] > 1:
                own = f"{own}-{seen[own]}"
        yield Row(number, fields, key=f"#{own}")


def _fields(item: dict[str, Any], link: str) -> dict[str, Any]:
    bodies = [_readable(text) for name in _BODIES for text in _all(item.get(name))]
    people = [_person(one) for name in ("author", "creator") for one in _all(item.get(name))]
    tags = [_text(one, "term") for name in ("category", "subject") for one in _all(item.get(name))]
    moments = [moment for name in _DATES for one in _all(item.get(name)) if (moment := _moment(_text(one)))]
    fields = {
        "title": " ".join(_readable(_first(item.get("title"))).split()),
        "link": link,
        "date": moments[0] if moments else "",
        "author": [person for person in people if person],
        "tags": [tag for tag in tags if tag],
        "body": _joined(bodies),
    }
    return {name: value for name, value in fields.items() if value}


def _digest(fields: dict[str, Any]) -> str:
    """What an item without a name of its own is called by: its title and date, else its text."""
    title = fields.get("title") or fields.get("body", "")
    said = f"{title}\n{fields.get('date', '')}"
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _joined(bodies: list[str]) -> str:
    """The longest, and before it what it does not say itself: a teaser is mostly its first words."""
    longest = max(bodies, key=len, default="")
    said = " ".join(longest.split())
    others = [body for body in bodies if body and " ".join(body.split()).rstrip("….[] ") not in said]
    return "\n\n".join([*dict.fromkeys(others), longest])


def _text(value: Any, attribute: str = "") -> str:
    """The text of an element, or an attribute of it."""
    if isinstance(value, dict):
        value = value.get(attribute) or value.get("text") or ""
    return value.strip() if isinstance(value, str) else ""


def _link(item: dict[str, Any]) -> str:
    """Atom has several, of which one leads to the item itself."""
    links = _all(item.get("link"))
    for link in links:
        if not isinstance(link, dict) or link.get("rel", "alternate") == "alternate":
            return _text(link, "href")
    return _text(links[0], "href") if links else ""


def _person(value: Any) -> str:
    return _text(_first(value.get("name")) if isinstance(value, dict) and "name" in value else value)


def _readable(value: Any) -> str:
    text = _text(value)
    return html_text(text).strip() if _MARKUP.search(text) else text


def _moment(text: str) -> str:
    """ISO 8601 for a moment of a mail's form, as RSS has them; others as they are."""
    from email.utils import parsedate_to_datetime

    if text[:4].isdigit():
        return text
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=timezone.utc)).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
