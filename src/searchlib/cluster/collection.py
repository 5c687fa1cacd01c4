"""A collection as one index: the same questions, types and answers, whatever the number of shards."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from ..analyzers import field_analyzers
from ..asking import Asking
from ..errors import ClosedError, ClusterError, ShardVersionError
from ..holding import Holding
from ..index import Index
from ..schema import Schema
from .lacking import lacking
from .routing.asking import Shards
from .routing.searcher import CollectionSearcher
from .routing.snapshot import RemoteSnapshot

if TYPE_CHECKING:
    from types import TracebackType

    from ..search.results import Results
    from .fleets.fleet import Fleet
    from .writer import CollectionWriter


class Collection(Holding):
    """The collection that a fleet of workers serves, as of the version that it showed last.

    It has what an Index has for reading. Scores, orders, facets and totals are those of one index with all
    the documents, bit for bit; what it does not have is refused by name (QueryError). Safe to share between
    threads.

    fleet: is closed with it. partial: where a shard does not answer, give what the others have, and a note
    that says so, rather than an error. auto_refresh: look for a new version whenever it is asked (True), or
    after so many seconds; False: when `refresh` is called. roll: has the workers open the newest version, if
    nobody else does. folder: of the collection, if it is on this machine, where it can be written.
    reopen: a function and its arguments, for pickles.
    """

    def __init__(
        self,
        fleet: Fleet,
        *,
        partial: bool = False,
        auto_refresh: bool | float = False,
        roll: Callable[[], object] | None = None,
        folder: str | None = None,
        reopen: tuple[Callable[..., Collection], tuple[Any, ...]] | None = None,
    ) -> None:
        self._fleet: Fleet | None = fleet
        self._folder, self._reopen = folder, reopen
        self._partial, self._auto_refresh, self._roll = partial, auto_refresh, roll
        self._looked_at = time.monotonic()
        self._show(fleet)

    def _show(self, fleet: Fleet) -> None:
        shards = Shards(fleet, fleet.version, self._partial)
        schema_data, metadata = shards.one(0, ["about"])
        schema = Schema.from_dict(schema_data)
        self._current = CollectionSearcher(schema, field_analyzers(schema), RemoteSnapshot(shards))
        self._metadata: dict[str, Any] = metadata

    @property
    def _searcher(self) -> CollectionSearcher:
        if self._fleet is None:
            raise ClosedError("the collection was closed; open it again")
        if self._auto_refresh is not False:
            now = time.monotonic()
            if self._auto_refresh is True or now > self._looked_at + self._auto_refresh:
                self._looked_at = now
                self.refresh()
        return self._current

    def search(self, *arguments: Any, **named: Any) -> Results:
        try:
            return super().search(*arguments, **named)
        except ShardVersionError:  # the workers have moved on since this version was shown
            self.refresh()
            return super().search(*arguments, **named)

    search.__doc__ = Asking.search.__doc__

    @property
    def schema(self) -> Schema:
        return self._searcher.schema

    @property
    def metadata(self) -> Mapping[str, Any]:
        return self._metadata

    @property
    def generation(self) -> int:
        """The version of the collection that is shown: what a commit is to an index."""
        return self._searcher.version

    @property
    def shown_generation(self) -> int:
        """The same without a look at whether there is a later one."""
        return self._current.version

    def refresh(self) -> bool:
        """Move to the newest version that all shards have; False if it is shown already. Searches that run
        keep theirs."""
        fleet = self._fleet
        if fleet is None:
            raise ClosedError("the collection was closed; open it again")
        if self._roll is not None:
            self._roll()
        if fleet.version == self._current.version:
            return False
        self._show(fleet)
        return True

    def pinned(self) -> Collection:
        """This collection as of the version that it shows now, whatever comes. It is closed with this one."""
        twin = object.__new__(type(self))
        vars(twin).update({**vars(self), "_auto_refresh": False, "_current": self._searcher})
        return twin

    def writer(self, *, memory_mb: float = 256, threads: int = 1, timeout: float = 0.0) -> CollectionWriter:
        """The writer: one at a time; see CollectionWriter. What it commits this collection shows from its
        next search on, if its workers are in this process; others when they are told to roll.

        ClusterError: the collection is elsewhere; write it where its folder is.
        """
        from .writer import CollectionWriter

        if self._folder is None:
            raise ClusterError(
                "this collection is known by its workers alone: write it where its folder is, with "
                "searchlib.cluster.CollectionWriter(folder) or searchlib.open(folder).writer()"
            )
        self._auto_refresh = True  # a look at the manifest
        return CollectionWriter(self._folder, memory_mb=memory_mb, threads=threads, timeout=timeout)

    def stats(self) -> dict[str, Any]:
        """Numbers of this version: documents, shards, segments, bytes; of each field documents and length.

        How many words differ is not among them: no shard knows which of its words others have.
        """
        searcher, core = self._searcher, self._searcher.remote
        return {
            "num_docs": len(searcher),
            "num_deleted": core.num_docs - len(searcher),
            "num_shards": searcher.num_shards,
            "num_segments": core.num_segments,
            "size_bytes": core.num_bytes,
            "generation": searcher.version,
            "fields": {
                name: _of_field(*core.totals(number))
                for number, name in enumerate(searcher.schema.searched_fields)
            },
        }

    def close(self) -> None:
        """Let go of the workers; all else is a ClosedError."""
        fleet, self._fleet = self._fleet, None
        if fleet is not None:
            fleet.close()

    def __reduce__(self) -> tuple[Callable[..., Collection], tuple[Any, ...]]:
        """A pickle holds the address, and asks there anew. ClusterError: it is not known."""
        if self._reopen is None:
            raise ClusterError("a collection that was made of a fleet is not pickled: connect to its address")
        return self._reopen

    def __enter__(self) -> Collection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __getattr__(self, name: str) -> NoReturn:
        """For what an Index has and a collection has not: ClusterError, which is an AttributeError, too."""
        raise lacking("a Collection", Index, name)

    def __repr__(self) -> str:
        if self._fleet is None:
            return "<Collection: closed>"
        return f"<Collection: {len(self)} documents in {self._searcher.num_shards} shards>"


def _of_field(num_docs: int, total_length: int) -> dict[str, Any]:
    return {"num_docs": num_docs, "average_length": total_length / num_docs if num_docs else 0.0}
