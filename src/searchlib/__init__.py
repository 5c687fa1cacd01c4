"""Full-text search for English and Russian: real lemmas, BM25, highlighting, a C++ core."""

from typing import TYPE_CHECKING, Any

from . import errors as errors

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .analysis.analyzer import Analyzer
    from .ciff.transfer import export_ciff, import_ciff
    from .evaluation.evaluate import evaluate
    from .index import Index
    from .index import open as open
    from .maintenance import check, repair
    from .rescue.complete import Completion
    from .rescue.corrections import Correction
    from .rescue.suggest import Suggestion
    from .rescue.synonyms import Synonyms
    from .schema import Boolean, Date, Keyword, Number, Schema, Text
    from .search.bm25 import Explanation
    from .search.ranking import Ranking
    from .search.results import Hit, Results
    from .search.understanding import QueryPart
    from .sources.sources import Problem, Sources
    from .sources.update import Progress, update_index
    from .storage.check import Report
    from .storage.repair import Repair

# Where each name is; its module is loaded when the name is first asked for.
_MODULES = {
    "Analyzer": "analysis.analyzer",
    "Boolean": "schema",
    "Completion": "rescue.complete",
    "Correction": "rescue.corrections",
    "Date": "schema",
    "Explanation": "search.bm25",
    "Hit": "search.results",
    "Index": "index",
    "Keyword": "schema",
    "Number": "schema",
    "Problem": "sources.sources",
    "QueryPart": "search.understanding",
    "Progress": "sources.update",
    "Ranking": "search.ranking",
    "Repair": "storage.repair",
    "Report": "storage.check",
    "Results": "search.results",
    "Schema": "schema",
    "Sources": "sources.sources",
    "Suggestion": "rescue.suggest",
    "Synonyms": "rescue.synonyms",
    "Text": "schema",
    "check": "maintenance",
    "evaluate": "evaluation.evaluate",
    "export_ciff": "ciff.transfer",
    "import_ciff": "ciff.transfer",
    "open": "index",  # not in __all__: `import *` must not hide the builtin
    "repair": "maintenance",
    "update_index": "sources.update",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'searchlib' has no attribute {name!r}")
    from importlib import import_module

    globals()[name] = value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULES})


__all__ = [
    "Analyzer",
    "Boolean",
    "Completion",
    "Correction",
    "Date",
    "Explanation",
    "Hit",
    "Index",
    "Keyword",
    "Number",
    "Problem",
    "Progress",
    "QueryPart",
    "Ranking",
    "Repair",
    "Report",
    "Results",
    "Schema",
    "Sources",
    "Suggestion",
    "Synonyms",
    "Text",
    "check",
    "evaluate",
    "export_ciff",
    "import_ciff",
    "repair",
    "update_index",
]
