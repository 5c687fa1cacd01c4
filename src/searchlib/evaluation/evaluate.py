"""The whole way from a test collection to its measures, and to a comparison with another configuration if one
is asked for."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..analysis.languages import DEFAULT_LANGUAGES
from ..errors import SourceError
from ..index import Index
from ..records import Record
from ..schema import Schema
from ..search.ranking import Ranking
from ..translations.table import Translations
from .collection import Collection, Queries, TestDocument, read_collection
from .compare import Comparison, compare
from .indexed import Indexed
from .judgements import Qrels, Run, read_run, write_run
from .lines import PathLike
from .measures import MEASURES, Measured, depth_of, measure
from .runs import INFERRED, Configuration, index_collection, search_queries
from .trec import TOPIC_FIELDS


class Coverage(Record):
    """How well the parts of a collection fit each other.

    unjudged: queries that nobody judged; they do not count. unasked: judged queries that are not among the
    queries; they do not count. without_relevant: judged queries that no document is relevant for; they count
    0. missing: relevant documents, of the queries that count, that are not in the collection; they count as
    not found.
    """

    unjudged: int
    unasked: int
    without_relevant: int
    missing: int


class Evaluation(Record):
    """What `evaluate` found.

    schema: that of the index. left_out: fields of the documents that it lacks, and how many documents have
        each.
    problems: judged queries that found nothing, or of which something was not understood, and why.
    baseline and comparisons (by measure): only if it compared.
    """

    configuration: Configuration | Indexed
    schema: Schema
    left_out: dict[str, int]
    problems: dict[str, str]
    num_docs: int
    coverage: Coverage
    measured: Measured
    queries: Queries
    run: Run
    against: str | None
    baseline: Measured | None
    comparisons: dict[str, Comparison]

    def __repr__(self) -> str:
        """Without the texts of the queries and what each found: a page, as a rule."""
        shown = (name for name in self.field_names() if name not in ("queries", "run"))
        return f"Evaluation({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    @property
    def mean(self) -> dict[str, float]:
        """Each measure's mean over the judged queries."""
        return self.measured.mean

    @property
    def per_query(self) -> dict[str, dict[str, float]]:
        """Each judged query's measures."""
        return self.measured.per_query

    def differences(self, name: str) -> dict[str, float]:
        """How much better each query fares than in the baseline by one measure, the losses first.

        ValueError if there was no comparison.
        """
        if self.baseline is None:
            raise ValueError("nothing was compared: evaluate(…, against=…) compares")
        before = self.baseline.per_query
        found = {
            query_id: values[name] - before[query_id][name] for query_id, values in self.per_query.items()
        }
        return dict(sorted(found.items(), key=lambda entry: entry[1]))


