"""The registry of field types: from a kind's name to what is done with its values, from value to check.

Kinds are named as in schema.FIELD_TYPES and in manifests. The module of that name beside this one has all
that is particular to a kind. It is loaded when such a field is first written, filtered or shown: a query of
words needs none.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from ..schema import FIELD_TYPES
from .base import ColumnKind, Kind

__all__ = ["column_kind", "guessed_kind", "kind_of"]


@cache
def kind_of(name: str) -> Kind:
    """The Kind of that name; KeyError for one that is no field type's."""
    found = import_module(f".{FIELD_TYPES[name].kind}", __name__).KIND
    assert isinstance(found, Kind)
    return found


def column_kind(name: str) -> ColumnKind:
    """The Kind of a field as what its column holds; KeyError for one that is no field type's."""
    kind = kind_of(name)
    assert isinstance(kind, ColumnKind)
    return kind


def guessed_kind(raw: Any, cells: bool) -> str | None:
    """The kind that a value of a source looks like; None if it is a string like others, or no value at all.

    cells: the values are cells of a table, strings whatever they mean.
    """
    return next((name for name in FIELD_TYPES if kind_of(name).looks_like(raw, cells)), None)
