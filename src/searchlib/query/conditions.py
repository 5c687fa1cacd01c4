"""Conditions on values, as a program writes a filter: `F.price.between(1, 2) & F.tags.any("лес", "wood")`.

They are frozen and say what is asked of which field. Whether a schema has the field, and whether it can hold
the value, is seen where they are planned (search/filtering.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from ..errors import QueryError


class Filter:
    """What a filter asks of a document. `&`, `|` and `~` join them.

    depth: levels; size: conditions and values, those of all below it.
    """

    __slots__ = ("depth", "size")
    depth: int
    size: int

    def __and__(self, other: Filter) -> Filter:
        return joined(AllOf, self, other)

    def __or__(self, other: Filter) -> Filter:
        return joined(AnyOf, self, other)

    def __invert__(self) -> Filter:
        return NoneOf(self)

    def __bool__(self) -> bool:
        raise TypeError(
            "a filter is neither true nor false; join filters with & | ~ and parentheses, not with and, or, "
            "not or 1 < F.price < 2"
        )


def joined(join: type[AllOf | AnyOf], left: Filter, right: Any) -> Filter:
    """Both as one; a chain of one operator is one level."""
    if not isinstance(right, Filter):
        raise QueryError(
            f"a filter is joined with another filter, got {type(right).__name__}; put parentheses around "
            f"each comparison: (F.price > 1) & (F.price < 2)"
        )
    parts: list[Filter] = []
    for each in (left, right):
        parts += each.parts if isinstance(each, join) else [each]
    return join(tuple(parts))


class Condition(Filter):
    """What is asked of one field's values. A document passes if one of them does.

    operator: "any", one of the values; "from" and "to", from a value or to it, "above" and "below", without
        it; "between", from one to the other; "exists", any value at all.
    """

    __slots__ = ("field", "operator", "values")

    def __init__(self, field: str, operator: str, values: tuple[Any, ...] = ()) -> None:
        self.field, self.operator, self.values = field, operator, values
        self.depth, self.size = 1, 1 + len(values)

    def __repr__(self) -> str:
        return f"F.{self.field}.{self.operator}({', '.join(map(repr, self.values))})"


class _Joined(Filter):
    __slots__ = ("parts",)
    sign: ClassVar[str]

    def __init__(self, parts: tuple[Filter, ...]) -> None:
        self.parts = parts
        self.depth = 1 + max(part.depth for part in parts)
        self.size = sum(part.size for part in parts)

    def __repr__(self) -> str:
        return f"({f' {self.sign} '.join(map(repr, self.parts))})"


class AllOf(_Joined):
    """Documents that pass all of the parts."""

    __slots__ = ()
    sign = "&"


class AnyOf(_Joined):
    """Documents that pass one of the parts or more."""

    __slots__ = ()
    sign = "|"


class NoneOf(Filter):
    """Documents that do not pass a filter, those that lack the field too."""

    __slots__ = ("part",)

    def __init__(self, part: Filter) -> None:
        self.part, self.depth, self.size = part, part.depth + 1, part.size

    def __repr__(self) -> str:
        return f"~{self.part!r}"


class FieldValues:
    """The values of one field: `F.price`. Comparisons make filters of it.

    A date stands for its whole day, in UTC: `F.published <= date(2026, 1, 31)` has that day's evening, too.
    """

    __slots__ = ("_name",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, name: str) -> None:
        self._name = name

    def __eq__(self, value: object) -> Filter:  # type: ignore[override]
        return Condition(self._name, "any", (value,))

    def __ne__(self, value: object) -> Filter:  # type: ignore[override]
        return ~Condition(self._name, "any", (value,))

    def __lt__(self, value: Any) -> Filter:
        return Condition(self._name, "below", (value,))

    def __le__(self, value: Any) -> Filter:
        return Condition(self._name, "to", (value,))

    def __gt__(self, value: Any) -> Filter:
        return Condition(self._name, "above", (value,))

    def __ge__(self, value: Any) -> Filter:
        return Condition(self._name, "from", (value,))

    def between(self, low: Any, high: Any) -> Filter:
        """From one value to another, both included."""
        return Condition(self._name, "between", (low, high))

    def any(self, *values: Any) -> Filter:
        """One of these values; a list of them will do as well. None of them: no document passes."""
        if len(values) == 1 and isinstance(values[0], Iterable) and not isinstance(values[0], str | bytes):
            values = tuple(values[0])
        return Condition(self._name, "any", values)

    def exists(self) -> Filter:
        """Any value at all."""
        return Condition(self._name, "exists")

    def __bool__(self) -> bool:
        name = f"F.{self._name}"
        raise TypeError(f"{name} is a field; compare it: {name} == True, {name}.exists()")

    def __repr__(self) -> str:
        return f"F.{self._name}"


class Fields:
    """`F`: the fields of whatever index is searched. `F.price` and `F["price"]` are one."""

    def __getattr__(self, name: str) -> FieldValues:
        if name.startswith("__"):
            raise AttributeError(name)
        return FieldValues(name)

    def __getitem__(self, name: str) -> FieldValues:
        return FieldValues(name)

    __iter__ = None  # it has no end

    def __repr__(self) -> str:
        return "F"


F: Fields = Fields()


class Fixed(Filter):
    """A filter that nothing goes round: what it keeps out must not show, not even as a number.

    A facet that leaves out the filter of its own field keeps this one, and why nothing was found is said of
    the documents that it lets through. part: a filter, or a string of the query language.
    """

    __slots__ = ("part",)

    def __init__(self, part: Filter | str) -> None:
        self.part = part
        self.depth, self.size = (part.depth + 1, part.size) if isinstance(part, Filter) else (1, 1)

    def __repr__(self) -> str:
        return f"Fixed({self.part!r})"
