"""FictionBook (.fb2, zipped as .fb2.zip or .fbz): chapters with a form feed between them, notes at the end.

A chapter is a section of the first two levels that has text of its own; title, authors, language, date and
annotation are the book's. HTML's entities, which XML has not, are read where a book uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from ...errors import SourceError
from .contract import Content, Row
from .document_fields import document_fields
from .flow import Flow, raised
from .xml_names import Attributes, value_of
from .xml_reader import XmlReader
from .zip_package import MAX_PACKAGE_BYTES, Package

_MAX_LEVEL = 2
_MAX_FIELD = 100_000
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NAMES = ("first-name", "middle-name", "last-name", "nickname")
_SAID = {"book-title": "title", "lang": "language", "keywords": "keywords", **dict.fromkeys(_NAMES, "")}
"""What a book says of itself, and the field that it is; names are put together."""


def read(content: Content) -> Iterator[Row]:
    """The one row of a file, which may be zipped whatever its name says."""
    data = content.data(MAX_PACKAGE_BYTES)
    if data.startswith(b"PK") or content.name.lower().endswith((".zip", ".fbz")):
        data = _unzipped(data)
    yield Row(0, read_fb2(data, content.name))


def read_fb2(data: bytes, name: str) -> dict[str, Any]:
    """The fields of a book."""
    try:
        book = _read(data)
    except SourceError as error:
        mended = _ENTITY.sub(_character, data) if "undefined entity" in str(error) else data
        if mended == data:
            raise
        book = _read(mended)
    if not book.is_book:
        raise SourceError("is XML, but not a FictionBook; name it .xml")
    return document_fields(book.flow.body(), name, book.properties(), heading=book.heading, is_book=True)


def _read(data: bytes) -> _Book:
    book = _Book()
    at = range(0, len(data), 1 << 16)
    book.read((data[i : i + (1 << 16)] for i in at), "text")
    return book


def _unzipped(data: bytes) -> bytes:
    package = Package(data, "a zipped FictionBook (.fb2.zip)")
    books = [name for name in package.names if name.lower().endswith(".fb2")]
    if len(books) != 1:
        raise SourceError(f"holds {len(books)} books (.fb2), and one is expected; unpack it")
    return package.read(books[0])


def _character(match: re.Match[bytes]) -> bytes:
    from html.entities import html5

    name = match.group(1).decode("ascii")
    found = None if name in _OF_XML else html5.get(f"{name};")
    return b"".join(b"&#%d;" % ord(one) for one in found) if found else match.group()


class _Book(XmlReader):
    LOCAL = True

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow()
        self.is_book = False
        self.heading = ""
        self._said: dict[str, str] = {}
        self._people: list[dict[str, str]] = []
        self._name = ""
        self._in_title_info = self._in_author = self._in_body = self._in_annotation = False
        self._level = 0
        self._title: int | None = None
        self._has_text = False  # besides titles, since the last border
        self._num_bodies = 0
        self._raised = False  # above the line
        line = self.flow.line
        self.starts = {
            "fictionbook": lambda _: setattr(self, "is_book", True),
            "title-info": lambda _: setattr(self, "_in_title_info", True),
            "author": self._begin_author,
            "date": self._begin_date,
            "annotation": self._begin_annotation,
            "body": self._begin_body,
            "section": self._begin_section,
            "title": self._begin_title,
            "subtitle": lambda _: self.flow.blank(),
            "empty-line": lambda _: self.flow.blank(),
            "a": self._begin_link,
            "sup": lambda _: setattr(self, "_raised", True),
            "td": self._begin_cell,
            "th": self._begin_cell,
            "binary": lambda _: self.skip(),
            "src-title-info": lambda _: self.skip(),
            "document-info": lambda _: self.skip(),
            "stylesheet": lambda _: self.skip(),
            **{name: partial(self._begin_name, name) for name in _SAID},
        }
        self.ends = {
            "title-info": lambda: setattr(self, "_in_title_info", False),
            "author": lambda: setattr(self, "_in_author", False),
            "annotation": self._end_annotation,
            "body": self._end_body,
            "section": self._end_section,
            "title": self._end_title,
            "subtitle": self.flow.blank,
            "a": self._end_raised,
            "sup": self._end_raised,
            "td": self.flow.end_cell,
            "th": self.flow.end_cell,
            "stanza": self.flow.blank,
            **dict.fromkeys(("p", "v", "text-author", "tr", "poem", "cite", "epigraph"), line),
            **{name: partial(self._begin_name, "") for name in (*_SAID, "date")},
        }

    def text(self, data: str) -> None:
        if self._in_body:
            self.flow.words(raised(data) if self._raised else data)
            self._has_text = self._has_text or (self._title is None and not data.isspace())
        elif self._in_title_info and self._name:
            self._say(self._name, data)
        elif self._in_annotation:
            self._say("annotation", data)

    def _say(self, name: str, data: str) -> None:
        said = self._people[-1] if self._in_author and name in _NAMES else self._said
        if len(said.setdefault(name, "")) < _MAX_FIELD:
            said[name] += data

    # ---- what the book says of itself

    def _begin_name(self, name: str, _: Attributes | None = None) -> None:
        self._name = name

    def _begin_author(self, _: Attributes) -> None:
        if self._in_title_info:
            self._in_author = True
            self._people.append({})

    def _begin_date(self, attributes: Attributes) -> None:
        if self._in_title_info:
            self._said["date"] = value_of(attributes, "value")

    def _begin_annotation(self, _: Attributes) -> None:
        self._in_annotation = self._in_title_info

    def _end_annotation(self) -> None:
        self._in_annotation = False

    def properties(self) -> dict[str, str]:
        """As document_fields() takes them."""
        names = (
            " ".join(person[name].strip() for name in _NAMES if name in person) for person in self._people
        )
        found = {field: self._said.get(name, "") for name, field in _SAID.items() if field}
        found["author"] = ", ".join(name for name in names if name.strip())
        return {**found, "date": self._said.get("date", ""), "description": self._said.get("annotation", "")}

    # ---- its text

    def _begin_body(self, _: Attributes) -> None:
        self._in_body = True
        self._level = 0
        if self._num_bodies:
            self._border()
        self._num_bodies += 1

    def _end_body(self) -> None:
        self._in_body = False
        self.flow.line()

    def _border(self) -> None:
        if self._has_text:
            self.flow.page()
            self._has_text = False

    def _begin_section(self, _: Attributes) -> None:
        self._level += 1
        if self._level <= _MAX_LEVEL and self._num_bodies == 1:
            self._border()
        self.flow.blank()

    def _end_section(self) -> None:
        self._level -= 1
        self.flow.blank()

    def _begin_title(self, _: Attributes) -> None:
        self.flow.blank()
        self._title = self.flow.mark()

    def _end_title(self) -> None:
        if self._in_body and self._title is not None:
            self.heading = self.heading or self.flow.since(self._title)
        self._title = None
        self.flow.blank()

    def _begin_link(self, attributes: Attributes) -> None:
        self._raised = value_of(attributes, "type") == "note"

    def _end_raised(self) -> None:
        self._raised = False

    def _begin_cell(self, _: Attributes) -> None:
        self.flow.begin_cell()
