"""Parts of the standard library without the modules around them, which take longer to load than a plain query
takes to answer: what the modules on a query's way would else have of typing, collections, functools, types,
importlib, struct, warnings and json. Other modules may use the originals; tests/test_startup.py holds what a
query loads.

A type checker sees the originals here, too. What a Python has elsewhere is taken from the module itself.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # every type checker takes a name like that for true, as that of typing

if TYPE_CHECKING:
    import struct as struct
    from collections.abc import Callable
    from collections.abc import Mapping as Mapping
    from collections.abc import Sequence as Sequence
    from functools import lru_cache as lru_cache
    from importlib import import_module as import_module
    from types import MappingProxyType as MappingProxyType
    from typing import Any, ClassVar, NoReturn
    from typing import Generic as Generic
    from typing import NamedTuple as NamedTuple
    from typing import Protocol as Protocol
    from typing import TypeVar as TypeVar
else:
    from _collections_abc import Mapping as Mapping
    from _collections_abc import Sequence as Sequence

    try:
        import _struct as struct
    except ImportError:
        import struct as struct

    MappingProxyType = type(vars(object))

    # ---- for type checkers alone

    class Protocol:
        """A class like others."""

    class Generic:
        """Subscripted, a class is what it is."""

        def __class_getitem__(cls, _):
            return cls

    def TypeVar(name):
        return name

    # ---- functools, importlib

    try:
        from _functools import _lru_cache_wrapper
    except ImportError:
        from functools import lru_cache
    else:

        def lru_cache(maxsize):
            """functools.lru_cache, but that what a cache says of itself is a plain tuple."""

            def decorated(function):
                def cache_info(*numbers):
                    return numbers

                kept = _lru_cache_wrapper(function, maxsize, False, cache_info)
                for name in ("__module__", "__name__", "__qualname__", "__doc__"):
                    setattr(kept, name, getattr(function, name))
                kept.__wrapped__ = function
                return kept

            return decorated

    def import_module(name, package):
        """importlib.import_module of a relative name."""
        __import__(package + name)
        return sys.modules[package + name]

    # ---- typing.NamedTuple, without a function that is compiled for each class

    try:
        from _collections import _tuplegetter
    except ImportError:
        from operator import itemgetter

        def _tuplegetter(place, text):
            return property(itemgetter(place), doc=text)

    class _Named(type):
        """What is annotated in a class becomes a field, what has a value there is its default."""

        def __new__(meta, name, bases, space):
            if any(getattr(base, "_fields", ()) for base in bases):  # its fields stay as they are
                return super().__new__(meta, name, bases, space)
            fields = tuple(space.get("__annotations__", ()))
            defaults = {field: space.pop(field) for field in fields if field in space}
            getters = {
                field: _tuplegetter(at, f"Alias for field number {at}") for at, field in enumerate(fields)
            }
            names = {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            names["_last"] = tuple(defaults.values())
            return super().__new__(meta, name, bases, {"__slots__": (), **space, **names, **getters})

    class NamedTuple(tuple, metaclass=_Named):
        """A tuple whose places have names: the annotated ones of the class, in their order."""

        def __new__(cls, *values, **named):
            missing = len(cls._fields) - len(values)
            if 0 < missing <= len(cls._last) and not named:
                values += cls._last[-missing:]
            elif missing or named:
                values = cls._completed(values, named)
            return tuple.__new__(cls, values)

        @classmethod
        def _completed(cls, values, named):
            """All values in their order, the defaults among them; TypeError for too many or too few."""
            left, names = dict(named), cls._fields[len(values) :]
            kept = cls._field_defaults
            found = [
                left.pop(name) if name in left else kept[name]
                for name in names
                if name in left or name in kept
            ]
            if left or len(found) != len(names) or len(values) > len(cls._fields):
                raise TypeError(
                    f"{cls.__name__} has the fields {', '.join(cls._fields)}; got {len(values)} values"
                    f"{' and ' if named else ''}{', '.join(named)}"
                )
            return [*values, *found]

        @classmethod
        def _make(cls, values):
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, got {len(made)} values")
            return made

        def _replace(self, **changes):
            values = [changes.pop(field, value) for field, value in zip(self._fields, self, strict=True)]
            if changes:  # no fields: a TypeError
                self._completed((), {**self._asdict(), **changes})
            return tuple.__new__(type(self), values)

        __replace__ = _replace  # for copy.replace, since 3.13

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            values = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"


# ---- warnings, loaded by the first one

before_warnings: list[Callable[[], object]] = []
"""Called before one, by who shows it in another way and does not load warnings in case there is one."""


def warn(message: str, category: type[Warning], stacklevel: int = 1) -> None:
    """warnings.warn; the stack is that of the caller."""
    for call in before_warnings:
        call()
    import warnings

    warnings.warn(message, category, stacklevel + 1)


# ---- json, by its compiled parts: the modules around them load re and compile patterns before a byte is read


def loads(text: str | bytes) -> Any:
    """json.loads of a string, or of UTF-8. What the scanner refuses is left to json, with its errors."""
    if isinstance(text, bytes):
        text = text.decode()
    scan = _scanner()
    try:
        value, end = scan(text, len(text) - len(text.lstrip(_SPACES))) if scan is not None else (None, -1)
    except StopIteration:  # nothing begins there
        end = -1
    if end < 0 or text[end:].strip(_SPACES):
        import json

        return json.loads(text)
    return value


def dumps(
    value: Any,
    *,
    ensure_ascii: bool = True,
    default: Callable[[Any], Any] | None = None,
    sort_keys: bool = False,
) -> str:
    """json.dumps, in one line."""
    try:
        from _json import encode_basestring, encode_basestring_ascii, make_encoder

        strings = encode_basestring_ascii if ensure_ascii else encode_basestring
        encode = make_encoder({}, default or _refuse, strings, None, ": ", ", ", sort_keys, False, True)
    except (ImportError, TypeError):  # a Python that has it elsewhere, or with other arguments
        import json

        return json.dumps(value, ensure_ascii=ensure_ascii, default=default, sort_keys=sort_keys)
    return "".join(encode(value, 0))


def _refuse(value: object) -> NoReturn:
    raise TypeError(f"no JSON for {type(value).__name__}")


_SPACES = " \t\n\r"


class _Rules:
    """What a json.JSONDecoder() tells the scanner."""

    strict = True
    memo: ClassVar[dict[str, str]] = {}
    object_hook = object_pairs_hook = None
    parse_float, parse_int, parse_constant = float, int, float


@lru_cache(maxsize=1)
def _scanner() -> Callable[[str, int], tuple[Any, int]] | None:
    try:
        from _json import make_scanner

        rules: Any = _Rules
        return make_scanner(rules)
    except (
        ImportError,
        AttributeError,
        TypeError,
    ):  # elsewhere, or with other rules
        return None
