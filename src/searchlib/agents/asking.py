"""What the arguments of tools mean to the library, where several tools have them in common."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .refusals import Refusal, unknown

if TYPE_CHECKING:
    from searchlib import Index

    from .catalog import Catalog


def seconds_left(asked: Mapping[str, Any]) -> float:
    """The seconds that are left of a call's time; a little, where none is, so that who asks says so."""
    until: float = asked["until"]
    return max(until - time.monotonic(), 1e-6)


def how(catalog: Catalog, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What search and explain are told besides the query."""
    return {
        "fields": asked["fields"] or None,
        "filter": asked["filter"] or None,
        "cross_script": asked["cross_script"],
        "synonyms": catalog.synonyms,
        "translations": catalog.translations if asked["cross_script"] else None,
    }


def sort_of(text: str | None) -> list[str] | None:
    """Keys by commas: "-published,title"; None for the order of scores."""
    return [key.strip() for key in text.split(",")] if text and text.strip() else None


def fields_to_show(index: Index, asked: Mapping[str, Any]) -> list[str]:
    """The stored fields that come with each hit: those that were asked for, and those it is sorted by."""
    for name in asked["show"]:
        stored_field(index, name)
    keys = [key.lstrip("-") for key in sort_of(asked["sort"]) or ()]
    for key in keys:
        if key != "_score":
            column_field(index, key)
    by = [key for key in keys if key in index.schema and index.schema.field(key).stored]
    return list(dict.fromkeys([*asked["show"], *by]))


def stored_field(index: Index, name: str) -> None:
    """Refusal, unless documents keep what they have in a field of that name."""
    if name not in index.schema:
        raise unknown("unknown_field", "field", name, index.schema, "fields")
    if not index.schema.field(name).stored:
        raise Refusal("not_stored", f"the index does not store the field {name!r}: it can be searched alone")


def column_field(index: Index, name: str) -> None:
    """Refusal, unless a field of that name can be sorted and counted by."""
    if name not in index.schema:
        raise unknown("unknown_field", "field", name, index.schema, "fields")
    if not index.schema.field(name).has_column:
        able = list(index.schema.column_kinds)
        listed = f"these are: {', '.join(able)}" if able else "this index has none that is"
        raise Refusal(
            "not_sortable", f"{name!r} is no field that is sorted or counted by; {listed}", fields=able
        )


def fields_of(index: Index) -> list[dict[str, Any]]:
    """What an agent has to know of each field: its name, its type, and what it can be asked for."""
    default = index.schema.default_fields
    found = []
    for name, field in index.schema.items():
        about: dict[str, Any] = {"name": name, "type": type(field).__name__.lower()}
        if name in default:
            about["searched"] = True
        if field.has_column:
            about["sortable"] = True
        if not field.stored:
            about["stored"] = False
        found.append(about)
    return found
