"""Stored documents and schemas as JSON has them: dates are strings of ISO 8601, and come back as dates.

An infinite number, which JSON does not know, is {"number": "inf"}.
"""

from __future__ import annotations

import hashlib
import json
import math
from datetime import date
from typing import Any

from ..literals import parse_date
from ..schema import ID, Schema


def document_as_json(document: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """The stored fields of a document, without its id."""
    return {name: _as_json(value) for name, value in document.items() if name != ID}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": repr(value)}
    return list(map(_as_json, value)) if isinstance(value, (list, tuple)) else value


def document_of_json(given: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """The inverse."""
    encoded = schema.encoded_kinds
    return {name: _of_json(value, name in encoded) for name, value in given.items()}


def _of_json(value: Any, is_date: bool) -> Any:
    if isinstance(value, list):
        return [_of_json(one, is_date) for one in value]
    if isinstance(value, dict):
        return float(value["number"])
    if is_date and isinstance(value, str):
        return parse_date(value)
    return value


def fingerprint(schema: Schema) -> str:
    """The same for equal schemas, and for no others: 16 hexadecimal digits."""
    return hashlib.blake2b(schema_json(schema).encode(), digest_size=8).hexdigest()


def schema_json(schema: Schema) -> str:
    """A schema as text."""
    return json.dumps(schema.to_dict(), ensure_ascii=True, separators=(",", ":"))
