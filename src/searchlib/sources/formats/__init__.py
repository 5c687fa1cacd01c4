"""The formats that are read, a line and a module each.

A format is found by a file's name or its first bytes. How it is read is known to its module alone, which is
loaded when a file of it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from ...errors import SourceError
from ..archives.compression import SUFFIXES as COMPRESSED
from .contract import ENTRIES, Content, Member, Row


class Format(NamedTuple):
    """A format: its name, the ends of its files' names in lower case, and what reads it.

    reader: "module:function", given a Content; it yields a Row for each row, or one of line 0 for a file that
        is one document; of an archive, a Member for each member.
    has_rows: a file is many documents, each with fields of its own, so a schema may be inferred from them.
    has_cells: values are strings, whatever they mean.
    has_fields: a file that is one document may have fields beside its title and body.
    signature: the first bytes of a binary format, by which a file is known whose name does not tell.
    signature_at: where they stand.
    has_members: a file is an archive of files.
    whole: "module:function", given the Content of an archive that may be one document in truth; it returns
        the name of that document's format.
    is_like: "module:function", given the first characters of a text whose name does not tell its format.
    mistaken: "module:function", given the first characters and whether they are all, of a file whose name
        says this format; it returns the name of another one where the file is of that.
    described: how messages call it.
    entries: the format that reads lines or blocks of such a file, where records ask for them.
    elements: the format that reads what records name, where that is something else.
    reads_bytes: its rows are no lines, and their encoding is its module's to find.
    isolated: it is read by a process of its own, which may die of what it reads: of files that a library of
        native code reads.
    ms_per_mb: milliseconds that a megabyte takes to be read (`python -m benchmarks formats`), where that is
        dear enough for other processes to read ahead; 0 where it is not.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    has_rows: bool = False
    has_cells: bool = False
    has_fields: bool = False
    signature: bytes = b""
    is_like: str = ""
    mistaken: str = ""
    described: str = ""
    isolated: bool = False
    ms_per_mb: int = 0
    signature_at: int = 0
    has_members: bool = False
    whole: str = ""
    entries: str = ""
    elements: str = ""
    reads_bytes: bool = False

    @property
    def has_lines(self) -> bool:
        """Whether its rows are read from text, whose encoding is found before."""
        return self.has_rows and not self.signature and not self.reads_bytes

    def members(self, content: Content) -> Iterator[Member]:
        """The members of an archive of this format."""
        members: Iterator[Member] = _call(self.reader, content)
        return members

    def whole_document(self, content: Content) -> Format | None:
        """The format of the one document that an archive of this format is, if it is one."""
        name = _call(self.whole, content) if self.whole else None
        return None if name is None else _BY_NAME[name]

    def read(self, content: Content) -> Iterator[Row]:
        """The rows of a file of this format."""
        rows: Iterator[Row] = _call(self.reader, content)
        return rows

    def of_records(self, records: str | None) -> Format | None:
        """The format that reads what records ask for of such a file, if it is another one."""
        name = "" if records is None else self.entries if records in ENTRIES else self.elements
        return _BY_NAME[name] if name else None

    def other_than_named(self, start: str, complete: bool) -> Format | None:
        """The format that a file of this name begins like, if that is another one."""
        name = _call(self.mistaken, start, complete) if self.mistaken else None
        return None if name is None else _BY_NAME[name]


_CODE_SUFFIXES = (
    "ini cfg conf toml yaml yml properties sql sh bash zsh fish ps1 bat py pyi pyx ipy js mjs cjs"
    " jsx ts tsx vue css scss less c h cc cpp cxx hh hpp hxx ino cs java kt kts scala groovy go rs rb"
    " php pl pm lua r jl m mm swift dart hs ml ex exs erl clj lisp el f90 pas vb asm proto graphql cmake"
    " mk gradle tf"
)


def _suffixes(endings: str) -> tuple[str, ...]:
    return tuple(f".{ending}" for ending in endings.split())


_CODE = _suffixes(_CODE_SUFFIXES)


def _document(
    name: str,
    suffixes: str,
    described: str,
    reader: str = "",
    *,
    signature: bytes = b"",
    ms_per_mb: int = 100,
) -> Format:
    """A format whose files say of themselves who wrote them, and when."""
    return Format(
        name,
        tuple(suffixes.split()),
        reader or f"{name}:read",
        has_cells=True,
        has_fields=True,
        signature=signature,
        described=described,
        ms_per_mb=ms_per_mb,
    )


