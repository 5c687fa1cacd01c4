"""A document as the page shows it: its text, the matches marked, opened at one of them.

A text of megabytes comes in parts of bounded size; marks are counted over all of it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup, escape

from ...highlight import Html, Span, mark, one_line, printable
from ...query.conditions import F
from ...search.hit import Hit
from ...sources.places import BODY, FORM_FEED, border_of, place_of_hit
from .address import Asked, document_address
from .finding import EVERYTHING, look
from .hits import facts_of, title_of
from .monospaced import is_code
from .offering import Offer
from .speaking import Speaker

if TYPE_CHECKING:
    from ...index import Index

PART = 60_000
"""Code points of a text that are shown at a time."""

_BEFORE = 3_000
MAX_VALUE = 2_000
"""Code points of another field's value."""


@dataclass
class Piece:
    """Text between two matches, or a match with its number; or the border of a page, by its place."""

    text: str
    number: int = 0
    place: str = ""
    is_border: bool = False


@dataclass
class Part:
    """What is shown of a text."""

    pieces: list[Piece] = field(default_factory=list)
    start: int = 0
    end: int = 0
    length: int = 0
    num_matches: int = 0
    current: int = 0
    before: int | None = None
    behind: int | None = None
    previous_match: int | None = None
    next_match: int | None = None


def find_document(index: Index, asked: Asked, timeout: float) -> Hit | None:
    """The document as a hit of that search, or else of any; None if it is gone."""
    only = F.id.any(asked.id)
    found = look(index, asked, 1, filter=only, timeout=timeout)
    if not len(found):
        found = index.search(EVERYTHING, 1, filter=only, timeout=timeout)
    return found[0] if len(found) else None


def shown_document(index: Index, hit: Hit, asked: Asked, offer: Offer, speaker: Speaker) -> dict[str, Any]:
    """What the template of a document is given."""
    schema, name = index.schema, _text_field(index, hit, offer)
    part = part_of(hit, name, asked.at, speaker) if name else Part()

    def at(offset: int | None) -> str:
        return "" if offset is None else document_address(asked, hit.id, offset)

    place = next((piece.place for piece in part.pieces if piece.number == part.current and piece.number), "")
    return {
        "id": one_line(hit.id),
        "title": title_of(hit, schema),
        "facts": facts_of(hit, offer, speaker),
        "part": part,
        "label": speaker.field(name) if name and name != BODY else "",
        "is_code": offer.type is not None and is_code(str(hit.fields.get(offer.type))),
        "place": place,
        "before": at(part.before),
        "behind": at(part.behind),
        "previous_match": at(part.previous_match),
        "next_match": at(part.next_match),
        "extent": _extent(part, speaker),
        "said": _said(part, speaker),
        "fields": _fields(hit, schema, name, speaker),
        "raw": raw_address(asked.index, hit.id),
    }


def raw_address(index: str, document_id: str) -> str:
    """Where the API has the document; "" for an id that no browser sends as a part of a path."""
    if document_id in (".", ".."):
        return ""
    return f"/v1/indexes/{quote(index, safe='')}/documents/{quote(document_id, safe='')}"


def part_of(hit: Hit, name: str, at: int | None, speaker: Speaker) -> Part:
    """The part of a field's text around a place. at: code points; None: where the first match stands."""
    text, spans = hit.text(name), hit.spans(name)
    starts = [span.start for span in spans]
    if at is None:
        at = starts[0] if starts else 0
    at = min(at, max(len(text) - 1, 0))
    start = _start(text, at)
    end = min(start + PART, len(text))
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    current = min(bisect_left(starts, at), last - 1) if last > first else -1
    part = Part([], start, end, len(text), len(spans), max(current, -1) + 1)
    part.pieces = list(_pieces(text, spans[first:last], first, part, _Places(hit, name, text, speaker)))
    part.before = max(start - PART + _BEFORE, 0) if start else None
    part.behind = end if end < len(text) else None
    part.previous_match = starts[first - 1] if first else None
    part.next_match = starts[last] if last < len(starts) else None
    return part


