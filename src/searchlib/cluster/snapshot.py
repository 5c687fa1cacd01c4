"""The shards of a collection as one snapshot: what `_core.Snapshot` is to an index, asked over a fleet.

Each question goes to all shards, or to the one that has the document, and the answers are put together as the
core does with those of segments. So whoever plans, counts and explains knows nothing of shards.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..errors import QueryError
from ..plan import PlanNode
from .asking import Shards
from .handles import handle_of, ordinal_in, shard_in
from .merging import groups_of, order_key, ranked_in_order, top_terms
from .messages import Question, pack
from .plans import encoded, weighed_lemmas
from .vocabulary import RemoteVocabulary

Ranked = list[tuple[float, int]]


class RemotePlan:
    """A plan for many searches of one collection; packed when it is first sent."""

    def __init__(self, node: PlanNode) -> None:
        self.node = node
        self.packed: bytes | None = None


class RemoteColumn:
    """A field's column, by its place among those that there are."""

    def __init__(self, number: int) -> None:
        self.number = number


class RemoteMatches:
    """The documents that match a plan. The shards keep them for a while, and find them again if they must."""

    def __init__(self, packed: bytes, count: int) -> None:
        self.packed, self.count = packed, count


class RemoteTerms:
    """A walk over the terms of all shards."""

    def __init__(self, shards: Shards, field: int, prefix: str, places: bool) -> None:
        self._shards, self._asked = shards, (field, prefix, places)
        self._walk = heapq.merge(*map(self._of_shard, shards.numbers), key=lambda term: term[0].encode())
        self._next: tuple[str, int, int] | None = None

    def _of_shard(self, shard: int) -> Iterable[tuple[str, int, int]]:
        after = None
        while True:
            found = self._shards.one(shard, ["terms", *self._asked, after, 1024])
            if not found:
                return
            yield from found
            after = found[-1][0]

    def next(self, limit: int) -> list[tuple[str, int, int]]:
        """The next terms, at most so many; [] at the end."""
        found: list[tuple[str, int, int]] = []
        for term, docs, places in self._walk:
            if self._next is not None and self._next[0] == term:
                self._next = term, self._next[1] + docs, self._next[2] + places
                continue
            if self._next is not None:
                found.append(self._next)
            self._next = term, docs, places
            if len(found) == limit:
                return found
        if self._next is not None:
            found.append(self._next)
            self._next = None
        return found


def hits_of(shard: int, scores: bytes, ordinals: bytes) -> Ranked:
    """What a shard has packed."""
    found = zip(array("d", scores), array("q", ordinals), strict=True)
    return [(score, handle_of(ordinal, shard)) for score, ordinal in found]


