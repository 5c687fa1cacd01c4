"""Documents like another one, or like a text: its most telling words, searched for as any words are.

Which words tell most is said here; how documents are ranked, counted and shown is not. Loaded when it is
asked for.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .. import _core
from ..errors import QueryError, SearchTimeout
from ..plan import Boost, Docs, Not, Or, PlanNode
from .marks import NOTHING, Marks, Plan
from .results import Results, checked_page
from .scope import FieldScope
from .text_groups import ReadTexts, TextGroup, documents_read, text_groups, text_read, word_of
from .timing import checked_timeout, time_left, timed, too_slow

if TYPE_CHECKING:
    from .searcher import Searcher

NUM_WORDS = 25
MIN_DOCUMENTS = 2
"""A word that fewer documents hold, the one itself among them, finds nothing else."""

REASON = "word of the text"
_WHAT = "the search for what is like it"


class MoreLike:
    """Searches one snapshot for what is like a document or a text, in the text fields of one scope.

    filter: what else a document must have that is found; None: nothing.
    """

    def __init__(self, searcher: Searcher, scope: FieldScope, filter: object = None) -> None:
        self._searcher, self._scope = searcher, scope
        self._passes = None if filter is None else searcher.passing(filter)
        names = scope.fields_of(None)
        self._groups = text_groups(searcher.schema, searcher.analyzers, names)
        if not self._groups:
            raise QueryError(
                f"more_like compares words, and none of the fields is a text ({', '.join(names)}); name one"
            )

    def like_document(
        self, document_id: str, limit: int | None, offset: int, count: bool, timeout: float | None
    ) -> Results:
        """What is like a document of the index, itself left out; QueryError if there is none of that id."""
        doc = self._searcher.find(document_id)
        if doc is None:
            raise QueryError(f"no document has the id {document_id!r}; give one that has, or a text")
        schema = self._searcher.schema
        names = [name for group in self._groups for name in group.fields]
        if not any(schema[name].stored for name in names):
            raise QueryError(
                f"the text of the document is not stored in any of the fields ({', '.join(names)}); index "
                f"one with stored=True, as it is by default, or give the text itself"
            )
        texts = documents_read(self._searcher, [doc], self._groups)
        return self._search(document_id, texts, doc, limit, offset, count, timeout)

    def like_text(
        self, text: str, limit: int | None, offset: int, count: bool, timeout: float | None
    ) -> Results:
        """What is like a text."""
        texts = [text_read(text)] * len(self._groups)
        return self._search(text, texts, None, limit, offset, count, timeout)

    def _search(
        self,
        query: str,
        texts: Sequence[ReadTexts],
        itself: int | None,
        limit: int | None,
        offset: int,
        count: bool,
        timeout: float | None,
    ) -> Results:
        started = time.perf_counter()
        checked_timeout(timeout)
        checked_page(limit, offset)
        searcher = self._searcher
        plan = timed(_WHAT, query, timeout, lambda: self._plan(texts)).filtered(self._passes)
        wanted = len(searcher) if limit is None else min(limit + offset, len(searcher))
        others = plan.core if itself is None else Not(plan.core, Docs(searcher.by_segment([itself])))
        prepared = searcher.core.prepared(others)
        try:
            # Its own document is dropped here: the words alone are what the pruned search takes.
            ranked = searcher.core.search(plan.core, wanted + 1, timeout=time_left(started, timeout))
            ranked = [hit for hit in ranked if hit[1] != itself][:wanted]
            total = searcher.core.count(prepared, time_left(started, timeout)) if count else None
        except SearchTimeout:
            raise too_slow(_WHAT, query, timeout) from None
        elapsed_ms = (time.perf_counter() - started) * 1000
        return Results(searcher, query, plan, prepared, ranked[offset:], elapsed_ms, timeout, total=total)

    def _plan(self, texts: Sequence[ReadTexts]) -> Plan:
        """The best words by tf · idf, each at its share of the best one's: Lucene's MoreLikeThis (D. Cutting
        and others, since 2004), with the idf of BM25, and words of a single document left out."""
        weighed = [
            found
            for group, its in zip(self._groups, texts, strict=True)
            for found in self._weighed(group, its)
        ]
        weighed.sort(key=lambda found: (-found[0], found[1]))
        best = weighed[:NUM_WORDS]
        if not best:
            note = "the text has no word that another document has"
            return Plan(NOTHING, Marks(), [], (note,))
        words: list[tuple[str, float, PlanNode]] = [
            (lemma, weight / best[0][0], word_of(self._scope, lemma, group)) for weight, lemma, group in best
        ]
        core = Or([Boost(factor, word, REASON) for _, factor, word in words])
        return Plan(core, Marks(), [], expanded=words)

    def _weighed(self, group: TextGroup, texts: ReadTexts) -> Iterator[tuple[float, str, TextGroup]]:
        counter = _core.LemmaCounter(group.analyzer.core)
        texts.count_words(counter, [0], group)
        core, numbers = self._searcher.core, [self._scope.number(name) for name in group.fields]
        num_docs = max(core.totals(number)[0] for number in numbers)
        says_nothing = group.says_nothing()
        for lemma, places in counter.common([0], 1):
            if says_nothing(lemma):
                continue
            df = max(core.df(number, lemma) for number in numbers)
            if df >= MIN_DOCUMENTS:
                rarity = math.log(1 + (max(num_docs, df) - df + 0.5) / (df + 0.5))
                yield places * rarity, lemma, group
