"""Results as JSON has them, so that a program elsewhere makes the same Results of them, fragments and all.

The documents of the hits go along, and what the query marks in them, as a pickle has it (detached.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..detached import DetachedSearcher, results_of, state_of
from ..highlight import Mark, PhraseMatch, WordMatch
from ..plan import Nothing
from ..schema import ID, Schema
from ..search.counting import Found
from ..search.facets import Bucket, Counts, DistinctCount, FacetArgument, Summary
from ..search.pages import MAX_PAGE
from ..search.results import Results
from .documents import document_as_json, document_of_json, fingerprint
from .records import suggestion_as_json, suggestion_of
from .scalars import scalar_as_json, scalar_of_json

HAVING_ALL = Nothing()
"""In the plan of results that were read: what finds the documents with all of the words, elsewhere."""


def num_that_fit(results: Results, max_bytes: int) -> int:
    """How many of the hits, or of their groups, have no more documents' bytes than that; one at least."""
    searcher, found = results._searcher, results._found
    groups = None if found is None else found.groups
    parts = [[doc] for _, doc in results._ranked]
    if groups is not None:
        parts = [[doc for _, doc in hits] for _, _, hits in groups]
    num_bytes = 0
    for at in range(0, len(parts), MAX_PAGE):
        page = parts[at : at + MAX_PAGE]
        lines = searcher.lines([doc for docs in page for doc in docs])
        if num_bytes + lines.num_bytes <= max_bytes:
            num_bytes += lines.num_bytes
            continue
        number = 0
        for place, docs in enumerate(page):
            num_bytes += sum(len(lines.line(number + of)) for of in range(len(docs)))
            number += len(docs)
            if num_bytes > max_bytes:
                return max(at + place, 1)
    return len(parts)


def results_as_json(results: Results, known_schema: str = "") -> dict[str, Any]:
    """Results. known_schema: the fingerprint of a schema that is left out, since who asks has it.

    Where the total is known, so is that of the documents with all words.
    """
    state = state_of(results, count=False)
    schema, found = results._searcher.schema, state["found"]
    own = fingerprint(schema)
    is_instant = results.plan.having_all is not None
    with_all = results.total_with_all if is_instant and state["total"] is not None else None
    return {
        "schema_fingerprint": own,
        **({} if own == known_schema else {"schema": state["schema"]}),
        "ids": [document[ID] for document in state["documents"]],
        "documents": [document_as_json(document, schema) for document in state["documents"]],
        "marks": {name: list(map(_mark_as_json, marks)) for name, marks in state["marks"].items()},
        "hits": state["ranked"],
        "found": None if found is None else _found_as_json(found),
        "total": state["total"],
        **({"total_with_all": with_all} if is_instant else {}),
        "cursor": state["cursor"],
        "dropped": state["dropped"],
        "notes": list(state["notes"]),
        "expanded": [(word, factor) for word, factor, _ in state["expanded"]],
        "instead": None if results.instead is None else suggestion_as_json(results.instead),
        "elapsed_ms": state["elapsed_ms"],
        "misses_words": results.has_missing_words,
    }


def results_of_json(
    given: dict[str, Any],
    query: object,
    timeout: float | None,
    searcher: DetachedSearcher,
    facets: FacetArgument | Sequence[FacetArgument] = (),
) -> Results:
    """The results again. searcher: made of `documents_of(given)` and `marks_of(given)`.

    facets: as they were asked for: JSON has their moments in UTC, and not in their zones.
    """
    found = given["found"]
    state: dict[str, Any] = {
        "query": query,
        "ranked": [(float(score), doc) for score, doc in given["hits"]],
        "found": None if found is None else _found_of_json(found, given, facets),
        "total": given["total"],
        "cursor": given["cursor"],
        "dropped": given["dropped"],
        "notes": tuple(given["notes"]),
        "expanded": [(word, factor, Nothing()) for word, factor in given["expanded"]],
        "instead": None if given.get("instead") is None else suggestion_of(given["instead"]),
        "elapsed_ms": given["elapsed_ms"],
        "timeout": timeout,
        "error": None,
        "having_all": HAVING_ALL if "total_with_all" in given else None,
    }
    if given.get("total_with_all") is not None:
        state["total_with_all"] = given["total_with_all"]
    return results_of(state, searcher)