def _start(text: str, at: int) -> int:
    """Where a part begins that has that place not at its edge; at a line's beginning, if one is near."""
    if len(text) <= PART:
        return 0
    start = max(min(at - _BEFORE, len(text) - PART), 0)
    line = text.find("\n", start, min(start + _BEFORE // 2, at))
    return line + 1 if start and line >= 0 else start


class _Places:
    """The places of offsets that only go forward, each counted from the one before."""

    def __init__(self, hit: Hit, name: str, text: str, speaker: Speaker) -> None:
        first = place_of_hit(hit, 0) if name == BODY else ""
        self._unit, self._text, self._speaker = first.partition(" ")[0], text, speaker
        self._border = border_of(self._unit)
        self._at, self._number = 0, 1

    def place(self, offset: int) -> str:
        """Of that offset; "" where the text has no places."""
        if not self._unit:
            return ""
        self._number += self._text.count(self._border, self._at, offset)
        self._at = offset
        return self._speaker.place(f"{self._unit} {self._number}")


def _pieces(text: str, spans: list[Span], number: int, part: Part, places: _Places) -> Any:
    at = part.start
    for count, span in enumerate(spans, number + 1):
        yield from _plain(text, at, span.start, places)
        at = min(span.end, part.end)
        yield Piece(printable(text[span.start : at]), count, places.place(span.start))
    yield from _plain(text, at, part.end, places)


def _plain(text: str, start: int, end: int, places: _Places) -> Any:
    """Text without matches, cut at the borders of pages."""
    while start < end:
        border = text.find(FORM_FEED, start, end)
        if border < 0:
            yield Piece(printable(text[start:end]))
            return
        yield Piece(printable(text[start:border]).rstrip("\n"))
        yield Piece("", place=places.place(border + 1), is_border=True)
        start = border + 1
        start += text.startswith("\n", start)


def _text_field(index: Index, hit: Hit, offer: Offer) -> str | None:
    """The field that is shown as the text: the body, or what this document has in its place."""
    names = [name for name in index.schema.text_fields if name in hit.fields]
    if offer.body in names:
        return offer.body
    return max(names, key=lambda name: len(hit.text(name)), default=None)


def _extent(part: Part, speaker: Speaker) -> str:
    if part.end - part.start == part.length:
        return ""
    return (
        speaker.t["part_of"]
        .replace("{start}", speaker.number(part.start + 1))
        .replace("{end}", speaker.number(part.end))
        .replace("{length}", speaker.number(part.length))
    )


def _said(part: Part, speaker: Speaker) -> str:
    said = speaker.t["match_place"]
    number, count = speaker.number(part.current), speaker.number(part.num_matches)
    return said.replace("{number}", number).replace("{count}", count)


def _fields(hit: Hit, schema: Any, text: str | None, speaker: Speaker) -> list[dict[str, Any]]:
    """All other stored fields, the text ones marked."""
    shown = [{"label": "id", "value": escape(printable(hit.id)), "link": _link(hit.id)}]
    for name, value in hit.fields.items():
        if name == text:
            continue
        link = ""
        if name in schema.text_fields:
            whole = hit.text(name)
            cut = [span for span in hit.spans(name) if span.end <= MAX_VALUE]
            value = Markup(mark(whole[:MAX_VALUE], cut, Html())) + ("…" if len(whole) > MAX_VALUE else "")
            link = _link(whole)
        else:
            said = speaker.value(value)
            value = escape(printable(said[:MAX_VALUE]) + ("…" if len(said) > MAX_VALUE else ""))
            link = _link(said)
        shown.append({"label": speaker.field(name), "value": value, "link": link})
    return shown


def _link(text: str) -> str:
    """The address that a value is, where browsers may follow it."""
    is_one = text.startswith(("https://", "http://")) and len(text) <= MAX_VALUE and text.isprintable()
    return text if is_one and " " not in text else ""
