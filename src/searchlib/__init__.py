"""Full-text search for English and Russian: real lemmas, BM25, highlighting, a C++ core.

What is public is in `dir(searchlib)`. Names and modules are loaded when they are first asked for, so that
importing costs nothing; a type checker sees each of them, and no other.
"""

from . import errors as errors
from .lean import TYPE_CHECKING, import_module

__version__ = "0.1.0"

if TYPE_CHECKING:
    from . import ciff as ciff
    from . import evaluation as evaluation
    from . import highlight as highlight
    from . import query as query
    from . import types as types
    from .analysis.analyzer import Analyzer, Token
    from .auditing import Finding, audit
    from .ciff.transfer import export_ciff, import_ciff
    from .client.client import Client
    from .client.remote import RemoteIndex
    from .client.writer import RemoteWriter
    from .evaluation.evaluate import evaluate
    from .highlight.fragments import Fragment
    from .highlight.matches import Span
    from .index import Index
    from .indexing.adding import Refused
    from .indexing.schema_change import SchemaChange
    from .indexing.writer import IndexWriter
    from .maintenance import check, drop, repair
    from .opening import open as open
    from .query.conditions import F, Filter
    from .query.plain import Plain
    from .schema import Boolean, Date, Field, Integer, Keyword, Number, Schema, Text
    from .search.boosts import Recency, Static
    from .search.counting import GroupBy
    from .search.facets import Distinct, Facet, Histogram, Range, Stats, Terms
    from .search.hit import Hit
    from .search.ranking import Ranking
    from .search.results import HitGroup, Results
    from .search.score import Explanation
    from .search.sorting import Sort
    from .search.terms import TermStatistics
    from .search.understanding import QueryPart
    from .search.why import Reason
    from .sources.by_hand import document_of_text, schema_of_text
    from .sources.holdings import (
        Holding,
        documents_under,
        has_source,
        holdings,
        mark_unread,
        remove_source,
        source_of,
    )
    from .sources.how import How
    from .sources.ignoring import Choice
    from .sources.places import place_of, place_of_document, place_of_hit
    from .sources.problems import Problem
    from .sources.readings import Reading, readings
    from .sources.sources import Sources
    from .sources.update import Progress, update_index
    from .storage.check import Damage, Report
    from .storage.repair import LostDeletes, LostSegment, Repair
    from .storage.surplus import CutFile
    from .suggest.completion import Completion
    from .suggest.corrections import Correction
    from .suggest.suggestions import Suggestion
    from .synonyms.table import Synonyms
    from .translations.table import Translations

# Public modules beside `errors`, which every part needs.
_PUBLIC_MODULES = ("ciff", "evaluation", "highlight", "query", "types")

# Where each name is; its module is loaded when the name is first asked for.
_MODULES = {
    "Analyzer": "analysis.analyzer",
    "Boolean": "schema",
    "Choice": "sources.ignoring",
    "Client": "client.client",
    "Completion": "suggest.completion",
    "Correction": "suggest.corrections",
    "CutFile": "storage.surplus",
    "Damage": "storage.check",
    "Date": "schema",
    "Distinct": "search.facets",
    "Explanation": "search.score",
    "F": "query.conditions",
    "Facet": "search.facets",
    "Field": "schema",
    "Filter": "query.conditions",
    "Finding": "auditing",
    "Fragment": "highlight.fragments",
    "GroupBy": "search.counting",
    "Histogram": "search.facets",
    "Hit": "search.hit",
    "HitGroup": "search.results",
    "Holding": "sources.holdings",
    "How": "sources.how",
    "Index": "index",
    "IndexWriter": "indexing.writer",
    "Integer": "schema",
    "Keyword": "schema",
    "LostDeletes": "storage.repair",
    "LostSegment": "storage.repair",
    "Number": "schema",
    "Plain": "query.plain",
    "Problem": "sources.problems",
    "Progress": "sources.update",
    "QueryPart": "search.understanding",
    "Range": "search.facets",
    "Ranking": "search.ranking",
    "Reading": "sources.readings",
    "Reason": "search.why",
    "Recency": "search.boosts",
    "Refused": "indexing.adding",
    "RemoteIndex": "client.remote",
    "RemoteWriter": "client.writer",
    "Repair": "storage.repair",
    "Report": "storage.check",
    "Results": "search.results",
    "Schema": "schema",
    "SchemaChange": "indexing.schema_change",
    "Sort": "search.sorting",
    "Sources": "sources.sources",
    "Span": "highlight.matches",
    "Static": "search.boosts",
    "Stats": "search.facets",
    "Suggestion": "suggest.suggestions",
    "Synonyms": "synonyms.table",
    "TermStatistics": "search.terms",
    "Terms": "search.facets",
    "Text": "schema",
    "Token": "analysis.analyzer",
    "Translations": "translations.table",
    "audit": "auditing",
    "check": "maintenance",
    "document_of_text": "sources.by_hand",
    "documents_under": "sources.holdings",
    "drop": "maintenance",
    "evaluate": "evaluation.evaluate",
    "export_ciff": "ciff.transfer",
    "has_source": "sources.holdings",
    "holdings": "sources.holdings",
    "import_ciff": "ciff.transfer",
    "mark_unread": "sources.holdings",
    "open": "opening",  # not in __all__: `import *` must not hide the builtin
    "place_of": "sources.places",
    "place_of_document": "sources.places",
    "place_of_hit": "sources.places",
    "readings": "sources.readings",
    "remove_source": "sources.holdings",
    "repair": "maintenance",
    "schema_of_text": "sources.by_hand",
    "source_of": "sources.holdings",
    "update_index": "sources.update",
}


