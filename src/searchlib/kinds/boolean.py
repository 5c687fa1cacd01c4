"""Boolean: True or False, as 1 and 0 in its column. Tables and queries spell it true, yes, 1 or да."""

from __future__ import annotations

from typing import Any

from ..errors import DocumentError, QueryError, brief
from .base import ColumnKind, Scalar, describe

_TRUE, _FALSE = frozenset({"true", "yes", "1", "да"}), frozenset({"false", "no", "0", "нет"})
_GUESSED = (_TRUE | _FALSE) - {"0", "1"}  # which are numbers sooner


class BooleanKind(ColumnKind):
    """True and False."""

    typecode = "B"

    def read(self, raw: Any, cells: bool) -> bool:
        if isinstance(raw, bool):
            return raw
        if cells and isinstance(raw, str) and raw.strip().lower() in _TRUE | _FALSE:
            return raw.strip().lower() in _TRUE
        raise ValueError(f"is true or false, got {describe(raw)}")

    def looks_like(self, raw: Any, cells: bool) -> bool:
        return isinstance(raw, bool) or (cells and isinstance(raw, str) and raw.strip().lower() in _GUESSED)

    def to_column(self, value: Any, field: str) -> int:
        if not isinstance(value, bool):
            raise DocumentError(
                f"field {field!r} holds True or False, got {type(value).__name__}: {brief(value)}"
            )
        return int(value)

    def bounds(self, text: str, field: str) -> tuple[int, int]:
        word = text.casefold()
        if word in _TRUE:
            return 1, 1
        if word in _FALSE:
            return 0, 0
        raise QueryError(
            f"field {field!r} holds true or false, got {text!r}; write {field}:true or {field}:false"
        )

    def from_column(self, number: Scalar) -> bool:
        return bool(number)


KIND = BooleanKind()
