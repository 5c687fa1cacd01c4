"""Hits in a notebook: a small table in HTML, the matches marked, nothing of it taken as mark-up.

It follows the page's own colours, dark or light.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from ..schema import Schema, Text

if TYPE_CHECKING:
    from .results import Hit, Results

MAX_SHOWN = 20
"""Hits of one table; the rest is counted below it."""

_TITLES = ("title", "headline", "heading", "subject", "name")


def page(results: Results, schema: Schema) -> str:
    """The hits as a table, with what there is to say about the query."""
    shown = results[:MAX_SHOWN]
    rows = "".join(_row(number, hit, schema) for number, hit in enumerate(shown, 1))
    more = f"the first {len(shown):,} of {len(results):,} hits here" if len(results) > len(shown) else ""
    said = [_head(results), more, *results.notes]
    notes = "".join(f"<div style='opacity:.7'>{escape(note)}</div>" for note in said if note)
    return f"<div>{notes}<table>{rows}</table></div>"


def _head(results: Results) -> str:
    hits = "1 hit" if len(results) == 1 else f"{len(results):,} hits"
    return f"{str(results.query)[:200]} — {hits} in {results.elapsed_ms:.1f} ms"


def _row(number: int, hit: Hit, schema: Schema) -> str:
    texts = [name for name, field in schema.items() if isinstance(field, Text) and field.stored]
    title = next((name for name in _TITLES if name in texts and hit.text(name)), None)
    marked = [hit.highlight(name, fragments=2) for name in _bodies(hit, [n for n in texts if n != title])]
    name = f"<b>{hit.highlight(title, fragments=None)}</b><br>" if title else ""
    cells = (
        f"<td style='vertical-align:top'>{number}</td>",
        f"<td style='text-align:left;vertical-align:top'>{name}<code>{escape(hit.id)}</code></td>",
        f"<td style='text-align:left'>{'<br>'.join(text for text in marked if text)}</td>",
        f"<td style='vertical-align:top'>{hit.score:.2f}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _bodies(hit: Hit, names: Sequence[str]) -> list[str]:
    """The fields that match; the first one with a text if none does."""
    matching = [name for name in names if hit.spans(name)]
    return matching or [name for name in names if hit.text(name)][:1]
