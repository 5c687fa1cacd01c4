"""Logs and texts by entries: where records ask for it, a line or a block is a document.

A line that is indented, or has no moment where others have one, goes on with the entry above: so a stack
trace stays whole. Of an entry, `date` is the moment that it begins with, and `level` its ERROR or INFO.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import chain, islice

from .contract import BLOCK, SURROGATE, UNDECODABLE, Content, Row
from .log_levels import level_of
from .long_lines import numbered_lines

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_NAMED = f"({'|'.join(_MONTHS)})"
_CLOCK = r"(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?"
_ZONE = r"(?: ?(Z|[+-]\d\d:?\d\d))?"
_MOMENTS = (
    (re.compile(rf"(?<!\d)(\d{{4}})[-/.](\d\d)[-/.](\d\d)[T ,]+{_CLOCK}{_ZONE}", re.ASCII), "ymd"),
    (re.compile(rf"(?<!\d)(\d\d)/{_NAMED}/(\d{{4}}):{_CLOCK}{_ZONE}", re.ASCII), "dmy"),
    (re.compile(rf"(?<!\d)(\d\d)[./](\d\d)[./](\d{{4}})[T ,]+{_CLOCK}{_ZONE}", re.ASCII), "dmy"),
    (re.compile(rf"\b{_NAMED} {{1,2}}(\d{{1,2}}) {_CLOCK} (\d{{4}})\b", re.ASCII), "md_y"),
)
_WITHOUT_YEAR = re.compile(
    rf"(?:(?:<\d+>)?{_NAMED} {{1,2}}\d{{1,2}}|[IWEF]\d{{4}}) \d\d:\d\d:\d\d\b", re.ASCII
)
_SECONDS = re.compile(r"\[?(1\d{9})(?:\.(\d{1,9}))?\b", re.ASCII)
_HEAD = 120
"""Characters of a line in which a moment and a level are looked for."""

_MAX_OBJECT = 10_000
"""Characters of an object of JSON in which its level is looked for."""

_LOOKED_AT = 500
_MAX_ENTRY = 1 << 20
"""Characters after which another entry begins, so that a file without ends of entries is not one."""


def read(content: Content) -> Iterator[Row]:
    """The entries of a file, each with its first line."""
    lines = numbered_lines(content.lines())
    head = list(islice(lines, _LOOKED_AT))
    by_block = content.records == BLOCK
    stamped = not by_block and _are_stamped([line for _, line, _ in head])
    entry: list[str] = []
    start = size = 0
    for number, line, reason in chain(head, lines):
        if reason:
            yield Row(number, None, reason)
            continue
        is_blank = not line.strip()
        if by_block:
            begins = is_blank
        else:
            begins = not is_blank and not line[0].isspace() and (not stamped or _has_moment(line))
        if entry and (begins or size + len(line) > _MAX_ENTRY):
            yield _row(start, entry)
            entry, size = [], 0
        if not is_blank or entry:
            if not entry:
                start = number
            entry.append(line)
            size += len(line)
    if entry:
        yield _row(start, entry)


def _row(start: int, entry: list[str]) -> Row:
    text = "".join(entry).replace("\r\n", "\n").rstrip()
    if not text.isascii() and SURROGATE.search(text):
        return Row(start, None, UNDECODABLE)
    line = text[:_MAX_OBJECT].partition("\n")[0]
    head = line[:_HEAD]
    fields = {"body": text}
    if moment := moment_of(head):
        fields["date"] = moment
    if level := level_of(line if line.startswith("{") else head):
        fields["level"] = level
    return Row(start, fields)


def _are_stamped(lines: list[str]) -> bool:
    """Whether entries begin with a moment: one of five lines that are not indented has one, at the least."""
    outer = [line for line in lines if line.strip() and not line[0].isspace()]
    return sum(map(_has_moment, outer)) * 5 >= len(outer) > 0


def _has_moment(line: str) -> bool:
    head = line[:_HEAD]
    return _WITHOUT_YEAR.match(head) is not None or bool(moment_of(head))


def moment_of(head: str) -> str:
    """The moment that stands at the beginning of a line, as ISO 8601; without a zone it is as it stands."""
    for pattern, order in _MOMENTS:
        if match := pattern.search(head):
            return _iso(match, order)
    if match := _SECONDS.match(head):
        seconds = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=int(match[1]))
        return (seconds + timedelta(microseconds=int((match[2] or "0").ljust(6, "0")[:6]))).isoformat()
    return ""


def _iso(match: re.Match[str], order: str) -> str:
    groups = list(match.groups())
    if order == "md_y":
        groups = [*groups[:2], groups[-1], *groups[2:-1], None]
        order = "mdy"
    named = dict(zip(order, groups[:3], strict=True))
    hour, minute, second, fraction, zone = groups[3:]
    month = named["m"] if named["m"].isdigit() else str(_MONTHS.index(named["m"]) + 1)
    try:
        moment = datetime(
            int(named["y"]), int(month), int(named["d"]), int(hour), int(minute), int(second),
            int((fraction or "0").ljust(6, "0")[:6]),
        )  # fmt: skip
    except ValueError:
        return ""
    if zone and zone != "Z":
        zone = f"{zone[:3]}:{zone[-2:]}"
    return moment.isoformat() + (zone or "")
