"""What becomes of locks in a forked child: those that another thread held at the fork are made anew.

Objects with locks come in; in a child each is told to renew them. A fork copies a lock as it is, and of the
threads only the one that forks: what another thread held would never be released.
"""

from __future__ import annotations

import os
from typing import Protocol
from weakref import WeakSet


class _Forkable(Protocol):
    def renew_locks(self) -> None: ...


_known: WeakSet[_Forkable] = WeakSet()


def renew_locks_in_children(holder: _Forkable) -> None:
    """Call `holder.renew_locks()` in each child that is forked from now on, as long as the holder lives."""
    _known.add(holder)


def _renew_all() -> None:
    for holder in list(_known):
        holder.renew_locks()


os.register_at_fork(after_in_child=_renew_all)
