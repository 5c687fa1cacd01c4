"""What a request may have where it has another thing: msgspec says where that is, the types what there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import inspect

_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<number>\d+)\]|\[\.\.\.\]")
_UNKNOWN = re.compile(r"Object contains unknown field `")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]*)`")
_NOT_ONE = re.compile(r"Invalid (enum )?value ")


def with_what_there_is(message: str, kind: Any, value: Any) -> str:
    """msgspec's message, with the names or values that can stand there, where it is about those.

    kind: the type that was expected; value: what was read as it.
    """
    place = _PLACE.search(message)
    types, tags = _at(kind, value, place["path"] if place else "")
    if _UNKNOWN.match(message):
        return _told(message, "known here", _names(types))
    missing = _MISSING.match(message)
    if missing and any(type.tag_field == missing["name"] for type in _structs(types)):
        return _told(message, "one of", _tags(types))
    if _NOT_ONE.match(message):
        return _told(message, "one of", tags or _values(types))
    return message


def _told(message: str, what: str, found: Iterable[str]) -> str:
    names = list(dict.fromkeys(found))
    return f"{message}; {what}: {', '.join(names)}" if names else message


def _at(kind: Any, value: Any, path: str) -> tuple[Sequence[inspect.Type], list[str]]:
    """The types that a place may have; and where the name of one of several objects stands, these names."""
    types = _chosen(_flat(inspect.type_info(kind)), value)
    for step in _STEP.finditer(path):
        name, number = step["name"], step["number"]
        tags = _tags(type for type in _structs(types) if type.tag_field == name) if name else []
        types = list(_inside(types, name))
        if tags and not types:
            return (), tags
        value = _part(value, name, number)
        types = _chosen(types, value)
    return types, []


def _flat(type: inspect.Type) -> Iterator[inspect.Type]:
    if isinstance(type, inspect.UnionType):
        for each in type.types:
            yield from _flat(each)
    elif isinstance(type, inspect.Metadata):
        yield from _flat(type.type)
    else:
        yield type


def _inside(types: Iterable[inspect.Type], name: str | None) -> Iterator[inspect.Type]:
    """The types of what is in a value of one of these types, of an object under that name."""
    for type in types:
        if isinstance(type, inspect.StructType) and name is not None:
            for field in type.fields:
                if field.encode_name == name:
                    yield from _flat(field.type)
        elif isinstance(type, inspect.ListType) and name is None:
            yield from _flat(type.item_type)
        elif isinstance(type, inspect.DictType):
            yield from _flat(type.value_type)


def _part(value: Any, name: str | None, number: str | None) -> Any:
    if name is not None:
        return value.get(name) if isinstance(value, dict) else None
    is_there = number is not None and isinstance(value, list) and int(number) < len(value)
    return value[int(number)] if is_there and number is not None else None


def _chosen(types: Iterable[inspect.Type], value: Any) -> list[inspect.Type]:
    """Of several kinds of objects the one that a value says that it is."""
    found = list(types)
    if isinstance(value, dict):
        named = [type for type in _structs(found) if type.tag_field and value.get(type.tag_field) == type.tag]
        return list(named) or found
    return found


def _structs(types: Iterable[inspect.Type]) -> list[inspect.StructType]:
    return [type for type in types if isinstance(type, inspect.StructType)]


def _names(types: Iterable[inspect.Type]) -> Iterator[str]:
    for type in _structs(types):
        yield from filter(None, [type.tag_field])
        yield from (field.encode_name for field in type.fields)


def _tags(types: Iterable[inspect.Type]) -> list[str]:
    return [str(type.tag) for type in _structs(types) if type.tag is not None]


def _values(types: Iterable[inspect.Type]) -> Iterator[str]:
    for type in types:
        if isinstance(type, inspect.LiteralType):
            yield from map(str, type.values)
