"""The words of a collection: what `_core.SnapshotVocabulary` is to an index, asked of all shards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ... import _core

if TYPE_CHECKING:
    from .asking import Shards

_ALL = 1 << 30
"""What is the most frequent in all shards may be so in none: each gives all that it has."""


class RemoteVocabulary:
    """See `_core.SnapshotVocabulary`, whose methods these are. dfs: how many documents hold lemmas."""

    def __init__(
        self,
        shards: Shards,
        dfs: Callable[[Sequence[tuple[int, str]]], list[int]],
        fields: list[int],
        surname_endings: list[str],
    ) -> None:
        self._shards, self._dfs, self._fields, self._endings = shards, dfs, fields, surname_endings

    def _all(self, name: str, *arguments: Any) -> list[Any]:
        question = ["vocabulary", self._fields, self._endings, name, *arguments]
        return self._shards.all(question)

    def _kept(self, name: str, argument: Any, find: Callable[[], Any]) -> Any:
        shards = self._shards
        key = ("vocabulary", tuple(self._fields), name, argument)
        found = shards.kept(key)
        return shards.keep(key, find()) if found is None else found

    def near(self, word: str, bound: int) -> list[tuple[str, int, int, float]]:
        """The forms so many edits away, in the order of their bytes."""
        found: dict[str, tuple[int, int, float]] = {}
        for forms in self._all("near", word, bound):
            for key, df, distance, cost in forms:
                # The nearest of its spellings is not the same in all segments, nor in all shards.
                known = found.get(key)
                found[key] = (df if known is None else known[0] + df, distance, cost)
        return [(key, *found[key]) for key in sorted(found, key=str.encode)]

    def beginnings_near(self, letters: str, limit: int) -> list[tuple[str, int, float]]:
        """What forms begin with that begin nearly so, the most frequent first."""
        found: dict[str, tuple[int, float]] = {}
        for beginnings in self._all("beginnings_near", letters, _ALL):
            for key, df, cost in beginnings:
                found[key] = found.get(key, (0, cost))[0] + df, cost
        ranked = sorted(found.items(), key=lambda one: (-one[1][0], one[0].encode()))[:limit]
        return [(key, df, cost) for key, (df, cost) in ranked]

    def complete(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The most frequent forms that begin so."""
        found: dict[str, int] = {}
        for forms in self._all("complete", prefix, _ALL):
            for key, df in forms:
                found[key] = found.get(key, 0) + df
        return sorted(found.items(), key=lambda one: (-one[1], one[0].encode()))[:limit]

    def form_df(self, key: str) -> int:
        """How many documents hold a form."""
        found: int = self._kept("form_df", key, lambda: sum(self._all("form_df", key)))
        return found

    def spellings(self, key: str) -> list[tuple[str, int]]:
        """The spellings that a form may have; all shards name the same."""

        def found() -> list[tuple[str, int]]:
            of_shards = zip(*self._all("spellings", key), strict=True)
            return [(same[0][0], sum(df for _, df in same)) for same in of_shards]

        spellings: list[tuple[str, int]] = self._kept("spellings", key, found)
        return spellings

    def forms_of(self, lemma: str) -> list[tuple[str, int]]:
        """A lemma's forms, in the order of their bytes."""

        def found() -> list[tuple[str, int]]:
            dfs: dict[str, int] = {}
            for forms in self._all("forms_of", lemma):
                for key, df in forms:
                    dfs[key] = dfs.get(key, 0) + df
            return sorted(dfs.items(), key=lambda one: one[0].encode())

        forms: list[tuple[str, int]] = self._kept("forms_of", lemma, found)
        return forms

    def names(self, name: str, min_similarity: float) -> list[tuple[str, int, float]]:
        """The lemmas that sound like a name. A surname that is no lemma anywhere is counted as a form."""
        found: dict[str, float] = {}
        for names in self._all("names", name, min_similarity):
            found.update({lemma: similarity for lemma, _, similarity in names})
        pairs = [(field, lemma) for lemma in found for field in self._fields]
        counted = iter(self._dfs(pairs))
        ranked = []
        for lemma, similarity in found.items():
            df = sum(next(counted) for _ in self._fields)
            ranked.append((lemma, df or self.form_df(_core.match_key(lemma)), similarity))
        return sorted(ranked, key=lambda one: (-one[2], one[0].encode()))
