"""Files of LibreOffice: packages (.odt, .odp, .ods) and flat ones (.fodt, .fodp, .fods), each one XML.

What kind they are is told here, and what they say of themselves; their text is read in odf_text.py.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from ...errors import SourceError
from .contract import Content
from .parts import Parts
from .xml_fields import FieldsReader
from .xml_names import Attributes, value_of
from .xml_reader import XmlReader
from .zip_package import MAX_PACKAGE_BYTES

_TYPE = "application/vnd.oasis.opendocument."
_PIECE_BYTES = 1 << 16


class OdfFile:
    """A file of LibreOffice. what: how messages call it; kind: the last word of its type."""

    def __init__(self, content: Content, what: str, kind: str) -> None:
        self._what, self._kind = what, kind
        data = content.data(MAX_PACKAGE_BYTES)
        is_flat = data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        self._flat = data if is_flat else b""
        self._parts = None if is_flat else self._opened(content, data)

    def _opened(self, content: Content, data: bytes) -> Parts:
        parts = Parts(content, self._what, data)
        if "mimetype" in parts.package:
            self._check_type(parts.package.read("mimetype")[:200].decode("ascii", "replace").strip())
        if "META-INF/manifest.xml" in parts.package:
            manifest = _Manifest()
            parts.read("META-INF/manifest.xml", manifest)
            if manifest.is_encrypted:
                raise SourceError("is encrypted with a password; open it and save it without one")
        return parts

    def _check_type(self, mime: str) -> None:
        if not mime.startswith(f"{_TYPE}{self._kind}"):
            raise SourceError(f"is not {self._what}, but says that it is {mime!r}; is its name right?")

    def read_content(self, reader: XmlReader) -> None:
        """Go through the text. Raises SourceError."""
        if self._parts is not None:
            self._parts.read("content.xml", reader)
            return
        root = _Root()
        reader.starts["office:document"] = root.begin
        reader.read(self._pieces(), "text")
        self._check_type(root.mime)

    def read_styles(self, reader: XmlReader) -> bool:
        """Go through the styles, with headers and footers; False if there are none that can be read."""
        if self._parts is None:
            reader.read(self._pieces(), "text")
            return True
        return "styles.xml" in self._parts.package and self._parts.read_beside("styles.xml", reader)

    def object_of(self, reference: str) -> str:
        """The part with the content of an embedded object; "" if the file has none of that name."""
        name = posixpath.normpath(posixpath.join(unquote(reference), "content.xml"))
        there = self._parts is not None and reference and "/" in name and name in self._parts.package
        return name if there else ""

    def read_object(self, part: str, reader: XmlReader) -> bool:
        """Go through an embedded object; False if it cannot be read, which tell_lost() says."""
        return self._parts is not None and self._parts.read_beside(part, reader)

    def tell_lost(self) -> None:
        """Say what stands beside the text and could not be read."""
        if self._parts is not None:
            self._parts.tell_lost()

    def properties(self) -> dict[str, str]:
        """What the document says of itself, as document_fields() takes it."""
        reader = _Properties(_META)
        if self._parts is None:
            reader.read(self._pieces(), "text")
        elif "meta.xml" not in self._parts.package or not self._parts.read_beside("meta.xml", reader):
            return {}
        found = reader.said()
        found["author"] = found.pop("first_author", "") or found.get("author", "")
        return found

    def _pieces(self) -> Iterator[bytes]:
        data = self._flat
        return (data[at : at + _PIECE_BYTES] for at in range(0, len(data), _PIECE_BYTES))


class _Root:
    """The root of a flat file, which says its type."""

    def __init__(self) -> None:
        self.mime = ""

    def begin(self, attributes: Attributes) -> None:
        self.mime = value_of(attributes, "mimetype")


class _Properties(FieldsReader):
    """Properties alone: comments have authors and dates, too."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__(names)
        for name in ("office:body", "office:styles", "office:automatic-styles", "office:master-styles"):
            self.starts[name] = lambda _: self.skip()


class _Manifest(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.is_encrypted = False
        self.starts = {"manifest:encryption-data": self._encrypted}

    def _encrypted(self, _: Attributes) -> None:
        self.is_encrypted = True


_META = {
    "dc:title": "title",
    "dc:creator": "author",
    "meta:initial-creator": "first_author",
    "meta:creation-date": "date",
    "dc:language": "language",
    "dc:description": "description",
    "meta:keyword": "keywords",
}
