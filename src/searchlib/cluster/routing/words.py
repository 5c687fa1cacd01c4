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
        kept = self.shards.kept
        unknown = [pair for pair in pairs if kept(("df", *pair)) is None]
        if unknown:
            counted = zip(*self.shards.all(["dfs", unknown]), strict=True)
            for (field, lemma), dfs in zip(unknown, counted, strict=True):
                self.shards.keep(("df", field, lemma), sum(dfs))
        return [kept(("df", *pair)) or 0 for pair in pairs]

    def df(self, field: int, lemma: str) -> int:
        """How many documents hold a lemma."""
        return self.dfs([(field, lemma)])[0]

    def most_dfs(self, fields: Sequence[int], lemmas: Sequence[str]) -> list[int]:
        """How many hold each in the one of the fields where that is the most."""
        found = iter(self.dfs([(field, lemma) for lemma in lemmas for field in fields]))
        return [max((next(found) for _ in fields), default=0) for _ in lemmas]

    def totals(self, field: int) -> tuple[int, int]:
        """Documents with a value, and their length."""
        return self._totals[field]

    def count_words(self, field: int) -> tuple[int, int]:
        """How many words differ: no shard knows which of its words others have."""
        raise QueryError("a collection of several shards does not count how many words differ")

    def relatives(self, field: int, kind: str, lemmas: list[str], limit: int) -> list[str]:
        """The relatives of lemmas, in the order of their bytes."""
        asked = field, kind, lemmas, limit
        self.warm([], [asked])
        found: list[str] = self.shards.kept(_key_of(asked)) or []
        return found

    def warm(
        self, pairs: Sequence[tuple[int, str]], asked: Sequence[tuple[int, str, list[str], int]]
    ) -> None:
        """Ask for these dfs and relatives in one go, and remember them."""
        kept = self.shards.kept
        unknown = [pair for pair in pairs if kept(("df", *pair)) is None]
        new = [one for one in asked if kept(_key_of(one)) is None]
        if not unknown and not new:
            return
        questions: list[Question] = [["dfs", unknown], *(["relatives", *one] for one in new)]
        found = self.shards.ask(dict.fromkeys(self.shards.numbers, questions))
        for number, pair in enumerate(unknown):
            self.shards.keep(("df", *pair), sum(results[0][number] for results in found.values()))
        for number, one in enumerate(new, 1):
            self._keep_relatives(one, [results[number] for results in found.values()])

    def _keep_relatives(self, asked: tuple[int, str, list[str], int], found: Sequence[Any]) -> None:
        dfs: dict[str, int] = {}
        for lemma, df in (pair for of_shard in found for pair in of_shard):
            dfs[lemma] = dfs.get(lemma, 0) + df
        for lemma, df in dfs.items():
            self.shards.keep(("df", asked[0], lemma), df)
        self.shards.keep(_key_of(asked), sorted(dfs, key=str.encode))

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
