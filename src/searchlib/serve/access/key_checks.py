"""What is odd about the keys of a server, found out before it starts.

Indexes come and change while a server runs. So what a key says of one that is not as it expects is a warning:
a new index must not keep the server from its next start.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...errors import QueryError, SearchlibError
from ..catalogue import Catalogue
from .tenants import read_filter

if TYPE_CHECKING:
    from ..settings import Settings
    from .keys import Key


def check_keys(keys: Sequence[Key], settings: Settings) -> list[str]:
    """Look for the indexes that keys name, and read their filters strictly, against each index that they see.

    A list of warnings. ValueError, which names the key, for a filter that none of the indexes can be asked
    which the server was started with by name.
    """
    if all(key.filter is None and key.indexes is None for key in keys):
        return []
    with contextlib.closing(Catalogue(settings.indexes, settings.root, settings.refresh_seconds)) as found:
        return [warning for key in keys for warning in _odd(key, found, settings)]


def _odd(key: Key, found: Catalogue, settings: Settings) -> Iterator[str]:
    for name in sorted(key.indexes or ()):
        if name not in set(found):
            known = ", ".join(list(found)[:20]) or "none"
            yield f"the key {key.name!r} is for an index {name!r}, which is not served; there are: {known}"
    if key.filter is None:
        return
    num_docs = 0
    refused: dict[str, SearchlibError] = {}
    seen = [name for name in found if key.sees(name)]
    for name in seen:
        try:
            num_docs += read_filter(found[name], key.filter)
        except QueryError as error:
            refused[name] = error
        except SearchlibError as error:
            yield f"the filter of the key {key.name!r} was not tried in {name!r}: {error}"
    said = [f"the filter of the key {key.name!r}, in {name!r}: {error}" for name, error in refused.items()]
    if seen and len(refused) == len(seen) and any(name in settings.indexes for name in seen):
        raise ValueError(said[0])
    for each in said:
        yield f"{each}; the key sees nothing there"
    if key.filter.strip() and not num_docs and len(refused) < len(seen):
        named = f"the filter of the key {key.name!r}, {key.filter!r:.100}"
        yield f"{named}, finds no document in {', '.join(seen)}"
