"""How good is the ranking? Test collections are searched, their runs measured, and two runs compared."""

from .collection import Collection, TestDocument, read_collection, read_queries
from .compare import Comparison, compare
from .evaluate import Coverage, Evaluation, evaluate
from .indexed import Indexed
from .judgements import Run, read_qrels, read_run, write_run
from .measures import MEASURES, Measured, measure
from .runs import SNOWBALL, Configuration, index_collection, search_queries

__all__ = [
    "MEASURES",
    "SNOWBALL",
    "Collection",
    "Comparison",
    "Configuration",
    "Coverage",
    "Evaluation",
    "Indexed",
    "Measured",
    "Run",
    "TestDocument",
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
