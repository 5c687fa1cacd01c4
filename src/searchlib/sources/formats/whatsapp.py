"""WhatsApp's exports of a chat: a message is a document, with chat, from, date and text.

Telephones write moments as their owner's country does, so the order of day and month is told from all of the
first messages. Lines without a moment go on with the message above. What stands for a picture is `media`, and
what the program says of the group has no `from`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice, pairwise
from typing import NamedTuple

from .contract import MAX_ROW_CHARACTERS, SURROGATE, TOO_LONG, UNDECODABLE, Content, Row
from .long_lines import numbered_lines

_SPACE = "[ \u00a0\u202f]"
_DAY = r"(\d{1,4})[./-] ?(\d{1,2})[./-] ?(\d{1,4})\.?"
_TIME = rf"(\d\d?)[:.](\d\d)(?:[:.](\d\d))?(?:{_SPACE}?([ap])\.?{_SPACE}?m\.?)?"
_ANDROID = re.compile(
    rf"\u200e?{_DAY}(?:,| в)?{_SPACE}{_TIME}{_SPACE}[-–]{_SPACE}(.*)", re.IGNORECASE | re.ASCII | re.DOTALL
)
_IPHONE = re.compile(rf"\u200e?\[{_DAY},?{_SPACE}{_TIME}\]{_SPACE}(.*)", re.IGNORECASE | re.ASCII | re.DOTALL)
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FROM = re.compile(r"([^\n:\"“«]{1,100}): ?(.*)", re.DOTALL)
_FILE = re.compile(r"(\S[^\n/]{0,200}\.\w{2,5}) \([^()\n]{4,40}\)(?=\n|\Z)")
_CALLED = re.compile(
    r"(?:WhatsApp[ -]Chat(?:[ -]+(?:with|mit|con|com|avec|met))?|Chat (?:de )?WhatsApp (?:con|com|avec)"
    r"|Чат (?:в )?WhatsApp(?: с)?(?: контактом| группой)?)[ -]+(.+)",
    re.IGNORECASE,
)
_MAX_MEDIA_WORDS = 3
"""Of "image omitted"; what is longer is said of the group."""

_LOOKED_AT = 2_000
_ORDERS = ("ymd", "dmy", "mdy")


class _Message(NamedTuple):
    line: int
    parts: tuple[str, ...]  # three numbers of the day, three of the time, a or p
    text: str
    reason: str


def is_whatsapp(start: str) -> bool:
    """Whether a text begins with a message, and has another one soon."""
    lines = start[:20_000].split("\n", 60)
    first = next((line for line in lines if line.strip()), "")
    is_marked = "\u200e" in start[:20_000]
    for pattern in (_ANDROID, _IPHONE):
        if pattern is _IPHONE and not is_marked and "," not in first.partition("]")[0]:
            continue  # [2024-05-31 12:00:00] begins the lines of many logs
        if pattern.match(first):
            matches = [match for line in lines if (match := pattern.match(line.rstrip("\r")))]
            named = sum(_FROM.match(match[8]) is not None for match in matches)
            dated = any(_moment(match.groups()[:7], order) for match in matches[:1] for order in _ORDERS)
            return dated and (named > 1 or (named == 1 and (len(matches) > 1 or is_marked)))
    return False


def read(content: Content) -> Iterator[Row]:
    """The messages of a chat, each with the line where it begins."""
    messages = _messages(content)
    head = list(islice(messages, _LOOKED_AT))
    order = _order_of([message.parts for message in head if not message.reason])
    chat = _chat_of(content.name) or _named(content.folder)
    for message in chain(head, messages):
        if message.reason:
            yield Row(message.line, None, message.reason)
            continue
        fields = {"chat": chat} if chat else {}
        fields.update(_fields(message.text))
        moment = _moment(message.parts, order)
        if moment is not None:
            fields["date"] = moment.isoformat()
        yield Row(message.line, fields)


def _messages(content: Content) -> Iterator[_Message]:
    pattern: re.Pattern[str] | None = None
    parts: tuple[str, ...] = ()
    lines: list[str] = []
    start = size = 0
    for number, line, reason in numbered_lines(content.lines()):
        line = line.rstrip("\r\n")
        if pattern is None:
            pattern = next((one for one in (_ANDROID, _IPHONE) if one.match(line)), None)
        match = pattern.match(line) if pattern is not None else None
        if match is not None or reason or pattern is None:
            if lines:
                yield _message(start, parts, lines, size)
            if match is None:
                if reason or line.strip():
                    yield _Message(number, (), "", reason or "stands before the first message")
                lines, size = [], 0
                continue
            parts, lines, start, size = match.groups()[:7], [match[8]], number, len(line)
        elif lines:
            size += len(line) + 1
            if size <= MAX_ROW_CHARACTERS:
                lines.append(line)
    if lines:
        yield _message(start, parts, lines, size)


def _message(line: int, parts: tuple[str, ...], lines: list[str], size: int) -> _Message:
    text = "\n".join(lines)
    reason = TOO_LONG if size > MAX_ROW_CHARACTERS else ""
    return _Message(line, parts, text, reason or (UNDECODABLE if SURROGATE.search(text) else ""))


def _fields(text: str) -> dict[str, str]:
    said = _FROM.match(text)
    fields: dict[str, str] = {}
    if said is not None:
        fields["from"] = _INVISIBLE.sub("", said[1]).lstrip("~\u202f ").strip()
        text = said[2]
    marked = said is not None and text.startswith(
        "\u200e"
    )  # so a telephone of Apple's writes what it says itself
    text = _INVISIBLE.sub("", text).strip()
    first, _, rest = text.partition("\n")
    file = _FILE.match(text)
    if said is not None and first.startswith("<") and first.endswith(">"):
        fields["media"], text = first[1:-1], rest
    elif file is not None:
        fields["media"], text = file[1], text[file.end() :]
    elif marked and len(text.split()) <= _MAX_MEDIA_WORDS:
        fields["media"], text = text, ""
    if text.strip():
        fields["text"] = text.strip()
    return fields


def _order_of(days: list[tuple[str, ...]]) -> str:
    """In which order day, month and year stand: the one in which most moments exist, and run on in time."""

    def fit(order: str) -> tuple[int, int]:
        moments = [_moment(parts, order) for parts in days]
        known = [moment for moment in moments if moment is not None]
        back = sum(after < before for before, after in pairwise(known))
        return len(known), -back

    usual = "mdy" if any(parts[6] for parts in days) and not any("." in parts[0] for parts in days) else "dmy"
    return max(sorted(_ORDERS, key=lambda order: order != usual), key=fit)


def _moment(parts: tuple[str, ...], order: str) -> datetime | None:
    if len(parts) < 7:
        return None
    numbers = dict(zip(order, parts[:3], strict=True))
    if len(numbers["y"]) not in (2, 4) or len(numbers["m"]) > 2 or len(numbers["d"]) > 2:
        return None
    year = int(numbers["y"]) + (2000 if len(numbers["y"]) == 2 else 0)
    hour = int(parts[3])
    if parts[6]:
        hour = hour % 12 + (12 if parts[6] in "pP" else 0)
    try:
        return datetime(year, int(numbers["m"]), int(numbers["d"]), hour, int(parts[4]), int(parts[5] or 0))
    except ValueError:
        return None


def _named(folder: str) -> str:
    """Of "WhatsApp Chat - Ann", as iPhones call the archive around _chat.txt."""
    called = _CALLED.fullmatch(folder.removesuffix(".zip"))
    return called[1] if called else ""


def _chat_of(name: str) -> str:
    """With whom, or in which group; "" where the file's name does not tell."""
    stem = name.rpartition(".")[0] or name
    called = _CALLED.fullmatch(stem)
    return called[1] if called else "" if stem.lower() in ("_chat", "chat") else stem