_UNREADABLE = "xls xlt xlsb ppt pps pub vsd wpd msg pst chm mobi azw azw3 lit pages numbers key 7z rar"

FORMATS = (
    Format(
        "telegram",
        (),
        "telegram:read",
        has_rows=True,
        is_like="telegram_signs:is_telegram",
        described="an export of Telegram's",
    ),
    Format(
        "json",
        (".json",),
        "json_whole:read",
        has_rows=True,
        is_like="json_whole:is_json",
        mistaken="json_whole:other_than_named",
        described="a JSON array",
    ),
    Format(
        "jsonl",
        (".jsonl", ".ndjson"),
        "json_lines:read",
        has_rows=True,
        is_like="json_lines:is_jsonl",
        mistaken="json_lines:other_than_named",
        described="JSON Lines, one object a line",
    ),
    Format(
        "html",
        (".html", ".htm", ".xhtml", ".xht"),
        "html:read",
        has_cells=True,
        has_fields=True,
        is_like="html:is_html",
        mistaken="html:other_than_named",
        described="HTML",
        ms_per_mb=100,
    ),
    Format(
        "telegram.html",
        (),
        "telegram_html:read",
        has_rows=True,
        described="an export of Telegram's",
    ),
    Format(
        "whatsapp",
        (),
        "whatsapp:read",
        has_rows=True,
        is_like="whatsapp:is_whatsapp",
        described="a chat of WhatsApp's",
    ),
    Format(
        "xml.records",
        (),
        "xml_records:read",
        has_rows=True,
        has_cells=True,
        described="elements of XML",
        reads_bytes=True,
    ),
    Format("feed", (), "feed:read", has_rows=True, described="a feed", reads_bytes=True),
    Format(
        "mediawiki",
        (),
        "mediawiki:read",
        has_rows=True,
        described="pages of MediaWiki",
        reads_bytes=True,
    ),
    Format(
        "xml",
        _suffixes("xml rss atom opml tei dbk docbook nxml dita xlf xliff tmx kml gpx"),
        "xml:read",
        has_cells=True,
        has_fields=True,
        is_like="xml_kinds:is_xml",
        mistaken="xml_kinds:other_than_named",
        described="XML",
        elements="xml.records",
    ),
    Format("csv", (".csv", ".psv"), "table:read", has_rows=True, has_cells=True),
    Format("tsv", (".tsv", ".tab"), "table:read_tsv", has_rows=True, has_cells=True),
    Format(
        "sqlite",
        (".sqlite", ".sqlite3", ".db", ".db3"),
        "sqlite:read",
        has_rows=True,
        signature=b"SQLite format 3\0",
        described="an SQLite database",
    ),
    Format(
        "parquet",
        (".parquet",),
        "parquet:read",
        has_rows=True,
        signature=b"PAR1",
        described="Parquet",
        isolated=True,
    ),
    Format(
        "arrow",
        (".feather", ".arrow"),
        "parquet:read_arrow",
        has_rows=True,
        signature=b"ARROW1",
        described="Arrow",
        isolated=True,
    ),
    Format(
        "markdown",
        (".md", ".markdown", ".mdx", ".qmd", ".rmd"),
        "markdown:read",
        has_cells=True,
        has_fields=True,
        ms_per_mb=150,
    ),
    Format("rst", (".rst", ".rest"), "structured_text:read", ms_per_mb=50),
    _document("latex", ".tex .ltx", "LaTeX", ms_per_mb=100),
    _document("org", ".org", "Org", ms_per_mb=100),
    _document("asciidoc", ".adoc .asciidoc", "AsciiDoc", ms_per_mb=100),
    Format("subtitles", (".srt", ".vtt"), "subtitles:read", ms_per_mb=26),
    Format("eml", (".eml",), "mail:read", has_cells=True, has_fields=True),
    Format("mbox", (".mbox",), "mail:read_mbox", has_rows=True, has_cells=True),
    _document("docx", ".docx .docm .dotx .dotm", "Word", ms_per_mb=190),
    _document("odt", ".odt .ott .fodt", "OpenDocument text", ms_per_mb=155),
    _document("pptx", ".pptx .pptm .ppsx .ppsm .potx", "PowerPoint", ms_per_mb=105),
    _document("odp", ".odp .otp .fodp", "OpenDocument presentation", ms_per_mb=105),
    _document("xlsx", ".xlsx .xlsm .xltx .xltm", "Excel", ms_per_mb=140),
    _document("ods", ".ods .ots .fods", "OpenDocument spreadsheet", ms_per_mb=140),
    _document("epub", ".epub", "EPUB", ms_per_mb=90),
    _document("fb2", ".fb2", "FictionBook", ms_per_mb=26),
    _document("fb2.zip", ".fb2.zip .fbz", "a zipped FictionBook", "fb2:read", ms_per_mb=90),
    _document("rtf", ".rtf", "RTF", signature=b"{\\rtf", ms_per_mb=230),
    _document("wordxml", "", "Word in XML", "word_xml:read"),
    _document("excelxml", "", "Excel in XML", "excel_xml:read"),
    _document("ipynb", ".ipynb", "a notebook", "notebook:read", ms_per_mb=33),
    Format(
        "pdf",
        (".pdf",),
        "pdf:read",
        has_cells=True,
        has_fields=True,
        signature=b"%PDF-",
        mistaken="pdf:other_than_named",
        described="PDF",
        isolated=True,
        ms_per_mb=800,
    ),
    Format(
        "doc",
        (".doc", ".dot"),
        "old_word:read",
        has_cells=True,
        has_fields=True,
        mistaken="unreadable:other_than_named",
        described="an old Word document",
    ),
    _document("djvu", ".djvu .djv", "DjVu"),
    Format(
        "zip",
        (".zip",),
        "zip_archive:members",
        signature=b"PK\x03\x04",
        described="a zip archive",
        has_members=True,
        whole="zip_archive:whole_document",
    ),
    Format(
        "tar",
        (".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tzst"),
        "tar_archive:members",
        signature=b"ustar",
        signature_at=257,
        described="a tar archive",
        has_members=True,
    ),
    Format(
        "unreadable",
        _suffixes(_UNREADABLE),
        "unreadable:read",
        has_cells=True,
        mistaken="unreadable:other_than_named",
    ),
    Format("entries", (), "log_entries:read", has_rows=True, described="entries of a log"),
    Format("log", (".log",), "code:read", entries="entries"),
    Format("code", _CODE, "code:read", mistaken="code:other_than_named"),
    Format(
        "text",
        (".txt", ".text"),
        "text:read",
        mistaken="text:other_than_named",
        entries="entries",
    ),
)
"""The first that a nameless text is like is its format; a text that is like none is the last one's."""

