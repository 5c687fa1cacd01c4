"""What becomes of locks in a forked child: those that another thread held at the fork are made anew.

A fork copies a lock as it is, but of the threads only the one that forks: what another thread held would
never be released. So objects that have locks are told in the child to renew them, and properties that are
computed once do without a lock.
"""

from __future__ import annotations

import os
from _weakref import ref  # weakref.ref, without the rest of weakref, which would lengthen every query's start

from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from functools import cached_property as cached_property
    from typing import Any, Protocol

    class _Forkable(Protocol):
        def renew_locks(self) -> None: ...

else:

    class cached_property:
        """functools.cached_property as it is from Python 3.12 on: without a lock.

        Before, one lock for all objects of a class is held while a value is computed, and the child of a fork
        that comes meanwhile waits for it for ever. Of two threads that compute, the first one's value stays.
        """

        def __init__(self, function: Callable[[Any], Any]) -> None:
            self._function, self.__doc__ = function, function.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self._name = name

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            return instance.__dict__.setdefault(self._name, self._function(instance))


_known: dict[int, ref[_Forkable]] = {}


def renew_locks_in_children(holder: _Forkable) -> None:
    """Call `holder.renew_locks()` in each child that is forked from now on, as long as the holder lives."""
    key = id(holder)
    _known[key] = ref(holder, lambda _: _known.pop(key, None))


def _renew_all() -> None:
    for known in list(_known.values()):
        if (holder := known()) is not None:
            holder.renew_locks()


os.register_at_fork(after_in_child=_renew_all)
