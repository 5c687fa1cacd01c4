"""A hit as these front ends show it: matches between tags, long texts cropped, and where the matches are.

`_formatted` has strings with tags in them, lists with each of their strings, and numbers as text. Nothing is
escaped: the front end does that, and turns the tags into elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...records import Record
from ...schema import ID, Schema
from .cropping import cropped

if TYPE_CHECKING:
    from ...highlight import Span
    from ...search.hit import Hit

_ALL = "*"


class Shape(Record):
    """Which fields are shown, and how. retrieved: None for all.

    highlighted: fields whose matches get tags; cropped: of how many words; positions: whether places of
    matches are given.
    """

    retrieved: frozenset[str] | None
    highlighted: frozenset[str]
    cropped: Mapping[str, int]
    before: str = "<em>"
    after: str = "</em>"
    marker: str = "…"
    positions: bool = False

    @property
    def formats(self) -> bool:
        """Whether a hit has `_formatted`."""
        return bool(self.highlighted or self.cropped)

    def shows(self, name: str) -> bool:
        """Whether a hit has that field."""
        return self.retrieved is None or name in self.retrieved


def names_of(given: Sequence[str] | None, schema: Schema) -> frozenset[str]:
    """The fields of a list of attributes; unknown ones are none."""
    known = {ID, *schema}
    if given is None:
        return frozenset()
    return frozenset(known) if _ALL in given else frozenset(given) & known


def crops_of(given: Sequence[str] | None, length: int, schema: Schema) -> dict[str, int]:
    """How many words are left of which field: "body", "body:20", "*"."""
    found: dict[str, int] = {}
    for each in given or ():
        name, colon, words = each.rpartition(":")
        if not (colon and words.isascii() and words.isdecimal()):
            name, words = each, str(length)
        number = min(int(words[:9]), 1_000_000)
        if name == _ALL:
            found = {**dict.fromkeys((ID, *schema), number), **found}
        elif name == ID or name in schema:
            found[name] = number
    return found


def shown(hit: Hit, schema: Schema, shape: Shape) -> dict[str, Any]:
    """The fields of a hit, `_formatted` and `_matchesPosition`."""
    values = {ID: hit.id, **hit.fields}
    found = {name: value for name, value in values.items() if shape.shows(name)}
    if shape.formats:
        found["_formatted"] = {
            name: _formatted(hit, name, value, schema, shape)
            for name, value in values.items()
            if shape.shows(name) or name in shape.highlighted or name in shape.cropped
        }
    if shape.positions:
        found["_matchesPosition"] = {
            name: places
            for name, value in values.items()
            if _has_words(name, schema) and (places := list(_places(hit, name, value)))
        }
    return found


def _has_words(name: str, schema: Schema) -> bool:
    return name != ID and schema[name].searched


def _formatted(hit: Hit, name: str, value: Any, schema: Schema, shape: Shape) -> Any:
    words = shape.cropped.get(name, 0)
    tags = (shape.before, shape.after) if name in shape.highlighted else ("", "")
    if _has_words(name, schema) and (words or any(tags)):
        pieces = [_piece(text, spans, words, shape.marker, tags) for text, spans in _pieces(hit, name, value)]
        return pieces if isinstance(value, list) else pieces[0]
    if isinstance(value, str) and words:
        return _piece(value, (), words, shape.marker, tags)
    return _as_text(value)


def _as_text(value: Any) -> Any:
    """Numbers are text; lists have text in them."""
    if isinstance(value, (list, tuple)):
        return [_as_text(one) for one in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return text_of_number(value)
    return value


def text_of_number(value: float) -> str:
    """A number as it is written: 3 for 3.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _pieces(hit: Hit, name: str, value: Any) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Each string of a field, with the places of the matches in it.

    The library counts in the text of all of them, joined by line breaks.
    """
    texts = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    spans: Sequence[Span] = hit.spans(name)
    start = at = 0
    for text in texts:
        end = start + len(text)
        inside: list[tuple[int, int]] = []
        while at < len(spans) and spans[at].start < end:
            inside.append((max(spans[at].start - start, 0), min(spans[at].end - start, len(text))))
            if spans[at].end > end:
                break  # the rest of it stands in the next string
            at += 1
        yield text, inside
        start = end + 1


def _piece(
    text: str, spans: Sequence[tuple[int, int]], words: int, marker: str, tags: tuple[str, str]
) -> str:
    start, end = cropped(text, spans, words) if words else (0, len(text))
    parts = [marker] if start else []
    at = start
    before, after = tags
    for first, last in spans:
        if first < at or last > end:
            continue
        parts += [text[at:first], before, text[first:last], after]
        at = last
    parts.append(text[at:end])
    if end < len(text):
        parts.append(marker)
    return "".join(parts)


def _places(hit: Hit, name: str, value: Any) -> Iterator[dict[str, Any]]:
    """start and length of each match, in bytes of UTF-8; indices: which string of a list."""
    for number, (text, spans) in enumerate(_pieces(hit, name, value)):
        at = size = 0
        for first, last in spans:
            size += len(text[at:first].encode("utf-8", "surrogatepass"))
            length = len(text[first:last].encode("utf-8", "surrogatepass"))
            place: dict[str, Any] = {"start": size, "length": length}
            if isinstance(value, list):
                place["indices"] = [number]
            yield place
            at, size = last, size + length
