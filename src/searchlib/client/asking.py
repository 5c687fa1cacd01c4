"""The questions that a remote index answers: each is a body, a request, and what is made of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ..arguments import checked_count, checked_flag, checked_string, listed
from ..asking import Asking
from ..errors import ServerError
from ..query.plain import Plain
from ..schema import id_of
from ..search.results import Results
from ..search.searcher import parsed
from ..wire.records import completion_of, query_part_of, reason_of, suggestion_of, term_of
from ..wire.scalars import clean
from ..wire.trees import query_as_json
from . import questions as q
from .alike import alike
from .found import Body, Question, results
from .requests import Requests
from .twin import Twin

if TYPE_CHECKING:
    from ..search.terms import TermStatistics
    from ..search.understanding import QueryPart
    from ..search.why import Reason
    from ..suggest.completion import Completion
    from ..suggest.suggestions import Suggestion

_MANY, _MANY_CHARS = 100, 200_000
"""Queries of one request, and letters of all of them, at most."""
_TERMS = 1000
"""Of one request."""


class RemoteAsking(Requests):
    """They are documented where an Index has them."""

    # ---- results

    @alike(Asking.search)
    def search(self, given: dict[str, Any]) -> Results:
        query = parsed(given["query"], given["parser"])
        body = {
            **q.asked_of(query, given, self.schema, lambda: self._searcher),
            **q.around_of(given),
            "limit": q.count_of(given["limit"]),
            "offset": given["offset"],
        }
        return self._results("/results", query, body, q.AGAIN, given["facets"])

    @alike(Asking.instant)
    def instant(self, given: dict[str, Any]) -> Results:
        checked_string("text", given["text"])
        checked_flag("mend", given["mend"])
        checked_flag("count", given["count"])
        body = {
            "query": clean(given["text"]),
            "limit": q.count_of(given["limit"]),
            "offset": given["offset"],
            "fields": q.names_of(given["fields"]),
            "filter": q.filter_of(given["filter"], self.schema),
            "sort": q.sort_of(given["sort"]),
            "facets": q.facets_of(given["facets"]),
            "count": given["count"],
            "mend": given["mend"],
            "timeout": given["timeout"],
        }
        return self._results("/results/instant", given["text"], body, q.AGAIN_INSTANT, given["facets"])

    @alike(Asking.more_like)
    def more_like(self, given: dict[str, Any]) -> Results:
        document_id, text = id_of(given["document_id"]), given["text"]
        if (document_id is None) == (text is None):
            raise ValueError("more_like wants the id of a document or a text: one of the two")
        body = {
            "id": document_id,
            "text": text if text is None else clean(text),
            "limit": q.count_of(given["limit"]),
            "offset": given["offset"],
            "fields": q.names_of(given["fields"]),
            "filter": q.filter_of(given["filter"], self.schema),
            "count": given["count"],
            "timeout": given["timeout"],
        }
        query = document_id if text is None else text
        return self._results("/results/similar", query, body, q.AGAIN_SIMILAR)

    @alike(Asking.search_many)
    def search_many(self, given: dict[str, Any]) -> list[Results]:
        checked_count("threads", given["threads"], least=1)
        queries = listed("queries", given["queries"], "a list of queries")
        schema = self.schema
        sent = [query_as_json(query, schema) for query in queries]
        body = {
            "limit": q.count_of(given["limit"]),
            "ranking": q.ranking_of(given["ranking"]),
            "strict": given["strict"],
            "expand": given["expand"],
            "filter": q.filter_of(given["filter"], schema),
            "schema": self._fingerprint,
        }
        found: list[Results] = []
        while len(found) < len(queries):
            some = _some(sent[len(found) :])
            answers = self._post("/results/many", {**body, "queries": some})["results"]
            if not answers:
                raise ServerError("the server answered none of several queries; it may be of another version")
            for answer in answers:
                at = len(found)
                asked = sent[at] if answer.get("error") is None else ""  # which finds nothing, too
                single = {**body, "query": asked, "offset": 0, "after": None}
                question = Question(lambda one: dict(self._post("/results", one)), single, q.AGAIN, None)
                whole = question.whole(answer)
                found.append(results(whole, self._schema_of(whole), queries[at], question, (), self._rules))
        return found

    # ---- other questions

    @alike(Asking.suggest)
    def suggest(self, given: dict[str, Any]) -> list[Suggestion]:
        query = given["query"]
        checked_string("query", query)
        checked_count("limit", given["limit"])
        body = {
            "q": clean(query),
            "plain": isinstance(query, Plain),
            "limit": min(given["limit"], 1000),
            "fields": q.names_of(given["fields"]),
            "timeout": given["timeout"],
            "strict": given["strict"],
        }
        return list(map(suggestion_of, self._post("/suggest", body)["suggestions"]))

    @alike(Asking.complete)
    def complete(self, given: dict[str, Any]) -> list[Completion]:
        checked_string("text", given["text"])
        checked_count("limit", given["limit"])
        body = {
            "q": clean(given["text"]),
            "limit": min(given["limit"], 1000),
            "fields": q.names_of(given["fields"]),
            "timeout": given["timeout"],
        }
        return list(map(completion_of, self._post("/complete", body)["completions"]))

    @alike(Asking.explain)
    def explain(self, given: dict[str, Any]) -> QueryPart:
        query = parsed(given["query"], given["parser"])
        body = q.asked_of(query, given, self.schema, lambda: self._searcher)
        return query_part_of(self._post("/explain", body))

    @alike(Asking.why_nothing)
    def why_nothing(self, given: dict[str, Any]) -> list[Reason]:
        body = {
            "query": query_as_json(given["query"], self.schema),
            "fields": q.names_of(given["fields"]),
            "filter": q.filter_of(given["filter"], self.schema),
            "timeout": given["timeout"],
        }
        return list(map(reason_of, self._post("/why-nothing", body)["reasons"]))

    @alike(Asking.words_missing)
    def words_missing(self, given: dict[str, Any]) -> list[str]:
        checked_string("text", given["text"])
        body = {"id": id_of(given["document_id"]), "text": clean(given["text"])}
        found = self._post("/words-missing", body, missing="DocumentNotFound")
        if found is None:  # a document that there is not lacks all that an empty index lacks
            return Twin(self.schema).words_missing(given["document_id"], given["text"])
        return list(found["words"])

    @alike(Asking.terms)
    def terms(self, given: dict[str, Any]) -> Iterator[TermStatistics]:
        checked_string("prefix", given["prefix"])
        checked_flag("places", given["places"])
        asked: dict[str, Any] = {
            "field": given["field"],
            "prefix": given["prefix"],
            "places": "true" if given["places"] else "false",
            "limit": _TERMS,
        }
        if clean(given["prefix"]) != given["prefix"]:
            return iter(())  # no term has half a character
        return self._walk(asked, self._get(f"/terms?{urlencode(asked)}"))

    def _walk(self, asked: dict[str, Any], page: Body) -> Iterator[TermStatistics]:
        while True:
            yield from map(term_of, page["terms"])
            if page["after"] is None:
                return
            page = self._get(f"/terms?{urlencode({**asked, 'after': page['after']})}")


def _some(queries: Sequence[Any]) -> list[Any]:
    """As many of the first queries as one request may have; one at least."""
    some: list[Any] = []
    size = 0
    for query in queries[:_MANY]:
        size += len(str(query))
        if some and size > _MANY_CHARS:
            break
        some.append(query)
    return some
