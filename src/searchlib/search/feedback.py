"""expand="bo1": the best documents say which further words belong to a query. Loaded when it is asked for.

A query's ten best documents are read again, as they are stored, and the words that they have in common join
the query, each at a small weight of its own. What is searched then is a plan like others. How documents are
ranked is not known here.
"""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Container, Sequence
from heapq import heappush, heapreplace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from .. import _core
from ..analysis.analyzer import Analyzer
from ..errors import QueryError
from ..forks import renew_locks_in_children
from ..plan import Boost, Filtered, Max, Maybe, Or, Phrase, PlanNode, Word
from .scope import FieldScope
from .text_groups import MAX_KEPT_WORDS, TextGroup, text_groups, texts_of, word_of

if TYPE_CHECKING:
    from .marks import Plan
    from .pinned import Pinned

NUM_DOCUMENTS = 10
NUM_WORDS = 20
BETA = 0.2
"""The weight of the best expanded word, where a word of the query has 1."""

MIN_DOCUMENTS = 2
"""A word that fewer of the documents have is one document's, and not the subject's."""

WORDS_AT_ONCE = 64
"""Are looked up in one call."""

SLACK = 1e-9
"""More than rounding makes of a weight."""

REASON = "expanded word"
EXPANSIONS = ("bo1",)


class _Counters:
    """What was read of texts, by the analyzer that read them: what tokens mean outlives snapshots and
    indexes.

    Each Feedback numbers the documents that it reads there as its own. For whoever holds the lock.
    """

    def __init__(self) -> None:
        self._counters: WeakKeyDictionary[Analyzer, _core.LemmaCounter] = WeakKeyDictionary()
        self._owners = itertools.count()
        self.renew_locks()
        renew_locks_in_children(self)

    def renew_locks(self) -> None:
        """For forked children: see searchlib.forks."""
        self.lock = threading.Lock()

    def of(self, analyzer: Analyzer) -> _core.LemmaCounter:
        counter = self._counters.get(analyzer)
        if counter is None:
            counter = self._counters[analyzer] = _core.LemmaCounter(analyzer.core)
        return counter

    def forget(self) -> None:
        self._counters.clear()

    def numbers(self) -> int:
        """The first of 2³² numbers that are nobody else's."""
        return next(self._owners) << 32


_COUNTERS = _Counters()


def checked_expansion(expand: str) -> None:
    """ValueError for one that is not known."""
    if expand not in EXPANSIONS:
        raise ValueError(f"expand is None or {', '.join(map(repr, EXPANSIONS))}, got {expand!r}")


