"""Lines about requests, slow searches and writes, as text for people or as JSON for programs.

A line is an event with fields; keys are never among them, only their names, and of an address its path.
"""

from __future__ import annotations

import logging
import logging.handlers
import sys
from datetime import datetime, timezone
from typing import IO, Any, Literal

import msgspec

LogFormat = Literal["off", "text", "json"]

SERVER = logging.getLogger("searchlib.serve")
REQUESTS = logging.getLogger("searchlib.serve.requests")
SLOW = logging.getLogger("searchlib.serve.slow")
WRITES = logging.getLogger("searchlib.serve.writes")

_MAX_VALUE = 500
"""Characters of a value in a line."""


def tell(log: logging.Logger, event: str, fields: dict[str, Any], level: int = logging.INFO) -> None:
    """One line. Fields that are None are left out."""
    if log.isEnabledFor(level):
        kept = {name: value for name, value in fields.items() if value is not None}
        log.log(level, event, extra={"fields": kept})


class TextLines(logging.Formatter):
    """2026-11-30T12:00:00.123Z request GET /health status=200 …"""

    def format(self, record: logging.LogRecord) -> str:
        """One line, in which nothing can begin another or act on a terminal."""
        fields = getattr(record, "fields", {})
        said = " ".join(f"{name}={_plain(value)}" for name, value in fields.items())
        level = f"{record.levelname.lower()}: " if record.levelno >= logging.WARNING else ""
        line = f"{_time_of(record)} {level}{_one_line(record.getMessage())} {said}".rstrip()
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


class JsonLines(logging.Formatter):
    """An object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {"time": _time_of(record), "level": record.levelname.lower()}
        line["event"] = record.getMessage()
        for name, value in getattr(record, "fields", {}).items():
            line[name] = value[:_MAX_VALUE] if isinstance(value, str) else value
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return _encoded(line)


def set_up(lines: LogFormat, audit: str | None, stream: IO[str] | None = None) -> None:
    """Have the server's lines written to stderr, and those of writes to a file, if one is named."""
    formatter = JsonLines() if lines == "json" else TextLines()
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    for name in ("searchlib.serve", "uvicorn"):
        log = logging.getLogger(name)
        log.handlers[:] = [handler]
        log.propagate = False
        log.setLevel(logging.WARNING if name == "uvicorn" else logging.INFO)
    REQUESTS.setLevel(logging.WARNING if lines == "off" else logging.INFO)
    WRITES.handlers[:] = []
    WRITES.propagate = audit is None
    if audit is not None:
        to_file = logging.handlers.WatchedFileHandler(audit, encoding="utf-8")
        to_file.setFormatter(JsonLines())
        WRITES.addHandler(to_file)


def _time_of(record: logging.LogRecord) -> str:
    when = datetime.fromtimestamp(record.created, timezone.utc)
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: Any) -> str:
    """A value as it stands in a line of text: in quotes where it could be read as several."""
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, str):
        value = value[:_MAX_VALUE]
        return value if value and value.isprintable() and not set(value) & set(' "=') else _encoded(value)
    return _encoded(value) if isinstance(value, (dict, list)) else str(value)


def _encoded(value: Any) -> str:
    text = msgspec.json.encode(_clean(value)).decode()
    # JSON lets these stand; a terminal may act on them, and some programs end a line there.
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text)


def _clean(value: Any) -> Any:
    """Without lone surrogates, which no UTF-8 has."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _one_line(text: str) -> str:
    return text if text.isprintable() else _encoded(text)[1:-1]
