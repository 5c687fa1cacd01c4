"""Hits as tables of other libraries: pyarrow, pandas, polars, each loaded when it is asked for.

A column's type follows from its field's, not from the hits at hand, so that two pages have the same columns;
only whether it holds lists does, for a field may have one value or several.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timezone
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ..schema import ID, Boolean, Date, Number, Schema

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from .results import Hit

SCORE = "_score"


def to_arrow(hits: Iterable[Hit], schema: Schema) -> pyarrow.Table:
    """A table of pyarrow; see Results.to_arrow."""
    arrow: Any = _library("pyarrow")
    columns, types = _columns(hits, schema), _types(schema)
    plain = {
        "string": arrow.string(),
        "double": arrow.float64(),
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


def to_pandas(hits: Iterable[Hit], schema: Schema) -> pandas.DataFrame:
    """A DataFrame of pandas; see Results.to_pandas."""
    library: Any = _library("pandas")
    columns, types = _columns(hits, schema), _types(schema)
    kinds = {"string": "object", "double": "float64", "bool": "object", "moment": "datetime64[us, UTC]"}
    frame: pandas.DataFrame = library.DataFrame(
        {
            name: library.Series(values, dtype="object" if _has_lists(values) else kinds[types[name]])
            for name, values in columns.items()
        }
    )
    return frame


def to_polars(hits: Iterable[Hit], schema: Schema) -> polars.DataFrame:
    """A DataFrame of polars; see Results.to_polars."""
    library: Any = _library("polars")
    columns, types = _columns(hits, schema), _types(schema)
    kinds = {
        "string": library.String,
        "double": library.Float64,
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
    found = {ID: "string", SCORE: "double"}
    for name, field in schema.items():
        if field.stored:
            found[name] = next((kind for of, kind in _KINDS if isinstance(field, of)), "string")
    return found


_KINDS = ((Number, "double"), (Boolean, "bool"), (Date, "moment"))


def _columns(hits: Iterable[Hit], schema: Schema) -> dict[str, list[Any]]:
    """The values of each column, None where a document has none; all lists where one is a list."""
    found: dict[str, list[Any]] = {name: [] for name in _types(schema)}
    for hit in hits:
        row = {ID: hit.id, SCORE: hit.score, **hit.fields}
        for name, values in found.items():
            values.append(_value(row.get(name)))
    return {name: _as_lists(values) if _has_lists(values) else values for name, values in found.items()}


def _value(value: Any) -> Any:
    """A day is its midnight in UTC, as it is where it is sorted; a whole number is a double."""
    if isinstance(value, list):
        return [_value(one) for one in value]
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(), timezone.utc)
    return float(value) if type(value) is int else value


def _has_lists(values: Sequence[Any]) -> bool:
    return any(isinstance(value, list) for value in values)


def _as_lists(values: Sequence[Any]) -> list[Any]:
    return [value if value is None or isinstance(value, list) else [value] for value in values]
