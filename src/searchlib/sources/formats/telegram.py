"""Telegram's exports as JSON, of a chat or of an account: a message is a document, read one by one.

A message has its chat, and what the export says of it; its id is that of chat and message. What an account
has besides chats (contacts, sessions) is named, and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...errors import SourceError
from . import json_whole
from .contract import ENTRIES, Content, Row
from .json_stream import JsonStream
from .json_value import HALF, has_surrogate

_LISTS = ("chats", "left_chats")
_MAX_DEPTH = 4
_TWICE = frozenset({"id", "date_unixtime", "edited_unixtime"})
"""What says in another way what stands beside it."""

_LEFT_OUT = re.compile(r"\((?:File|Photo|Video)\b.{0,200}\)\Z", re.DOTALL)
"""What stands in place of a file's name: (File not included. Change data exporting settings to download.)"""


def read(content: Content) -> Iterator[Row]:
    """The messages of all chats; where records name a list, the rows that any JSON file has there."""
    if content.records is not None and content.records not in ENTRIES:
        yield from json_whole.read(content)
        return
    export = _Export(content)
    try:
        yield from export.rows()
    except SourceError as error:
        yield Row(0, None, f"{error}; what stands before that is read")
    if export.beside:
        content.say(f"beside the messages, and not read: {', '.join(sorted(export.beside))}")


class _Export:
    def __init__(self, content: Content) -> None:
        self._json = JsonStream(content.lines())
        self._number = 0
        self.beside: set[str] = set()

    def rows(self) -> Iterator[Row]:
        yield from self._object(1)

    def _object(self, depth: int) -> Iterator[Row]:
        """The messages in an object: a chat's own, or those of the chats in its lists."""
        json = self._json
        said: dict[str, Any] = {}
        for name in json.members():
            sign = json.peek()
            if name == "messages" and sign == "[":
                for _ in json.items():
                    yield self._message(json.value(), said)
            elif name in _LISTS and sign == "{" and depth < _MAX_DEPTH:
                yield from self._object(depth + 1)
            elif name == "list" and sign == "[" and depth < _MAX_DEPTH:
                for _ in json.items():
                    if json.peek() == "{":
                        yield from self._object(depth + 1)
                    else:
                        json.value()
            else:
                value = json.value()
                if not isinstance(value, dict | list):
                    said[name] = value
                elif value:
                    self.beside.add(name)

    def _message(self, message: Any, chat: dict[str, Any]) -> Row:
        self._number += 1
        if not isinstance(message, dict):
            return Row(self._number, None, "a message that is no object {…}")
        number = message.get("id")
        key = f"#{chat.get('id', '')}/{number}" if isinstance(number, int | str) else ""
        if has_surrogate(message) or has_surrogate(chat):
            return Row(self._number, None, HALF, key=key)
        fields: dict[str, Any] = {}
        kind = chat.get("type")
        if name := chat.get("name") or kind:
            fields["chat"] = name
        if kind:
            fields["chat_type"] = kind
        for name, value in message.items():
            if name in _TWICE or (name == "type" and value == "message"):
                continue
            if name == "text_entities" and message.get("text"):
                continue
            if isinstance(value, str) and _LEFT_OUT.match(value) and name not in ("text", "from"):
                continue
            fields[name] = value
        if fields.get("type") == "service" and "actor" in fields:
            fields.setdefault("from", fields.pop("actor"))
        text = fields.get("text")
        if isinstance(text, list) and all(isinstance(piece, str) for piece in text):
            fields["text"] = "".join(text)
        return Row(self._number, {n: v for n, v in fields.items() if n.lower() != "id"}, key=key)
