"""XML as a stream of elements, by the standard library's expat, of files that may be made to harm.

A format's reader names the elements that it wants; nothing is built of the others. Entities are neither
declared nor fetched, and depth, numbers and lengths have limits: what passes one is a SourceError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias
from xml.parsers import expat

from ...errors import SourceError

MAX_DEPTH = 1_000
MAX_ELEMENTS = 10_000_000
_MAX_TOKEN_BYTES = 8 * 1024 * 1024
"""Of one tag or comment: expat begins each anew when more of it has come."""

_MAX_NAMES = 50_000
_MAX_FIELD = 100_000
"""Characters of what a document says of itself."""

_HELP = "open it in the program that it is of and save it anew"

Attributes: TypeAlias = Mapping[str, str]

_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
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


class XmlReader:
    """The base of a format's readers: `starts` and `ends` say what is done at an element, by "prefix:name".

    LOCAL: names are taken without their namespaces, for formats whose files are careless with them.
    """

    LOCAL = False
    IS_ENDLESS = False
    """Whether it takes its elements one by one, so that their number has no limit."""

    MAX_ENTITY = 0
    """Characters of an entity that a document declares itself; 0: it may declare none."""

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[Attributes], object]] = {}
        self.ends: dict[str, Callable[[], object]] = {}
        self._known_starts: dict[str, Callable[[Attributes], object] | None] = {}
        self._known_ends: dict[str, Callable[[], object] | None] = {}
        self._xml_depth = self._num_elements = 0
        self._skipped_depth = 0  # the depth of the element that is left out with all that is in it

    def text(self, data: str) -> None:
        """What stands between tags."""

    def skip(self) -> None:
        """Leave out the element that has just begun, with all that is in it; its end is not told either."""
        self._skipped_depth = self._xml_depth

    def read(self, pieces: Iterable[bytes], name: str) -> None:
        """Go through a document. name: how messages call it, '\\'content.xml\\''. Raises SourceError."""
        for _ in self.steps(pieces, name):
            pass

    def steps(self, pieces: Iterable[bytes], name: str, encoding: str | None = None) -> Iterator[None]:
        """The same, with a rest after each piece, in which what was read can be taken away.

        encoding: that of the pieces, whatever the document says.
        """
        parser = expat.ParserCreate(encoding, "}")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._expat_start
        parser.EndElementHandler = self._expat_end
        parser.CharacterDataHandler = self._expat_text
        parser.EntityDeclHandler = self._expat_entity_declared
        parser.SkippedEntityHandler = self._expat_entity
        fed = 0
        try:
            for piece in pieces:
                parser.Parse(piece, False)
                fed += len(piece)
                if fed - max(parser.CurrentByteIndex, 0) > _MAX_TOKEN_BYTES:
                    raise SourceError(
                        f"its {name} has a tag of more than {_MAX_TOKEN_BYTES >> 20} MiB; {_HELP}"
                    )
                if len(parser.intern) > _MAX_NAMES:
                    raise SourceError(f"its {name} has more than {_MAX_NAMES:,} names of elements; {_HELP}")
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise SourceError(
                f"is damaged: its {name} is not well-formed XML "
                f"({expat.errors.messages.get(error.code, error)} in line {error.lineno:,}); {_HELP}"
            ) from None
        except (LookupError, UnicodeError, ValueError) as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(f"its {name} is in an encoding that is not read: {error}; {_HELP}") from None
        self._xml_depth = self._skipped_depth = 0

    # ---- what expat calls

    def _expat_start(self, name: str, attributes: dict[str, str]) -> None:
        self._xml_depth += 1
        self._num_elements += 1
        if self._xml_depth > MAX_DEPTH:
            raise SourceError(f"its elements are nested more than {MAX_DEPTH:,} deep; {_HELP}")
        if self._num_elements > MAX_ELEMENTS and not self.IS_ENDLESS:
            raise SourceError(
                f"has more than {MAX_ELEMENTS:,} elements; split it, or save it as text or .csv"
            )
        if self._skipped_depth:
            return
        try:
            wanted = self._known_starts[name]
        except KeyError:
            wanted = self._known_starts[name] = self.starts.get(self._short(name))
        if wanted is not None:
            wanted(attributes)

    def _expat_end(self, name: str) -> None:
        self._xml_depth -= 1
        if self._skipped_depth:
            if self._xml_depth < self._skipped_depth:
                self._skipped_depth = 0
            return
        try:
            wanted = self._known_ends[name]
        except KeyError:
            wanted = self._known_ends[name] = self.ends.get(self._short(name))
        if wanted is not None:
            wanted()

    def _expat_text(self, data: str) -> None:
        if not self._skipped_depth:
            self.text(data)

    def _expat_entity(self, name: str, is_parameter: bool) -> None:
        """One of HTML's names, which a document type that is not fetched would have declared."""
        if not is_parameter:
            from html.entities import html5

            self._expat_text(html5.get(f"{name};", ""))

    def _expat_entity_declared(self, name: str, _: int, value: str | None, *__: Any) -> None:
        """A few words may have a name; what may grow without end, or is fetched from elsewhere, has none."""
        if value is not None and len(value) < self.MAX_ENTITY and not {*"&%"} & {*value}:
            return
        raise SourceError(
            f"declares an entity of its own ({name[:40]!r}), as files do that are made to fill the memory or "
            f"to fetch others; {_HELP}"
        )

    def _short(self, name: str) -> str:
        namespace, brace, local = name.rpartition("}")
        if self.LOCAL or not brace:
            return local.lower() if self.LOCAL else local
        return f"{_PREFIXES.get(namespace, '?')}:{local}"


class AnyElements(XmlReader):
    """The base of readers that know no names: `begin` and `end` are told of each element."""

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element begins; its name is without a namespace."""

    def end(self, name: str) -> None:
        """It ends."""

    def _expat_start(self, name: str, attributes: dict[str, str]) -> None:
        is_skipped = self._skipped_depth
        super()._expat_start(name, attributes)
        if not is_skipped:
            self.begin(name.rpartition("}")[2], attributes)

    def _expat_end(self, name: str) -> None:
        is_skipped = self._skipped_depth
        super()._expat_end(name)
        if not is_skipped:
            self.end(name.rpartition("}")[2])


class FieldsReader(XmlReader):
    """The texts of some elements: `found` has a list of them under the name that is given for each."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._field = ""
        for element, name in names.items():
            self.starts[element] = partial(self._begin_field, name)
            self.ends[element] = self._end_field

    def _begin_field(self, name: str, _: Attributes) -> None:
        self._field = name
        self.found.setdefault(name, []).append("")

    def _end_field(self) -> None:
        self._field = ""

    def text(self, data: str) -> None:
        if self._field and len(self.found[self._field][-1]) < _MAX_FIELD:
            self.found[self._field][-1] += data

    def said(self) -> dict[str, str]:
        """The first text of each that is not blank; authors and keywords all."""
        said = {}
        for name, texts in self.found.items():
            texts = [" ".join(text.split()) for text in texts if text.strip()]
            if texts:
                said[name] = ", ".join(texts) if name in ("author", "keywords") else texts[0]
        return said


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
