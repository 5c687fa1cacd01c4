"""Hits, facets and what is said beside them, as JSON has them: dictionaries, lists, strings and numbers.

Offsets count code points. Dates are left as they are: who writes JSON writes them in ISO 8601.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from ..highlight import Fragment
    from ..schema import Schema
    from ..search.hit import Hit
    from ..search.results import Results
    from ..search.why import Reason
    from ..suggest.suggestions import Suggestion

BODY = "body"
"""The field that has a file's text."""


def hit_as_json(
    hit: Hit,
    schema: Schema,
    fragments: int = 2,
    size: int = 160,
    columns: Sequence[str] | None = None,
    explain: bool = False,
) -> dict[str, Any]:
    """A hit: id, score, fields and the fragments that match.

    fragments, size: how many of each text field, of how many code points. columns: the fields that are given;
    None: all stored ones. explain: with what the score is made of.
    """
    texts = texts_of(schema, columns) if fragments else []
    return _hit(hit, {name: hit.fragments(name, fragments, size) for name in texts}, columns, explain)


def texts_of(schema: Schema, columns: Sequence[str] | None) -> list[str]:
    """The fields whose fragments are given. columns: those that are given of hits; None: all."""
    return [name for name in schema.text_fields if columns is None or name in columns]


def _hit(
    hit: Hit, chosen: Mapping[str, Sequence[Fragment]], columns: Sequence[str] | None, explain: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": hit.id,
        "score": hit.score,
        "fields": fields_as_json(hit, columns),
        "fragments": fragments_as_json(hit, chosen),
    }
    if explain:
        found["explanation"] = hit.explain().as_dict()
    return found


def fields_as_json(hit: Hit, columns: Sequence[str] | None) -> dict[str, Any]:
    """The stored fields of a hit, or those of them that are to be given."""
    fields = hit.fields
    return fields if columns is None else {name: fields[name] for name in columns if name in fields}


def fragments_as_json(hit: Hit, chosen: Mapping[str, Sequence[Fragment]]) -> list[dict[str, Any]]:
    """Those of all fields that have matches."""
    return [
        fragment_as_json(hit, name, fragment)
        for name, of_field in chosen.items()
        for fragment in of_field
        if fragment.spans
    ]


def fragment_as_json(hit: Hit, name: str, fragment: Fragment) -> dict[str, Any]:
    """A fragment of a field; of a file's text its place, too, where its type has places."""
    found: dict[str, Any] = {
        "field": name,
        "text": fragment.text,
        "start": fragment.start,
        "end": fragment.end,
        "spans": [[span.start, span.end] for span in fragment.spans],
    }
    if name == BODY and fragment.spans and has_places(hit):
        from ..sources.places import place_of_hit

        if place := place_of_hit(hit, fragment.spans[0].start):
            found["place"] = place
    return found


def has_places(hit: Hit) -> bool:
    """Whether it may be a file with pages or lines: its id has an ending then."""
    return "." in hit.id


def summary_as_json(
    results: Results,
    suggestions: Iterable[Suggestion] = (),
    reasons: Iterable[Reason] = (),
    around: bool = False,
) -> dict[str, Any]:
    """What is not of one hit: total, notes, suggestions; reasons where nothing was found.

    around: facets and the cursor, too.
    """
    summary: dict[str, Any] = {
        "total": results.total,
        "notes": list(results.notes),
        "suggestions": [{"query": found.query, "reason": found.reason} for found in suggestions],
    }
    if not results.total:
        summary["reasons"] = [reason.as_dict() for reason in reasons]
    if around:
        summary["facets"] = {name: facet_as_json(facet) for name, facet in results.facets.items()}
        summary["cursor"] = results.cursor
    return summary


def facet_as_json(facet: Any) -> dict[str, Any]:
    """What came of a facet: its buckets, or its numbers."""
    if not hasattr(facet, "distinct") or not hasattr(facet, "__iter__"):
        plain: dict[str, Any] = facet.as_dict()
        return plain
    ranged = any(bucket.end is not None or bucket.value is None for bucket in facet)
    buckets = [
        {"value": bucket.value, **({"end": bucket.end} if ranged else {}), "count": bucket.count}
        for bucket in facet
    ]
    distinct = {} if facet.distinct is None else {"distinct": facet.distinct}
    return {"buckets": buckets, "docs": facet.docs, "missing": facet.missing, **distinct}
