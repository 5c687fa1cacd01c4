"""A collection's searcher: that of an index, over a snapshot whose segments are shards elsewhere."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from ... import _core
from ...errors import QueryError
from ...schema import Schema
from ...search.documents import is_id
from ...search.searcher import Searcher
from ...storage.documents import LineDecoder
from ..handles import handle_of, ordinal_in, shard_in
from ..ordinals import shard_of
from .snapshot import RemoteSnapshot
from .warming import warm

if TYPE_CHECKING:
    from ...analysis.analyzer import Analyzer
    from ...search.marks import Plan
    from ...search.results import Results

_MAX_KEPT_IDS = 50_000
_AT_ONCE = 128
_LIVE = 1000
"""Documents whose ids are asked for together."""


class CollectionSearcher(Searcher):
    """See Searcher. Documents are fetched from their shards when they are read, a page of them at once."""

    def __init__(
        self, schema: Schema, analyzers: Mapping[str, Analyzer | None], snapshot: RemoteSnapshot
    ) -> None:
        # Not Searcher's: there are no segments here.
        self.remote, self._shards = snapshot, snapshot.shards
        self._decoder = LineDecoder(schema.encoded_kinds)
        self._ids: dict[int, str] = {}
        self._recent: deque[Sequence[int]] = deque(maxlen=64)
        snapshot.on_found = self.remember
        self._begin(schema, analyzers, cast("_core.Snapshot", snapshot))

    @property
    def version(self) -> int:
        """Of the collection."""
        return self._shards.version

    @property
    def num_shards(self) -> int:
        """How many there are."""
        return len(self._shards.numbers)

    @property
    def lexicon(self) -> None:
        return None

    def search(self, *arguments: Any, **named: Any) -> Results:
        self._shards.begin()
        results = super().search(*arguments, **named)
        missing = sorted(self._shards.missing)
        if missing:
            of = f"{len(missing)} of {self.num_shards} shards"
            note = f"{of} did not answer, and their documents are missing: {', '.join(map(str, missing))}"
            results.plan = results.plan._replace(notes=(*results.plan.notes, note))
        return results

    # ---- planning

    def plan(self, query: Any, fields: Sequence[str] | None = None, *more: Any, **named: Any) -> Plan:
        if type(query) is str:
            warm(self.remote, self.schema, self.analyzers, self.scope_of(fields).fields_of(None), query)
        return super().plan(query, fields, *more, **named)

    def expanded_plan(self, *arguments: Any, **named: Any) -> Plan:
        raise QueryError(
            "expand is not for a collection of several shards: it would read the texts of the best documents "
            "for each query; search without it"
        )

    # ---- documents

    def locate(self, doc: int) -> tuple[int, int]:
        """(shard, ordinal)."""
        return shard_in(doc), ordinal_in(doc)

    def by_segment(self, docs: Sequence[int]) -> list[list[int]]:
        """Ordinals by their shards."""
        found: list[list[int]] = [[] for _ in self._shards.numbers]
        for doc in docs:
            found[shard_in(doc)].append(ordinal_in(doc))
        return found

    def stored(self, doc: int) -> dict[str, Any]:
        return self.decoded(doc, self.lines([doc]).line(0))

    def lines(self, docs: Sequence[int]) -> _core.DocumentLines:
        by_shard = self._by_shard(docs)
        asked = {
            shard: [["lines", [ordinal_in(doc) for doc in its], True]] for shard, its in by_shard.items()
        }
        lines: dict[int, bytes] = {}
        for shard, ((found, ids),) in self._shards.ask(asked).items():
            lines.update(zip(by_shard[shard], found, strict=True))
            self._keep_ids(dict(zip(by_shard[shard], ids, strict=True)))
        return _core.DocumentLines([lines[doc] for doc in docs])

    @property
    def has_plain_lines(self) -> bool:
        """Shards send what counts."""
        return True

    def decoded(self, doc: int, line: bytes) -> dict[str, Any]:
        return self._decoder.decoded(line)

    def hiding(self, field: str, docs: Sequence[int]) -> list[int]:
        return []  # shards are made of documents whose values count

    def document_id(self, doc: int) -> str:
        found = self._ids.get(doc)
        if found is not None:
            return found
        page = next((docs for docs in reversed(self._recent) if doc in docs), (doc,))
        at = page.index(doc)
        by_shard = self._by_shard(page[at : at + _AT_ONCE])
        asked = {shard: [["ids", [ordinal_in(one) for one in its]]] for shard, its in by_shard.items()}
        ids: dict[int, str] = {}
        for shard, (found_ids,) in self._shards.ask(asked).items():
            ids.update(zip(by_shard[shard], found_ids, strict=True))
        self._keep_ids(ids)
        return ids[doc]

    def remember(self, docs: Sequence[int]) -> None:
        """These were found together: who reads the id of one will read the others'."""
        self._recent.append(docs)

    def _by_shard(self, docs: Sequence[int]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for doc in docs:
            found.setdefault(shard_in(doc), []).append(doc)
        return found

    def _keep_ids(self, ids: Mapping[int, str]) -> None:
        if len(self._ids) + len(ids) > _MAX_KEPT_IDS:
            self._ids = {}
        self._ids.update(ids)

    # ---- by their ids

    def _found(self, document_id: str, latest: int | None) -> int | None:
        if not is_id(document_id):
            return None
        shard = shard_of(document_id, len(self._shards.numbers))
        ordinal = self._shards.one(shard, ["find", document_id, latest])
        return None if ordinal is None else handle_of(ordinal, shard)

    def with_id(self, document_id: str) -> list[list[int]]:
        doc = self._found(document_id, None)
        return self.by_segment([] if doc is None else [doc])

    def find(self, document_id: str) -> int | None:
        return self._found(document_id, None)

    def number_of(self, document_id: str, latest: int) -> int | None:
        return self._found(document_id, ordinal_in(latest))

    def live_docs(self, least: int = 0) -> Iterator[int]:
        """All documents in the order in which they were added, a few at a time."""
        import heapq

        return heapq.merge(*(self._live_of(shard, ordinal_in(least)) for shard in self._shards.numbers))

    def _live_of(self, shard: int, least: int) -> Iterator[int]:
        behind = least - 1
        while ordinals := self._shards.one(shard, ["live", behind, _LIVE]):
            docs = [handle_of(ordinal, shard) for ordinal in ordinals]
            for at in range(0, len(docs), _AT_ONCE):
                self.remember(docs[at : at + _AT_ONCE])
                yield from docs[at : at + _AT_ONCE]
            behind = ordinals[-1]

    def matches(self, query: str) -> list[list[int]]:
        raise QueryError("documents of a collection are deleted by their ids")
