"""Telegram's exports as pages (messages.html, messages2.html, …): a message is a document.

It has chat, from, date, text, and what it answers, forwards or shows. A message that goes on with the one
above has its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .contract import Content, Row
from .html import declared_encoding, parsed
from .html_text import text_of_element

_MOMENT = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d):(\d\d)(?: UTC([+-]\d\d:\d\d))?\Z", re.ASCII)
_ANSWERED = re.compile(r"go_to_message(\d+)")


def read(content: Content) -> Iterator[Row]:
    """The messages of a page."""
    tree = parsed(content.text(declared_encoding))
    title = tree.css_first(".page_header .text")
    chat = _line(title)
    author = ""
    for number, message in enumerate(tree.css("div.message"), 1):
        name = message.attributes.get("id") or ""
        key = name.removeprefix("message")
        if key.startswith("-") or not key:
            continue  # a day, which stands with each message
        is_service = "service" in (message.attributes.get("class") or "").split()
        fields: dict[str, Any] = {"chat": chat} if chat else {}
        if is_service:
            fields |= {"type": "service", "text": _text(message.css_first(".body"))}
        else:
            found = _fields(message)
            author = found.setdefault("from", author)
            fields |= found
        yield Row(number, {name: value for name, value in fields.items() if value}, key=f"#{key}")


def _fields(message: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    texts: list[str] = []
    for part in message.css(".from_name, .date, .text, .media_wrap, .reply_to, .signature"):
        classes = (part.attributes.get("class") or "").split()
        above = _classes_above(part, message)
        if "media_wrap" in above:
            continue
        if "from_name" in classes:
            for inner in part.css(".date"):
                inner.decompose()
            fields.setdefault("forwarded_from" if "forwarded" in above else "from", _line(part))
        elif "date" in classes:
            if "forwarded" not in above and (moment := _moment(part.attributes.get("title") or "")):
                fields.setdefault("date", moment)
        elif "reply_to" in classes:
            if answered := _ANSWERED.search(part.html or ""):
                fields["reply_to_message_id"] = int(answered[1])
        elif "signature" in classes:
            fields["signature"] = _line(part)
        elif "media_wrap" in classes:
            fields.setdefault("media", []).append(_line(part))
        elif "text" in classes:
            texts.append(_text(part))
    fields["text"] = "\n".join(texts)
    return fields


def _classes_above(part: Any, message: Any) -> set[str]:
    found: set[str] = set()
    node = part.parent
    while node is not None and node.mem_id != message.mem_id:
        found.update((node.attributes.get("class") or "").split())
        node = node.parent
    return found


def _text(node: Any) -> str:
    return text_of_element(node).strip() if node is not None else ""


def _line(node: Any) -> str:
    return " ".join(_text(node).split())


def _moment(text: str) -> str:
    match = _MOMENT.match(text)
    if match is None:
        return ""
    day, month, year, hour, minute, second = map(int, match.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, second).isoformat() + (match[7] or "")
    except ValueError:
        return ""
