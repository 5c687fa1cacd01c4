"""Which operations a path has: paths are taken apart once, at the start, and looked up part by part.

{name} stands for a part of a path, {name:rest} for all that is left of one: ids of documents have slashes,
line breaks, anything. What is written out goes before what stands for anything, so that …/documents/delete is
no document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

_REST = ":rest}"


class Routes(Generic[T]):
    """What stands under each path. ValueError for two paths that cannot be told apart."""

    def __init__(self, values: Mapping[str, T]) -> None:
        self._root: _Place[T] = _Place()
        for path, value in values.items():
            self._root.put(path.split("/"), value, path)

    def find(self, path: str) -> tuple[T, dict[str, str]] | None:
        """What stands there, and what the parts in braces are; None if nothing does."""
        return self._root.find(path.split("/"), 0)


class _Place(Generic[T]):
    """What follows after some parts of a path."""

    __slots__ = ("_any", "_rest", "_value", "_written")

    def __init__(self) -> None:
        self._value: tuple[T] | None = None
        self._written: dict[str, _Place[T]] = {}
        self._any: tuple[str, _Place[T]] | None = None
        self._rest: tuple[str, T] | None = None

    def put(self, parts: Sequence[str], value: T, path: str) -> None:
        """Have a value stand behind these parts."""
        if not parts:
            _refuse(self._value is not None, path)
            self._value = (value,)
            return
        first, *others = parts
        if first.endswith(_REST):
            _refuse(self._rest is not None or bool(others), path)
            self._rest = first[1 : -len(_REST)], value
        elif first.startswith("{"):
            name = first[1:-1]
            if self._any is None:
                self._any = name, _Place()
            _refuse(self._any[0] != name, path)
            self._any[1].put(others, value, path)
        else:
            self._written.setdefault(first, _Place()).put(others, value, path)

    def find(self, parts: Sequence[str], at: int) -> tuple[T, dict[str, str]] | None:
        """The value behind the parts from there on."""
        if at == len(parts):
            return None if self._value is None else (self._value[0], {})
        part = parts[at]
        place = self._written.get(part)
        if place is not None and (found := place.find(parts, at + 1)) is not None:
            return found
        if self._any is not None and part:
            name, place = self._any
            if (found := place.find(parts, at + 1)) is not None:
                found[1][name] = part
                return found
        if self._rest is not None and (rest := "/".join(parts[at:])):
            return self._rest[1], {self._rest[0]: rest}
        return None


def _refuse(cannot_be: bool, path: str) -> None:
    if cannot_be:
        raise ValueError(f"another path stands where {path} would")
