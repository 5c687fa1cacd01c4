"""What these front ends ask, as types. Names are in camelCase; null is as good as leaving out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, json

Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Strategy = Literal["last", "all", "frequency"]


class Asked(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """What all searches may say."""

    q: Annotated[str, Meta(max_length=100_000)] | None = None
    offset: Count | None = None
    limit: Count | None = None
    page: Count | None = None
    hits_per_page: Count | None = None
    filter: Annotated[
        str | list[Any] | None, Meta(description='"tags = tea AND price < 3", or lists: AND of ORs.')
    ] = None
    facets: Annotated[list[str] | None, Meta(description='Fields; "*" for all that can be counted.')] = None
    sort: Annotated[list[str] | None, Meta(description='"price:asc".')] = None
    distinct: str | None = None
    attributes_to_retrieve: list[str] | None = None
    attributes_to_highlight: list[str] | None = None
    attributes_to_crop: Annotated[list[str] | None, Meta(description='Fields; "body:20" for 20 words.')] = (
        None
    )
    attributes_to_search_on: list[str] | None = None
    highlight_pre_tag: str | None = None
    highlight_post_tag: str | None = None
    crop_length: Annotated[Count | None, Meta(description="Words of a field that is cropped.")] = None
    crop_marker: str | None = None
    show_matches_position: bool | None = None
    show_ranking_score: bool | None = None
    show_ranking_score_details: bool | None = None
    matching_strategy: Strategy | None = None
    locales: list[str] | None = None
    ranking_score_threshold: float | None = None
    vector: Any = None
    hybrid: Any = None
    retrieve_vectors: bool | None = None
    media: Any = None
    personalize: Any = None
    show_performance_details: bool | None = None


class FacetAsked(Asked, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """Which values of a facet begin so."""

    facet_name: str
    facet_query: str | None = None
    exhaustive_facet_count: bool | None = None


class FederationOptions(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """weight: how much the places of this query's hits count; 0: not at all."""

    weight: Annotated[float, Meta(ge=0, le=1000)] = 1.0
    query_position: Count | None = None
    remote: Any = None


class OneAsked(Asked, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """A search among several."""

    index_uid: str
    federation_options: FederationOptions | None = None


class MergeFacets(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """How facets of several indexes become one: how many values are kept of each."""

    max_values_per_facet: Count | None = None


class Federation(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """One list of hits for all searches."""

    limit: Count | None = None
    offset: Count | None = None
    page: Count | None = None
    hits_per_page: Count | None = None
    facets_by_index: dict[str, list[str] | None] | None = None
    merge_facets: MergeFacets | None = None
    distinct: str | None = None


class SeveralAsked(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """Several searches at once; federation: whether they become one list."""

    queries: Annotated[list[OneAsked], Meta(max_length=100)]
    federation: Federation | None = None


class InQueryString(Struct, rename="camel", forbid_unknown_fields=True, kw_only=True):
    """A search as a query string has it: lists are names between commas, a list of filters is JSON."""

    q: str | UnsetType = UNSET
    offset: Count | UnsetType = UNSET
    limit: Count | UnsetType = UNSET
    page: Count | UnsetType = UNSET
    hits_per_page: Count | UnsetType = UNSET
    filter: str | UnsetType = UNSET
    facets: str | UnsetType = UNSET
    sort: str | UnsetType = UNSET
    distinct: str | UnsetType = UNSET
    attributes_to_retrieve: str | UnsetType = UNSET
    attributes_to_highlight: str | UnsetType = UNSET
    attributes_to_crop: str | UnsetType = UNSET
    attributes_to_search_on: str | UnsetType = UNSET
    highlight_pre_tag: str | UnsetType = UNSET
    highlight_post_tag: str | UnsetType = UNSET
    crop_length: Count | UnsetType = UNSET
    crop_marker: str | UnsetType = UNSET
    show_matches_position: bool | UnsetType = UNSET
    show_ranking_score: bool | UnsetType = UNSET
    show_ranking_score_details: bool | UnsetType = UNSET
    matching_strategy: Strategy | UnsetType = UNSET
    locales: str | UnsetType = UNSET


_LISTS = ("facets", "sort", "locales")


def of_query_string(given: InQueryString) -> Asked:
    """The same as a body has it."""
    found = Asked()
    for name in given.__struct_fields__:
        value = getattr(given, name)
        if value is UNSET:
            continue
        if name.startswith("attributes_") or name in _LISTS:
            value = [part.strip() for part in value.split(",") if part.strip()]
        elif name == "filter":
            value = _list_or_text(value)
        setattr(found, name, value)
    return found


def _list_or_text(text: str) -> Any:
    if text.lstrip().startswith("["):
        try:
            return json.decode(text)
        except ValueError:
            pass
    return text
