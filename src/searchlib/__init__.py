"""Full-text search for English and Russian: real lemmas, BM25, highlighting, a C++ core."""

from .analysis.analyzer import Analyzer
from .index import Index
from .schema import Boolean, Date, Keyword, Number, Schema, Text

open = Index.open  # not in __all__: `import *` must not hide the builtin

__version__ = "0.1.0"

__all__ = ["Analyzer", "Boolean", "Date", "Index", "Keyword", "Number", "Schema", "Text"]
