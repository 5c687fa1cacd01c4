"""The operations of what an index can be asked besides a search, and of what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..asking import holdings as holding
from ..asking import questions as asking
from ..types import answers
from ..types import questions as asked
from .operation import Operation
from .paths import DOCUMENT, INDEX

_OF_BODY = (400, 404, 413, 415, 503)
_OF_QUERY = (400, 404, 503)

_SUGGEST = Operation(
    "GET",
    f"{INDEX}/suggest",
    "suggest",
    "Suggest queries that may have been meant.",
    "search",
    asking.suggest,
    answers.SuggestionsOut,
    query=asked.Suggesting,
    problems=_OF_QUERY,
    cacheable=True,
    for_tenants=True,
)

_COMPLETE = Operation(
    "GET",
    f"{INDEX}/complete",
    "complete",
    "Complete the last word of a text.",
    "search",
    asking.complete,
    answers.CompletionsOut,
    query=asked.Completing,
    problems=_OF_QUERY,
    cacheable=True,
    for_tenants=True,
)

_QUESTIONS: Sequence[Operation] = (
    _SUGGEST,
    _SUGGEST.with_body("Suggest queries that may have been meant, by a JSON body.", asked.SuggestRequest),
    _COMPLETE,
    _COMPLETE.with_body("Complete the last word of a text, by a JSON body.", asked.CompleteRequest),
    Operation(
        "GET",
        f"{INDEX}/similar",
        "similar",
        "Find documents like one of the index.",
        "search",
        asking.similar,
        answers.SimilarOut,
        query=asked.Similar,
        problems=_OF_QUERY,
        cacheable=True,
        for_tenants=True,
    ),
    Operation(
        "POST",
        f"{INDEX}/explain",
        "explain",
        "Explain how a query is understood.",
        "search",
        asking.explain,
        dict[str, Any],
        body=asked.AskedWith,
        problems=_OF_BODY,
        for_tenants=True,
    ),
    Operation(
        "POST",
        f"{INDEX}/why-nothing",
        "why_nothing",
        "Say why a query finds nothing.",
        "search",
        asking.why_nothing,
        answers.ReasonsOut,
        body=asked.Asked,
        problems=_OF_BODY,
        for_tenants=True,
    ),
    Operation(
        "POST",
        f"{INDEX}/words-missing",
        "words_missing",
        "Say which words of a text do not find a document.",
        "search",
        asking.words_missing,
        answers.WordsOut,
        body=asked.WordsMissingRequest,
        problems=_OF_BODY,
        for_tenants=True,
    ),
)

_RESULTS: Sequence[Operation] = (
    Operation(
        "POST",
        f"{INDEX}/results",
        "results",
        "Search, for searchlib's own client: documents, and what to mark in them.",
        "search",
        asking.results,
        answers.ResultsOut,
        body=asked.ResultsRequest,
        tag="programs",
        problems=_OF_BODY,
        for_tenants=True,
    ),
    Operation(
        "POST",
        f"{INDEX}/results/instant",
        "instant_results",
        "Search while somebody types, for searchlib's own client.",
        "search",
        asking.instant_results,
        answers.ResultsOut,
        body=asked.InstantResultsRequest,
        tag="programs",
        problems=_OF_BODY,
        for_tenants=True,
    ),
    Operation(
        "POST",
        f"{INDEX}/results/similar",
        "similar_results",
        "Find documents like another one or like a text, for searchlib's own client.",
        "search",
        asking.similar_results,
        answers.ResultsOut,
        body=asked.SimilarRequest,
        tag="programs",
        problems=_OF_BODY,
        for_tenants=True,
    ),
    Operation(
        "POST",
        f"{INDEX}/results/many",
        "many_results",
        "Search for several queries, for searchlib's own client.",
        "search",
        asking.many_results,
        answers.ManyOut,
        body=asked.ManyRequest,
        tag="programs",
        problems=_OF_BODY,
        for_tenants=True,
    ),
)

_HOLDINGS: Sequence[Operation] = (
    Operation(
        "GET",
        f"{INDEX}/documents",
        "list_documents",
        "List documents in the order in which they were added.",
        "read",
        holding.documents,
        answers.DocumentsOut,
        query=asked.Documents,
        tag="documents",
        problems=_OF_QUERY,
        cacheable=True,
        for_tenants=True,
    ),
    Operation(
        "GET",
        DOCUMENT,
        "get_document",
        "Show a document.",
        "read",
        holding.document,
        answers.DocumentOut,
        tag="documents",
        problems=_OF_QUERY,
        cacheable=True,
        for_tenants=True,
    ),
    Operation(
        "GET",
        f"{INDEX}/terms",
        "list_terms",
        "List the terms of a field.",
        "read",
        holding.terms,
        answers.TermsOut,
        query=asked.Terms,
        tag="indexes",
        problems=_OF_QUERY,
        cacheable=True,
    ),
    Operation(
        "GET",
        f"{INDEX}/schema",
        "get_schema",
        "Show the fields of an index.",
        "search",
        holding.schema,
        answers.SchemaOut,
        tag="indexes",
        problems=(404,),
        cacheable=True,
        also=("write",),  # which fields a document may have
        for_tenants=True,
    ),
    Operation(
        "GET",
        f"{INDEX}/holdings",
        "list_holdings",
        "List the folders that an index was made from.",
        "read",
        holding.holdings,
        answers.HoldingsOut,
        tag="indexes",
        problems=(404,),
    ),
    Operation(
        "GET",
        f"{INDEX}/metadata",
        "get_metadata",
        "Show what is kept with an index: of one made from files, which they are.",
        "read",
        holding.metadata,
        dict[str, Any],
        tag="indexes",
        problems=(404,),
        cacheable=True,
    ),
)

ASKING: tuple[Operation, ...] = (*_QUESTIONS, *_RESULTS, *_HOLDINGS)
"""All of them."""