if not TYPE_CHECKING:  # a type checker that saw it would take any name for one that is there

    def __getattr__(name):
        if name == "_core":  # what `from .. import _core` asks for first
            return _checked_core()
        if name not in _MODULES and name not in _PUBLIC_MODULES:
            raise AttributeError(f"module 'searchlib' has no attribute {name!r}")
        if name in _PUBLIC_MODULES:
            return import_module(f".{name}", __name__)
        globals()[name] = value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        return value


def _checked_core() -> object:
    """The compiled core, if it is of the interface that this Python code knows; else CoreMismatchError.

    Checksums of the stub tell: its own, and that of the one which the core was compiled beside.
    """
    import io
    from os import path

    advice = "reinstall searchlib (pip install --force-reinstall searchlib; in a checkout: make core)"
    try:
        core = import_module("._core", __name__)
    except ImportError as error:
        raise errors.CoreMismatchError(f"the compiled core cannot be loaded: {error}; {advice}") from error
    try:
        with io.open(path.join(path.dirname(__file__), "_core.pyi"), "rb") as stub:  # noqa: PTH118, PTH120, UP020
            text = stub.read()
    except OSError:
        return core  # an installation without stubs
    compiled = getattr(core, "INTERFACE", 0)
    if hasattr(core, "crc32"):
        known = core.crc32(text)
    else:  # an old one
        import zlib

        known = zlib.crc32(text)
    if compiled != known:
        globals().pop("_core", None)  # or the next import would find it
        raise errors.CoreMismatchError(
            f"the compiled core {core.__file__} has interface {compiled:08x}, and searchlib's Python code "
            f"{known:08x}: they are of different versions; {advice}"
        )
    return core


def __dir__() -> list[str]:
    # Modules that happen to be loaded are attributes too, but not public.
    special = (name for name in globals() if name.startswith("__"))
    return sorted({*_MODULES, *_PUBLIC_MODULES, "errors", *special})


__all__ = [
    "Analyzer",
    "Boolean",
    "Choice",
    "Client",
    "Completion",
    "Correction",
    "CutFile",
    "Damage",
    "Date",
    "Distinct",
    "Explanation",
    "F",
    "Facet",
    "Field",
    "Filter",
    "Finding",
    "Fragment",
    "GroupBy",
    "Histogram",
    "Hit",
    "HitGroup",
    "Holding",
    "How",
    "Index",
    "IndexWriter",
    "Integer",
    "Keyword",
    "LostDeletes",
    "LostSegment",
    "Number",
    "Plain",
    "Problem",
    "Progress",
    "QueryPart",
    "Range",
    "Ranking",
    "Reading",
    "Reason",
    "Recency",
    "Refused",
    "RemoteIndex",
    "RemoteWriter",
    "Repair",
    "Report",
    "Results",
    "Schema",
    "SchemaChange",
    "Sort",
    "Sources",
    "Span",
    "Static",
    "Stats",
    "Suggestion",
    "Synonyms",
    "TermStatistics",
    "Terms",
    "Text",
    "Token",
    "Translations",
    "audit",
    "check",
    "document_of_text",
    "documents_under",
    "drop",
    "evaluate",
    "export_ciff",
    "has_source",
    "holdings",
    "import_ciff",
    "mark_unread",
    "place_of",
    "place_of_document",
    "place_of_hit",
    "readings",
    "remove_source",
    "repair",
    "schema_of_text",
    "source_of",
    "update_index",
]
