"""What the words of one shard are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ... import _core
from ...errors import QueryError
from ..ordinals import user_schema
from .searches import Searches

_OF_VOCABULARIES = ("near", "beginnings_near", "complete", "form_df", "spellings", "forms_of", "names")


class Words(Searches):
    """Questions about words, and about the shard as a whole."""

    def about(self) -> Any:
        """The user's schema, and what is kept with the shard."""
        return [user_schema(self._searcher.schema).to_dict(), dict(self._shard.metadata)]

    def statistics(self) -> Any:
        """Live documents, all documents, segments, bytes, and the totals of each searched field."""
        core = self._searcher.core
        fields = range(len(self._searcher.schema.searched_fields))
        totals = [core.totals(field) for field in fields]
        num_segments = len(self._searcher.segments)
        return [core.num_live_docs, core.num_docs, num_segments, self._shard.num_bytes, totals]

    def dfs(self, pairs: Sequence[tuple[int, str]]) -> list[int]:
        """How many live documents hold each (field, lemma)."""
        df = self._searcher.core.df
        return [df(field, lemma) for field, lemma in pairs]

    def relatives(self, field: int, kind: str, lemmas: list[str], limit: int) -> list[str]:
        """The relatives of lemmas. Of very many words some may be left out, which other shards name."""
        return self._searcher.core.relatives(field, kind, lemmas, limit)

    def expand(self, field: int, kind: str, text: str, distance: int, limit: int, exact: bool) -> Any:
        """The forms that a pattern meets, and their lemmas."""
        return self._searcher.core.expand(field, kind, text, distance, limit, exact)

    def terms(self, field: int, prefix: str, places: bool, after: str | None, limit: int) -> Any:
        """The next terms behind one."""
        walks, key = self._shard.walks, (field, prefix, places, after)
        walk = walks.pop(key, None)
        if walk is None:
            walk = self._searcher.core.terms(field, prefix, places)
            if after is not None:
                walk = _Behind(walk, after)
        found = walk.next(limit)
        if found:
            walks.of((field, prefix, places, found[-1][0]), lambda: walk)
        return found

    def vocabulary(self, fields: list[int], endings: list[str], name: str, *arguments: Any) -> Any:
        """What a vocabulary of some fields answers."""
        if name not in _OF_VOCABULARIES:
            raise QueryError(f"a vocabulary is asked {', '.join(_OF_VOCABULARIES)}; got {name!r:.40}")
        key = tuple(fields), tuple(endings)
        made = self._shard.plans.of(key, lambda: self._searcher.core.vocabulary(fields, endings))
        return getattr(made, name)(*arguments)


class _Behind:
    """A walk of terms that begins behind one of them."""

    def __init__(self, walk: _core.TermStatistics, after: str) -> None:
        self._walk, self._after = walk, after.encode()

    def next(self, limit: int) -> list[tuple[str, int, int]]:
        while found := self._walk.next(limit):
            rest = [one for one in found if one[0].encode() > self._after]
            if rest:
                return rest
        return []
