"""Packages of LibreOffice (.odt, .odp, .ods): what kind they are, and what they say of themselves.

Their text is read in odf_text.py.
"""

from __future__ import annotations

from ...errors import SourceError
from .contract import Content
from .parts import Parts
from .xml_reader import Attributes, FieldsReader, XmlReader


class OdfFile(Parts):
    """A package of LibreOffice, its content and properties. kind: the last word of its type."""

    def __init__(self, content: Content, what: str, kind: str) -> None:
        super().__init__(content, what)
        package = self.package
        if "mimetype" in package:
            mime = package.read("mimetype")[:200].decode("ascii", "replace").strip()
            if not mime.startswith(f"application/vnd.oasis.opendocument.{kind}"):
                raise SourceError(f"is not {what}, but says that it is {mime!r}; is its name right?")
        if "META-INF/manifest.xml" in package:
            manifest = _Manifest()
            self.read("META-INF/manifest.xml", manifest)
            if manifest.is_encrypted:
                raise SourceError("is encrypted with a password; open it and save it without one")

    def properties(self) -> dict[str, str]:
        """What the document says of itself, as document_fields() takes it."""
        if "meta.xml" not in self.package:
            return {}
        reader = FieldsReader(_META)
        if not self.read_beside("meta.xml", reader):
            return {}
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
