"""The whole way: a test collection in, its measures out, and a comparison with another configuration if one
is asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..search.ranking import Ranking
from .compare import Comparison, compare
from .measures import MEASURES, Measured, measure
from .reading import Collection, PathLike, Qrels, Run, read_collection, read_run
from .runs import DEPTH, Configuration, index_collection, search_queries, write_run


@dataclass(frozen=True)
class Evaluation:
    """What `evaluate` found. baseline and comparisons (by measure) only if it compared."""

    configuration: Configuration
    num_docs: int
    measured: Measured
    run: Run = field(repr=False)
    against: str | None = None
    baseline: Measured | None = None
    comparisons: dict[str, Comparison] = field(default_factory=dict)

    @property
    def mean(self) -> dict[str, float]:
        """Each measure's mean over the judged queries."""
        return self.measured.mean

    @property
    def per_query(self) -> dict[str, dict[str, float]]:
        """Each judged query's measures."""
        return self.measured.per_query


def evaluate(
    docs: PathLike,
    queries: PathLike,
    qrels: PathLike,
    *,
    languages: Sequence[str] = ("en", "ru"),
    k1: float = 1.2,
    b: float = 0.75,
    ranking: Ranking | str | None = None,
    measures: Sequence[str] = MEASURES,
    depth: int = DEPTH,
    run: PathLike | None = None,
    against: Configuration | PathLike | None = None,
) -> Evaluation:
    """Index a test collection in memory, search all its queries, and measure what was found.

    docs, queries, qrels: JSON lines with id, title, text (.gz too); JSON lines or id-tab-text; query-
        document-relevance or TREC
        qrels.
    languages, k1, b: of the one text field, which holds title and text.
    ranking: as Index.search has it; None: "rich" for the lemmas of English and Russian, else "bm25".
    measures: in ir-measures' names. depth: how many documents of each query are kept.
    run: where to write the TREC run. against: another configuration, or the file of a TREC run, to compare
        with.

    Raises MissingExtraError without ir-measures, SourceError for a line that cannot be read, SchemaError,
    OSError.
    """
    collection = read_collection(docs, queries, qrels)
    configuration = Configuration(tuple(languages), k1, b, ranking)
    measure({}, {}, measures)  # before the work: is there ir-measures, and does it know these?
    other = read_run(against) if isinstance(against, str | os.PathLike) else None
    found, num_docs = _run_of(collection, configuration, depth)
    if run is not None:
        write_run(run, found)
    measured = measure(_judged(collection), found, measures)
    if against is None:
        return Evaluation(configuration, num_docs, measured, found)
    if other is None:
        assert isinstance(against, Configuration)
        other, _ = _run_of(collection, against, depth)
    baseline = measure(_judged(collection), other, measures)
    comparisons = {name: compare(baseline.values(name), measured.values(name)) for name in measures}
    return Evaluation(configuration, num_docs, measured, found, str(against), baseline, comparisons)


def _run_of(collection: Collection, configuration: Configuration, depth: int) -> tuple[Run, int]:
    index = index_collection(collection.documents(), configuration)
    return search_queries(index, collection.queries, depth, configuration.used_ranking), len(index)


def _judged(collection: Collection) -> Qrels:
    """The judgements of the queries that the file of queries has, so that half a file is measured as half."""
    return {
        query_id: judged for query_id, judged in collection.qrels.items() if query_id in collection.queries
    }
