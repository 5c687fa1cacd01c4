"""Dumps of MediaWiki, as Wikipedia's: a page is a document, read one by one; of its revisions the last one.

How its marks become text is mediawiki_text.py's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .contract import Content, Row
from .mediawiki_text import readable
from .xml_elements import Elements


def read(content: Content) -> Iterator[Row]:
    """The pages of a dump."""
    number = 0
    for element in Elements(lambda name: name == "page", last=frozenset({"revision"})).of(content):
        number += 1
        page = element.value
        if element.reason or not isinstance(page, dict):
            yield Row(number, None, element.reason or "is a page without a title")
            continue
        own = page.get("id")
        yield Row(number, _fields(page), key=f"#{own}" if isinstance(own, str) else "")


def _fields(page: dict[str, Any]) -> dict[str, Any]:
    revision = page.get("revision")
    revision = revision if isinstance(revision, dict) else {}
    by = revision.get("contributor")
    fields = {
        "title": _text(page.get("title")),
        "body": readable(_text(revision.get("text"))),
        "date": _text(revision.get("timestamp")),
        "author": _text(by.get("username") or by.get("ip")) if isinstance(by, dict) else "",
        "comment": _text(revision.get("comment")),
        "redirect": _text(page.get("redirect"), "title"),
    }
    return {name: value for name, value in fields.items() if value}


def _text(value: Any, attribute: str = "text") -> str:
    found = value.get(attribute) if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""
