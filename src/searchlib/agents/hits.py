"""Hits as an agent gets them: id, title, score, what matches and where it stands in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from searchlib import place_of_hit
from searchlib.highlight import Plain, join

from .texts import clean, plain

if TYPE_CHECKING:
    from searchlib import Fragment, Hit, Index, Results

_MARKS = Plain("**", "**")
_TITLE_LENGTH, _VALUE_LENGTH = 120, 200
BODY = "body"
"""The field whose text is a file's, so that it has places."""


def hits_of(
    index: Index, results: Results, shown: Sequence[str], asked: Mapping[str, Any]
) -> Iterator[dict[str, Any]]:
    """The hits, the best first. asked: the arguments of the tool; shown: stored fields that come along."""
    snippets = _snippets(index, results, asked) if asked["snippets"] else [[]] * len(results)
    for hit, found in zip(results, snippets, strict=True):
        told: dict[str, Any] = {"id": hit.id}
        if title := title_of(index, hit):
            told["title"] = title
        told["score"] = round(hit.score, 3)
        if fields := {name: plain(hit[name], _VALUE_LENGTH) for name in shown if hit[name] is not None}:
            told["fields"] = fields
        if found:
            told["snippets"] = found
        yield told


def title_of(index: Index, document: Mapping[str, Any]) -> str:
    """What the document is called; "" if it has no title."""
    for name in index.schema.title_fields:
        if index.schema.field(name).stored and (value := document.get(name)):
            return str(plain(value if isinstance(value, str) else str(value), _TITLE_LENGTH))
    return ""


def texts_of(index: Index, asked: Sequence[str] | None = None) -> list[str]:
    """The stored text fields with something to read: those that are searched, the body first, titles last."""
    schema = index.schema
    searched = [name for name in asked or schema.default_fields if name in schema.text_fields]
    stored = [name for name in searched if schema.field(name).stored]
    titles = schema.title_fields[:1]
    return sorted(stored, key=lambda name: (name in titles, name != BODY))


def _snippets(index: Index, results: Results, asked: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """Of each hit the fragments that match, from the body first; without any match its beginning.

    What only repeats the title is left out, and so are values, such as a file's name, beside running text.
    """
    most, size = asked["snippets"], asked["snippet_length"]
    names = texts_of(index, asked["fields"])
    of_fields = {name: results.fragments(name, most + 1, size) for name in names}
    found: list[list[dict[str, Any]]] = []
    for number, hit in enumerate(results):
        behind = {name: _end_of_title(index, hit, name) for name in names}
        chosen = [
            (name, fragment)
            for name in names
            for fragment in of_fields[name][number]
            if fragment.spans and fragment.end > behind[name]
        ]
        running = [(name, each) for name, each in chosen if not index.schema.field(name).has_column]
        first = [
            (name, each) for name in names for each in of_fields[name][number] if each.end > behind[name]
        ]
        shown = (running or chosen or first[:1])[:most]
        found.append([_snippet(index, hit, name, fragment) for name, fragment in shown])
    return found


def _end_of_title(index: Index, hit: Hit, name: str) -> int:
    """Where the field goes on behind what the title has said: a first line that repeats it, or all of it."""
    title = next((each for each in index.schema.title_fields if index.schema.field(each).stored), None)
    if title is None:
        return 0
    text = hit.text(name)
    first, _, rest = text.partition("\n")
    if name == title:
        return len(text)
    said = hit.text(title).strip()
    return len(first) + 1 if said and rest.strip() and first.strip() == said else 0


def _snippet(index: Index, hit: Hit, name: str, fragment: Fragment) -> dict[str, Any]:
    told: dict[str, Any] = {
        "field": name,
        "start": fragment.start,
        "text": clean(join([fragment], _MARKS)).strip(),
    }
    if name == BODY:
        at = fragment.spans[0].start if fragment.spans else fragment.start
        if place := place_of_hit(hit, at):
            told["place"] = place
    return told
