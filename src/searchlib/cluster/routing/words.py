"""What the words of a collection are, asked of all shards: how many documents hold them, which are akin.

Answers are remembered, as a version never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import QueryError
from ..messages import Question
from .asking import Shards
from .terms import RemoteTerms
from .vocabulary import RemoteVocabulary


class RemoteWords:
    """The part of `_core.Snapshot` that is asked about words."""

    shards: Shards
    _totals: Sequence[tuple[int, int]]

    def dfs(self, pairs: Sequence[tuple[int, str]]) -> list[int]:
        """How many documents hold each lemma in its field."""
        kept, keep = self.shards.kept, self.shards.keep
        known = {pair: kept(("df", *pair)) for pair in pairs}
        unknown = [pair for pair, df in known.items() if df is None]
        if unknown:
            counted = zip(*self.shards.all(["dfs", unknown]), strict=True)
            for pair, dfs in zip(unknown, counted, strict=True):
                known[pair] = keep(("df", *pair), sum(dfs))
        return [known[pair] for pair in pairs]

    def df(self, field: int, lemma: str) -> int:
        """How many documents hold a lemma."""
        return self.dfs([(field, lemma)])[0]

    def totals(self, field: int) -> tuple[int, int]:
        """Documents with a value, and their length."""
        return self._totals[field]

    def count_words(self, field: int) -> tuple[int, int]:
        """How many words differ: no shard knows which of its words others have."""
        raise QueryError("a collection of several shards does not count how many words differ")

    def relatives(self, field: int, kind: str, lemmas: list[str], limit: int) -> list[str]:
        """The relatives of lemmas, in the order of their bytes."""
        asked = field, kind, lemmas, limit
        kept: list[str] | None = self.shards.kept(_key_of(asked))
        return self._find_relatives([asked])[0] if kept is None else kept

    def warm(
        self, pairs: Sequence[tuple[int, str]], asked: Sequence[tuple[int, str, list[str], int]]
    ) -> None:
        """Ask for these dfs, for relatives and their dfs, in two rounds at most, and remember them."""
        new = [one for one in asked if self.shards.kept(_key_of(one)) is None]
        found = self._find_relatives(new)
        akin = ((field, lemma) for (field, *_), lemmas in zip(new, found, strict=True) for lemma in lemmas)
        self.dfs([*pairs, *akin])

    def _find_relatives(self, asked: Sequence[tuple[int, str, list[str], int]]) -> list[list[str]]:
        if not asked:
            return []
        questions: list[Question] = [["relatives", *one] for one in asked]
        found = self.shards.ask(dict.fromkeys(self.shards.numbers, questions))
        return [
            self.shards.keep(
                _key_of(one),
                sorted({lemma for results in found.values() for lemma in results[number]}, key=str.encode),
            )
            for number, one in enumerate(asked)
        ]

    def expand(
        self, field: int, kind: str, text: str, distance: int, limit: int, exact: bool = False
    ) -> tuple[set[str], set[str]]:
        """The forms that a pattern meets, and their lemmas."""
        forms: set[str] = set()
        lemmas: set[str] = set()
        for of_shard, its_lemmas in self.shards.all(["expand", field, kind, text, distance, limit, exact]):
            forms.update(of_shard)
            lemmas.update(its_lemmas)
        return forms, lemmas

    def terms(self, field: int, prefix: str, places: bool) -> RemoteTerms:
        """A walk over the terms of a field."""
        return RemoteTerms(self.shards, field, prefix, places)

    def vocabulary(self, fields: list[int], surname_endings: list[str]) -> RemoteVocabulary:
        """The words of some fields."""
        return RemoteVocabulary(self.shards, self.dfs, fields, surname_endings)


def _key_of(asked: tuple[int, str, list[str], int]) -> Any:
    field, kind, lemmas, limit = asked
    return "relatives", field, kind, tuple(lemmas), limit
