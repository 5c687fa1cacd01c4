"""Several queries at once: the core searches for some while others are planned.

A query that cannot be answered spoils its own results alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from .. import _core
from ..errors import QueryError
from ..query import nodes
from .marks import NOTHING, Marks, Plan
from .ranking import Ranking
from .results import Results
from .searcher import Searcher


def search_many(
    searcher: Searcher,
    queries: Sequence[str | nodes.Node],
    limit: int | None,
    threads: int,
    ranking: Ranking | str = "default",
    strict: bool = False,
    expand: str | None = None,
    filter: object = None,
) -> list[Results]:
    """The hits of several queries, in their order; see Index.search_many."""
    started = time.perf_counter()
    passes = None if filter is None else searcher.passing(filter)
    plans: list[tuple[Plan, _core.Plan, QueryError | None]] = []

    def cores() -> Iterator[_core.Plan]:
        for query in queries:
            error = None
            try:
                plan = searcher.plan(query, ranking=ranking, strict=strict)
                if expand is not None:
                    plan = searcher.expanded_plan(plan, expand, query, passes=passes)
                plan = plan.filtered(passes)
                prepared = searcher.core.prepared(plan.core)
            except QueryError as found:
                if strict:
                    raise
                error, plan = found, Plan(NOTHING, Marks(), [], (str(found),))
                prepared = searcher.core.prepared(NOTHING)
            plans.append((plan, prepared, error))
            yield prepared

    wanted = len(searcher) if limit is None else min(limit, len(searcher))
    ranked = searcher.core.search_many(cores(), wanted, threads)  # searches some while it asks for others
    elapsed_ms = (time.perf_counter() - started) * 1000 / max(len(plans), 1)
    found = []
    for query, (plan, prepared, error), hits in zip(queries, plans, ranked, strict=True):
        if not hits and wanted and not strict and error is None:
            plan = searcher.with_reasons(plan, query, None, ranking, None, passes)
        found.append(Results(searcher, query, plan, prepared, hits, elapsed_ms, error=error))
    return found
