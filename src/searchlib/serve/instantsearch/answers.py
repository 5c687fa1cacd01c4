"""What these front ends are given, as types, for the OpenAPI document. Answers are made as plain data."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class FoundHits(Struct, rename="camel", omit_defaults=True):
    """The hits of a search. notes: what was passed over, or read in another way."""

    hits: list[dict[str, Any]]
    query: str
    processing_time_ms: int
    limit: int | None = None
    offset: int | None = None
    estimated_total_hits: int | None = None
    hits_per_page: int | None = None
    page: int | None = None
    total_pages: int | None = None
    total_hits: int | None = None
    facet_distribution: dict[str, dict[str, int]] | None = None
    facet_stats: dict[str, dict[str, float]] | None = None
    index_uid: str | None = None
    notes: list[str] | None = None


class FoundBySeveral(Struct, rename="camel", omit_defaults=True):
    """results: the answers of several searches, in their order. With federation there are none, but all that
    one search has; each hit says in `_federation` where it is from."""

    results: list[FoundHits] | None = None
    hits: list[dict[str, Any]] | None = None
    processing_time_ms: int | None = None
    limit: int | None = None
    offset: int | None = None
    estimated_total_hits: int | None = None
    hits_per_page: int | None = None
    page: int | None = None
    total_pages: int | None = None
    total_hits: int | None = None
    facets_by_index: dict[str, Any] | None = None
    facet_distribution: dict[str, dict[str, int]] | None = None
    facet_stats: dict[str, dict[str, float]] | None = None
    notes: list[str] | None = None


class FacetHit(Struct):
    """A value of a facet, and how many hits have it."""

    value: str
    count: int


class FoundFacetHits(Struct, rename="camel"):
    """The values of a facet that begin so."""

    facet_hits: list[FacetHit]
    facet_query: str | None
    processing_time_ms: int


class Version(Struct, rename="camel"):
    """pkg_version: of searchlib. The others are "unknown"."""

    commit_sha: str
    commit_date: str
    pkg_version: str


class IndexNumbers(Struct, rename="camel"):
    """The numbers of an index. field_distribution: documents that have a field, of fields with words."""

    number_of_documents: int
    raw_document_db_size: int
    avg_document_size: int
    is_indexing: bool
    number_of_embeddings: int
    number_of_embedded_documents: int
    field_distribution: dict[str, int]
