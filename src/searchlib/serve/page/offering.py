"""What a page offers for an index: which facets, which date, which orders; by its schema and its values.

A facet is worth its place if its values are shared: of a name that each document has for itself nothing can
be chosen. So each column is counted once, and again when the index has grown or shrunk by a tenth.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ...kinds import column_kind
from ...records import Record
from ...schema import Schema, is_called
from ...search.facets import Stats, Terms
from ...search.fields import are_moments, are_quantities

if TYPE_CHECKING:
    from ...index import Index
    from ...kinds.base import ColumnKind

MAX_FACETS = 6
_SHOWN_FIRST = (
    *("type", "kind", "source", "extension", "category", "section", "rubric", "folder", "tags", "tag"),
    *("keywords", "subject", "author", "authors", "creator", "language", "lang", "status", "level"),
    *("тип", "вид", "раздел", "рубрика", "категория", "теги", "метки", "автор", "язык"),
)
_DATES_FIRST = (
    *("published", "date", "datetime", "created", "sent", "day", "time"),
    *("дата", "опубликовано", "создано"),
)
_DATES_LAST = ("modified", "updated", "changed", "изменено")
_SIZES = ("size", "размер")
_TYPES = ("extension", "file_extension", "type", "kind", "тип")


class Offer(Record):
    """What can be chosen.

    facets: fields. date: the field that from and to are about; interval: the steps that it is counted in.
    sorts: orders by their names in an address, each with the sort keys of the library.
    title, body, size, type: the fields that a hit is shown by, where there are such.
    """

    facets: tuple[str, ...]
    date: str | None
    interval: str
    sorts: dict[str, list[str]]
    body: str | None
    size: str | None
    type: str | None


_OFFERS: WeakKeyDictionary[Any, tuple[int, Schema, Offer]] = WeakKeyDictionary()
_LOCK = threading.Lock()


def offer_of(index: Index, timeout: float | None = None) -> Offer:
    """What the page of an index offers; SearchTimeout."""
    with _LOCK:
        known = _OFFERS.get(index)
    size, schema = len(index), index.schema
    if known is not None and known[1] == schema and abs(known[0] - size) * 10 <= known[0]:
        return known[2]
    made = _made(index, schema, timeout)
    with _LOCK:
        _OFFERS[index] = size, schema, made
    return made


def _made(index: Index, schema: Schema, timeout: float | None) -> Offer:
    titles = schema.title_fields
    columns = {name: column_kind(kind) for name, kind in schema.column_kinds.items()}
    chosen = [name for name, kind in columns.items() if _are_names(kind) and name not in titles]
    dates = [name for name, kind in columns.items() if are_moments(kind)]
    size = next((n for n, kind in columns.items() if are_quantities(kind) and n.lower() in _SIZES), None)
    wanted = [*(Terms(name) for name in chosen), *(Stats(name, name=name) for name in dates)]
    counted = index.search("*:*", 0, facets=wanted, timeout=timeout).facets
    facets = [name for name in sorted(chosen, key=_rank(_SHOWN_FIRST)) if _is_shared(counted[name])]
    dated = [name for name in sorted(dates, key=_rank(_DATES_FIRST, _DATES_LAST)) if counted[name].docs]
    date = dated[0] if dated else None
    return Offer(
        tuple(facets[:MAX_FACETS]),
        date,
        _interval(counted[date]) if date else "year",
        _sorts(date, next((name for name in titles if schema[name].has_column), None), size),
        _body(schema),
        size,
        next((name for name in schema if name.lower() in _TYPES), None),
    )


def _are_names(kind: ColumnKind) -> bool:
    """Whether one chooses a value by itself: a tag, yes or no, a year; no measure, and no moment."""
    return not kind.moments and (kind.whole or not kind.quantities)


def _rank(first: Any, last: Any = ()) -> Any:
    def rank(name: str) -> int:
        name = name.lower()
        if name in first:
            return int(first.index(name))
        return len(first) + (is_called(name, last) if last else 0)

    return rank


def _is_shared(counts: Any) -> bool:
    """Whether something can be chosen: there are two values or more, and documents share them."""
    if not len(counts) or counts[0].count < 2 or (counts.distinct < 2 and not counts.missing):
        return False
    best = sum(bucket.count for bucket in counts)
    return bool(best * 5 >= counts.docs or counts.distinct * 3 <= counts.docs)


def _interval(stats: Any) -> str:
    days = (stats.max - stats.min).days
    return "year" if days > 3 * 366 else "month" if days > 60 else "day"


def _sorts(date: str | None, title: str | None, size: str | None) -> dict[str, list[str]]:
    sorts: dict[str, list[str]] = {"": []}
    if date:
        sorts |= {"new": [f"-{date}", "_score"], "old": [date, "_score"]}
    if title:
        sorts["title"] = [title]
    if size:
        sorts["large"] = [f"-{size}", "_score"]
    return sorts


def _body(schema: Schema) -> str | None:
    """The running text: the field of that name, or the first text that is neither title nor value."""
    texts = schema.text_fields
    plain = [name for name in texts if name not in schema.title_fields and not schema[name].has_column]
    return "body" if "body" in texts else next(iter([*plain, *texts]), None)