class RemoteSnapshot:
    """See `_core.Snapshot`, whose methods these are. Documents are numbered by handles."""

    def __init__(self, shards: Shards) -> None:
        self.shards = shards
        self.on_found: Callable[[Sequence[int]], None] = lambda docs: None
        found = shards.all(["statistics"])
        self.num_live_docs, self.num_docs, self.num_segments, self.num_bytes = (
            sum(of_shard[place] for of_shard in found) for place in range(4)
        )
        columns = zip(*(of_shard[4] for of_shard in found), strict=True)
        self._totals = [(sum(n for n, _ in of), sum(length for _, length in of)) for of in columns]
        shards.totals = self._totals

    # ---- plans

    def prepared(self, plan: PlanNode) -> RemotePlan:
        """A plan for several searches."""
        return RemotePlan(plan)

    def filtering(self, plan: PlanNode) -> PlanNode:
        """What a filter lets through; shards remember it, not the router."""
        return plan

    def _packed(self, plan: RemotePlan | PlanNode) -> bytes:
        prepared = plan if isinstance(plan, RemotePlan) else RemotePlan(plan)
        if prepared.packed is None:
            pairs = list(dict.fromkeys(weighed_lemmas(prepared.node)))
            dfs = self.dfs(pairs)
            with_dfs = [[field, lemma, df] for (field, lemma), df in zip(pairs, dfs, strict=True)]
            prepared.packed = pack([encoded(prepared.node), with_dfs])
        return prepared.packed

    # ---- searching

    def _best(self, ranked: Iterable[Ranked], limit: int) -> Ranked:
        merged = heapq.merge(*ranked, key=lambda hit: (-hit[0], hit[1]))
        return self._told([hit for hit, _ in zip(merged, range(limit), strict=False)])

    def _told(self, ranked: Ranked) -> Ranked:
        self.on_found([doc for _, doc in ranked])
        return ranked

    def search(
        self,
        plan: RemotePlan | PlanNode,
        limit: int,
        *,
        timeout: float | None = None,
        after: tuple[float, int] | None = None,
        guessed: Sequence[int] = (),
    ) -> Ranked:
        """The best; what is guessed makes no difference to what they are."""
        place = None if after is None else [after[0], ordinal_in(after[1])]
        found = self.shards.numbered(["search", self._packed(plan), limit, place], timeout, True)
        return self._best([hits_of(shard, *packed) for shard, packed in found], limit)

    def search_counted(
        self, plan: RemotePlan | PlanNode, limit: int, timeout: float | None = None
    ) -> tuple[Ranked, int]:
        """The best, and how many match."""
        found = self.shards.numbered(["search_counted", self._packed(plan), limit], timeout, True)
        ranked = [hits_of(shard, *packed[:2]) for shard, packed in found]
        return self._best(ranked, limit), sum(packed[2] for _, packed in found)

    def search_many(self, plans: Iterable[RemotePlan | PlanNode], limit: int, threads: int) -> list[Ranked]:
        """The best of each plan."""
        asked = [["search", self._packed(plan), limit] for plan in plans]
        if not asked:
            return []
        found = self.shards.ask(dict.fromkeys(self.shards.numbers, asked), scores=True)
        return [
            self._best([hits_of(shard, *results[number]) for shard, results in found.items()], limit)
            for number in range(len(asked))
        ]

    def count(self, plan: RemotePlan | PlanNode, timeout: float | None = None) -> int:
        """How many match."""
        return sum(self.shards.all(["count", self._packed(plan)], timeout, True))

    def score_of(self, plan: RemotePlan | PlanNode, doc: int) -> float | None:
        """The score of one document."""
        question = ["score_of", self._packed(plan), ordinal_in(doc)]
        score: float | None = self.shards.one(shard_in(doc), question, True)
        return score

    # ---- what is asked around a query

    def matches(self, plan: RemotePlan | PlanNode, timeout: float | None = None) -> RemoteMatches:
        """The documents that match."""
        packed = self._packed(plan)
        return RemoteMatches(packed, sum(self.shards.all(["num_matches", packed], timeout, True)))

    def column(self, field: int) -> RemoteColumn:
        """A field's values."""
        return RemoteColumn(field)

    def sort_matches(
        self,
        matches: RemoteMatches,
        plan: RemotePlan | PlanNode,
        keys: Sequence[tuple[RemoteColumn | None, bool, bool]],
        limit: int,
        after: tuple[Sequence[Any], int | None] | None = None,
        timeout: float | None = None,
    ) -> tuple[Ranked, list[Any]]:
        """The first in an order, and the keys of the last of them."""
        place = None
        if after is not None:
            place = [list(after[0]), None if after[1] is None else ordinal_in(after[1])]
        question = ["sort_matches", matches.packed, self._packed(plan), _numbers(keys), limit, place]
        found = self.shards.numbered(question, timeout, True)
        hits = [(hits_of(shard, *packed[:2]), packed[2]) for shard, packed in found]
        ranked, last = ranked_in_order(hits, keys, limit)
        return self._told(ranked), last

    def count_terms(
        self,
        matches: RemoteMatches,
        column: RemoteColumn,
        limit: int,
        least: int = 1,
        timeout: float | None = None,
    ) -> tuple[list[tuple[Any, int]], int, int]:
        """The most frequent values; how many there are; documents with one."""
        found = self.shards.all(["count_terms", matches.packed, column.number], timeout, True)
        top, distinct = top_terms((values for values, _ in found), limit, least)
        return top, distinct, sum(docs for _, docs in found)

    def count_ranges(
        self,
        matches: RemoteMatches,
        column: RemoteColumn,
        ranges: Sequence[tuple[int, int]],
        timeout: float | None = None,
    ) -> tuple[list[int], int]:
        """Documents with a value in each range; documents with a value."""
        question = ["count_ranges", matches.packed, column.number, list(ranges)]
        found = self.shards.all(question, timeout, True)
        counts = [sum(each) for each in zip(*(counts for counts, _ in found), strict=True)]
        return counts, sum(docs for _, docs in found)

    def extent_of(
        self, matches: RemoteMatches, column: RemoteColumn, timeout: float | None = None
    ) -> tuple[int, int] | None:
        """The least and the greatest value."""
        found = self.shards.all(["extent_of", matches.packed, column.number], timeout, True)
        extents = [extent for extent in found if extent is not None]
        return (min(low for low, _ in extents), max(high for _, high in extents)) if extents else None

    def sum_numbers(
        self,
        matches: RemoteMatches,
        column: RemoteColumn,
        are_doubles: bool,
        timeout: float | None = None,
    ) -> tuple[int, int, int, int, int | list[float]]:
        """Documents, values, the least, the greatest, and what adds up to the sum."""
        question = ["sum_numbers", matches.packed, column.number, are_doubles]
        found = [one for one in self.shards.all(question, timeout, True) if one[1]]
        totals = [one[4] for one in found]
        whole = [part for parts in totals for part in parts] if are_doubles else sum(map(int, totals))
        low, high = min((one[2] for one in found), default=0), max((one[3] for one in found), default=0)
        return sum(one[0] for one in found), sum(one[1] for one in found), low, high, whole

    def group_matches(
        self,
        matches: RemoteMatches,
        plan: RemotePlan | PlanNode,
        column: RemoteColumn,
        keys: Sequence[tuple[RemoteColumn | None, bool, bool]],
        limit: int,
        hits_of_group: int,
        timeout: float | None = None,
    ) -> list[tuple[Any, int, Ranked]]:
        """The groups whose first documents come first."""
        packed = self._packed(plan)
        question = ["group_matches", matches.packed, packed, column.number, _numbers(keys), hits_of_group]
        groups: dict[Any, tuple[int, list[tuple[Any, float, int]]]] = {}
        for shard, of_shard in self.shards.numbered(question, timeout, True):
            for value, count, scores, ordinals, values in of_shard:
                hits = hits_of(shard, scores, ordinals)
                places = [
                    (order_key(keys, values[number] if keys else None, score, doc), score, doc)
                    for number, (score, doc) in enumerate(hits)
                ]
                known, before = groups.get(value, (0, []))
                groups[value] = known + count, [*before, *places]
        found = groups_of(groups, limit, hits_of_group)
        self._told([hit for _, _, hits in found for hit in hits])
        return found

    # ---- words

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

    # ---- documents

    def id_of(self, doc: int) -> str:
        """A document's id."""
        found: list[str] = self.shards.one(shard_in(doc), ["ids", [ordinal_in(doc)]])
        return found[0]

    def occurrence(
        self,
        field: int,
        lemma: str,
        doc: int,
        signals: Sequence[tuple[str, float]] = (),
        form: str = "",
    ) -> tuple[int, dict[str, int]] | None:
        """How often a document has a lemma."""
        question = ["occurrence", field, lemma, ordinal_in(doc), list(signals), form]
        found = self.shards.one(shard_in(doc), question)
        return None if found is None else (found[0], found[1])

    def length_of(self, field: int, doc: int) -> tuple[int, float, float]:
        """What a field's length makes of a document."""
        length, norm, k = self.shards.one(shard_in(doc), ["length_of", field, ordinal_in(doc)], True)
        return length, norm, k

    def phrase_frequencies(self, phrase: PlanNode, doc: int) -> list[float]:
        """How often a phrase stands in a document."""
        question = ["phrase_frequencies", encoded(phrase), ordinal_in(doc)]
        found: list[float] = self.shards.one(shard_in(doc), question, True)
        return found

    def signals_of(self, raised: PlanNode, doc: int) -> list[float]:
        """What signals are for a document."""
        question = ["signals_of", encoded(raised), ordinal_in(doc)]
        found: list[float] = self.shards.one(shard_in(doc), question, True)
        return found


def _numbers(keys: Sequence[tuple[RemoteColumn | None, bool, bool]]) -> list[list[Any]]:
    return [[None if column is None else column.number, reverse, first] for column, reverse, first in keys]


def _key_of(asked: tuple[int, str, list[str], int]) -> Any:
    field, kind, lemmas, limit = asked
    return "relatives", field, kind, tuple(lemmas), limit
