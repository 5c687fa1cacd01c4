"""What a document of XML says of itself: the texts of the elements that a format names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from .xml_names import Attributes
from .xml_reader import XmlReader

_MAX_FIELD = 100_000
"""Characters of what a document says of itself."""


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