def documents_of(given: dict[str, Any], schema: Schema) -> list[dict[str, Any]]:
    """The documents of results, with their ids."""
    pairs = zip(given["ids"], given["documents"], strict=True)
    return [{ID: document_id, **document_of_json(document, schema)} for document_id, document in pairs]


def marks_of(given: dict[str, Any]) -> dict[str, list[Mark]]:
    """What the query marks, by field."""
    return {name: list(map(_mark_of_json, marks)) for name, marks in given["marks"].items()}


# ---- marks


def _mark_as_json(mark: Mark) -> dict[str, Any]:
    if isinstance(mark, PhraseMatch):
        words = list(map(_mark_as_json, mark.words))
        return {"words": words, "offsets": list(mark.offsets), "slop": mark.slop}
    found: dict[str, Any] = {"lemmas": sorted(mark.lemmas)}
    return found if mark.forms is None else {**found, "forms": sorted(mark.forms)}


def _mark_of_json(given: dict[str, Any]) -> Mark:
    if "words" in given:
        words = tuple(map(_word_of_json, given["words"]))
        return PhraseMatch(words, tuple(given["offsets"]), given["slop"])
    return _word_of_json(given)


def _word_of_json(given: dict[str, Any]) -> WordMatch:
    forms = given.get("forms")
    return WordMatch(frozenset(given["lemmas"]), None if forms is None else frozenset(forms))


# ---- what was asked around the hits


def _found_as_json(found: Found) -> dict[str, Any]:
    groups = found.groups
    return {
        "facets": {name: _facet_as_json(facet) for name, facet in found.facets.items()},
        "groups": None
        if groups is None
        else [[scalar_as_json(value), total, hits] for value, total, hits in groups],
    }


def _found_of_json(found: dict[str, Any], given: dict[str, Any], asked: Any) -> Found:
    groups, facets = found["groups"], {name: _facet_of_json(one) for name, one in found["facets"].items()}
    if asked:
        from .arguments import facets_in_zone  # most searches count nothing

        facets_in_zone(asked, facets)
    return Found(
        [(float(score), doc) for score, doc in given["hits"]],
        "",
        None,
        facets,
        None if groups is None else [_group_of_json(*group) for group in groups],
        given["total"],
    )


def _group_of_json(
    value: Any, total: int, hits: Sequence[tuple[float, int]]
) -> tuple[Any, int, list[tuple[float, int]]]:
    return scalar_of_json(value), total, [(float(score), doc) for score, doc in hits]


def _facet_as_json(facet: Counts | Summary | DistinctCount) -> dict[str, Any]:
    if isinstance(facet, Counts):
        buckets = [[scalar_as_json(one.value), one.count, scalar_as_json(one.end)] for one in facet]
        return {
            "buckets": buckets,
            "docs": facet.docs,
            "missing": facet.missing,
            "distinct": facet.distinct,
        }
    kind = "summary" if isinstance(facet, Summary) else "count"
    return {kind: [scalar_as_json(getattr(facet, name)) for name in facet.field_names()]}


def _facet_of_json(given: dict[str, Any]) -> Counts | Summary | DistinctCount:
    if "buckets" in given:
        buckets = [
            Bucket(scalar_of_json(value), count, scalar_of_json(end))
            for value, count, end in given["buckets"]
        ]
        return Counts(buckets, given["docs"], given["missing"], given["distinct"])
    if "summary" in given:
        return Summary(*map(scalar_of_json, given["summary"]))
    return DistinctCount(*given["count"])
