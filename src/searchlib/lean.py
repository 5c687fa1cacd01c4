"""Parts of the standard library without the modules around them, which take longer to load than a plain query
takes to answer: what the modules of a query would else have of typing, collections.abc, functools, types,
json and importlib.

A type checker sees the originals, and so does a Python that keeps these parts elsewhere. Everything else in
the package may use the originals too; tests/test_startup.py holds which modules a query loads.
"""

from __future__ import annotations

TYPE_CHECKING = False  # every type checker takes a name like that for true, as that of typing

if TYPE_CHECKING:
    from collections.abc import Mapping as Mapping
    from collections.abc import Sequence as Sequence
    from functools import lru_cache as lru_cache
    from importlib import import_module as import_module
    from types import MappingProxyType as MappingProxyType
    from typing import Generic as Generic
    from typing import Protocol as Protocol
    from typing import TypeVar as TypeVar
else:
    from _collections_abc import Mapping as Mapping
    from _collections_abc import Sequence as Sequence

    MappingProxyType = type(vars(object))

    class Protocol:
        """For type checkers alone."""

    class Generic:
        """For type checkers alone: subscripted, a class is what it is."""

        def __class_getitem__(cls, _):
            return cls

    def TypeVar(name):
        """For type checkers alone."""
        return name

    def import_module(name, package):
        """importlib.import_module for a relative name."""
        return __import__(package + name, fromlist=("",))

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