def evaluate(
    docs: PathLike | Sequence[PathLike] | Index | Indexed,
    queries: PathLike,
    qrels: PathLike,
    *,
    languages: Sequence[str] = DEFAULT_LANGUAGES,
    k1: float = 1.2,
    b: float = 0.75,
    ranking: Ranking | str | None = None,
    translations: Translations | None = None,
    fields: Schema | str = INFERRED,
    boosts: Mapping[str, float] | None = None,
    expand: str | None = None,
    syntax: str = "plain",
    measures: Sequence[str] = MEASURES,
    depth: int | None = None,
    topic_fields: Sequence[str] = TOPIC_FIELDS[:1],
    encoding: str | None = None,
    run: PathLike | None = None,
    against: Configuration | Index | Indexed | PathLike | None = None,
) -> Evaluation:
    """Index a test collection in memory, search all its queries, and measure what was found.

    docs: files, or folders of them: JSON lines with id, title, text; TREC's <DOC>s; lines of id, tab, text.
        Or an index that is there, to search it as it is.
    queries: JSON lines with id and text; TREC's topics; lines of id, tab, text. qrels: TREC's, or lines of
        query, document, relevance. All may be packed by gzip, bzip2, xz or zstd.
    fields: those of the index: "inferred" by the first documents, as `searchlib index` infers them; "one":
        title and text in one field; or a Schema. boosts: of text fields, in place of the inferred ones.
    languages, k1, b: of the text fields; a Schema, and an index that is there, have their own.
    ranking: as Index.search has it; None: "default" for the lemmas of English and Russian and for an index
        that is there, else "bm25".
    translations: as Index.search has it, for all that is searched here, what is compared with too.
    measures: in ir-measures' names. depth: how many documents of each query are kept; if None as many as the
        measures look at, 100 at least.
    expand: as Index.search has it: "bo1" adds words of the best documents.
    syntax: "plain": a query is a text, and nothing in it an operator; "query": as `Index.search` reads it.
    topic_fields: which of title, desc, narr make a query of a TREC topic. encoding: of documents and queries;
        told from each file if None.
    run: where to write the TREC run, of all queries; without it, those that nobody judged are not searched.
    against: another configuration or index, or the file of a TREC run, to compare with.

    Raises MissingExtraError without ir-measures, SourceError for a line that cannot be read and for files
    that do not belong together, SchemaError, ValueError for a measure that is not known, OSError.
    """
    measured_one = _indexed(docs, ranking, expand) or Configuration(
        tuple(languages), k1, b, ranking, fields, tuple((boosts or {}).items()), expand
    )
    other_one = _indexed(against, None, None) or against
    files = () if isinstance(docs, Index | Indexed) else docs
    if isinstance(measured_one, Indexed) and isinstance(other_one, Configuration):
        raise ValueError(
            "a configuration needs documents to index; an index is compared with an index or a run"
        )
    collection = read_collection(files, queries, qrels, topic_fields=topic_fields, encoding=encoding)
    judged = _judged(collection)
    needed = depth_of(measures)  # before the work: is there ir-measures, and does it know these?
    depth = needed if depth is None else depth
    other = _foreign_run(other_one, judged) if isinstance(other_one, str | os.PathLike) else None
    if run is not None and not Path(run).absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no folder for the run", os.fspath(run))
    asked = collection.queries if run is not None else {name: collection.queries[name] for name in judged}
    found = _run_of(collection, asked, measured_one, depth, syntax, translations)
    if run is not None:
        write_run(run, found.run)
    coverage = _coverage(collection, judged, found.missing)
    measured = measure(judged, found.run, measures)
    problems = {name: found.problems[name] for name in judged if name in found.problems}
    index = found.collection_index
    result = Evaluation(
        measured_one,
        index.schema,
        found.left_out,
        problems,
        len(index),
        coverage,
        measured,
        collection.queries,
        found.run,
        None,
        None,
        {},
    )
    if against is None:
        return result
    if other is None:
        assert isinstance(other_one, Configuration | Indexed)
        other = _run_of(collection, asked, other_one, depth, syntax, translations).run
    baseline = measure(judged, other, measures)
    comparisons = {name: compare(baseline.values(name), measured.values(name)) for name in measures}
    return result.replace(against=str(other_one), baseline=baseline, comparisons=comparisons)


class _Found(NamedTuple):
    """missing: the judged documents that are not among the documents."""

    run: Run
    collection_index: Index
    missing: set[str]
    problems: dict[str, str]
    left_out: dict[str, int]


def _run_of(
    collection: Collection,
    queries: Queries,
    configuration: Configuration | Indexed,
    depth: int,
    syntax: str,
    translations: Translations | None,
) -> _Found:
    missing = {document for judged in collection.qrels.values() for document in judged}
    num_judged = len(missing)
    left_out: dict[str, int] = {}

    def documents() -> Iterator[TestDocument]:
        for document in collection.documents():
            missing.discard(document.id)
            yield document

    if isinstance(configuration, Indexed):
        index = configuration.index
        missing = {document_id for document_id in missing if document_id not in index}
    else:
        index = index_collection(documents(), configuration, left_out)
    if len(missing) == num_judged:
        raise SourceError("no judged document is among the documents: do the files belong together?")
    problems: dict[str, str] = {}
    ranking, expand = configuration.used_ranking, configuration.expand
    run = search_queries(
        index,
        queries,
        depth,
        ranking,
        syntax=syntax,
        expand=expand,
        translations=translations,
        problems=problems,
    )
    return _Found(run, index, missing, problems, left_out)


def _indexed(value: object, ranking: Ranking | str | None, expand: str | None) -> Indexed | None:
    if isinstance(value, Index):
        return Indexed(value, ranking or "default", expand=expand)
    return value if isinstance(value, Indexed) else None


def _judged(collection: Collection) -> Qrels:
    """The judgements of the queries that the file of queries has, so that half a file is measured as half."""
    return {
        query_id: judged for query_id, judged in collection.qrels.items() if query_id in collection.queries
    }


def _foreign_run(path: PathLike, judged: Qrels) -> Run:
    run = read_run(path)
    if not run.keys() & judged.keys() and run:
        raise SourceError(f"no judged query is in {os.fspath(path)}: do the two belong together?")
    return run


def _coverage(collection: Collection, judged: Qrels, missing: set[str]) -> Coverage:
    relevant = [[name for name, value in documents.items() if value > 0] for documents in judged.values()]
    return Coverage(
        unjudged=len(collection.queries) - len(judged),
        unasked=len(collection.qrels) - len(judged),
        without_relevant=sum(not names for names in relevant),
        missing=len({name for names in relevant for name in names} & missing),
    )
