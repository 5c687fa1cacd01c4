"""An index as a key with a filter sees it: its own documents, and nothing that tells of others.

What is answered here is a list, and anything else of an index is refused: a question that is new to the
library is closed to such keys until somebody writes down how it is narrowed. Only scores, and whether a word
is taken for a slip, come of the numbers of the whole index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from ...errors import QueryError
from ...forks import cached_property
from ...query.conditions import Fixed
from ...query.nodes import Everything, Wildcard, Word
from ...schema import ID, id_of
from ...suggest.completion import field_before
from ..problems import ProblemError
from .own_marks import escaped, keep_own_marks
from .own_words import OwnSearcher, is_in_dictionary, own_words
from .sealing import sealed, unsealed

if TYPE_CHECKING:
    from ...index import Index
    from ...schema import DocumentId, Schema
    from ...search.results import Results
    from ...search.searcher import Searcher
    from ...search.understanding import QueryPart
    from ...search.why import Reason
    from ...suggest.completion import Completion
    from ...suggest.corrections import Correction
    from ...suggest.suggestions import Suggestion

_LOOKED_AT = 10
"""So many guesses are looked at for each that is wanted: most may be words of others."""


def whole(index: object) -> object:
    """The index of which a key sees a part, or all."""
    return index._index if isinstance(index, Narrowed) else index


class Narrowed:
    """The documents of an index that a filter lets through; another attribute is a Problem of status 403."""

    def __init__(self, index: Index, filter: str) -> None:
        self._index, self._given = index, filter

    @cached_property
    def _filter(self) -> Fixed:
        """What lets documents through; nothing, where the index cannot be asked so, as it lacks a field."""
        try:
            read_filter(self._index, self._given)
        except QueryError:
            return Fixed("")
        return Fixed(self._given)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        detail = f"{name!r} is about the whole index, and this key sees a part of it"
        raise ProblemError(403, "Forbidden", "The key has a filter", detail)

    @property
    def schema(self) -> Schema:
        """The fields, which all documents share."""
        return self._index.schema

    @property
    def generation(self) -> int:
        """Which commit it is of."""
        return self._index.generation

    @property
    def shown_generation(self) -> int:
        """As Index.shown_generation has it."""
        return self._index.shown_generation

    def __len__(self) -> int:
        return self.search(Everything(), 0, count=True).total

    def __contains__(self, document_id: object) -> bool:
        return self._finds(Word(str(id_of(document_id)), ID))

    def search(self, query: Any, limit: int | None = 10, offset: int = 0, **asked: Any) -> Results:
        """As Index.search has it."""
        return self._own(self._index.search(query, limit, offset, **self._narrowed(asked)))

    def search_many(self, queries: Sequence[Any], limit: int | None = 10, **asked: Any) -> list[Results]:
        """As Index.search_many has it."""
        return [self._own(one) for one in self._index.search_many(queries, limit, **self._narrowed(asked))]

    def instant(self, text: str, limit: int | None = 10, offset: int = 0, **asked: Any) -> Results:
        """As Index.instant has it, but no word is read as another: that would be one of anybody's."""
        asked["mend"] = False
        index = cast(Any, self._index)
        return self._own(index.instant(text, limit, offset, **self._narrowed(asked)))

    def more_like(
        self, document_id: DocumentId | None = None, limit: int | None = 10, offset: int = 0, **asked: Any
    ) -> Results:
        """As Index.more_like has it; a document that is not seen is as one that there is not."""
        if document_id is not None:
            self._check_seen(document_id)
        return self._own(self._index.more_like(document_id, limit, offset, **self._narrowed(asked)))

    def explain(self, query: Any, **asked: Any) -> QueryPart:
        """As Index.explain has it, without words that no document has which is seen."""
        return own_words(self._index.explain(query, **self._narrowed(asked)))

    def why_nothing(self, query: Any, **asked: Any) -> list[Reason]:
        """As Index.why_nothing has it, of what is seen."""
        return self._index.why_nothing(query, **self._narrowed(asked))

    def suggest(self, query: str, limit: int = 5, **asked: Any) -> list[Suggestion]:
        """As Index.suggest has it, but a word that is put in is one of a document that is seen, in this form.

        The scores only say the order.
        """
        fields = asked.get("fields")
        own: list[Suggestion] = []
        for one in self._index.suggest(query, limit * _LOOKED_AT, **asked):
            corrections = tuple(self._corrected(each, fields) for each in one.corrections)
            if len(own) < limit and all(each.num_docs for each in corrections):
                own.append(one.replace(corrections=corrections))
        return [_scored(one, len(own) - number) for number, one in enumerate(own)]

    def complete(self, text: str, limit: int = 10, **asked: Any) -> list[Completion]:
        """As Index.complete has it, by the documents that are seen."""
        found = self._index.complete(text, limit * _LOOKED_AT, **asked)
        named = field_before(text)[0]
        fields = [named] if named in self.schema else asked.get("fields")
        counted = [one.replace(num_docs=self._count_form(one.word, fields)) for one in found]
        kept = [one for one in counted if one.num_docs]
        return sorted(kept, key=lambda one: -one.num_docs)[:limit]

    def words_missing(self, document_id: DocumentId, text: str) -> list[str]:
        """As Index.words_missing has it, of a document that is seen."""
        self._check_seen(document_id)
        return self._index.words_missing(document_id, text)

    def get(self, document_id: DocumentId) -> dict[str, Any] | None:
        """The stored fields of a document; None for one that is not seen, too."""
        return self._index.get(document_id) if document_id in self else None

    def ids(self, prefix: str = "") -> Iterator[str]:
        """The ids that begin so, as Index.ids has them."""
        after = None
        while True:
            page = self.search(Everything(), 1000, sort="_score", after=after)
            yield from (hit.id for hit in page if hit.id.startswith(prefix))
            after = page.cursor
            if after is None:
                return

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for document_id in self.ids():
            document = self.get(document_id)
            if document is not None:
                yield document

    def _narrowed(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The arguments with the filter before the caller's own."""
        if asked.get("after") is not None:
            asked = {**asked, "after": unsealed(asked["after"], self._given)}
        given = asked.get("filter")
        own = [] if given is None else list(given) if isinstance(given, (list, tuple)) else [given]
        if given is not None and not own:
            own = [""]  # an empty list lets nothing through
        return {**asked, "filter": [self._filter, *own]}

    def _check_seen(self, document_id: DocumentId) -> None:
        if document_id not in self:
            raise QueryError(f"no document has the id {document_id!r:.100}; give one that has, or a text")

    def _own(self, results: Results) -> Results:
        """Results that explain scores by own words, and whose cursor only this server reads."""
        cursor = results.cursor
        if cursor is not None:
            vars(results)["cursor"] = sealed(cursor, self._given)
        results._searcher = cast("Searcher", OwnSearcher(results._searcher, self.__contains__))
        return results

    def keep_own_marks(self, results: Results) -> None:
        """Have results of this index mark what its documents have, and nothing else."""
        searcher = cast("OwnSearcher", results._searcher)._searcher
        keep_own_marks(results, searcher, self._filter)

    def _corrected(self, one: Correction, fields: Sequence[str] | None) -> Correction:
        """With the number of documents that are seen; 0 where none has what was found in the index.

        A slip's mending is a form of some document, and so is a name, unless a dictionary has it. The others
        are made of what was typed, and of tables that everybody has.
        """
        if one.reason != "typo" and (one.reason != "name" or is_in_dictionary(one.meant)):
            return one.replace(num_docs=self._count(one.meant, fields))
        return one.replace(num_docs=min(self._count_form(word, fields) for word in one.meant.split()))

    def _count_form(self, word: str, fields: Sequence[str] | None) -> int:
        """How many documents that are seen have a word in just this form."""
        form = Wildcard(escaped(word))
        return self.search(form, 0, fields=fields, ranking="bm25", count=True).total

    def _count(self, word: str, fields: Sequence[str] | None) -> int:
        """How many documents that are seen have the words of a text side by side."""
        quoted = word.replace("\\", "\\\\").replace('"', '\\"')
        return self.search(f'"{quoted}"', 0, fields=fields, ranking="bm25", count=True).total

    def _finds(self, node: Any) -> bool:
        return bool(len(self.search(node, 1)))


def _scored(one: Suggestion, score: float) -> Suggestion:
    corrections = tuple(each.replace(score=float(score)) for each in one.corrections)
    return one.replace(corrections=corrections, score=float(score))


def read_filter(index: Index, filter: str) -> int:
    """How many documents a key's filter lets through; QueryError where the index cannot be asked so."""
    return index.search(Everything(), 0, filter=Fixed(filter), count=True).total
