"""How good is the ranking? Test collections in, TREC runs, measures and paired tests out."""

from .compare import Comparison, compare
from .evaluate import Evaluation, evaluate
from .measures import MEASURES, Measured, measure
from .reading import Collection, Run, read_collection, read_qrels, read_queries, read_run
from .runs import SNOWBALL, Configuration, index_collection, search_queries, write_run

__all__ = [
    "MEASURES",
    "SNOWBALL",
    "Collection",
    "Comparison",
    "Configuration",
    "Evaluation",
    "Measured",
    "Run",
    "compare",
    "evaluate",
    "index_collection",
    "measure",
    "read_collection",
    "read_qrels",
    "read_queries",
    "read_run",
    "search_queries",
    "write_run",
]
