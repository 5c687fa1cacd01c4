"""What comes in where programs ask an index for more than hits; what goes out is in answers.py.

Queries, filters and the other arguments of a search are strings, or what searchlib.wire makes of the objects
that a program has: trees, conditions, Sort, Terms and so on. Searches ask the library what it thinks of them.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from .requests import FieldNames, Offset, Query, Seconds, ShortQuery

Object = dict[str, Any]
Tree = Annotated[
    str | Object, Meta(description='A query, {"plain": words alone} or a tree: {"node": "word", "text": …}.')
]
Given = Annotated[
    str | Object | list[Any] | None,
    Meta(description='A string, an object like {"kind": "terms", "field": …}, or several.'),
]
Filter = Annotated[
    str | Object | list[Any] | None,
    Meta(description='Queries, or {"field": "year", "operator": "between", "values": [1, 2]}.'),
]
MaybeLimit = Annotated[int, Meta(ge=0)] | None
Few = Annotated[int, Meta(ge=0, le=1000, description="How many at most.")]
Ids = Annotated[list[str], Meta(max_length=1000)]
Fingerprint = Annotated[str, Meta(description="Of the schema that the client knows; it is left out then.")]


class Asked(Struct, forbid_unknown_fields=True, kw_only=True):
    """What questions about a query have in common."""

    query: Tree
    fields: FieldNames | None = None
    filter: Filter = None
    timeout: Seconds | None = None


class AskedWith(Asked, forbid_unknown_fields=True, kw_only=True):
    """The same with what words may stand for."""

    cross_script: bool = False
    synonyms: list[Any] | None = None
    translations: Object | None = None
    ranking: str | Object = "default"
    strict: bool = False
    expand: str | None = None


class ResultsRequest(AskedWith, forbid_unknown_fields=True, kw_only=True):
    """All that Index.search can be asked. limit: null for all; the answer says if it was cut.

    explain: ids of documents, hits or not, whose scores are explained.
    """

    limit: MaybeLimit = 10
    offset: Offset = 0
    sort: Given = None
    after: str | None = None
    facets: Given = None
    group_by: str | Object | None = None
    boost_by: Object | list[Any] | None = None
    count: bool = False
    explain: Ids = []
    schema: Fingerprint = ""


class InstantResultsRequest(Struct, forbid_unknown_fields=True, kw_only=True):
    """What Index.instant can be asked."""

    query: Query
    limit: MaybeLimit = 10
    offset: Offset = 0
    fields: FieldNames | None = None
    filter: Filter = None
    sort: Given = None
    facets: Given = None
    count: bool = False
    mend: bool = True
    timeout: Seconds | None = None
    explain: Ids = []
    schema: Fingerprint = ""


class SimilarRequest(Struct, forbid_unknown_fields=True, kw_only=True):
    """Documents like one of the index, or like a text."""

    id: str | None = None
    text: str | None = None
    limit: MaybeLimit = 10
    offset: Offset = 0
    fields: FieldNames | None = None
    filter: Filter = None
    count: bool = False
    timeout: Seconds | None = None
    explain: Ids = []
    schema: Fingerprint = ""


class ManyRequest(Struct, forbid_unknown_fields=True, kw_only=True):
    """Several queries with the same arguments. The answer may have fewer results: ask for the rest again."""

    queries: Annotated[list[Tree], Meta(max_length=100)]
    limit: MaybeLimit = 10
    ranking: str | Object = "default"
    strict: bool = False
    expand: str | None = None
    filter: Filter = None
    schema: Fingerprint = ""


class Suggesting(Struct, forbid_unknown_fields=True, kw_only=True):
    """For a query that finds nothing, or little."""

    q: ShortQuery
    limit: Few = 5
    fields: FieldNames | None = None
    timeout: Seconds | None = None
    strict: bool = False
    plain: bool = False


class SuggestRequest(Suggesting, forbid_unknown_fields=True, kw_only=True):
    """The same, of any length."""

    q: Query


class Completing(Struct, forbid_unknown_fields=True, kw_only=True):
    """For a text whose last word goes on."""

    q: ShortQuery
    limit: Few = 10
    fields: FieldNames | None = None
    timeout: Seconds | None = None


class CompleteRequest(Completing, forbid_unknown_fields=True, kw_only=True):
    """The same, of any length."""

    q: Query


class Similar(Struct, forbid_unknown_fields=True, kw_only=True):
    """Documents like one of the index, as a query string says it."""

    id: str
    limit: Few = 10
    offset: Offset = 0
    fields: FieldNames | None = None
    timeout: Seconds | None = None
    fragments: Annotated[int, Meta(ge=0, le=100)] = 0
    fragment_size: Annotated[int, Meta(ge=1, le=10_000)] = 160
    show: FieldNames | None = None


class Terms(Struct, forbid_unknown_fields=True, kw_only=True):
    """The terms of a field. after: the last one of the page before."""

    field: str
    prefix: str = ""
    after: str | None = None
    limit: Annotated[int, Meta(ge=1, le=10_000)] = 100
    places: Annotated[bool, Meta(description="How often each stands in the documents, too.")] = False


class Documents(Struct, forbid_unknown_fields=True, kw_only=True):
    """Documents in the order in which they were added: those of an id, or whose ids begin so."""

    id: Annotated[Ids, Meta(description="These documents, as far as they are there.")] = []
    prefix: str = ""
    after: Annotated[str | None, Meta(description="The cursor of the page before.")] = None
    limit: Annotated[int, Meta(ge=1, le=10_000)] = 100
    content: Annotated[bool, Meta(description="With their stored fields.")] = False


class WordsMissingRequest(Struct, forbid_unknown_fields=True, kw_only=True):
    """Which words of a text do not find a document."""

    id: str
    text: Annotated[str, Meta(max_length=100_000)]
