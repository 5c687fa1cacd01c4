"""Hits as `answers` has them, made of JSON that is there already: stored documents are JSON, and the core
writes fragments as JSON. Who encodes the answer copies these bytes; no Python objects are made of them.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING
from .answers import BODY, fields_as_json, fragments_as_json, has_places, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from ..schema import Schema
    from ..search.hit import Hit
    from ..search.results import Results


def encoded_hits(
    results: Results,
    schema: Schema,
    raw: Callable[[bytes], object],
    fragments: int = 2,
    size: int = 160,
    columns: Sequence[str] | None = None,
    explain: bool = False,
) -> list[dict[str, Any]]:
    """All hits, each as `hit_as_json` has it, but for what is JSON already.

    raw: makes of bytes of JSON in UTF-8 what an encoder copies as it is, as msgspec.Raw does. Documents with
    a number that JSON has not, and fragments of files, which have places, are plain data.
    """
    texts = texts_of(schema, columns) if fragments else []
    lines = [None] * len(results) if columns is not None else results._as_json()
    chosen = [results._json_fragments(name, fragments, size) for name in texts]
    is_placed = BODY in texts
    found = []
    for number, hit in enumerate(results):
        line, pieces = lines[number], [of_hits[number] for of_hits in chosen]
        one = {
            "id": hit.id,
            "score": hit.score,
            "fields": fields_as_json(hit, columns) if line is None else raw(line),
            "fragments": _of_hit(hit, texts, fragments, size)
            if None in pieces or (is_placed and has_places(hit))
            else raw(b"[%b]" % b",".join(filter(None, pieces))),
        }
        if explain:
            one["explanation"] = hit.explain().as_dict()
        found.append(one)
    return found


def _of_hit(hit: Hit, texts: Sequence[str], fragments: int, size: int) -> list[dict[str, Any]]:
    return fragments_as_json(hit, {name: hit.fragments(name, fragments, size) for name in texts})
