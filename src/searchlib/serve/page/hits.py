"""A hit as the page shows it: title, place, date, size, type, and the fragments that match."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ...highlight import Fragment, Html, join, one_line
from ...search.hit import Hit
from ...sources.places import BODY, place_of_hit
from .address import Asked, document_address
from .offering import Offer
from .speaking import Speaker

if TYPE_CHECKING:
    from ...schema import Schema

TITLE_SIZE, FRAGMENT_SIZE, NUM_FRAGMENTS, NUM_OTHERS = 200, 220, 2, 2
_HTML = Html()
_ENDS = ".!?…»”\"')]:;"


@dataclass
class Passage:
    """A fragment: its text marked; where it stands; the document opened there; its field, if not the body."""

    text: Markup
    place: str = ""
    address: str = ""
    field: str = ""


@dataclass
class ShownHit:
    """What the template of a hit is given."""

    id: str
    title: Markup
    address: str
    facts: list[str] = field(default_factory=list)
    type: str = ""
    passages: list[Passage] = field(default_factory=list)


def shown_hit(hit: Hit, schema: Schema, asked: Asked, offer: Offer, speaker: Speaker) -> ShownHit:
    """A hit for the template."""
    body = offer.body
    best = [f for f in hit.fragments(body, NUM_FRAGMENTS, FRAGMENT_SIZE) if f.text.strip()] if body else []
    best = _beyond(best, _title_end(hit, schema, body)) if best and body else best
    passages = [_passage(hit, body, fragment, asked, speaker) for fragment in best if body]
    passages += _others(hit, schema, offer, speaker)
    at = best[0].spans[0].start if best and best[0].spans else None
    return ShownHit(
        one_line(hit.id),
        title_of(hit, schema),
        document_address(asked, hit.id, at),
        facts_of(hit, offer, speaker),
        one_line(speaker.value(hit.fields.get(offer.type) or ""))[:20] if offer.type else "",
        passages,
    )


def _title_end(hit: Hit, schema: Schema, body: str) -> int:
    """How far the text repeats its title, as a file does that is called by its first line."""
    text = hit.text(body)
    lead = len(text) - len(text.lstrip())
    titles = (hit.text(name).strip() for name in schema.title_fields)
    return next((lead + len(one) for one in titles if one and text.startswith(one, lead)), 0)


def _beyond(fragments: list[Fragment], end: int) -> list[Fragment]:
    """What of the fragments stands behind that place and matches; all of them if nothing does."""
    kept = []
    for one in fragments:
        spans = tuple(span for span in one.spans if span.start >= end)
        if spans and one.start < end:
            one = Fragment(one.text[end - one.start :], end, one.end, spans)
        if spans:
            kept.append(one)
    return kept or fragments


def title_of(hit: Hit, schema: Schema) -> Markup:
    """What the document is called, marked; its id where it has no title."""
    for name in schema.title_fields:
        if found := [one for one in hit.fragments(name, 1, TITLE_SIZE) if one.text.strip()]:
            return _cut(marked(found), found[0], hit.text(name))
    return Markup.escape(one_line(hit.id) or "—")


def facts_of(hit: Hit, offer: Offer, speaker: Speaker) -> list[str]:
    """Its date and its size."""
    facts = []
    when = hit.fields.get(offer.date) if offer.date else None
    when = when[0] if isinstance(when, list) and when else when
    if isinstance(when, date):
        facts.append(speaker.day(when))
    size = hit.fields.get(offer.size) if offer.size else None
    if isinstance(size, (int, float)) and size >= 0:
        facts.append(speaker.size(size))
    return facts


def marked(fragments: list[Fragment]) -> Markup:
    """Fragments as HTML: all of the text escaped, the matches in <mark>."""
    return Markup(join(fragments, _HTML).strip())


def _cut(text: Markup, fragment: Fragment, whole: str) -> Markup:
    """The text of a fragment, with dots where the whole goes on."""
    if whole[: fragment.start].strip():
        text = Markup("…\u00a0") + text
    return text + "\u00a0…" if whole[fragment.end :].strip() else text


def _passage(hit: Hit, name: str, fragment: Fragment, asked: Asked, speaker: Speaker) -> Passage:
    text = marked([fragment])
    if fragment.start and fragment.text.lstrip()[:1].islower():
        text = Markup("…\u00a0") + text
    if fragment.end < len(hit.text(name)) and fragment.text.rstrip()[-1:] not in _ENDS:
        text += "\u00a0…"
    if not fragment.spans:
        return Passage(text)
    start = fragment.spans[0].start
    place = speaker.place(place_of_hit(hit, start)) if name == BODY else ""
    return Passage(text, place, document_address(asked, hit.id, start))


def _others(hit: Hit, schema: Schema, offer: Offer, speaker: Speaker) -> list[Passage]:
    """What matches in other fields: an author, a tag."""
    found: list[Passage] = []
    for name in schema.text_fields:
        if name == offer.body or name in schema.title_fields or len(found) == NUM_OTHERS:
            continue
        best = [one for one in hit.fragments(name, 1, FRAGMENT_SIZE) if one.spans]
        if best and not _is_of_the_id(hit, name):
            found.append(Passage(marked(best), field=speaker.field(name)))
    return found


def _is_of_the_id(hit: Hit, name: str) -> bool:
    """Whether it repeats what the id says: a file's path, name or folder."""
    value: Any = hit.fields.get(name)
    return isinstance(value, str) and (last := value.rpartition("/")[2]) != "" and last in hit.id
