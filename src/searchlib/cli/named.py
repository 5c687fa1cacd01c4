"""Folders of indexes as commands that serve several take them: DIR, or NAME=DIR."""

from __future__ import annotations

import os
from collections.abc import Iterable

from .places import is_url


def names_of(folders: Iterable[str]) -> dict[str, str]:
    """Paths by the names of their folders, or by what stands before =.

    ValueError for two of one name, and for one of a server.
    """
    named: dict[str, str] = {}
    for given in folders:
        name, equals, path = given.partition("=")
        if not equals or os.sep in name or not name:
            path = given
            name = os.path.basename(os.path.abspath(given))  # noqa: PTH100, PTH119
        if is_url(given) or is_url(path):
            raise ValueError(
                f"{given!r:.200} is served by another server already; give the folder of an index"
            )
        if not path:
            raise ValueError(f"{given!r} names no folder; an index is DIR or NAME=DIR")
        if name in named and os.path.realpath(named[name]) != os.path.realpath(path):
            raise ValueError(
                f"two indexes would be called {name!r}: {named[name]} and {path}; "
                f"give one of them another name: --index NAME={path}"
            )
        named[name] = path
    return named