_BY_NAME = {format.name: format for format in FORMATS}
BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
_LONG_SUFFIXES = tuple(suffix for suffix in BY_SUFFIX if suffix.count(".") > 1)


_ROTATED = re.compile(r".(\.log)(?:[.-]\d+)+\Z", re.IGNORECASE | re.ASCII)


def suffix_of(name: str) -> str:
    """The end of a file's name by which its format is known, in small letters; "" if it has none.

    The same as Path(name).suffix.lower(), and faster, but for .fb2.zip and its like, for files
    that are compressed: .csv of rows.csv.gz, and .gz of a file whose name says no more; and for logs that are
    numbered or dated when they are full: app.log.1, app.log-20240531.
    """
    dot = name.rfind(".")
    suffix = name[dot:].lower() if 0 < dot < len(name) - 1 else ""
    if suffix in COMPRESSED:
        return suffix_of(name[:dot].rpartition("/")[2]) or suffix
    if suffix[-1:].isdigit() and (rotated := _ROTATED.search(name)):
        return rotated[1].lower()
    if suffix and name[:dot].count("."):
        return next((long for long in _LONG_SUFFIXES if name.lower().endswith(long)), suffix)
    return suffix


def of_name(name: str) -> Format:
    """The format of that name. Raises SourceError, which lists the names."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise SourceError(f"unknown format {name!r}; known: {', '.join(_BY_NAME)}") from None


def of_signature(first_bytes: bytes) -> Format | None:
    """The binary format whose signature a file begins with."""
    for format in FORMATS:
        at = format.signature_at
        if format.signature and first_bytes.startswith(format.signature, at):
            return format
    return None


def of_text(start: str) -> Format:
    """The format that a text without a telling name is like."""
    return next(
        (format for format in FORMATS if format.is_like and _call(format.is_like, start)), FORMATS[-1]
    )


def _call(reference: str, *arguments: Any) -> Any:
    module, _, name = reference.partition(":")
    return getattr(import_module(f".{module}", __name__), name)(*arguments)
