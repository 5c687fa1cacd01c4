"""What programs hold as documents besides dicts: dataclasses, models of pydantic and attrs, rows of SQLite.

Each becomes a mapping from field to value, as deep as its first level. Classes are told by what they have, so
that none of these libraries is loaded here.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from ..errors import DocumentError, brief


def as_mapping(document: Any) -> Mapping[str, Any]:
    """The document as a mapping; DocumentError if it is nothing that has named fields."""
    if isinstance(document, Mapping):
        return document
    of_class = type(document)
    if not isinstance(document, type):
        names = getattr(of_class, "__dataclass_fields__", None) or getattr(of_class, "model_fields", None)
        if names is None and hasattr(of_class, "__attrs_attrs__"):
            names = [attribute.name for attribute in of_class.__attrs_attrs__]
        if names is None and isinstance(document, tuple):
            names = getattr(of_class, "_fields", None)
        if names is not None:
            return {name: getattr(document, name) for name in names} | _extra(document)
        if isinstance(document, getattr(sys.modules.get("sqlite3"), "Row", ())):
            row: Any = document
            return {name: row[name] for name in row.keys()}  # noqa: SIM118 (it iterates over values)
    raise DocumentError(
        "a document is a mapping from field to value, or an object with named fields (a dataclass, a model "
        f"of pydantic or attrs, a named tuple, a sqlite3.Row), got {of_class.__name__}: {brief(document)}"
    )


def _extra(document: Any) -> dict[str, Any]:
    """What a model of pydantic holds beyond its declared fields."""
    return getattr(document, "__pydantic_extra__", None) or {}


def plain_scalar(value: Any) -> Any:
    """A scalar of numpy as Python has it; all else as it is."""
    scalar = getattr(sys.modules.get("numpy"), "generic", None)
    return value.item() if scalar is not None and isinstance(value, scalar) else value
