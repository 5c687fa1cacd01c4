"""What Word, PowerPoint and Excel files have in common: parts, relations between them, properties, drawings.

A part is found by its relation, as the standard has it, never by its usual name. What drawings say (charts,
diagrams, text boxes of sheets) is read here, too.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from ...errors import SourceError
from .contract import Content
from .flow import Flow, raised
from .office_math import Formulas
from .parts import Parts
from .xml_fields import FieldsReader
from .xml_names import Attributes, value_of
from .xml_reader import XmlReader


class Relation(NamedTuple):
    """kind: the last word of its type, such as "slide"; target: the name of a part, "" of one outside."""

    kind: str
    target: str


class OfficeFile(Parts):
    """A package, its parts and their relations."""

    def __init__(self, content: Content, what: str) -> None:
        super().__init__(content, what)
        self._last: tuple[str, dict[str, Relation]] | None = None

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part by their ids, in their order; of the package itself where part is ""."""
        if self._last is None or self._last[0] != part:  # a part is mostly asked for several kinds
            self._last = part, self._read_relations(part)
        return self._last[1]

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, _, name = part.rpartition("/")
        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where not in self.package:
            return {}
        reader = _Relations(folder)
        reader.read(self.package.pieces(where), repr(where))
        return reader.found

    def related(self, part: str, *kinds: str) -> Iterator[str]:
        """The parts of these kinds that a part is related to and that are there, each once."""
        targets = (each.target for each in self.relations(part).values() if each.kind in kinds)
        yield from (target for target in dict.fromkeys(targets) if target in self.package)

    def num_files_in(self, part: str) -> int:
        """How many files are embedded in a part (workbooks, sounds, objects of other programs)."""
        return sum(1 for _ in self.related(part, "package", "oleObject"))

    def main(self) -> str:
        """The part that the document begins with. Raises SourceError."""
        found = next(self.related("", "officeDocument"), None)
        if found is None:
            raise SourceError(f"is a zip package, but not {self._what}; is its name right?")
        return found

    def properties(self) -> dict[str, str]:
        """What the document says of itself, as document_fields() takes it."""
        part = next(self.related("", "core-properties"), None)
        if part is None:
            return {}
        reader = FieldsReader(_CORE)
        return reader.said() if self.read_beside(part, reader) else {}


class _Relations(XmlReader):
    def __init__(self, folder: str) -> None:
        super().__init__()
        self.found: dict[str, Relation] = {}
        self._folder = folder
        self.starts = {"rel:Relationship": self._relation}

    def _relation(self, attributes: Attributes) -> None:
        target = attributes.get("Target", "")
        if attributes.get("TargetMode") == "External":
            target = ""
        elif target:
            target = posixpath.normpath(posixpath.join("/", self._folder, unquote(target))).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found.setdefault(attributes.get("Id", ""), Relation(kind, target))


_CORE = {
    "dc:title": "title",
    "dc:creator": "author",
    "dc:language": "language",
    "dc:description": "description",
    "cp:keywords": "keywords",
    "dcterms:created": "date",
}


class Drawing(XmlReader):
    """The text of drawings: paragraphs of boxes and titles, labels of charts, points of diagrams."""

    def __init__(self, flow: Flow) -> None:
        super().__init__()
        self._flow = flow
        self._reads = self._raised = self._in_formula = False
        self._formulas = Formulas(flow.text)
        begin, end = self._begin, self._end_of_text
        self.starts = {
            **self._formulas.starts,
            "m:t": self._begin_formula,
            "a:t": begin,
            "a:br": lambda _: flow.line(),
            "a:tab": lambda _: flow.text("\t"),
            "c:strCache": self._cache,
            "mc:Fallback": lambda _: self.skip(),
            "c:formatCode": lambda _: self.skip(),
            "c:f": lambda _: self.skip(),
            "a:fld": self._field,
            "a:rPr": self._run_properties,
        }
        self.ends = {
            **self._formulas.ends,
            "m:t": end,
            "a:t": end,
            "a:p": flow.line,
            "c:v": flow.line,
            "c:strCache": self._end_cache,
        }

    def _cache(self, _: Attributes) -> None:
        self._reads = True

    def _end_cache(self) -> None:
        self._reads = self._raised = False

    def _begin(self, _: Attributes) -> None:
        self._reads = True

    def _begin_formula(self, _: Attributes) -> None:
        self._reads = self._in_formula = True

    def _run_properties(self, attributes: Attributes) -> None:
        self._raised = attributes.get("baseline", "0").lstrip("0")[:1].isdigit()

    def _end_of_text(self) -> None:
        self._reads = self._raised = self._in_formula = False

    def _field(self, attributes: Attributes) -> None:
        if value_of(attributes, "type").startswith(("slidenum", "datetime")):
            self.skip()

    def text(self, data: str) -> None:
        if self._in_formula:
            data = self._formulas.shown(data)
        if self._reads and (data.strip() or self._flow.mark()):
            self._flow.text(raised(data) if self._raised else data)


def read_drawings(file: OfficeFile, part: str, flow: Flow) -> None:
    """The text of the charts and diagrams that a part has, behind its own."""
    for found in file.related(part, "chart", "diagramData"):
        flow.line()
        file.read_beside(found, Drawing(flow))
        flow.line()
