"""What goes out where programs ask an index for more than hits."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from .questions import Object
from .responses import HitOut


class ResultsOut(Struct, omit_defaults=True, kw_only=True):
    """Results that stand by themselves: hits are [score, place in `ids` and `documents`].

    marks: what the query marks in each field, as lemmas and forms; who has none of searchlib's analysis asks
    `search` for fragments instead. cut: whether there are more hits than the answer holds.
    """

    schema_fingerprint: str
    ids: list[str]
    documents: list[Object]
    marks: Object
    hits: list[list[Any]]
    found: Object | None
    total: int | None
    cursor: str | None
    dropped: list[str]
    notes: list[str]
    expanded: list[list[Any]]
    elapsed_ms: float
    misses_words: bool
    cut: bool
    generation: int | None
    schema: Object | None = None
    instead: Object | None = None
    explanations: Object | None = None
    error: Object | None = None


class ManyOut(Struct):
    """The results of the first queries."""

    results: list[ResultsOut]


class SimilarOut(Struct):
    """The documents most like one; words: those that made them so."""

    hits: list[HitOut]
    words: dict[str, float]
    elapsed_ms: float


class SuggestionFull(Struct):
    """A query that may have been meant. reason: for people."""

    query: str
    reason: str
    corrections: list[Object]
    score: float


class SuggestionsOut(Struct):
    """The likeliest first."""

    suggestions: list[SuggestionFull]


class CompletionOut(Struct):
    """A text that goes on."""

    text: str
    word: str
    num_docs: int


class CompletionsOut(Struct):
    """The most frequent first."""

    completions: list[CompletionOut]


class ReasonsOut(Struct):
    """The likeliest first."""

    reasons: list[Object]


class TermOut(Struct, omit_defaults=True):
    """A term, and in how many documents it stands."""

    term: str
    num_docs: int
    num_places: int | None = None


class TermsOut(Struct):
    """A page of terms. after: goes into the next question; null: there are no more."""

    terms: list[TermOut]
    after: str | None


class DocumentsOut(Struct, omit_defaults=True):
    """A page, which may hold fewer than were asked for. cursor: null behind the last document."""

    ids: list[str]
    cursor: str | None
    documents: list[Object] | None = None


class DocumentOut(Struct):
    """A document."""

    id: str
    fields: Object


class WordsOut(Struct):
    """Words, as they stand in the text."""

    words: list[str]


class HoldingsOut(Struct):
    """Folders and files, with what the index holds of each."""

    holdings: list[Object]


class SchemaOut(Struct):
    """The fields. generation: a larger one after each commit. analyzers: of which rules and dictionaries."""

    fields: Object
    fingerprint: str
    analyzers: dict[str, str]
    generation: int
    documents: int
