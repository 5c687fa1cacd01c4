"""Dumps of MediaWiki, as Wikipedia's: a page is a document, read one by one; of its revisions the last one.

The text is the wiki's, but for the marks that stand inside words and links, which would part them. Templates
keep what they are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .contract import Content, Row
from .xml_elements import Elements

_LINK = re.compile(r"\[\[([^\[\]\n]{0,1000})\]\]")
_OUTER = re.compile(r"\[https?://[^\s\[\]]{1,2000} ([^\[\]\n]{1,300})\]")
_QUOTES = re.compile(r"'{2,5}")
_HEADING = re.compile(r"^=[^\n]*=[ \t]*$", re.MULTILINE)
_TAG = re.compile(
    r"</?(?:ref|nowiki|small|big|sub|sup|br|div|span|center|poem|blockquote|gallery)\b[^<>\n]{0,500}>"
)


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


def readable(text: str) -> str:
    """A wiki's text without comments, quotes that make bold, marks of headings and targets of links."""
    if "<" in text:
        first, *rest = text.split("<!--")
        text = _TAG.sub("", first + "".join(part.partition("-->")[2] for part in rest))
    for _ in range(2):  # the caption of a picture has links of its own
        text = _LINK.sub(lambda link: link[1].rpartition("|")[2], text)
    text = _QUOTES.sub("", _OUTER.sub(r"\1", text))
    return _HEADING.sub(lambda heading: heading[0].strip("= \t"), text)
