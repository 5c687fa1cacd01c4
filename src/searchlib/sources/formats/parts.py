"""A package of XML parts, as office programs make them, of which some stand beside the text.

A part beside the text (a chart, notes, headers, what a document says of itself) costs the document nothing if
it cannot be read, but is named.
"""

from __future__ import annotations

from ...errors import SourceError
from .contract import Content
from .xml_reader import XmlReader
from .zip_package import MAX_PACKAGE_BYTES, Package


class Parts:
    """The parts of a file. what: how messages call it."""

    def __init__(self, content: Content, what: str, data: bytes | None = None) -> None:
        """data: the bytes of the file, where they were read already."""
        self.package = Package(content.data(MAX_PACKAGE_BYTES) if data is None else data, what)
        self._content, self._what = content, what
        self._num_lost, self._first_lost = 0, ""

    def read(self, part: str, reader: XmlReader) -> None:
        """Go through a part. Raises SourceError."""
        reader.read(self.package.pieces(part), repr(part))

    def read_beside(self, part: str, reader: XmlReader) -> bool:
        """The same of a part without which the document is worth reading; False if it cannot be read."""
        try:
            self.read(part, reader)
            return True
        except SourceError as error:
            self._num_lost += 1
            self._first_lost = self._first_lost or f"{part!r} ({error})"
            return False

    def tell_lost(self) -> None:
        """Say what read_beside could not read."""
        if self._num_lost:
            more = f" and {self._num_lost - 1:,} more of its parts are" if self._num_lost > 1 else " is"
            self._content.say(f"its part {self._first_lost}{more} not read")
