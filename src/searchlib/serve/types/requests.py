"""What comes in, as types: msgspec checks requests against them, and the OpenAPI document is made of them.

In JSON a list is a list. In a query string it is the same name several times.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from ...schema import FIELD_TYPES

Limit = Annotated[int, Meta(ge=0, description="Hits at most.")]
Offset = Annotated[int, Meta(ge=0, le=1_000_000, description="How many of the best are left out.")]
Seconds = Annotated[float, Meta(gt=0, description="Seconds that it may take.")]
_QUERY = 'What is searched for: words, "phrases", field:word, AND OR NOT, prefix*, fuzzy~.'
Query = Annotated[str, Meta(max_length=100_000, description=_QUERY)]
ShortQuery = Annotated[str, Meta(max_length=5_000, description=f"{_QUERY} A longer one goes into a body.")]
SortKeys = Annotated[
    list[str], Meta(description='Fields, "-field" for the greatest first, "_score" for the score.')
]
Filters = Annotated[
    list[str], Meta(description="Queries, all of which must find a document, too; they do not score.")
]
FieldNames = list[str]


class TermsFacet(Struct, tag_field="type", tag="terms", forbid_unknown_fields=True):
    """The values that most documents have."""

    field: str
    name: str = ""
    limit: Annotated[int, Meta(ge=0, le=10_000)] = 10
    min_count: Annotated[int, Meta(ge=1)] = 1
    excluding_own: bool = False


class RangeFacet(Struct, tag_field="type", tag="range", forbid_unknown_fields=True):
    """How many documents have a value from one border to before the next; null is an open end."""

    field: str
    borders: list[float | str | None]
    name: str = ""
    excluding_own: bool = False


class HistogramFacet(Struct, tag_field="type", tag="histogram", forbid_unknown_fields=True):
    """How many documents have a value in each of equal steps: month, day, … of dates, a width of numbers."""

    field: str
    interval: str | float
    tz: str = "UTC"
    name: str = ""
    excluding_own: bool = False


class StatsFacet(Struct, tag_field="type", tag="stats", forbid_unknown_fields=True):
    """Count, least, greatest, sum and mean of a field's values."""

    field: str
    name: str = ""
    excluding_own: bool = False


class DistinctFacet(Struct, tag_field="type", tag="distinct", forbid_unknown_fields=True):
    """How many different values there are."""

    field: str
    name: str = ""
    excluding_own: bool = False


Facet = TermsFacet | RangeFacet | HistogramFacet | StatsFacet | DistinctFacet


class Recency(Struct, tag_field="type", tag="recency", forbid_unknown_fields=True):
    """The newer, the better; half_life: days after which half of it is left."""

    field: str
    half_life: float
    weight: float = 1.0
    now: str | None = None


class Static(Struct, tag_field="type", tag="static", forbid_unknown_fields=True):
    """A document's own worth: x / (x + pivot)."""

    field: str
    pivot: float
    weight: float = 1.0


class GroupBy(Struct, forbid_unknown_fields=True):
    """Hits by a field's value. hits: how many of each group."""

    field: str
    hits: Annotated[int, Meta(ge=1, le=100)] = 3


