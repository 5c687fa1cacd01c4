"""From a test collection to a run: what an index of its documents finds for each query.

The run has the best documents of each query. Only the public index is used, with the fields that `searchlib
index` would give it, so that what is measured is what a user gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from itertools import chain, islice
from typing import Any

from ..analysis.languages import DEFAULT_LANGUAGES, STEMS, dictionaries
from ..errors import QueryError, SchemaError, SourceError
from ..index import Index
from ..query.plain import Plain
from ..records import Record
from ..schema import Schema, Text
from ..search.ranking import Ranking
from ..sources.inference import SAMPLE_ROWS, SchemaSketch
from ..sources.mapping import RowMapper
from ..translations.table import Translations
from .collection import TestDocument
from .judgements import Run
from .measures import DEPTH

SNOWBALL = tuple(code + STEMS for code in DEFAULT_LANGUAGES)
"""Stems in place of lemmas, to compare with."""

INFERRED, ONE = "inferred", "one"
"""Fields as `searchlib index` infers them, and one field of title and text."""

_WHOLE = "text"


class Configuration(Record):
    """What is measured: the fields of the index, how they are analysed and scored.

    The defaults are what `searchlib index` makes, and what searchlib does best with it.

    languages, k1, b: of the text fields; a schema that is given has its own.
    ranking: as Index.search has it; None is "default" for the lemmas of dictionaries, "bm25" for stems and
        plain forms, which is what others offer.
    fields: "inferred", as `searchlib index` would; "one": title and text in one field; or a Schema.
    boosts: (name, boost) of text fields, in place of those that were inferred.
    expand: as Index.search has it; the texts are stored for it.
    """

    languages: tuple[str, ...] = DEFAULT_LANGUAGES
    k1: float = 1.2
    b: float = 0.75
    ranking: Ranking | str | None = None
    fields: Schema | str = INFERRED
    boosts: tuple[tuple[str, float], ...] = ()
    expand: str | None = None

    def __post_init__(self) -> None:
        if self.fields not in (INFERRED, ONE) and not isinstance(self.fields, Schema):
            raise ValueError(f"fields are {INFERRED!r}, {ONE!r} or a Schema, got {self.fields!r}")

    @property
    def used_ranking(self) -> Ranking | str:
        """The ranking, chosen if none is given."""
        if self.ranking is not None:
            return self.ranking
        return "default" if dictionaries(self.languages) else "bm25"

    def schema(self, rows: Iterable[Mapping[str, Any]]) -> Schema:
        """The schema of a collection's index, by its first rows. SchemaError for an option that cannot be."""
        made: dict[str, Any] = {}
        if isinstance(self.fields, Schema):
            made = dict(self.fields)
        else:
            sketch = SchemaSketch()
            for row in rows if self.fields == INFERRED else ():
                sketch.add(row)
            options: dict[str, Any] = {"languages": self.languages, "k1": self.k1, "b": self.b}
            options["stored"] = self.expand is not None
            for name, field in (sketch.schema() or {_WHOLE: Text()}).items():
                made[name] = field.replace(**options) if isinstance(field, Text) else field
        for name, boost in self.boosts:
            if not isinstance(made.get(name), Text):
                texts = ", ".join(name for name, field in made.items() if isinstance(field, Text))
                raise SchemaError(
                    f"there is no text field {name!r} whose boost may be {boost:g}; there are: {texts}"
                )
            made[name] = made[name].replace(boost=boost)
        return Schema(**made)

    def __str__(self) -> str:
        words = [] if self.fields == INFERRED else ["one field" if self.fields == ONE else "fields as given"]
        if not isinstance(self.fields, Schema):
            words.append(f"languages {'+'.join(self.languages) or 'none'}, k1 {self.k1:g}, b {self.b:g}")
        words += [f"{name}^{boost:g}" for name, boost in self.boosts]
        return ", ".join(
            [*words, f"ranking {self.used_ranking}", *([f"expand {self.expand}"] if self.expand else [])]
        )


def index_collection(
    documents: Iterable[TestDocument],
    configuration: Configuration | None = None,
    left_out: MutableMapping[str, int] | None = None,
) -> Index:
    """An index of the documents, in memory. left_out: receives the fields that the schema lacks, with the
    number of documents that have them.

    Raises SchemaError, SourceError, DocumentError.
    """
    configuration = configuration or Configuration()
    mapper = RowMapper()
    rows = iter(documents)
    head = list(islice(rows, SAMPLE_ROWS))
    index = Index.in_memory(configuration.schema(mapper.rename(document.fields) for document in head))
    is_whole = configuration.fields == ONE
    with index.writer() as writer:
        writer.add_many(_mapped(chain(head, rows), index.schema, None if is_whole else mapper))
        writer.merge()
    index.refresh()
    if left_out is not None:
        left_out.update(mapper.left_out)
    return index


def _mapped(
    documents: Iterable[TestDocument], schema: Schema, mapper: RowMapper | None
) -> Iterator[dict[str, Any]]:
    """The documents as the schema has them; without a mapper, each field has the whole text."""
    for document in documents:
        if mapper is None:
            yield {"id": document.id, **dict.fromkeys(schema, document.text)}
            continue
        try:
            found, _ = mapper.document(document.fields, schema, document.id)
        except ValueError as error:
            raise SourceError(f"document {document.id!r} {error}") from None
        yield found | {"id": document.id}


def search_queries(
    index: Index,
    queries: Mapping[str, str],
    depth: int = DEPTH,
    ranking: Ranking | str = "default",
    *,
    syntax: str = "plain",
    expand: str | None = None,
    translations: Translations | None = None,
    problems: MutableMapping[str, str] | None = None,
) -> Run:
    """The `depth` best documents of each query.

    syntax: "plain", for a topic is a text, and its words are searched for; "query": as a user would type it,
        with operators.
    expand, translations: as Index.search has them.
    problems: receives, by query, why nothing was found, or what was not understood.
    """
    if syntax not in ("plain", "query"):
        raise ValueError(f"syntax is 'plain' or 'query', got {syntax!r}")
    run: Run = {}
    problems = {} if problems is None else problems
    for query_id, text in queries.items():
        run[query_id] = {}
        try:
            query = Plain(text) if syntax == "plain" else text
            results = index.search(query, depth, ranking=ranking, expand=expand, translations=translations)
        except QueryError as error:
            problems[query_id] = str(error)
            continue
        run[query_id] = {hit.id: hit.score for hit in results}
        if results.notes:
            problems[query_id] = "; ".join(results.notes)
        elif not run[query_id]:
            problems[query_id] = "no document matches it"
    return run
