"""What a front end asks for, as searchlib has it: fields, order, filter, the words, the page, the marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import QueryError
from ...query import And, Clauses, Node, Or, parse
from ...query.conditions import Filter
from ...records import Record
from ...schema import ID, Schema
from ...search.sorting import MAX_KEYS
from .asked import Asked
from .conditions import asker_of
from .filter_grammar import filter_of
from .marking import Shape, crops_of, names_of
from .refusals import RefusedError, code_of

_UNKNOWN = {
    "vector": "vectors",
    "hybrid": "vectors",
    "media": "media",
    "personalize": "profiles of users",
    "ranking_score_threshold": "a threshold of scores, which would not hold for facets and totals",
}


def refuse_what_there_is_not(asked: Asked) -> None:
    """RefusedError for what would change the hits, and is not known here."""
    for name, what in _UNKNOWN.items():
        if getattr(asked, name) is not None:
            raise RefusedError(code_of(_camel(name)), f"{_camel(name)}: searchlib has no {what}")
    if asked.retrieve_vectors:
        raise RefusedError("invalid_search_retrieve_vectors", "retrieveVectors: searchlib has no vectors")


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


class Page(Record):
    """Which hits are shown. finite: whether pages are numbered; number: of the page, from 1; size: its hits.

    note: what was cut.
    """

    limit: int
    offset: int
    finite: bool
    number: int = 1
    note: str | None = None


def page_of(asked: Any, most: int) -> Page:
    """The page that is asked for, of at most so many hits."""
    finite = asked.page is not None or asked.hits_per_page is not None
    wanted = asked.hits_per_page if finite else asked.limit
    size = min(20 if wanted is None else wanted, most)
    note = (
        None
        if wanted is None or wanted <= most
        else f"{wanted} hits were asked for; at most {most} are given"
    )
    if not finite:
        return Page(size, asked.offset or 0, False, 1, note)
    number = 1 if asked.page is None else asked.page
    if number == 0:  # these front ends count from 1, and 0 is a page without hits
        return Page(0, 0, True, 0, note)
    return Page(size, size * (number - 1), True, number, note)


def order_of(sort: Sequence[str] | None, schema: Schema) -> list[str] | None:
    """["price:desc"] as the order of a search."""
    found: list[str] = []
    for each in sort or ():
        name, colon, way = each.rpartition(":")
        if not colon or way not in ("asc", "desc"):
            raise RefusedError(
                "invalid_search_sort", f"an order is FIELD:asc or FIELD:desc, got {each!r:.100}"
            )
        field = schema.get(name)
        if field is None or not field.has_column:
            can = ", ".join(schema.column_kinds) or "none"
            raise RefusedError(
                "invalid_search_sort", f"hits cannot be sorted by {name!r:.100}; fields that they can: {can}"
            )
        found.append(name if way == "asc" else f"-{name}")
    if len(found) > MAX_KEYS:
        raise RefusedError("invalid_search_sort", f"an order has at most {MAX_KEYS} fields, got {len(found)}")
    return found or None


def filter_for(asked: Asked, schema: Schema) -> Filter | None:
    """The filter; RefusedError says what is wrong with it."""
    try:
        return filter_of(asked.filter, asker_of(schema))
    except QueryError as error:
        raise RefusedError("invalid_search_filter", str(error)) from None


def fields_for(asked: Asked, schema: Schema) -> list[str] | None:
    """The fields that words are searched in; None for the schema's own."""
    wanted = asked.attributes_to_search_on
    if wanted is None or "*" in wanted:
        return None
    for name in wanted:
        if name not in schema or not schema[name].searched:
            can = ", ".join(schema.searched_fields) or "none"
            raise RefusedError(
                "invalid_search_attributes_to_search_on",
                f"there are no words to search in {name!r:.100}; fields that have some: {can}",
            )
    return list(dict.fromkeys(wanted))


def text_for(asked: Asked, schema: Schema) -> str:
    """The words. With the strategy "all" each of them is asked for."""
    text = asked.q or ""
    if asked.matching_strategy != "all":
        return text
    tree = tree_of(text, schema)
    if isinstance(tree, Or):
        asked_for = And(tree.operands).to_text()
    elif isinstance(tree, Clauses) and tree.optional:
        asked_for = Clauses(required=tree.required + tree.optional, excluded=tree.excluded).to_text()
    else:
        return text
    # A space at the end says that the last word is whole.
    return asked_for + text[len(text.rstrip()) :]


def tree_of(text: str, schema: Schema) -> Node:
    """The words as a tree; RefusedError for more of them than a query may have."""
    try:
        return parse(text, schema)
    except QueryError as error:
        raise RefusedError("invalid_search_q", str(error)) from None


def shape_of(asked: Asked, schema: Schema) -> Shape:
    """How hits are shown."""
    retrieved = asked.attributes_to_retrieve
    length = 10 if asked.crop_length is None else asked.crop_length
    return Shape(
        None if retrieved is None or "*" in retrieved else frozenset(retrieved),
        names_of(asked.attributes_to_highlight, schema),
        crops_of(asked.attributes_to_crop, length, schema),
        _or(asked.highlight_pre_tag, "<em>"),
        _or(asked.highlight_post_tag, "</em>"),
        _or(asked.crop_marker, "…"),
        bool(asked.show_matches_position),
    )


def _or(given: str | None, default: str) -> str:
    return default if given is None else given


def distinct_for(name: str | None, schema: Schema) -> str | None:
    """The field whose values tell hits apart."""
    if name is None:
        return None
    if name == ID or name not in schema or not schema[name].has_column:
        raise RefusedError(
            "invalid_search_distinct", f"field {name!r:.100} has no column to tell hits apart by"
        )
    return name


def notes_on(asked: Asked, page: Page) -> list[str]:
    """What was passed over, and what was cut."""
    notes = [page.note] if page.note else []
    if asked.locales:
        notes.append("locales: passed over, for the schema says which languages a field has")
    if asked.show_performance_details:
        notes.append("showPerformanceDetails: passed over")
    return notes
