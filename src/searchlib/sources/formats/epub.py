"""Books of EPUB: chapter after chapter in the order of reading, a form feed between two.

A chapter is a page, read as pages are; title, author, language, date, subjects and description are the book's
own. A book under digital rights management is refused, which fonts alone may be.
"""

from __future__ import annotations

import codecs
import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow, raised
from .html import declared_encoding, read_html
from .html_source import with_ends
from .xml_fields import FieldsReader
from .xml_names import Attributes, value_of
from .xml_reader import XmlReader
from .zip_package import MAX_PACKAGE_BYTES, Package

_WHAT = "an EPUB book"
_MAX_CHAPTERS = 10_000
_MAX_CHAPTER_BYTES = 32 * 1024 * 1024
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml", ""})
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TITLE = re.compile(r"<title[^<>]{0,200}>[^<>]{0,10000}</title>")
"""What readers never show: a file's name, mostly."""

_NOTE = re.compile(
    r"""(<a\b[^<>]{0,1000}?\b(?:epub:type|role)\s*=\s*["'](?:doc-)?noteref["'][^<>]{0,1000}>)(\d{1,4})</a>"""
)
"""What refers to a note: "word<a …>1</a>", which a reader sees above the line, whatever the styles are."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    package = Package(content.data(MAX_PACKAGE_BYTES), _WHAT)
    container = _Container()
    container.read(package.pieces("META-INF/container.xml"), "'META-INF/container.xml'")
    if not container.path:
        raise SourceError("is a zip package, but not an EPUB book; is its name right?")
    book = _Book()
    book.read(package.pieces(container.path), repr(container.path))
    chapters = [book.items[id] for id in book.order if id in book.items]
    if len(chapters) > _MAX_CHAPTERS:
        raise SourceError(f"has {len(chapters):,} chapters, and {_MAX_CHAPTERS:,} are the most that are read")
    folder = posixpath.dirname(container.path)
    protected = _protected(package)
    flow, heading, lost = Flow(), "", list[str]()
    for number, href in enumerate(chapters):
        if number:
            flow.page()
        name = posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
        if name in protected:
            raise SourceError(
                "is under digital rights management; only the program that it was bought for can read it"
            )
        try:
            page = _chapter(package, name)
            heading = heading or page["title"]
            flow.text(page["body"].replace("\f", " ").strip())
        except SourceError as error:
            lost.append(f"chapter {number + 1} ({error})")
    if lost and len(lost) == len(chapters):
        raise SourceError(f"none of its chapters can be read: {lost[0]}")
    if lost:
        content.say(f"{len(lost)} of its {len(chapters)} chapters are not read: {lost[0]}")
    yield Row(0, document_fields(flow.body(), content.name, book.properties(), heading=heading, is_book=True))


def _chapter(package: Package, name: str) -> dict[str, Any]:
    """What a reader sees of a page."""
    size, pieces = 0, []
    for piece in package.pieces(name):
        size += len(piece)
        if size > _MAX_CHAPTER_BYTES:
            raise SourceError(f"{name!r} is bigger than {_MAX_CHAPTER_BYTES >> 20} MiB; split it")
        pieces.append(piece)
    data = b"".join(pieces)
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    text = data.decode(encoding or declared_encoding(data) or "utf-8", "replace")
    text = _NOTE.sub(lambda match: f"{match[1]}{raised(match[2])}</a>", text)
    return read_html(with_ends(_TITLE.sub("", text), is_xml=True), "")


def _protected(package: Package) -> frozenset[str]:
    where = "META-INF/encryption.xml"
    if where not in package:
        return frozenset()
    reader = _Encryption()
    reader.read(package.pieces(where), repr(where))
    return frozenset(reader.found)


class _Container(XmlReader):
    LOCAL = True

    def __init__(self) -> None:
        super().__init__()
        self.path = ""
        self.starts = {"rootfile": self._root}

    def _root(self, attributes: Attributes) -> None:
        self.path = self.path or posixpath.normpath(unquote(value_of(attributes, "full-path")) or "/").lstrip(
            "/"
        )


class _Encryption(XmlReader):
    LOCAL = True

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._is_font = False
        self.starts = {
            "encrypteddata": lambda _: setattr(self, "_is_font", False),
            "encryptionmethod": self._method,
            "cipherreference": self._reference,
        }

    def _method(self, attributes: Attributes) -> None:
        self._is_font = value_of(attributes, "Algorithm") in _FONTS

    def _reference(self, attributes: Attributes) -> None:
        if not self._is_font:
            self.found.add(posixpath.normpath(unquote(value_of(attributes, "URI"))).lstrip("/"))


_SAID = {"title": "title", "creator": "author", "language": "language", "date": "date",
         "subject": "keywords", "description": "description"}  # fmt: skip


class _Book(FieldsReader):
    """The package document: what the book says of itself, its files, and the order of reading."""

    LOCAL = True

    def __init__(self) -> None:
        super().__init__(_SAID)
        self.items: dict[str, str] = {}
        self.order: list[str] = []
        self.starts |= {"item": self._item, "itemref": self._itemref}

    def _item(self, attributes: Attributes) -> None:
        if value_of(attributes, "media-type").lower() in _PAGES:
            self.items.setdefault(value_of(attributes, "id"), value_of(attributes, "href"))

    def _itemref(self, attributes: Attributes) -> None:
        self.order.append(value_of(attributes, "idref"))

    def properties(self) -> dict[str, str]:
        """As document_fields() takes them."""
        said = self.said()
        if "description" in said:  # it is often a piece of HTML
            said["description"] = read_html(said["description"], "")["body"]
        return said