class Feedback:
    """Expands the queries of one snapshot that search the fields of one scope; to be kept, for it remembers
    what it read and how rare words are. Safe to share between threads.

    Raises QueryError if none of the text fields that are searched is stored.
    """

    def __init__(self, searcher: Pinned, scope: FieldScope) -> None:
        self._searcher, self._scope = searcher, scope
        self._texts = {scope.number(name) for name in searcher.schema.text_fields}
        names = scope.fields_of(None)
        self._groups = text_groups(searcher.schema, searcher.analyzers, names)
        if not any(searcher.schema[name].stored for group in self._groups for name in group.fields):
            raise QueryError(
                f"expand reads the texts of the best documents again, and none of the text fields that are "
                f"searched is stored ({', '.join(names)}); index one with stored=True, as it is by default"
            )
        self._numbers = {id(group): _COUNTERS.numbers() for group in self._groups}

    def expanded(self, plan: Plan, timeout: float | None, passes: _core.FilterPlan | None = None) -> Plan:
        """The plan with the words that its best documents have in common; as it is, if they have none.

        Bo1, the Bose–Einstein model of G. Amati ("Probability Models for Information Retrieval based on
        Divergence from Randomness", 2003): a word that stands tf times in the best documents, and in df of
        all N documents, has the weight

            w = tf · log2((1 + P) / P) + log2(1 + P)        P = df / N

        (Amati counts the word's places in all documents, rather than the documents. df is what an index knows
        exactly, after deletes and however it is cut: the largest of the fields that are searched, as N is.)
        The best 20 by w join the query, at β · w / w of the best, β = 0.2: first lemmas that two of the ten
        documents have, no function words, and nothing with a digit. A word of the query that is among them
        counts more by that.

        passes: a filter, which the best documents must pass. Raises SearchTimeout.
        """
        core = plan.core if passes is None else Filtered(plan.core, passes)
        found = self._searcher.core.search(core, NUM_DOCUMENTS, timeout=timeout)
        docs = sorted(doc for _, doc in found)  # neighbours are stored in one block
        if len(docs) < MIN_DOCUMENTS:
            return plan
        with _COUNTERS.lock:  # what was read must not be forgotten before it is counted
            self._read(docs)
            weighed = [found for group in self._groups for found in self._weighed(group, docs)]
        weighed.sort(key=lambda found: (-found[0], found[1]))
        best = weighed[:NUM_WORDS]
        if not best:
            return plan
        expanded: list[tuple[str, float, PlanNode]] = [
            (lemma, BETA * (weight / best[0][0]), word_of(self._scope, lemma, group))
            for weight, lemma, group in best
        ]
        words = [Boost(factor, word, REASON) for _, factor, word in expanded]
        core = _joined(plan.core, words, self._texts)
        return plan._replace(core=core, asked=plan.core, expanded=expanded, guessed=docs)

    def _read(self, docs: Sequence[int]) -> None:
        """Count the words of these documents, but for those that were read before."""
        counters = [(_COUNTERS.of(group.analyzer), self._numbers[id(group)], group) for group in self._groups]
        for counter, _, _ in counters:
            counter.make_room()
        for doc in docs:
            unread = [found for found in counters if not found[0].knows(found[1] + doc)]
            stored = self._searcher.stored(doc) if unread else {}
            for counter, first, group in unread:
                counter.read(first + doc, texts_of(stored, group.fields), group.first_lemma)

    def _weighed(self, group: TextGroup, docs: Sequence[int]) -> list[tuple[float, str, TextGroup]]:
        """The group's best words by weight, in any order, NUM_WORDS of them at least."""
        if len(group.rarities) > MAX_KEPT_WORDS:
            group.rarities.clear()
            group.words.clear()
        rarities = group.rarities
        # Nothing is rarer than what one document has. The words of the most places come first: as soon as a
        # word as rare as that would be too late, so are all that are left.
        most, more = _rarity_of(1 / max(self._num_docs(group), 1))
        found: list[tuple[float, str, TextGroup]] = []
        best: list[float] = []  # a heap
        first = self._numbers[id(group)]
        common = _COUNTERS.of(group.analyzer).common([first + doc for doc in docs], MIN_DOCUMENTS)
        for number, (lemma, places) in enumerate(common):
            if len(best) == NUM_WORDS and (places * most + more) * (1 + SLACK) < best[0]:
                break
            if number % WORDS_AT_ONCE == 0:
                self._look_up([lemma for lemma, _ in common[number : number + WORDS_AT_ONCE]], group)
            rarity = rarities[lemma]
            if not rarity[0]:
                continue
            weight = places * rarity[0] + rarity[1]
            if len(best) < NUM_WORDS:
                heappush(best, weight)
            elif weight < best[0]:
                continue
            else:
                heapreplace(best, weight)
            found.append((weight, lemma, group))
        return found

    def _num_docs(self, group: TextGroup) -> int:
        totals = self._searcher.core.totals
        return max(totals(self._scope.number(name))[0] for name in group.fields)

    def _look_up(self, lemmas: Sequence[str], group: TextGroup) -> None:
        """The rarities of those of the group's words that are not known: log2((1 + P) / P) and log2(1 + P);
        twice 0 for a word that says nothing."""
        rarities, asked = group.rarities, list[str]()
        for lemma in lemmas:
            if lemma not in rarities:
                rarities[lemma] = 0.0, 0.0
                if not group.says_nothing(lemma):
                    asked.append(lemma)
        if not asked:
            return
        numbers = [self._scope.number(name) for name in group.fields]
        num_docs = self._num_docs(group)
        for lemma, df in zip(asked, self._searcher.core.most_dfs(numbers, asked), strict=True):
            if df:  # else other rules read the text when it was indexed
                rarities[lemma] = _rarity_of(df / num_docs)


def _rarity_of(share: float) -> tuple[float, float]:
    """log2((1 + P) / P) and log2(1 + P): the larger P is, the less weighs a word."""
    return math.log2((1 + share) / share), math.log2(1 + share)


def _joined(core: PlanNode, words: Sequence[PlanNode], texts: Container[int]) -> PlanNode:
    """The plan and the words: of any words, they find documents, too; where more was asked for (all of
    several, a phrase, a value), they only rank what it finds. texts: the numbers of the text fields.
    """
    if isinstance(core, Or):
        return Or([*core.children, *words])
    if isinstance(core, Maybe) and isinstance(core.children[0], Or) and _are_phrases(core.children[1]):
        return Maybe(_joined(core.children[0], words, texts), core.children[1])  # and neighbours among them
    return Or([core, *words]) if _are_words(core, texts) else Maybe(core, Or(words))


def _are_words(node: PlanNode, texts: Container[int]) -> bool:
    """Whether it is a word of a text, in one of its readings at least, or several of which any will do."""
    if isinstance(node, Word):
        return all(field.field in texts for field in node.fields)
    if isinstance(node, (Max, Or)):
        return any(_are_words(child, texts) for child in node.children)
    return isinstance(node, Boost) and _are_words(node.child, texts)


def _are_phrases(node: PlanNode) -> bool:
    if isinstance(node, Or):
        return all(map(_are_phrases, node.children))
    return isinstance(node, Phrase) or (isinstance(node, Boost) and _are_phrases(node.child))
