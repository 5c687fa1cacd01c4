"""What values in columns make of a score: how recent a document is, how good it is by itself.

Each is a number from 0 to 1 that the core multiplies the score of the query by: `score · (1 + Σ weight · s)`;
docs/ranking.md has the formula and its sources. Which words a query has is not known here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import TypeAlias

from ..arguments import listed
from ..errors import QueryError, brief
from ..kinds import column_kind
from ..plan import PlanNode, Raised
from ..records import Record
from ..schema import Schema
from .fields import are_moments, are_quantities, types_that, with_column

MAX_WEIGHT = 1_000_000
MAX_BOOSTS = 8

_MICROSECOND = timedelta(microseconds=1)


class Recency(Record):
    """The newer, the better: s = 2^(−age / half_life), 1 for what is of now or later, 0 without a date.

    field: a Date field; of several dates the latest counts. half_life: days, or a timedelta, after which
    half of it is left. weight: a document of now scores 1 + weight times what the query gives it. now:
    from when ages are counted, an aware datetime; None: from when the search begins.

    Raises ValueError for a half-life that is not above 0, a weight below 0, or a `now` without a time zone.
    """

    field: str
    half_life: float | timedelta
    weight: float = 1.0
    now: datetime | None = None

    def __post_init__(self) -> None:
        _check_weight(self.weight)
        if not 0 < self.microseconds < math.inf:
            raise ValueError(
                f"half_life is a number of days above 0, or a timedelta, got {self.half_life!r:.100}"
            )
        if self.now is not None and (not isinstance(self.now, datetime) or self.now.utcoffset() is None):
            raise ValueError(f"now is a datetime with a time zone, got {self.now!r:.100}")

    @property
    def microseconds(self) -> float:
        """The half-life."""
        if isinstance(self.half_life, timedelta):
            return self.half_life / _MICROSECOND
        if isinstance(self.half_life, bool) or not isinstance(self.half_life, (int, float)):
            return math.nan
        try:
            return float(self.half_life) * 86_400_000_000
        except OverflowError:
            return math.inf


class Static(Record):
    """A document's own worth, such as popularity or a rating: s = x / (x + pivot); without one, 0.

    field: a Number or Integer field; of several values the greatest counts. pivot: the value that is worth
    one half.
    weight: what is worth 1 scores 1 + weight times what the query gives it.

    Raises ValueError for a pivot that is no finite number above 0, and a weight below 0.
    """

    field: str
    pivot: float
    weight: float = 1.0

    def __post_init__(self) -> None:
        _check_weight(self.weight)
        if (
            isinstance(self.pivot, bool)
            or not isinstance(self.pivot, (int, float))
            or not 0 < self.pivot < 1e300
        ):
            raise ValueError(f"pivot is a finite number above 0, got {self.pivot!r:.100}")


BoostArgument: TypeAlias = Recency | Static | Sequence[Recency | Static]


def _check_weight(weight: object) -> None:
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight <= MAX_WEIGHT:
        raise ValueError(f"weight is a number from 0 to {MAX_WEIGHT:,}, got {weight!r:.100}")


def raised(core: PlanNode, given: BoostArgument, schema: Schema) -> Raised:
    """A plan whose scores the values raise.

    QueryError, UnknownFieldError for what no field of the schema has.
    """
    several = "a Recency, a Static, or several of them"
    boosts = [given] if isinstance(given, (Recency, Static)) else listed("boost_by", given, several)
    if not 1 <= len(boosts) <= MAX_BOOSTS:
        raise QueryError(f"boost_by is 1 to {MAX_BOOSTS} of Recency and Static, got {len(boosts)}")
    return Raised(core, [_signal(boost, schema) for boost in boosts])


def _signal(boost: Recency | Static, schema: Schema) -> tuple[str, int, float, float, int]:
    if not isinstance(boost, (Recency, Static)):
        raise QueryError(f"boost_by is a Recency or a Static, or several of them, got {brief(boost)}")
    field = with_column(schema, boost.field, "ranked by")
    kind = column_kind(field.kind)
    fits = are_moments if isinstance(boost, Recency) else are_quantities
    if not fits(kind):
        raise QueryError(
            f"{type(boost).__name__} is for {types_that(fits)} fields; "
            f"{boost.field!r} is a {type(field).__name__}"
        )
    number = schema.column_numbers[boost.field]
    if isinstance(boost, Static):
        return "static", number, float(boost.weight), float(boost.pivot), 0
    now = boost.now or datetime.now(timezone.utc)
    origin = int(kind.to_column(now, boost.field))
    return "recency", number, float(boost.weight), boost.microseconds, origin
