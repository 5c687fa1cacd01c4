"""Mail: a message a file (.eml), or all messages of a folder in one (.mbox), read as a stream.

A message has its subject as title, and author, to, cc, date and the names of what is attached as fields; its
body is the plain text, or else what a reader would see of its HTML. What is attached is not read.
"""

from __future__ import annotations

import itertools
import re
from binascii import a2b_base64, a2b_qp
from collections.abc import Iterator
from datetime import datetime, timezone
from email import policy
from email.message import Message
from email.parser import BytesParser
from typing import Any

from ...errors import SourceError, brief
from ..encodings import of_short_text
from .contract import MAX_ROW_CHARACTERS, SURROGATE, TOO_LONG, Content, Row
from .html import read_html
from .text import normalise_line_ends, short_first_line

_PEOPLE = (("author", "From"), ("to", "To"), ("cc", "Cc"))
_FROM = re.compile(r"From \S+ .*\d\d:\d\d.*\d{4}")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_WORD = r"=\?[^?\s]+\?[bBqQ]\?(?:[ -<>@-~]|=(?!\?(?!=))|\?(?!=))*\?="
_WORDS = re.compile(rf"{_WORD}(?:\s*{_WORD})*")
"""Encoded words: =?koi8-r?B?…?=. Between two of them spaces are none. None begins within another: linear."""

_ONE_WORD = re.compile(r"=\?([^?*\s]+)[^?\s]*\?([bBqQ])\?(.*?)\?=")
_SAYS_NOTHING = ("us-ascii", "ascii", "iso-8859-1", "latin-1")
"""What programs say that know no charset."""


class _Policy(policy.Compat32):
    """Headers as they stand: Compat32 itself makes U+FFFD of every byte above ASCII that is not encoded."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


_POLICY = _Policy()


def read(content: Content) -> Iterator[Row]:
    """The one message of a .eml file."""
    yield Row(0, read_message(content.data(), content.name))


def read_mbox(content: Content) -> Iterator[Row]:
    """The messages of a .mbox file, each with the line where it begins."""
    stream = content.lines(any_line_end=True, as_they_are=True)
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
    try:
        return Row(start, read_message(_QUOTED_FROM.sub(rb"\1", data), f"{name}#{start}"))
    except SourceError as error:
        return Row(start, None, str(error))


def read_message(data: bytes, name: str) -> dict[str, Any]:
    """The fields of a message. SourceError if it is none that can be read."""
    try:
        return _read_message(data, name)
    except RecursionError:
        raise SourceError("its parts are nested too deeply") from None
    except SourceError:
        raise
    except Exception as error:  # what Python's parsers of mail raise is nowhere said
        raise SourceError(f"cannot be read as mail: {type(error).__name__}: {brief(str(error))}") from None


def _read_message(data: bytes, name: str) -> dict[str, Any]:
    message = BytesParser(policy=_POLICY).parsebytes(data)
    said = _charset_of_headers(message)
    body, attached = _body(message, said)
    fields: dict[str, Any] = {"title": _header(message, "Subject", said) or short_first_line(body) or name}
    fields["body"] = body
    for field, header in _PEOPLE:
        if value := _header(message, header, said):
            fields[field] = value
    if date := _date(message):
        fields["date"] = date
    if attached:
        fields["attachments"] = attached
    return fields


def _header(message: Message, name: str, said: str) -> str:
    """A header's words."""
    return _decoded(message.get(name) or "", said)


def _decoded(text: str, said: str) -> str:
    """A header's text in one line, its encoded words decoded; what is encoded wrongly stays as it stands."""
    if SURROGATE.search(text):  # bytes above ASCII as they are
        text = _text_of(text.encode("utf-8", "surrogateescape"), "utf-8", said)
    return " ".join(_WORDS.sub(_decoded_words, " ".join(text.split())).split())


def _decoded_words(match: re.Match[str]) -> str:
    """A run of encoded words; those of one charset are joined first, for their border may cut a letter."""
    texts: list[str] = []
    words = ((_bytes_of_word(word), word) for word in _ONE_WORD.finditer(match.group()))
    for charset, run in itertools.groupby(words, lambda one: "" if one[0] is None else one[1][1].lower()):
        if charset:
            texts.append(_text_of(b"".join(data or b"" for data, _ in run), charset))
        else:
            texts += [word.group() for _, word in run]
    return "".join(texts)


def _bytes_of_word(word: re.Match[str]) -> bytes | None:
    """What an encoded word stands for; None if it is encoded wrongly."""
    text = word[3].encode()
    try:
        return a2b_qp(text, header=True) if word[2] in "qQ" else a2b_base64(text + b"=" * (-len(text) % 4))
    except ValueError:
        return None


def _text_of(data: bytes, *charsets: str) -> str:
    """Bytes in the first of the charsets that they are in, or in what they look like."""
    for charset in charsets:
        try:
            return SURROGATE.sub("\ufffd", data.decode(charset))
        except (LookupError, ValueError):  # there is no such charset, or its name has a NUL
            continue
    return of_short_text(data)


def _charset_of_headers(message: Message) -> str:
    """What the first text says that it is in: so are headers that say nothing of themselves."""
    for part in message.walk():
        if not part.is_multipart() and part.get_content_maintype() == "text":
            said = _charset(part)
            return "utf-8" if said in _SAYS_NOTHING else said
    return "utf-8"


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset() or "utf-8"
    except (LookupError, ValueError):
        return "utf-8"


def _filename(part: Message, said: str) -> str:
    try:
        return _decoded(part.get_filename() or "", said)
    except (LookupError, ValueError, TypeError):  # a name in pieces (RFC 2231) that do not fit
        return ""


def _date(message: Message) -> str:
    from email.utils import parsedate_to_datetime

    try:
        found: datetime = parsedate_to_datetime(str(message.get("Date", "")))
        if found.tzinfo is None:
            found = found.replace(tzinfo=timezone.utc)
        return found.astimezone(timezone.utc).isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _body(message: Message, said: str) -> tuple[str, list[str]]:
    """The text, and the names of attached files."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[str] = []
    for part in message.walk():
        if part.is_multipart():
            continue
        filename = _filename(part, said)
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
    try:
        payload = part.get_payload(decode=True)
    except (LookupError, ValueError):  # its charset is none: then it is as it stands
        payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return _text_of(payload if isinstance(payload, bytes) else b"", _charset(part), "utf-8")
