"""What `searchlib query` shows beside hits: facets, and the next page. Loaded where one is asked for.

A facet is written FIELD or FIELD:WHAT; both are made here what the library takes, and shown for people or
as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import Misuse
from .hits import value_text

if TYPE_CHECKING:
    from searchlib import Facet, Results

    from .output import Style

_WIDTH = 24


def sort_of(text: str | None) -> list[str] | None:
    """The keys of --sort; None for none."""
    return None if text is None else [key.strip() for key in text.split(",")]


def facet_of(text: str) -> Facet:
    """What one --facet asks for; Misuse if that is nothing."""
    from searchlib.errors import QueryError
    from searchlib.wire.facets import facet_of_text

    try:
        return facet_of_text(text)
    except QueryError as error:
        raise Misuse(str(error).replace("a facet is", "--facet is", 1)) from None


def lines_of(results: Results, style: Style, wants_cursor: bool) -> list[str]:
    """Facets and the place of the next page, for people."""
    from searchlib.wire.answers import facet_as_json

    from .output import one_line

    lines: list[str] = []
    for name, facet in results.facets.items():
        lines.append(style.bold(one_line(name)))
        plain = facet_as_json(facet)
        buckets = plain.pop("buckets", [])
        width = min(max((len(_label(bucket)) for bucket in buckets), default=0), _WIDTH)
        lines += [f"    {one_line(_label(bucket)):<{width}}  {bucket['count']:,}" for bucket in buckets]
        lines.append(
            style.dim("    " + ", ".join(f"{key} {value_text(value)}" for key, value in plain.items()))
        )
        lines.append("")
    if wants_cursor:
        lines.append(f"next page: --after={results.cursor}" if results.cursor else "no next page")
    return lines


def _label(bucket: dict[str, Any]) -> str:
    value = "…" if bucket["value"] is None else value_text(bucket["value"])
    if "end" not in bucket:
        return value
    return f"{value} – {'…' if bucket['end'] is None else value_text(bucket['end'])}"
