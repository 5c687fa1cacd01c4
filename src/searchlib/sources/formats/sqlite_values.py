"""Values of SQLite as a source's: texts in whatever encoding, moments and truth values kept as numbers.

What a column was declared as tells what its numbers mean. No database is known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from ...errors import brief
from ...kinds import kind_of
from ..encodings import of_short_text

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_UNITS = ((10**8, 10**11, 10**6), (10**11, 10**14, 10**3), (10**14, 10**17, 1))
"""From, below, and the microseconds of one: seconds since 1970 (from 1973 on), milliseconds, microseconds."""

_MAX_KEY = 1_000
_LOOKED_AT = 1_000


class Texts:
    """Texts from their bytes, which should be UTF-8; those that are not are counted."""

    def __init__(self) -> None:
        self._num_broken = self._num_guessed = 0

    def of(self, data: bytes) -> str:
        """The text; bytes that are no text in it become U+FFFD."""
        try:
            return data.decode()
        except UnicodeDecodeError:
            text = data.decode("utf-8", "replace")
            if text.count("\ufffd") * 5 <= sum(character > "\x7f" for character in text):
                self._num_broken += 1
                return text
            self._num_guessed += 1
            return of_short_text(data)

    def notices(self) -> Iterator[str]:
        """What is to be said of them."""
        if self._num_broken:
            yield f"broken UTF-8 in {_values(self._num_broken)}: what is no text in it is read as \ufffd"
        if self._num_guessed:
            yield f"{_values(self._num_guessed)} not UTF-8, and read in an encoding that was guessed"


def _values(num: int) -> str:
    return "1 value" if num == 1 else f"{num:,} values"


class Declared:
    """What is done with the values of a column of booleans or dates; what is none is counted."""

    def __init__(self, kind: str, change: Callable[[Any], Any]) -> None:
        self._kind, self._change = kind, change
        self._num_values = self._num_others = 0
        self._example: Any = None

    def __call__(self, value: Any) -> Any:
        value = self._change(value)
        if self._num_values < _LOOKED_AT and value != "":
            self._num_values += 1
            if not kind_of(self._kind).looks_like(value, False):
                self._num_others += 1
                self._example = value if self._example is None else self._example
        return value

    def notice(self, column: str, table: str) -> str:
        """What is to be said where they prevail; of a few, who infers the field speaks."""
        if not self._num_others or self._num_others * 2 < self._num_values:
            return ""
        return (
            f"{self._num_others:,} of the first {_values(self._num_values)} of the column {column!r} of "
            f"{table!r} are no {self._kind}, as it is declared, such as {brief(self._example)}"
        )


def reader_of(declared: str) -> Declared | None:
    """What is done with the values of a column that was declared so; None: nothing."""
    kind = declared.upper()
    if "BOOL" in kind:
        return Declared("boolean", _truth)
    return Declared("date", _moment) if "DATE" in kind or "TIMESTAMP" in kind else None


def _truth(value: Any) -> Any:
    return bool(value) if value in (0, 1) else value


def _moment(value: Any) -> Any:
    """A moment of ISO 8601 for a number that is one; all else as it is."""
    if isinstance(value, int | float):
        for least, below, unit in _UNITS:
            if least <= value < below:
                return (_EPOCH + timedelta(microseconds=round(value * unit))).isoformat()
    return value


def key_of(values: Sequence[Any]) -> str:
    """A primary key in a row's id; "" where there is none, or one of its values is lacking or long."""
    if any(value is None for value in values):
        return ""
    parts = [value.hex() if isinstance(value, bytes) else str(value) for value in values]
    if len(parts) > 1:
        parts = [part.replace("%", "%25").replace(",", "%2C") for part in parts]
    key = ",".join(parts)
    return key if len(key) <= _MAX_KEY else ""
