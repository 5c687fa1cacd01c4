"""Packages of LibreOffice (.odt, .odp, .ods): what kind they are, and what they say of themselves.

Their text is read in odf_text.py.
"""

from __future__ import annotations

from ...errors import SourceError
from .contract import Content
from .xml_reader import Attributes, FieldsReader, XmlReader
from .zip_package import MAX_PACKAGE_BYTES, Package


class OdfFile:
    """A package of LibreOffice, its content and properties. kinds: the last words of types that it may be."""

    def __init__(self, content: Content, what: str, kind: str) -> None:
        package = self.package = Package(content.data(MAX_PACKAGE_BYTES), what)
        if "mimetype" in package:
            mime = package.read("mimetype")[:200].decode("ascii", "replace").strip()
            if not mime.startswith(f"application/vnd.oasis.opendocument.{kind}"):
                raise SourceError(f"is not {what}, but says that it is {mime!r}; is its name right?")
        if "META-INF/manifest.xml" in package:
            manifest = _Manifest()
            self._read("META-INF/manifest.xml", manifest)
            if manifest.is_encrypted:
                raise SourceError("is encrypted with a password; open it and save it without one")

    def read(self, reader: XmlReader, part: str = "content.xml") -> None:
        self._read(part, reader)

    def _read(self, part: str, reader: XmlReader) -> None:
        reader.read(self.package.pieces(part), repr(part))

    def properties(self) -> dict[str, str]:
        """What the document says of itself, as document_fields() takes it."""
        if "meta.xml" not in self.package:
            return {}
        reader = FieldsReader(_META)
        try:
            self._read("meta.xml", reader)
        except SourceError:
            return {}  # its text is worth more than its properties
        found = reader.said()
        found["author"] = found.pop("first_author", "") or found.get("author", "")
        return found


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
