"""Frozen values with named fields: what `@dataclass(frozen=True)` gives, without generated code.

A class whose fields are annotated gets `__init__`, equality, hash, repr, `replace` and `as_dict` by its base.
dataclasses compile six functions for each class, a quarter of a millisecond at every start; here all classes
share them. Slotted is for values that each query makes many of.
"""

from __future__ import annotations

from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    import inspect
    from typing import Any, ClassVar, NoReturn

    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**options: object) -> Any:
        """For type checkers alone."""
        return lambda cls: cls


class _Signature:
    """What `help` and `inspect.signature` show of a class, made when they ask."""

    def __get__(self, instance: object, owner: type[Record]) -> inspect.Signature:
        from inspect import Parameter, Signature

        def parameter(name: str, kind: Any) -> Parameter:
            return Parameter(name, kind, default=owner._defaults.get(name, Parameter.empty))

        plain = [parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in owner._fields]
        return Signature(plain + [parameter(name, Parameter.KEYWORD_ONLY) for name in owner._keywords])


@dataclass_transform(frozen_default=True)
class Record:
    """The base of such classes. A default is shared by all instances, so it is immutable.

    Class arguments: kw_only, for fields that are given by name alone, also in the classes below; uncompared,
    the names of fields that take no part in equality and hash.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _keywords: ClassVar[tuple[str, ...]] = ()
    _compared: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    __signature__: ClassVar = _Signature()

    def __init_subclass__(cls, *, kw_only: bool = False, uncompared: tuple[str, ...] = ()) -> None:
        names = [name for name, kind in cls.__annotations__.items() if "ClassVar" not in str(kind)]
        added = tuple(name for name in names if name not in cls._fields + cls._keywords)
        if kw_only:
            cls._keywords += added
        else:
            cls._fields += added
        cls._compared += tuple(name for name in added if name not in uncompared)
        cls._defaults = {**cls._defaults, **{name: vars(cls)[name] for name in names if name in vars(cls)}}

    def __init__(self, *values: Any, **named: Any) -> None:
        if len(values) > len(self._fields):
            self._refuse_values(values)
        given = dict(zip(self._fields, values, strict=False))
        if doubled := given.keys() & named.keys():
            raise TypeError(f"{type(self).__name__} got two values for {', '.join(sorted(doubled))}")
        state = {**self._defaults, **given, **named}
        if len(state) != len(self._fields) + len(self._keywords):
            self._refuse(state)
        self.__dict__.update(state)
        self.__post_init__()

    def __post_init__(self) -> None:
        """For classes that check their values; as long as it runs, `vars(self)` may be changed."""

    def _refuse_values(self, values: tuple[Any, ...]) -> NoReturn:
        raise TypeError(f"{type(self).__name__} takes {len(self._fields)} values, got {len(values)}")

    def _refuse(self, state: dict[str, Any]) -> None:
        known = self.field_names()
        unknown = [name for name in state if name not in known]
        missing = [name for name in known if name not in state]
        raise TypeError(
            f"{type(self).__name__} has the fields {', '.join(known)}; "
            f"{'unknown' if unknown else 'missing'}: {', '.join(unknown or missing)}"
        )

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """The names of all fields."""
        return cls._fields + cls._keywords

    def replace(self, **changes: Any) -> Self:
        """The same with other values in some fields."""
        return type(self)(**{**self.__dict__, **changes})

    def as_dict(self) -> dict[str, Any]:
        """The fields by name, and so on in the records that they hold: plain data, for JSON."""
        return {name: _plain(self.__dict__[name]) for name in self.field_names()}

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: replace(…) makes another one")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: replace(…) makes another one")

    def _values(self) -> tuple[Any, ...]:
        return tuple([self.__dict__[name] for name in self._compared])

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={self.__dict__[name]!r}" for name in self.field_names())
        return f"{type(self).__name__}({values})"


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.as_dict()
    return type(value)(map(_plain, value)) if type(value) in (list, tuple) else value


class Slotted:
    """The base of light values: fields in `__slots__`, an `__init__` of their own; equality and repr shared.

    They are not changed once they are made, though nothing but this sentence forbids it.
    """

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields += cls.__slots__ if isinstance(cls.__slots__, tuple) else (cls.__slots__,)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._fields)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({values})"
