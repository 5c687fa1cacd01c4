"""The types of what public functions take and return beside the names of `searchlib` itself, for annotations.

Nobody makes these by hand; they are what one gets, or what one's own object must look like. Nothing of
searchlib imports this module, so that it costs those alone who ask for it.
"""

from .analysis.analyzer import Group, Match
from .indexing.files import SourceFile, Walk
from .indexing.formats.rows import Row
from .indexing.reading import Reading
from .indexing.sources import RefusedRow, SourceDocument
from .indexing.update import Writer
from .search.searcher import QueryParser
from .storage.files import FileEntry
from .storage.segment import SegmentWriter

__all__ = [
    "FileEntry",
    "Group",
    "Match",
    "QueryParser",
    "Reading",
    "RefusedRow",
    "Row",
    "SegmentWriter",
    "SourceDocument",
    "SourceFile",
    "Walk",
    "Writer",
]
