"""expand="bo1": the best documents say which further words belong to a query. Loaded when it is asked for.

A query's ten best documents are read again, by their term vectors or as they are stored, and the words that
they have in common join the query, each at a small weight of its own. What is searched then is a plan like
others. How documents are ranked is not known here.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from .. import _core
from ..analysis.analyzer import Analyzer
from ..errors import QueryError
from ..forks import renew_locks_in_children
from ..plan import Boost, Filtered, Max, Maybe, Or, Phrase, PlanNode, Word
from .expanded_words import ExpandedOr, ExpandedWords
from .scope import FieldScope
from .text_groups import (
    MAX_KEPT_WORDS,
    TextGroup,
    documents_read,
    has_endings,
    is_stored,
    is_vectored,
    text_groups,
)

if TYPE_CHECKING:
    from .marks import Plan
    from .pinned import Pinned

NUM_DOCUMENTS = 10
NUM_GUESSED = 20
"""Documents of the first search that are thought to be the second one's best: whatever scores less than they
do need not be looked at."""

NUM_WORDS = 20
BETA = 0.2
"""The weight of the best expanded word, where a word of the query has 1."""

MIN_DOCUMENTS = 2
"""A word that fewer of the documents have is one document's, and not the subject's."""

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

    Raises QueryError if none of the text fields that are searched is stored or has term vectors.
    """

    def __init__(self, searcher: Pinned, scope: FieldScope) -> None:
        self._searcher, self._scope = searcher, scope
        self._texts = {scope.number(name) for name in searcher.schema.text_fields}
        names = scope.fields_of(None)
        self._groups = text_groups(searcher.schema, searcher.analyzers, names)
        fields = [searcher.schema[name] for group in self._groups for name in group.fields]
        is_read = is_stored if any(map(is_stored, fields)) else is_vectored
        if not any(map(is_read, fields)):
            raise QueryError(
                f"expand reads the texts of the best documents again, and none of the text fields that are "
                f"searched is stored ({', '.join(names)}); index one with stored=True, as it is by default, "
                f"or with term_vectors=True"
            )
        self._readers = [
            _Reader(group, searcher, scope, [name for name in group.fields if is_read(searcher.schema[name])])
            for group in self._groups
        ]

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
        found = self._searcher.core.search(core, NUM_GUESSED, timeout=timeout)
        docs = sorted(doc for _, doc in found[:NUM_DOCUMENTS])  # neighbours are stored in one block
        if len(docs) < MIN_DOCUMENTS:
            return plan
        with _COUNTERS.lock:  # what was read must not be forgotten before it is counted
            self._read(docs)
            weighed = [
                (weight, lemma, place)
                for place, reader in enumerate(self._readers)
                for weight, lemma in reader.best(docs)
            ]
        weighed.sort(key=lambda found: (-found[0], found[1]))
        best = weighed[:NUM_WORDS]
        if not best:
            return plan
        most = best[0][0]
        words = [(BETA * (weight / most), lemma, place) for weight, lemma, place in best]
        expanded = ExpandedWords(self._scope, words, self._groups)
        core = _joined(plan.core, expanded, self._texts)
        return plan._replace(core=core, asked=plan.core, expanded=expanded, guessed=[doc for _, doc in found])

    def _read(self, docs: Sequence[int]) -> None:
        """Count the words of these documents, but for those that were read before."""
        for reader in self._readers:
            reader.counter.make_room()
        unread = sorted({doc for reader in self._readers for doc in reader.unread(docs)})
        if unread:
            found = documents_read(self._searcher, unread, self._groups)
            for reader, texts in zip(self._readers, found, strict=True):
                texts.count_words(reader.counter, [reader.first + doc for doc in unread], reader.group)


class _Reader:
    """Counts the words of a snapshot's documents in the fields of one group, and weighs them."""

    def __init__(self, group: TextGroup, searcher: Pinned, scope: FieldScope, fields: Sequence[str]) -> None:
        """fields: whose texts count."""
        self.group, self.counter = group, _COUNTERS.of(group.analyzer)
        self.first = _COUNTERS.numbers()
        self._says_nothing = group.says_nothing()
        all_have = all(is_vectored(searcher.schema[name]) for name in fields)
        vectors = fields if all_have and not has_endings(searcher.schema) else ()
        self._bo1 = _core.Bo1(
            self.counter,
            searcher.core,
            list(map(scope.number, group.fields)),
            list(map(scope.number, vectors)),
        )

    def unread(self, docs: Sequence[int]) -> list[int]:
        """Those whose texts have to be read; the others were, or are now, by their term vectors."""
        return self._bo1.unread(docs, self.first)

    def best(self, docs: Sequence[int]) -> list[tuple[float, str]]:
        """The best words of documents that were read, with their weights."""
        numbers = [self.first + doc for doc in docs]
        if len(self.group.words) > MAX_KEPT_WORDS:
            self.group.words.clear()
        return self._bo1.best(numbers, MIN_DOCUMENTS, NUM_WORDS, self._says_nothing)


def _joined(core: PlanNode, words: ExpandedWords, texts: Container[int]) -> PlanNode:
    """The plan and the words: of any words, they find documents, too; where more was asked for (all of
    several, a phrase, a value), they only rank what it finds. texts: the numbers of the text fields.
    """
    if isinstance(core, Or):
        return ExpandedOr(core.children, words)
    if isinstance(core, Maybe) and isinstance(core.children[0], Or) and _are_phrases(core.children[1]):
        return Maybe(_joined(core.children[0], words, texts), core.children[1])  # and neighbours among them
    return ExpandedOr([core], words) if _are_words(core, texts) else Maybe(core, ExpandedOr([], words))


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
