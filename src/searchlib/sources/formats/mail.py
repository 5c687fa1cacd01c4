"""Mail: a message a file (.eml), or all messages of a folder in one (.mbox), read as a stream.

A message has its subject as title, and author, to, cc, date and the names of what is attached as fields; its
body is the plain text, or else what a reader would see of its HTML. What is attached is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from typing import Any

from ...errors import SourceError
from .contract import MAX_ROW_CHARACTERS, TOO_LONG, Content, Row
from .html import read_html
from .text import normalise_line_ends, short_first_line

_PEOPLE = (("author", "From"), ("to", "To"), ("cc", "Cc"))
_FROM = re.compile(r"From \S+ .*\d\d:\d\d.*\d{4}")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_WORD = r"=\?[^?\s]+\?[bBqQ]\?(?:[ -<>@-~]|=(?!\?(?!=))|\?(?!=))*\?="
_WORDS = re.compile(rf"{_WORD}(?:\s*{_WORD})*")
"""Encoded words: =?koi8-r?B?…?=. Between two of them spaces are none. None begins within another: linear."""


class _Policy(policy.Compat32):
    """Headers as they stand: Compat32 itself makes U+FFFD of every byte above ASCII that is not encoded."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return _readable(value)


_POLICY = _Policy()


def read(content: Content) -> Iterator[Row]:
    """The one message of a .eml file."""
    yield Row(0, read_message(content.data(), content.name))


def read_mbox(content: Content) -> Iterator[Row]:
    """The messages of a .mbox file, each with the line where it begins."""
    stream = content.lines(any_line_end=True)
    encoding = (stream.encoding or "utf-8").removesuffix("-sig")
    if encoding.startswith(("utf-16", "utf-32")):
        encoding = "utf-8"  # what a message says of itself is written for ASCII
    message: list[str] = []
    start = size = number = 0
    blank = True
    for number, line in enumerate(iter(stream.readline, ""), 1):
        if blank and _FROM.match(line):
            if message:
                yield _row(start, message, size, encoding, content.name)
            message, start, size = [], number, 0
        else:
            size += len(line)
            if size <= MAX_ROW_CHARACTERS:
                message.append(line)
                start = start or number
        blank = not line.strip()
    if message:
        yield _row(start, message, size, encoding, content.name)


def _row(start: int, lines: list[str], size: int, encoding: str, name: str) -> Row:
    if size > MAX_ROW_CHARACTERS:
        return Row(start, None, TOO_LONG)
    data = "".join(lines).encode(encoding, "surrogateescape")
    return Row(start, read_message(_QUOTED_FROM.sub(rb"\1", data), f"{name}#{start}"))


def read_message(data: bytes, name: str) -> dict[str, Any]:
    """The fields of a message."""
    message = BytesParser(policy=_POLICY).parsebytes(data)
    body, attached = _body(message)
    fields: dict[str, Any] = {"title": _header(message, "Subject") or short_first_line(body) or name}
    fields["body"] = body
    for field, header in _PEOPLE:
        if value := _header(message, header):
            fields[field] = value
    if date := _date(message):
        fields["date"] = date
    if attached:
        fields["attachments"] = attached
    return fields


def _header(message: Message, name: str) -> str:
    """A header's words."""
    return _decoded(message.get(name) or "")


def _decoded(text: str) -> str:
    """A header's text in one line, its encoded words decoded; what is encoded wrongly stays as it stands."""
    return " ".join(_WORDS.sub(_decoded_words, " ".join(text.split())).split())


def _decoded_words(match: re.Match[str]) -> str:
    try:
        return "".join(
            word if isinstance(word, str) else word.decode(charset or "ascii")
            for word, charset in decode_header(match.group())
        )
    except (HeaderParseError, LookupError, ValueError):
        return match.group()


def _readable(text: str) -> str:
    """Bytes above ASCII that a header has as they are."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    data = text.encode("utf-8", "surrogateescape")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")


def _date(message: Message) -> str:
    from email.utils import parsedate_to_datetime

    try:
        found: datetime = parsedate_to_datetime(str(message.get("Date", "")))
        if found.tzinfo is None:
            found = found.replace(tzinfo=timezone.utc)
        return found.astimezone(timezone.utc).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _body(message: Message) -> tuple[str, list[str]]:
    """The text, and the names of attached files."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[str] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        filename = _decoded(part.get_filename() or "")
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or (filename and not kind.startswith("text/")):
            attached.append(filename or kind)
        elif kind == "text/html":
            html.append(_text(part))
        elif kind.startswith("text/"):
            plain.append(_text(part))
        else:
            attached.append(filename or kind)
    text = "\n".join(plain)
    if not text.strip() and html:
        try:
            text = "\n".join(read_html(page, "")["body"] for page in html)
        except SourceError:
            text = "\n".join(html)
    return normalise_line_ends(text), attached


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    for encoding in (part.get_content_charset() or "utf-8", "utf-8", "cp1251"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")
