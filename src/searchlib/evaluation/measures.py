"""nDCG@10 and the like, of a run against judgements.

Each measure has a mean and a value for each query. ir-measures computes them, through trec_eval's code, so
they are the figures that any TREC tool gives for the same run file. It is imported only here.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from ..errors import SearchlibError
from ..records import Record
from .judgements import Qrels, Run

MEASURES = ("nDCG@10", "RR@10", "R@100")
"""The default measures, in ir-measures' names. RR@10 is the reciprocal rank; its mean is MRR@10."""

DEPTH, UNCUT = 100, 1000


class MissingExtraError(SearchlibError, ImportError):
    """A package that only some commands need is not installed; the message says how to install it."""


class Measured(Record):
    """mean: by measure. per_query: by query, then by measure; the queries that are judged, and no others."""

    mean: dict[str, float]
    per_query: dict[str, dict[str, float]]

    def values(self, name: str) -> list[float]:
        """One measure, query by query."""
        return [values[name] for values in self.per_query.values()]


def measure(qrels: Qrels, run: Run, measures: Sequence[str] = MEASURES) -> Measured:
    """The measures of a run, in ir-measures' notation (https://ir-measur.es): "nDCG@10", "RR@10", "R@100",
    "AP", "P@5".

    The order of the run is what is measured; its scores must not rise. A judged query that found nothing
    counts 0, and one without any relevant document too, as in trec_eval -c; a query that nobody judged does
    not count. Relevance below 0 (spam, in TREC's web tracks) is not relevant. Raises MissingExtraError,
    ValueError for a measure that is not known and for a run that is out of order.

    nDCG: K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, with the
    relevance itself as gain and log2(rank + 1) as discount. RR: E. Voorhees, "The TREC-8 Question Answering
    Track Report", 1999.
    """
    parsed = _parsed(measures)
    per_query = {query_id: dict.fromkeys(measures, 0.0) for query_id in qrels}
    names: dict[str, list[str]] = {}  # MRR@10 and RR@10 are one measure by two names
    for name, value in parsed.items():
        names.setdefault(str(value), []).append(name)
    if run:
        for found in _ir_measures().iter_calc(list(parsed.values()), _gains(qrels), _ranks(run)):
            if found.query_id in per_query:
                values = dict.fromkeys(names[str(found.measure)], float(found.value))
                per_query[found.query_id].update(values)
    count = len(per_query) or 1
    mean = {name: sum(values[name] for values in per_query.values()) / count for name in measures}
    return Measured(mean, per_query)


def depth_of(measures: Sequence[str]) -> int:
    """How many documents of a query the measures look at: the deepest cutoff, 100 at least; 1,000, as TREC
    keeps, for those that look at all of them (AP, RR)."""
    cutoffs = [value.params.get("cutoff", UNCUT) for value in _parsed(measures).values()]
    return int(max([DEPTH, *cutoffs]))


def _parsed(measures: Sequence[str]) -> dict[str, Any]:
    ir_measures = _ir_measures()
    parsed = {}
    for name in measures:
        try:
            parsed[name] = ir_measures.parse_measure(name)
        except (NameError, ValueError, SyntaxError) as error:
            raise ValueError(
                f"there is no measure {name!r}; try one like {', '.join(MEASURES)}, AP"
            ) from error
        if not ir_measures.DefaultPipeline.supports(parsed[name]):
            raise ValueError(f"ir-measures knows {name!r}, but not how to compute it with what is installed")
    return parsed


def _ranks(run: Run) -> Run:
    """The run with scores that count down to 1, so that all of ir-measures' providers see the same order."""
    ranked = {}
    for query_id, scores in run.items():
        singles = array("f", scores.values())  # in 32 bits, in which trec_eval and read_run compare
        if any(before < after for before, after in pairwise(singles)):
            raise ValueError(f"query {query_id!r}: a run has its best document first")
        ranked[query_id] = {document: float(len(scores) - rank) for rank, document in enumerate(scores)}
    return ranked


def _gains(qrels: Qrels) -> Qrels:
    """Judgements without relevance below 0, at which pytrec_eval's memory breaks."""
    return {
        query_id: {document: max(relevance, 0) for document, relevance in judged.items()}
        for query_id, judged in qrels.items()
    }


def _ir_measures() -> Any:
    try:
        import ir_measures
    except ImportError as error:
        raise MissingExtraError(
            "measures come from ir-measures, which is not installed: pip install 'searchlib[eval]'"
        ) from error
    return ir_measures
