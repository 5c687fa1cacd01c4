"""In which order hits come: `sort="-published"`, several keys, values that are missing first or last.

Orders are read and checked here, against a schema; the core sorts. How strings compare stands in
docs/sorting-and-facets.md, and in the core's collect/values.hpp.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from ..arguments import listed
from ..errors import QueryError, brief
from ..records import Record
from ..schema import Schema
from .fields import with_column

SCORE = "_score"
MAX_KEYS = 8
_MAX_DESCRIPTION = 400


class Sort(Record):
    """One key of an order: a field that has a column, or "_score".

    field: its name. "_score" is the relevance; its best come first.
    reverse: the greatest value first; of "_score", the worst.
    missing: "last" or "first", where documents without a value stand, whichever way the order goes.

    Raises ValueError for another `missing`.
    """

    field: str
    reverse: bool = False
    missing: str = "last"

    def __post_init__(self) -> None:
        if self.missing not in ("last", "first"):
            raise ValueError(f"missing is 'last' or 'first', got {self.missing!r}")
        if not isinstance(self.field, str) or not isinstance(self.reverse, bool):
            raise TypeError(
                f"a Sort has a field's name and True or False, got {self.field!r}, {self.reverse!r}"
            )

    def __str__(self) -> str:
        return f"{'-' if self.reverse else ''}{self.field}{'?first' if self.missing == 'first' else ''}"


SortArgument: TypeAlias = str | Sort | Sequence[str | Sort]


def order_of(sort: SortArgument, schema: Schema) -> tuple[Sort, ...]:
    """The keys of an order, checked; QueryError or UnknownFieldError for what cannot be one."""
    several = "a field's name, -name or a Sort, or several of them"
    given = [sort] if isinstance(sort, (str, Sort)) else listed("sort", sort, several)
    if not 1 <= len(given) <= MAX_KEYS:
        raise QueryError(f"an order has 1 to {MAX_KEYS} keys, got {len(given)}")
    keys = tuple(map(_key, given))
    names = [key.field for key in keys]
    if len(set(names)) != len(names):
        raise QueryError(f"an order names a field once, got {', '.join(names)}")
    for name in names:
        if name != SCORE:
            with_column(schema, name, "sorted by")
    return keys


def _key(given: object) -> Sort:
    if isinstance(given, Sort):
        if given.field.startswith("-"):
            raise QueryError(
                f"a Sort has a field's name, and reverse=True for the other way: Sort({given.field[1:]!r}, "
                f"reverse=True), got {brief(given)}"
            )
        return given
    if not isinstance(given, str):
        raise QueryError(f"sort is a field's name, -name or a Sort, or several of them, got {brief(given)}")
    if given == f"-{SCORE}":
        raise QueryError(
            f"write {SCORE!r}: the best score comes first anyway; "
            f'Sort("{SCORE}", reverse=True) has the worst first'
        )
    return Sort(given[1:], reverse=True) if given.startswith("-") else Sort(given)


def description(order: Sequence[Sort]) -> str:
    """An order as a cursor names it; "" for that of scores."""
    text = ",".join(map(str, order))
    if len(text) <= _MAX_DESCRIPTION:
        return text
    import zlib

    return f"{text[:_MAX_DESCRIPTION]}…{zlib.crc32(text.encode()):08x}"
