"""Paths, and how each is read: as it was read before, unless something else is told now.

The record of an index's files knows how each folder and file was read that a run was given. What lies inside
a folder and was read in a way of its own is read so again. Nothing is read here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from ..records import Record
from .files import STDIN
from .holdings import HoldsDocuments
from .how import How
from .ledger import Ledger
from .sources import Sources


class Reading(Record):
    """Paths that are read in the same way, and how. apart: paths inside these that are read in another."""

    paths: tuple[str, ...]
    how: How
    apart: tuple[str, ...] = ()

    def sources(self, *, exclude: Sequence[str | os.PathLike[str]] = (), **more: Any) -> Sources:
        """The Sources; exclude: what is not entered besides, now alone. more: all else that Sources takes."""
        without = [*self.how.without, *self.apart, *exclude]
        made = Sources(*self.paths, exclude=without, **self.how.options(), **more)
        made.how = made.how.replace(without=self.how.without)
        return made


def readings(
    index: HoldsDocuments | None, *paths: str | os.PathLike[str], anew: bool = False, **told: Any
) -> list[Reading]:
    """How to read paths that an index was made from, or more of them: as it was done before.

    paths: as of Sources; none: all that runs were given. A path that is new is read as the folder around it.
    told: what is to be different, by the names of How. anew: forget how it was done.
    It takes one Reading where all is read in one way; update_index takes the Sources of all.
    """
    ledger = None if index is None else Ledger(dict(index.metadata), index.schema)
    ways: dict[str, How] = {}
    for path in [os.fspath(each) for each in paths or (ledger.given if ledger is not None else ())]:
        if path == STDIN or ledger is None:
            ways[path] = How()
            continue
        ways[path] = ledger.given.how(_absolute(path))
        for inner, how in _inside(ledger, path, all_of_them=anew or bool(told)):
            ways.setdefault(inner, how)
    by_how: dict[How, list[str]] = {}
    for path, way in ways.items():
        how = (How() if anew else way).replace(**told)
        by_how.setdefault(how, []).append(path)
    apart = _apart({_absolute(path): how for how, group in by_how.items() for path in group if path != STDIN})
    return [Reading(tuple(group), how, tuple(apart.get(how, ()))) for how, group in by_how.items()]


def _inside(ledger: Ledger, path: str, *, all_of_them: bool) -> Iterator[tuple[str, How]]:
    """What lies under a path, was given to a run, and was read otherwise than what is around it.

    all_of_them: also what was read as what is around it, which is to be remembered as it is read now.
    """
    root = _absolute(path)
    if not os.path.isdir(root):  # noqa: PTH112
        return
    prefix = root.rstrip(os.sep) + os.sep
    for inner in ledger.given:
        if inner.startswith(prefix) and os.path.exists(inner):  # noqa: PTH110
            how = ledger.given.how(inner)
            if all_of_them or how != ledger.given.how(os.path.dirname(inner)).inside():  # noqa: PTH120
                yield os.path.join(path, inner[len(prefix) :]), how  # noqa: PTH118


def _apart(ways: dict[str, How]) -> dict[How, list[str]]:
    """For each way, the paths inside its own that are read in another."""
    found: dict[How, list[str]] = {}
    for path, how in ways.items():
        above = os.path.dirname(path)  # noqa: PTH120
        while above not in ways and above != os.path.dirname(above):  # noqa: PTH120
            above = os.path.dirname(above)  # noqa: PTH120
        if ways.get(above, how) != how:
            found.setdefault(ways[above], []).append(path)
    return found


def _absolute(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
