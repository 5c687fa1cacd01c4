"""The indexes of a server, as a key sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from ..catalogue import Catalogue
from ..problems import ProblemError
from .tenants import Narrowed

if TYPE_CHECKING:
    from ...index import Index
    from .keys import Key


class Seen(Mapping[str, "Index"]):
    """The indexes that a key sees, as it sees them."""

    def __init__(self, catalogue: Catalogue, key: Key) -> None:
        self._catalogue, self._key = catalogue, key

    def __getitem__(self, name: str) -> Index:
        """The index of that name; a Problem of status 404."""
        if not self._key.sees(name):
            known = ", ".join(list(self)[:20]) or "none"
            detail = f"no index is served as {name!r:.100}; there are: {known}"
            raise ProblemError(404, "IndexNotFoundError", "There is no such index", detail)
        return self._as_seen(self._catalogue[name])

    def at_hand(self, name: str) -> Index | None:
        """The index of that name, if it is open already."""
        found = self._catalogue.at_hand(name) if self._key.sees(name) else None
        return None if found is None else self._as_seen(found)

    def _as_seen(self, index: Index) -> Index:
        return index if self._key.filter is None else cast("Index", Narrowed(index, self._key.filter))

    def __iter__(self) -> Iterator[str]:
        return filter(self._key.sees, self._catalogue)

    def __len__(self) -> int:
        return sum(1 for _ in self)
