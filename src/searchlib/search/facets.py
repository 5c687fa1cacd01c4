"""What may be counted around a query, and what comes of it: values, ranges, steps, sums, distinct values.

These are plain descriptions and results. What is counted is counted in counting.py, and natively.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, overload

from ..arguments import checked_count, listed
from ..errors import QueryError, brief
from ..records import Record
from .intervals import MAX_BUCKETS, Interval, interval_of


class Facet(Record):
    """The base of what may be counted. field: whose values; name:

    in `results.facets`, by default the field's.
    """

    suffix: ClassVar[str] = ""
    field: str

    if TYPE_CHECKING:

        @property
        def excluding_own(self) -> bool:
            """Whether what `filter=` asks of this very field is left out; each facet has this argument."""

    def __post_init__(self) -> None:
        if not isinstance(self.field, str):
            raise TypeError(f"a facet is of a field, by its name, got {brief(self.field)}")
        if not getattr(self, "name", ""):
            vars(self)["name"] = self.field + self.suffix


class Terms(Facet):
    """The values that most documents have, each with their number: for tags, authors, years.

    limit: how many values at most, None for all; min_count: documents that a value must have.
    excluding_own: count over the matches of the query without what `filter=` asks of this very field, so that
        a shop may show what else could be chosen.
    """

    limit: int | None = 10
    min_count: int = 1
    excluding_own: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        checked_count("limit", self.limit, or_none=True)
        checked_count("min_count", self.min_count, least=1)


class Range(Facet):
    """How many documents have a value from one border to before the next, for Number and Date fields.

    borders: two or more, ascending; None as the first or the last leaves that end open. Dates may be given as
        strings: "2024" begins where that year does. excluding_own: as of Terms.
    """

    borders: Sequence[Any]
    excluding_own: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        vars(self)["borders"] = borders = tuple(listed("borders", self.borders, "a list of borders"))
        if not 2 <= len(borders) <= MAX_BUCKETS + 1:
            raise QueryError(f"a Range has 2 to {MAX_BUCKETS + 1:,} borders, got {len(borders)}")
        if None in borders[1:-1]:
            raise QueryError("only the first and the last border of a Range may be None, an open end")


class Histogram(Facet):
    """How many documents have a value in each of equal steps, from the first that has one to the last.

    interval: of a Date "year", "quarter", "month", "week" (from Monday), "day", "hour" or "minute"; of a
        Number how wide a step is, the steps beginning at its multiples.
    tz: in whose time zone days begin: a name like "Asia/Tashkent" or a tzinfo. excluding_own: as of Terms.
    """

    interval: str | float
    tz: Any = "UTC"
    excluding_own: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        vars(self)["_steps"] = interval_of(self.interval, self.tz)


class Stats(Facet):
    """How many values there are, the least, the greatest, their sum and mean, for Number and Date fields.

    Its name is "price:stats" by default. excluding_own: as of Terms.
    """

    suffix: ClassVar[str] = ":stats"
    excluding_own: bool = False
    name: str = ""


class Distinct(Facet):
    """How many different values there are. Its name is "author:distinct" by default. excluding_own:

    as of Terms.
    """

    suffix: ClassVar[str] = ":distinct"
    excluding_own: bool = False
    name: str = ""


FacetArgument: TypeAlias = str | Facet

MAX_FACETS = 100


def facets_of(given: FacetArgument | Sequence[FacetArgument]) -> list[Facet]:
    """The facets of an argument, each with a name of its own; QueryError if that cannot be."""
    several = "a field's name, a Terms, Range, Histogram, Stats or Distinct, or several of them"
    wanted = [given] if isinstance(given, (str, Facet)) else listed("facets", given, several)
    if len(wanted) > MAX_FACETS:
        raise QueryError(f"a search has at most {MAX_FACETS} facets, got {len(wanted)}")
    facets: list[Facet] = []
    for each in wanted:
        facet = Terms(each) if isinstance(each, str) else each
        if not isinstance(facet, (Terms, Range, Histogram, Stats, Distinct)):
            raise QueryError(
                f"a facet is a field's name or one of Terms, Range, Histogram, Stats, Distinct; "
                f"got {brief(each)}"
            )
        facets.append(facet)
    names = [name_of(facet) for facet in facets]
    for name in names:
        if names.count(name) > 1:
            same = len({facet for facet in facets if name_of(facet) == name}) == 1
            advice = "leave one of them out" if same else "give one of them another name="
            raise QueryError(f"two facets are called {name!r}; {advice}")
    return facets


def steps_of(facet: Histogram) -> Interval:
    """Its interval, understood."""
    steps: Interval = vars(facet)["_steps"]
    return steps


def name_of(facet: Facet) -> str:
    """What it is called in `results.facets`."""
    name: str = vars(facet)["name"]
    return name


# ---- what comes of them


class Bucket(Record):
    """One line of a facet. value: a field's; of ranges and histograms where it begins, None for an open end.

    end: where such a one ends, the next one's beginning; count: the documents with a value there.
    """

    value: Any
    count: int
    end: Any = None

    def __init__(self, value: Any, count: int, end: Any = None) -> None:
        fields = self.__dict__  # one by one: a histogram makes hundreds
        fields["value"] = value
        fields["count"] = count
        fields["end"] = end


class Counts(Sequence[Bucket]):
    """The buckets of a Terms, Range or Histogram, in order: of Terms the most frequent first, then the least.

    docs: matches with a value in the field; missing: those without. distinct: how many different values the
    matches have, of Terms alone. `counts[value]` is a bucket's count by its value, 0 if it is none.
    """

    def __init__(
        self, buckets: Sequence[Bucket], docs: int, missing: int, distinct: int | None = None
    ) -> None:
        self._buckets = tuple(buckets)
        self.docs, self.missing, self.distinct = docs, missing, distinct

    def __len__(self) -> int:
        return len(self._buckets)

    @overload
    def __getitem__(self, index: int) -> Bucket: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Bucket, ...]: ...
    def __getitem__(self, index: int | slice) -> Bucket | tuple[Bucket, ...]:
        return self._buckets[index]

    def __iter__(self) -> Iterator[Bucket]:
        return iter(self._buckets)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Counts):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def _values(self) -> tuple[object, ...]:
        return self._buckets, self.docs, self.missing, self.distinct

    def as_dict(self) -> dict[Any, int]:
        """Each bucket's count by its value."""
        return {bucket.value: bucket.count for bucket in self._buckets}

    def __repr__(self) -> str:
        return f"<Counts: {', '.join(f'{bucket.value}: {bucket.count}' for bucket in self._buckets[:10])}>"


class Summary(Record):
    """What comes of Stats. docs: matches with a value; missing: without; values: how many values they have.

    min, max: the least and the greatest; None without any. sum, mean: of numbers; None of dates, or
    without any. The sum is exact and rounded once, so that it depends on no order.
    """

    docs: int
    missing: int
    values: int
    min: float | date | datetime | None  # of Integer fields an int, as max and sum
    max: float | date | datetime | None
    sum: float | None
    mean: float | None


class DistinctCount(Record):
    """What comes of Distinct. distinct: how many values differ. docs, missing: as of Summary."""

    distinct: int
    docs: int
    missing: int


FacetResult: TypeAlias = Counts | Summary | DistinctCount
FacetResults: TypeAlias = Mapping[str, FacetResult]
