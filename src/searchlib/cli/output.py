"""What commands print: colour where it is wanted, JSON lines, numbers for people.

Every string that is made here is safe on any terminal. Indexes and hits are not known.
"""

from __future__ import annotations

import os
import sys

from searchlib.highlight import one_line, printable
from searchlib.lean import dumps

from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, TextIO

__all__ = [
    "Style",
    "bytes_text",
    "json_line",
    "one_line",
    "plural",
    "printable",
    "write",
]

# JSON escapes C0 itself; these too can act on a terminal: C1 controls, direction overrides, separators.
_ACTING = "[\x7f-\x9f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


class Style:
    """Paints text for one stream: on terminals, unless NO_COLOR is set; with FORCE_COLOR everywhere."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.is_terminal = self.stream.isatty()
        self.colour = self._wants_colour()

    @property
    def width(self) -> int:
        """Columns of the terminal; as shutil counts them, whose import takes longer than a search."""
        if (columns := os.environ.get("COLUMNS", "")).isdecimal() and int(columns) > 0:
            return int(columns)
        try:
            return os.get_terminal_size(self.stream.fileno()).columns or 80
        except (OSError, ValueError):
            return 80

    def _wants_colour(self) -> bool:
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
            return True
        return self.is_terminal and os.environ.get("TERM") != "dumb"

    def bold(self, text: str) -> str:
        return self._paint("1", text)

    def dim(self, text: str) -> str:
        return self._paint("2", text)

    def _paint(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def write(text: str) -> None:
    """A line on stdout, sent at once: a reader of a pipe that went away is noticed here."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def json_line(value: dict[str, Any]) -> str:
    """One line of JSON that nothing in it can act upon a terminal; dates are ISO 8601."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = dumps(value, ensure_ascii=not utf8, default=_json_value)
    if text.isprintable():  # as most lines are, and re takes as long to load as a query
        return text
    import re

    return re.sub(_ACTING, lambda match: f"\\u{ord(match.group()):04x}", text)


def _json_value(value: Any) -> Any:
    from datetime import date

    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def plural(number: int, noun: str) -> str:
    """1 document, 1,200 documents."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def bytes_text(size: float) -> str:
    """A size for people, in powers of 1,000 as in MB/s."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
