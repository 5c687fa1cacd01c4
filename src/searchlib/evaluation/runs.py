"""From a test collection to a run: what an index of one text field finds for each query.

The run has the best documents of each query. Only the public index is used, so that what is measured is what
a user gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..analysis.languages import DEFAULT_LANGUAGES, STEMS, dictionaries
from ..errors import QueryError
from ..index import Index
from ..records import Record
from ..schema import Schema, Text
from ..search.ranking import Ranking
from .collection import TestDocument
from .judgements import Run
from .measures import DEPTH

SNOWBALL = tuple(code + STEMS for code in DEFAULT_LANGUAGES)
"""Stems in place of lemmas, to compare with."""


class Configuration(Record):
    """What is measured: how the one text field (title and text) is analysed and scored.

    The defaults are what searchlib does best. ranking: as Index.search has it; None is "default" for the
    lemmas of dictionaries, "bm25" for stems and plain forms, which is what others offer.
    """

    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    k1: float = 1.2
    b: float = 0.75
    ranking: Ranking | str | None = None

    @property
    def used_ranking(self) -> Ranking | str:
        """The ranking, chosen if none is given."""
        if self.ranking is not None:
            return self.ranking
        return "default" if dictionaries(self.languages) else "bm25"

    @property
    def schema(self) -> Schema:
        """The schema of the collection's index. Raises SchemaError for an option that cannot be."""
        return Schema(text=Text(languages=self.languages, k1=self.k1, b=self.b, stored=False))

    def __str__(self) -> str:
        words = "+".join(self.languages) or "none"
        return f"languages {words}, k1 {self.k1:g}, b {self.b:g}, ranking {self.used_ranking}"


def index_collection(documents: Iterable[TestDocument], configuration: Configuration | None = None) -> Index:
    """An index of the documents, in memory; each field of the configuration's schema holds the text.

    Raises SchemaError, SourceError, DocumentError.
    """
    index = Index.in_memory((configuration or Configuration()).schema)
    with index.writer() as writer:
        writer.add_many(
            {"id": document.id, **dict.fromkeys(index.schema, document.text)} for document in documents
        )
        writer.merge()
    index.refresh()
    return index


def search_queries(
    index: Index, queries: Mapping[str, str], depth: int = DEPTH, ranking: Ranking | str = "default"
) -> Run:
    """The `depth` best documents of each query, as a user would type it.

    A query without any word finds nothing.
    """
    run: Run = {}
    for query_id, text in queries.items():
        try:
            run[query_id] = {hit.id: hit.score for hit in index.search(text, depth, ranking=ranking)}
        except QueryError:
            run[query_id] = {}
    return run
