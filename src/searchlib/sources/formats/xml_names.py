"""Names of XML: the namespaces of the formats that are read, and attributes whatever their namespace.

Nothing is parsed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Attributes: TypeAlias = Mapping[str, str]

_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
PREFIXES = {
    f"{_OOXML}wordprocessingml/2006/main": "w",
    f"{_STRICT}wordprocessingml/main": "w",
    f"{_OOXML}presentationml/2006/main": "p",
    f"{_STRICT}presentationml/main": "p",
    f"{_OOXML}spreadsheetml/2006/main": "x",
    f"{_STRICT}spreadsheetml/main": "x",
    f"{_OOXML}drawingml/2006/main": "a",
    f"{_STRICT}drawingml/main": "a",
    f"{_OOXML}drawingml/2006/chart": "c",
    f"{_STRICT}drawingml/chart": "c",
    f"{_OOXML}officeDocument/2006/math": "m",
    f"{_STRICT}officeDocument/math": "m",
    f"{_OOXML}markup-compatibility/2006": "mc",
    f"{_OOXML}package/2006/relationships": "rel",
    f"{_OOXML}package/2006/metadata/core-properties": "cp",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://schemas.microsoft.com/office/word/2003/wordml": "w",
    "http://schemas.microsoft.com/office/word/2003/auxHint": "wx",
    "http://schemas.microsoft.com/aml/2001/core": "aml",
    "http://schemas.microsoft.com/office/2006/xmlPackage": "pkg",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:excel": "x-",
    "urn:schemas-microsoft-com:office:spreadsheet": "ss",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    **{
        f"{_ODF}{name}:1.0": prefix
        for name, prefix in {
            "office": "office",
            "text": "text",
            "table": "table",
            "drawing": "draw",
            "svg-compatible": "svg",
            "style": "style",
            "presentation": "presentation",
            "meta": "meta",
            "manifest": "manifest",
        }.items()
    },
}
"""Namespaces by the prefixes that the standards' own examples have."""


def value_of(attributes: Attributes, name: str, default: str = "") -> str:
    """An attribute's value, whatever its namespace."""
    if name in attributes:
        return attributes[name]
    ending = f"}}{name}"
    return next((value for key, value in attributes.items() if key.endswith(ending)), default)


def whole_number(text: str, default: int) -> int:
    """A number from 0 to 999,999,999 that a document writes in digits; the default for anything else."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def relation_of(attributes: Attributes) -> str:
    """The id of the relation that an element of OOXML names (r:id), which may have an id of its own."""
    return next((value for key, value in attributes.items() if key.endswith("relationships}id")), "")
