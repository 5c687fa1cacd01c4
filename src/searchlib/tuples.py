"""Tuples with named fields: what typing.NamedTuple gives, without generated code.

namedtuple compiles a function for each class, and what it needs of collections and typing takes longer to
load than a plain query takes; here all classes share what they do. A type checker sees typing.NamedTuple.
"""

from __future__ import annotations

from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any
    from typing import NamedTuple as NamedTuple
else:
    try:
        from _collections import _tuplegetter
    except ImportError:  # another Python; namedtuple does the same there
        from operator import itemgetter

        def _tuplegetter(place, text):
            return property(itemgetter(place), doc=text)

    class _Named(type):
        """What is annotated in a class becomes a field, what has a value there is its default."""

        def __new__(meta, name: str, bases: tuple[type, ...], space: dict[str, Any]):
            fields = tuple(space.get("__annotations__", ()))
            defaults = {field: space.pop(field) for field in fields if field in space}
            getters = {
                field: _tuplegetter(place, f"Alias for field number {place}")
                for place, field in enumerate(fields)
            }
            names = {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            return super().__new__(meta, name, bases, {"__slots__": (), **space, **names, **getters})

    class NamedTuple(tuple, metaclass=_Named):
        """The base of such classes. Their fields are in the order in which they are annotated."""

        def __new__(cls, *values: Any, **named: Any):
            if named or len(values) != len(cls._fields):
                values = cls._completed(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _completed(cls, values: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
            given = dict(zip(cls._fields, values, strict=False))
            if len(values) > len(cls._fields):
                raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values, got {len(values)}")
            if doubled := given.keys() & named.keys():
                raise TypeError(f"{cls.__name__} got two values for {', '.join(sorted(doubled))}")
            found = {**cls._field_defaults, **given, **named}
            if len(found) != len(cls._fields) or any(field not in found for field in cls._fields):
                missing = [field for field in cls._fields if field not in found]
                unknown = [field for field in found if field not in cls._fields]
                raise TypeError(
                    f"{cls.__name__} has the fields {', '.join(cls._fields)}; "
                    f"{'unknown' if unknown else 'missing'}: {', '.join(unknown or missing)}"
                )
            return [found[field] for field in cls._fields]

        @classmethod
        def _make(cls, values: Any):
            return cls(*values)

        def _replace(self, **changes: Any):
            return type(self)(**{**self._asdict(), **changes})

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"
