"""Full-text search for English and Russian: real lemmas, BM25, highlighting, a C++ core."""

from typing import TYPE_CHECKING, Any

from .analysis.analyzer import Analyzer
from .index import Index
from .schema import Boolean, Date, Keyword, Number, Schema, Text

open = Index.open  # not in __all__: `import *` must not hide the builtin

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .ciff.transfer import export_ciff, import_ciff
    from .evaluation.evaluate import evaluate
    from .indexing.sources import Problem, Sources
    from .indexing.update import Progress, update_index
    from .maintenance import check, repair
    from .search.bm25 import Explanation
    from .search.results import Hit, Results
    from .storage.check import Repair, Report

# Loaded when first asked for: a query needs none of them.
_LAZY = {
    "Explanation": "search.bm25",
    "Hit": "search.results",
    "Problem": "indexing.sources",
    "Progress": "indexing.update",
    "Repair": "storage.check",
    "Report": "storage.check",
    "Results": "search.results",
    "Sources": "indexing.sources",
    "check": "maintenance",
    "evaluate": "evaluation.evaluate",
    "export_ciff": "ciff.transfer",
    "import_ciff": "ciff.transfer",
    "repair": "maintenance",
    "update_index": "indexing.update",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'searchlib' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LAZY[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_LAZY})


__all__ = [
    "Analyzer",
    "Boolean",
    "Date",
    "Explanation",
    "Hit",
    "Index",
    "Keyword",
    "Number",
    "Problem",
    "Progress",
    "Repair",
    "Report",
    "Results",
    "Schema",
    "Sources",
    "Text",
    "check",
    "evaluate",
    "export_ciff",
    "import_ciff",
    "repair",
    "update_index",
]
