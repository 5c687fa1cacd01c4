"""An index as a key with a filter sees it: its own documents, and nothing that tells of others.

What is answered here is a list, and anything else of an index is refused: a question that is new to the
library is closed to such keys until somebody writes down how it is narrowed. Only scores, and whether a word
is taken for a slip, come of the numbers of the whole index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from ..errors import QueryError
from ..forks import cached_property
from ..query.conditions import Fixed
from ..query.nodes import Everything, Word
from ..schema import ID, id_of
from .catalogue import Catalogue
from .problems import ProblemError

if TYPE_CHECKING:
    from ..index import Index
    from ..schema import DocumentId, Schema
    from ..search.results import Results
    from ..search.understanding import QueryPart
    from ..search.why import Reason
    from ..suggest.completion import Completion
    from ..suggest.suggestions import Suggestion
    from .keys import Key

_LOOKED_AT = 10
"""So many guesses are looked at for each that is wanted: most may be words of others."""


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
        return self._index.search(query, limit, offset, **self._narrowed(asked))

    def instant(self, text: str, limit: int | None = 10, offset: int = 0, **asked: Any) -> Results:
        """As Index.instant has it, but no word is read as another: that would be one of anybody's."""
        asked["mend"] = False
        index = cast(Any, self._index)
        return cast("Results", index.instant(text, limit, offset, **self._narrowed(asked)))

    def more_like(
        self, document_id: DocumentId | None = None, limit: int | None = 10, offset: int = 0, **asked: Any
    ) -> Results:
        """As Index.more_like has it; a document that is not seen is as one that there is not."""
        if document_id is not None and document_id not in self:
            raise QueryError(f"no document has the id {document_id!r:.100}; give one that has, or a text")
        return self._index.more_like(document_id, limit, offset, **self._narrowed(asked))

    def explain(self, query: Any, **asked: Any) -> QueryPart:
        """As Index.explain has it, without words that no document has which is seen."""
        return _own_words(self._index.explain(query, **self._narrowed(asked)))

    def why_nothing(self, query: Any, **asked: Any) -> list[Reason]:
        """As Index.why_nothing has it, of what is seen."""
        return self._index.why_nothing(query, **self._narrowed(asked))

    def suggest(self, query: str, limit: int = 5, **asked: Any) -> list[Suggestion]:
        """As Index.suggest has it, but each word that is put in is one of a document that is seen."""
        found = self._index.suggest(query, limit * _LOOKED_AT, **asked)
        fields = asked.get("fields")
        kept = (
            one for one in found if all(self._has(correction.meant, fields) for correction in one.corrections)
        )
        return [one for one, _ in zip(kept, range(limit), strict=False)]

    def complete(self, text: str, limit: int = 10, **asked: Any) -> list[Completion]:
        """As Index.complete has it, by the documents that are seen."""
        found = self._index.complete(text, limit * _LOOKED_AT, **asked)
        counted = [one.replace(num_docs=self._count(one.word, asked.get("fields"))) for one in found]
        kept = [one for one in counted if one.num_docs]
        return sorted(kept, key=lambda one: -one.num_docs)[:limit]

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
        given = asked.get("filter")
        own = [] if given is None else list(given) if isinstance(given, (list, tuple)) else [given]
        if given is not None and not own:
            own = [""]  # an empty list lets nothing through
        return {**asked, "filter": [self._filter, *own]}

    def _has(self, word: str, fields: Sequence[str] | None) -> bool:
        return bool(self._count(word, fields))

    def _count(self, word: str, fields: Sequence[str] | None) -> int:
        """How many documents that are seen have the words of a text side by side."""
        quoted = word.replace("\\", "\\\\").replace('"', '\\"')
        return self.search(f'"{quoted}"', 0, fields=fields, ranking="bm25", count=True).total

    def _finds(self, node: Any) -> bool:
        return bool(len(self.search(node, 1)))


def _own_words(part: QueryPart) -> QueryPart:
    """Without what the index has and its documents that are seen have not."""
    parts = tuple(_own_words(each) for each in part.parts)
    if part.kind == "variants":
        parts = tuple(each for each in parts if not each.reason or each.num_docs != 0)
    lemmas = () if part.kind == "pattern" else part.lemmas
    return part.replace(parts=parts, lemmas=lemmas)


def read_filter(index: Index, filter: str) -> int:
    """How many documents a key's filter lets through; QueryError where the index cannot be asked so."""
    return index.search(Everything(), 0, filter=Fixed(filter), count=True).total


class Seen(Mapping[str, "Index"]):
    """The indexes that a key sees, as it sees them."""

    def __init__(self, catalogue: Catalogue, key: Key) -> None:
        self._catalogue, self._key = catalogue, key

    def __getitem__(self, name: str) -> Index:
        """The index of that name; a Problem of status 404."""
        if not self._key.sees(name):
            known = ", ".join(list(self)[:20]) or "none"
            detail = f"no index is served as {name!r:.100}; there are: {known}"
            raise ProblemError(404, "IndexNotFoundError", "There is no such index", detail)
        return self._as_seen(self._catalogue[name])

    def at_hand(self, name: str) -> Index | None:
        """The index of that name, if it is open already."""
        found = self._catalogue.at_hand(name) if self._key.sees(name) else None
        return None if found is None else self._as_seen(found)

    def _as_seen(self, index: Index) -> Index:
        return index if self._key.filter is None else cast("Index", Narrowed(index, self._key.filter))

    def __iter__(self) -> Iterator[str]:
        return filter(self._key.sees, self._catalogue)

    def __len__(self) -> int:
        return sum(1 for _ in self)
