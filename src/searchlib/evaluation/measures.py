"""nDCG@10 and the like, of a run against judgements.

Runs and judgements go in, numbers come out: the mean and each query's. ir-measures computes them, through
trec_eval's code, so they are the figures that any TREC tool gives for the same run file. It is imported
only here.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import SearchlibError
from .reading import Qrels, Run

MEASURES = ("nDCG@10", "RR@10", "R@100")
"""The default measures, in ir-measures' names. RR@10 is the reciprocal rank; its mean is MRR@10."""


class MissingExtraError(SearchlibError, ImportError):
    """A package that only some commands need is not installed; the message says how to install it."""


@dataclass(frozen=True)
class Measured:
    """mean: by measure. per_query: by query, then by measure; the queries that are judged, and no others."""

    mean: dict[str, float]
    per_query: dict[str, dict[str, float]]

    def values(self, name: str) -> list[float]:
        """One measure, query by query."""
        return [values[name] for values in self.per_query.values()]


def measure(qrels: Qrels, run: Run, measures: Sequence[str] = MEASURES) -> Measured:
    """The measures of a run, in ir-measures' notation (https://ir-measur.es): "nDCG@10", "RR@10", "R@100",
    "AP", "P@5".

    A judged query that found nothing counts 0; a query that nobody judged does not count. Equal scores are
    ordered by document id, downwards, as trec_eval does. Raises MissingExtraError, ValueError for a measure
    that is not known.
    """
    ir_measures = _ir_measures()
    parsed = {}
    for name in measures:
        try:
            parsed[name] = ir_measures.parse_measure(name)
        except (NameError, ValueError, SyntaxError) as error:
            raise ValueError(
                f"there is no measure {name!r}; try one like {', '.join(MEASURES)}, AP"
            ) from error
    per_query = {query_id: dict.fromkeys(measures, 0.0) for query_id in qrels}
    names = {str(value): name for name, value in parsed.items()}
    if run:
        for found in ir_measures.iter_calc(list(parsed.values()), qrels, _ranks(run)):
            if found.query_id in per_query:
                per_query[found.query_id][names[str(found.measure)]] = float(found.value)
    count = len(per_query) or 1
    mean = {name: sum(values[name] for values in per_query.values()) / count for name in measures}
    return Measured(mean, per_query)


def _ranks(run: Run) -> Run:
    """The run with scores that count down from its length, in trec_eval's order, so that all of ir-
    measures' providers agree on it.

    trec_eval keeps scores in 32 bits, and takes the greater document id first where two are equal.
    """
    ranked = {}
    for query_id, scores in run.items():
        rounded = array("f", scores.values())
        order = sorted(zip(rounded, scores, strict=True), reverse=True)
        ranked[query_id] = {document: float(len(order) - rank) for rank, (_, document) in enumerate(order)}
    return ranked


def _ir_measures() -> Any:
    try:
        import ir_measures
    except ImportError as error:
        raise MissingExtraError(
            "measures come from ir-measures, which is not installed: pip install 'searchlib[eval]'"
        ) from error
    return ir_measures
