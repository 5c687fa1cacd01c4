"""The types of what public functions take and return beside the names of `searchlib` itself, for annotations.

Nobody makes these by hand; they are what one gets, or what one's own object must look like. Nothing of
searchlib imports this module, so that it costs those alone who ask for it.
"""

from .analysis.analyzer import Group, Match
from .search.facets import Bucket, Counts, DistinctCount, Summary
from .search.trees import QueryParser
from .sources.archives.streams import RandomAccess, Readable
from .sources.content import OpenFile, ReadsApart
from .sources.files import SourceFile, Walk
from .sources.formats.contract import Member, Row
from .sources.holdings import HoldsDocuments, RemovesDocuments
from .sources.inside import Visit
from .sources.known import Known
from .sources.metered import Metered
from .sources.opened import Opened
from .sources.problems import RefusedRow, SourceDocument
from .sources.stretches import Stretch
from .sources.update import Writer
from .storage.files import FileEntry
from .storage.segment_writer import SegmentWriter

__all__ = [
    "Bucket",
    "Counts",
    "DistinctCount",
    "FileEntry",
    "Group",
    "HoldsDocuments",
    "Known",
    "Match",
    "Member",
    "Metered",
    "OpenFile",
    "Opened",
    "QueryParser",
    "RandomAccess",
    "Readable",
    "ReadsApart",
    "RefusedRow",
    "RemovesDocuments",
    "Row",
    "SegmentWriter",
    "SourceDocument",
    "SourceFile",
    "Stretch",
    "Summary",
    "Visit",
    "Walk",
    "Writer",
]
