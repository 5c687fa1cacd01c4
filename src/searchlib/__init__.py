"""Full-text search for English and Russian: real lemmas, BM25, highlighting, a C++ core."""

from .analysis.analyzer import Analyzer
from .schema import Boolean, Date, Keyword, Number, Schema, Text

__all__ = ["Analyzer", "Boolean", "Date", "Keyword", "Number", "Schema", "Text"]
