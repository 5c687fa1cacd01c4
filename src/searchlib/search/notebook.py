"""Hits in a notebook: a small table in HTML, the matches marked, nothing of it taken as mark-up.

It follows the page's own colours, dark or light.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Protocol

from ..schema import Schema, Text

MAX_SHOWN = 20
"""Hits of one table; the rest is counted below it."""


class Shown(Protocol):
    """What is asked of a hit."""

    @property
    def id(self) -> str:
        """The document's."""
        ...

    @property
    def score(self) -> float:
        """Its score."""
        ...

    def text(self, field: str) -> str:
        """A field's text."""
        ...

    def spans(self, field: str) -> Sequence[object]:
        """Its matches."""
        ...

    def highlight(self, field: str, *, fragments: int | None) -> str:
        """Its fragments as HTML, the matches marked."""
        ...


def page(hits: Sequence[Shown], said: Sequence[str], schema: Schema) -> str:
    """The hits as a table, under what there is to say about the query."""
    rows = "".join(_row(number, hit, schema) for number, hit in enumerate(hits[:MAX_SHOWN], 1))
    more = [f"the first {MAX_SHOWN}:"] if len(hits) > MAX_SHOWN else []
    notes = "".join(f"<div style='opacity:.7'>{escape(note)}</div>" for note in (*said, *more))
    return f"<div>{notes}<table>{rows}</table></div>"


def _row(number: int, hit: Shown, schema: Schema) -> str:
    texts = [name for name, field in schema.items() if isinstance(field, Text) and field.stored]
    title = next((name for name in schema.title_fields if name in texts and hit.text(name)), None)
    marked = [hit.highlight(name, fragments=2) for name in _bodies(hit, [n for n in texts if n != title])]
    name = f"<b>{hit.highlight(title, fragments=None)}</b><br>" if title else ""
    cells = (
        f"<td style='vertical-align:top'>{number}</td>",
        f"<td style='text-align:left;vertical-align:top'>{name}<code>{escape(hit.id)}</code></td>",
        f"<td style='text-align:left'>{'<br>'.join(text for text in marked if text)}</td>",
        f"<td style='vertical-align:top'>{hit.score:.2f}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _bodies(hit: Shown, names: Sequence[str]) -> list[str]:
    """The fields that match; the first one with a text if none does."""
    matching = [name for name in names if hit.spans(name)]
    return matching or [name for name in names if hit.text(name)][:1]