class Shown(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is given of each hit."""

    show: Annotated[FieldNames | None, Meta(description="The fields that are given; null: all.")] = None
    fragments: Annotated[int, Meta(ge=0, le=100, description="Fragments of each text field.")] = 2
    fragment_size: Annotated[int, Meta(ge=1, le=10_000, description="Code points of a fragment.")] = 160
    explain: Annotated[bool, Meta(description="With what each score is made of.")] = False


class Narrowing(Shown, forbid_unknown_fields=True, kw_only=True):
    """What any search may say besides its words."""

    q: ShortQuery = ""
    limit: Limit = 10
    offset: Offset = 0
    fields: Annotated[FieldNames | None, Meta(description="Where words without a field are searched.")] = None
    filter: Filters | None = None
    sort: SortKeys | None = None
    count: Annotated[bool, Meta(description="Know the total; without it, it may be null.")] = True
    timeout: Seconds | None = None


class Searching(Narrowing, forbid_unknown_fields=True, kw_only=True):
    """A search, as a query string can say it."""

    after: Annotated[str | None, Meta(description="The cursor of a page: hits behind it.")] = None
    facets: Annotated[
        list[str], Meta(description="tags, tags:20, price:0,10,100, day:month, price:stats.")
    ] = []
    group_by: str | None = None
    ranking: Literal["default", "rich", "bm25"] = "default"
    strict: bool = False
    plain: Annotated[bool, Meta(description="The query is words alone, without operators.")] = False
    cross_script: bool = False
    translate: Annotated[bool, Meta(description="By the server's dictionaries.")] = False
    expand: Literal["bo1"] | None = None
    suggest: Annotated[bool, Meta(description="Say what may have been meant, and why nothing is found.")] = (
        True
    )


class SearchRequest(Searching, forbid_unknown_fields=True, kw_only=True):
    """A search in JSON: facets, groups and boosts may be objects, too."""

    q: Query = ""
    facets: list[str | Facet] = []  # type: ignore[assignment]
    group_by: str | GroupBy | None = None  # type: ignore[assignment]
    boost_by: list[Recency | Static] = []


class OneOfSeveral(SearchRequest, forbid_unknown_fields=True, kw_only=True):
    """A search of one index among several."""

    index: str
    weight: Annotated[
        float, Meta(ge=0, le=1000, description="How much the places of its hits count in one list.")
    ] = 1.0


class Several(Struct, forbid_unknown_fields=True, kw_only=True):
    """Searches of several indexes, each with its results, or merged by reciprocal rank fusion."""

    queries: Annotated[list[OneOfSeveral], Meta(min_length=1, max_length=100)]
    merge: Annotated[bool, Meta(description="One list of all hits.")] = False
    limit: Annotated[int, Meta(ge=0, le=1000, description="Of one list: hits at most.")] = 10
    offset: Annotated[
        int, Meta(ge=0, le=1000, description="Of one list: how many of the best are left out.")
    ] = 0
    rank_constant: Annotated[
        float,
        Meta(ge=1, le=1_000_000, description="The k of weight / (k + place): the greater, the flatter."),
    ] = 60.0


class Instant(Narrowing, forbid_unknown_fields=True, kw_only=True):
    """A search while somebody types: the last word may go on."""

    facets: Annotated[list[str], Meta(description="As of search.")] = []


class InstantRequest(Instant, forbid_unknown_fields=True, kw_only=True):
    """The same in JSON."""

    q: Query = ""
    facets: list[str | Facet] = []  # type: ignore[assignment]


class Adding(Struct, forbid_unknown_fields=True, kw_only=True):
    """How the documents of an upload are taken."""

    mode: Annotated[
        Literal["replace", "update"],
        Meta(description="replace: each is the whole document of its id; update: it changes some fields."),
    ] = "replace"
    on_refused: Annotated[
        Literal["refuse", "skip"],
        Meta(description="Where one does not fit: refuse writes nothing, skip leaves that one out."),
    ] = "refuse"


class Deleting(Struct, forbid_unknown_fields=True, kw_only=True):
    """Which documents go: those of these ids, or those that a query finds."""

    ids: Annotated[list[str], Meta(max_length=1_000_000)] | None = None
    query: Query | None = None


FieldSpec = Annotated[
    dict[str, Any],
    Meta(
        description="A field as a schema has it: its kind, and options that are not as usual.",
        extra_json_schema={
            "required": ["kind"],
            "properties": {"kind": {"enum": list(FIELD_TYPES)}},
        },
    ),
]


class Fields(Struct, forbid_unknown_fields=True, kw_only=True):
    """Fields to add and to change, as a schema has them, and the names of those that go."""

    add: dict[str, FieldSpec] = {}
    change: dict[str, FieldSpec] = {}
    remove: list[str] = []
    on_unsuited: Literal["raise", "drop"] = "raise"


class Creating(Struct, forbid_unknown_fields=True, kw_only=True):
    """A new index. fields: its schema; null: that of its first documents."""

    fields: dict[str, FieldSpec] | None = None
