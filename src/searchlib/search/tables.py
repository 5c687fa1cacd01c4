"""Hits as tables of other libraries: pyarrow, pandas, polars, each loaded when it is asked for.

A column's type follows from its field's, not from the hits at hand, so that two pages have the same columns;
only whether it holds lists does, for a field may have one value or several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from ..kinds import kind_of
from ..kinds.base import Kind
from ..schema import ID, Schema

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

SCORE = "_score"

Row: TypeAlias = Mapping[str, Any]
"""The id, the score and the stored fields of a hit."""


def to_arrow(rows: Iterable[Row], schema: Schema) -> pyarrow.Table:
    """A table of pyarrow; see Results.to_arrow."""
    arrow: Any = _library("pyarrow")
    columns, types = _columns(rows, schema), _types(schema)
    plain = {
        "string": arrow.string(),
        "double": arrow.float64(),
        "whole": arrow.int64(),
        "bool": arrow.bool_(),
        "moment": arrow.timestamp("us", tz="UTC"),
    }
    arrays = {
        name: arrow.array(
            values, type=arrow.list_(plain[types[name]]) if _has_lists(values) else plain[types[name]]
        )
        for name, values in columns.items()
    }
    table: pyarrow.Table = arrow.table(arrays)
    return table


def to_pandas(rows: Iterable[Row], schema: Schema) -> pandas.DataFrame:
    """A DataFrame of pandas; see Results.to_pandas."""
    library: Any = _library("pandas")
    columns, types = _columns(rows, schema), _types(schema)
    kinds = {
        "string": "object",
        "double": "float64",
        "whole": "Int64",
        "bool": "object",
        "moment": "datetime64[us, UTC]",
    }
    frame: pandas.DataFrame = library.DataFrame(
        {
            name: library.Series(values, dtype="object" if _has_lists(values) else kinds[types[name]])
            for name, values in columns.items()
        }
    )
    return frame


def to_polars(rows: Iterable[Row], schema: Schema) -> polars.DataFrame:
    """A DataFrame of polars; see Results.to_polars."""
    library: Any = _library("polars")
    columns, types = _columns(rows, schema), _types(schema)
    kinds = {
        "string": library.String,
        "double": library.Float64,
        "whole": library.Int64,
        "bool": library.Boolean,
        "moment": library.Datetime("us", "UTC"),
    }
    series = [
        library.Series(
            name, values, dtype=library.List(kinds[types[name]]) if _has_lists(values) else kinds[types[name]]
        )
        for name, values in columns.items()
    ]
    frame: polars.DataFrame = library.DataFrame(series)
    return frame


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"to_{name.removeprefix('py')}() makes a table of {name}, which is not installed: "
            f"pip install {name}; to_dicts() needs nothing",
            name=name,
        ) from error


def _types(schema: Schema) -> dict[str, str]:
    """What each column holds."""
    kinds = {name: kind_of(field.kind).cell for name, field in schema.items() if field.stored}
    return {ID: "string", SCORE: "double", **kinds}


def _columns(rows: Iterable[Row], schema: Schema) -> dict[str, list[Any]]:
    """The values of each column, None where a document has none; all lists where one is a list."""
    kinds = {name: kind_of(field.kind) for name, field in schema.items() if field.stored}
    found: dict[str, list[Any]] = {name: [] for name in (ID, SCORE, *kinds)}
    for row in rows:
        for name, values in found.items():
            values.append(_cell(kinds.get(name), row.get(name)))
    return {name: _as_lists(values) if _has_lists(values) else values for name, values in found.items()}


def _cell(kind: Kind | None, value: Any) -> Any:
    if isinstance(value, list):
        return [_cell(kind, one) for one in value]
    return value if kind is None or value is None else kind.to_cell(value)


def _has_lists(values: Sequence[Any]) -> bool:
    return any(isinstance(value, list) for value in values)


def _as_lists(values: Sequence[Any]) -> list[Any]:
    return [value if value is None or isinstance(value, list) else [value] for value in values]
