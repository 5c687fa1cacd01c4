"""What goes out, as types, for the OpenAPI document.

Answers are made as plain data, by searchlib.wire; tests hold them against these.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class FragmentOut(Struct, omit_defaults=True):
    """Text around matches. spans: of these, in the field; start, end: of this text. In code points."""

    field: str
    text: str
    start: int
    end: int
    spans: list[tuple[int, int]]
    place: str | None = None


class HitOut(Struct, omit_defaults=True):
    """A document that was found. place of a fragment: the page, slide or line of the file."""

    id: str
    score: float
    fields: dict[str, Any]
    fragments: list[FragmentOut]
    explanation: dict[str, Any] | None = None


class SuggestionOut(Struct):
    """A query that may have been meant, and why."""

    query: str
    reason: str


class GroupOut(Struct):
    """The hits of one value."""

    value: Any
    total: int
    hits: list[HitOut]


class SearchResponse(Struct, omit_defaults=True):
    """An answer. total: how many match; cursor: goes into `after` for the next page.

    instead: of an instant search, what the text was read as. total_with_all: of one, how many have all words.
    """

    query: str
    hits: list[HitOut]
    total: int | None
    notes: list[str]
    suggestions: list[SuggestionOut]
    facets: dict[str, Any]
    cursor: str | None
    elapsed_ms: float
    reasons: list[dict[str, Any]] | None = None
    groups: list[GroupOut] | None = None
    dropped: list[str] | None = None
    expanded: dict[str, float] | None = None
    instead: SuggestionOut | None = None
    total_with_all: int | None = None


class OneOfSeveralOut(SearchResponse, kw_only=True):
    """The answer of one search among several."""

    index: str


class MergedHitOut(HitOut, kw_only=True):
    """A hit in one list. fused: what it is ranked by; places: where it stands in the lists of which queries,
    both from 1; score: within its own search, of the first query that has it best."""

    index: str
    fused: float
    places: dict[str, int]


class PartOut(Struct):
    """What one search gave to the list."""

    index: str
    total: int
    notes: list[str]


class SeveralOut(Struct, omit_defaults=True):
    """results: one answer for each search. With merge there are none, but one list.

    total: how many hits the searches have; total_is: "exact", or "at most" where searches of one index may
    have found the same ones.
    """

    elapsed_ms: float
    results: list[OneOfSeveralOut] | None = None
    hits: list[MergedHitOut] | None = None
    total: int | None = None
    total_is: str | None = None
    facets: dict[str, Any] | None = None
    queries: list[PartOut] | None = None


class IndexOut(Struct):
    """An index that is served."""

    name: str
    documents: int
    fields: dict[str, Any]


class IndexesOut(Struct):
    """The indexes that are served."""

    indexes: list[IndexOut]


class HealthOut(Struct):
    """status: "available"; version: of searchlib."""

    status: str
    version: str


class RefusedOut(Struct, omit_defaults=True):
    """A document that was not taken. line: where it stands in the upload, from 1."""

    line: int
    detail: str
    id: str | None = None


class ChangedOut(Struct):
    """What was done."""

    added: int
    updated: int
    deleted: int
    generation: int
    documents: int


class AddedOut(Struct, omit_defaults=True):
    """What was written, durably. generation: the commit that has it; documents: how many there are now.

    ids: of documents that came without one. new_fields: that appeared; left_out: for which there is no room.
    put_elsewhere: fields that did not take a value, and how many of each went into NAME_text.
    """

    written: int
    num_refused: int
    refused: list[RefusedOut]
    generation: int
    documents: int
    ids: list[str] | None = None
    new_fields: dict[str, str] | None = None
    left_out: dict[str, int] | None = None
    put_elsewhere: dict[str, int] | None = None


class DeletedOut(Struct):
    """How many documents went."""

    deleted: int
    generation: int
    documents: int


class CommitOut(Struct):
    """Where the index is now."""

    generation: int
    documents: int


class FieldsOut(Struct, omit_defaults=True):
    """The schema after a change. rewritten: documents that were; dropped_values: that did not suit."""

    fields: dict[str, Any]
    generation: int
    rewritten: int | None = None
    dropped_values: int | None = None


class DroppedOut(Struct):
    """An index that is gone. left: other files in its folder, which stay."""

    dropped: str
    left: list[str]
