"""Single values as JSON has them: a date, a moment and a number that JSON lacks say what they are.

{"date": "2026-05-31"}, {"moment": "2026-05-31T12:00:00+00:00"}, {"number": "inf"}; all else is itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

from ..errors import QueryError, brief

_SURROGATE = re.compile("[\ud800-\udfff]")


def scalar_as_json(value: Any) -> Any:
    """A value of a filter, a facet or a border; QueryError for what is none."""
    if value is None or isinstance(value, (bool, int)):
        return value if type(value) in (type(None), bool, int) else _plain(value)
    if isinstance(value, str) and not isinstance(value, Enum):
        if _SURROGATE.search(value):
            raise QueryError(f"{brief(value)} holds a lone surrogate, which is no character")
        return str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else {"number": repr(float(value))}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, (Enum, UUID, PurePath)):
        return _plain(value)
    raise QueryError(f"a value is a string, a number, a date or a boolean, got {brief(value)}")


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return scalar_as_json(value.value)
    return int(value) if isinstance(value, int) else str(value)


def scalar_of_json(given: Any) -> Any:
    """The inverse; QueryError for what is none."""
    if not isinstance(given, (dict, list)):
        return given
    if isinstance(given, dict) and len(given) == 1:
        ((kind, text),) = given.items()
        if isinstance(text, str) and len(text) <= 1000 and kind in _READERS:
            try:
                return _READERS[kind](text)
            except (ValueError, ArithmeticError):
                pass
    raise QueryError(
        'a value is a string, a number, a boolean, null, {"date": …}, {"moment": …}, {"number": …} or '
        f'{{"decimal": …}}, got {brief(given)}'
    )


_READERS: dict[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "moment": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")),
    "number": float,
    "decimal": Decimal,
}


def clean(text: str) -> str:
    """A text as UTF-8 has it: what is no character becomes the sign for that."""
    return _SURROGATE.sub("\ufffd", text)
