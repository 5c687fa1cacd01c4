"""What an XML document is, told by its first element: a feed, a wiki, rows, a page, an office document …"""

from __future__ import annotations

import re

_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)
_ELEMENT = re.compile(r"\s*<(?:([\w.-]+):)?([\w.-]+)([^>]*)>")
_MAX_PROLOG = 200
_RSS_1 = "purl.org/rss/1.0"
_FLAT_WORD = "http://schemas.microsoft.com/office/2006/xmlPackage"
_EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"


def is_xml(start: str) -> bool:
    """Whether a text begins as XML does that says so."""
    return start[:5] == "<?xml"


def other_than_named(start: str, complete: bool) -> str | None:
    """The format of what is no XML of any kind."""
    at = 0
    for _ in range(_MAX_PROLOG):
        prolog = _PROLOG.match(start, at)
        if prolog is None:
            break
        at = prolog.end()
    root = _ELEMENT.match(start, at)
    if root is None:
        return None
    name, attributes = root[2], root[3]
    if name in ("rss", "feed") or (name == "RDF" and _RSS_1 in attributes):
        return "feed"
    if name == "mediawiki":
        return "mediawiki"
    if name == "html":
        return "html"
    if name == "FictionBook":
        return "fb2"
    if name == "wordDocument" or (name == "package" and _FLAT_WORD in attributes):
        return "wordxml"
    if name == "Workbook" and _EXCEL in attributes:
        return "excelxml"
    first = _ELEMENT.match(start, root.end())
    return "xml.records" if first is not None and first[2] == "row" and "=" in first[3] else None
