"""The formats that are read, a line and a module each."""

from __future__ import annotations

from .declaration import Format

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
