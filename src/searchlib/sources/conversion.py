"""Raw values of a source to the values that the index takes, as the fields' kinds read them.

A value that its field does not take is a ValueError whose text completes "field 'x' …". A JSON value must
have the field's type; a cell of CSV is a string and is read as what the field wants. Nothing is known of
files or lines.
"""

from __future__ import annotations

from typing import Any

from ..kinds import kind_of
from ..schema import Field


def convert(value: Any, field: Field, *, cells: bool = False) -> Any:
    """`value` as `field` keeps it; a list element by element.

    cells: the values are cells of a table, strings whatever they mean. Raises ValueError.
    """
    kind = kind_of(field.kind)
    if isinstance(value, list):
        return [kind.read(item, cells) for item in value if not is_blank(item)]
    return kind.read(value, cells)


def is_blank(value: Any) -> bool:
    """Whether a cell is empty, or a value nothing at all."""
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or (isinstance(value, list) and all(map(is_blank, value)))
