"""Names of a source's fields to names that a schema can have, and nested values to flat ones.

Raw fields come in; flat ones go out, in the same order. Two names that would become one stay two: the second
gets a number. Nothing is known of schemas or files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..schema import ID

_NOT_WORD = re.compile(r"\W+")
_MAX_KNOWN = 10_000
_MAX_DEPTH = 8
_MAX_FLAT = 20_000
"""Values of one row: what is wider is no record, and what is left of it stays as it is."""


def field_name(name: str) -> str:
    """The nearest name that a field can have: "First name" → First_name."""
    if name.lower() == ID:
        return ID
    word = _NOT_WORD.sub("_", name).strip("_") if not name.isidentifier() else name
    return word if word and not word[0].isdigit() else f"field_{word}"


class FieldNames:
    """A name for each of a source's names, the same for all its rows, and no two alike."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        self.told_apart: dict[str, str] = {}
        """Names that would have become another's, and what became of them."""

    def of(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            known = self._new(name)
        return known

    def _new(self, name: str) -> str:
        if len(self._names) > _MAX_KNOWN:
            self._names.clear()
            self._taken.clear()
        base = found = field_name(name)
        number = 1
        while self._taken.setdefault(found, name) != name:
            number += 1
            found = f"{base}_{number}"
        if number > 1 and len(self.told_apart) < _MAX_KNOWN:
            self.told_apart[name] = found
        self._names[name] = found
        return found


def flat(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with those of objects inside them: {"meta": {"by": "Ann"}} → {"meta.by": "Ann"}.

    Of a list of objects, each field becomes a list of values. Lists in lists, and what is nested deeper than
    eight levels, stay as they are.
    """
    if not any(isinstance(value, dict | list) for value in fields.values()):
        return dict(fields)
    result: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    for name, value, in_list in _walk(fields):
        if value is None:
            continue
        if not in_list:
            result[name] = value
        elif name in lists:
            lists[name].append(value)
        else:
            lists[name] = result[name] = [value]
    return result


def _walk(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any, bool]]:
    """Name, value, and whether it is one of a list's; in order."""
    stack: list[tuple[str, Any, bool, int]] = [
        (name, value, False, 1) for name, value in reversed(list(fields.items()))
    ]
    num_given = 0
    while stack:
        name, value, in_list, depth = stack.pop()
        num_given += 1
        if depth > _MAX_DEPTH or num_given > _MAX_FLAT or not _has_objects(value):
            yield name, value, in_list
        elif isinstance(value, dict):
            inner = [(f"{name}.{key}", item, in_list, depth + 1) for key, item in reversed(value.items())]
            stack.extend(inner)
        else:
            stack.extend((name, item, True, depth) for item in reversed(value))


def _has_objects(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(v, dict) for v in value))
