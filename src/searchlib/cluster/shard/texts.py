"""The documents of one shard, and what their scores are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .searches import Searches


class Texts(Searches):
    """Questions about single documents."""

    def ids(self, ordinals: Sequence[int]) -> list[str]:
        """The ids of documents."""
        return [self._searcher.document_id(self._documents.doc(ordinal)) for ordinal in ordinals]

    def lines(self, ordinals: Sequence[int], ids: bool) -> list[Any]:
        """Documents as they are stored; ids: and their ids."""
        docs = [self._documents.doc(ordinal) for ordinal in ordinals]
        lines = self._searcher.lines(docs) if docs else ()
        found = [lines.line(number) for number in range(len(docs))]  # type: ignore[union-attr]
        return [found, [self._searcher.document_id(doc) for doc in docs] if ids else []]

    def find(self, document_id: str, latest: int | None) -> int | None:
        """The ordinal of the live document with that id; latest: of the last one until that ordinal, be it
        deleted or not."""
        if latest is None:
            doc = self._searcher.find(document_id)
        else:
            last = self._documents.last_until(latest)
            doc = None if last is None else self._searcher.number_of(document_id, last)
        return None if doc is None else self._documents.ordinal(doc)

    def live(self, behind: int, limit: int) -> list[int]:
        """The ordinals of the next live documents."""
        last = self._documents.last_until(behind)
        docs = self._searcher.live_docs(0 if last is None else last + 1)
        return [self._documents.ordinal(doc) for doc, _ in zip(docs, range(limit), strict=False)]

    def occurrence(self, field: int, lemma: str, ordinal: int, signals: Any, form: str) -> Any:
        """How often a document has a lemma."""
        weights = [(name, weight) for name, weight in signals]
        return self._core.occurrence(field, lemma, self._documents.doc(ordinal), weights, form)

    def length_of(self, field: int, ordinal: int) -> Any:
        """What a field's length makes of a document."""
        return self._core.length_of(field, self._documents.doc(ordinal))

    def phrase_frequencies(self, phrase: Any, ordinal: int) -> list[float]:
        """How often a phrase stands in a document."""
        return self._core.phrase_frequencies(self._node(phrase), self._documents.doc(ordinal))

    def signals_of(self, raised: Any, ordinal: int) -> list[float]:
        """What signals are for a document."""
        return self._core.signals_of(self._node(raised), self._documents.doc(ordinal))
