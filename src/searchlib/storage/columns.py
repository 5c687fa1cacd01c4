"""Columns: the values of a field by document, for filters, sorting and facets.

A field's kind makes numbers or strings of the values, and the core packs, merges and reads them
(core/columns). A document may have no value, one, or several. Ranges, orders and counts are not computed
here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .. import _core
from ..errors import CorruptIndexError
from ..kinds import column_kind
from ..kinds.base import ColumnKind, Scalar
from ..schema import FIELD_TYPES
from .packing import Sink
from .parts import Parts, column_part
from .segment import SegmentFile


def _codes(kinds: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(field, FIELD_TYPES[kind].code) for field, kind in kinds.items()]


class ColumnsWriter:
    """The columns of one segment.

    kinds: field → the name of its kind, as the schema has it. folded: those fields whose strings count by
    their folded keys.
    """

    def __init__(self, kinds: Mapping[str, str], folded: Collection[str] = ()) -> None:
        self._kinds = {field: column_kind(kind) for field, kind in kinds.items()}
        self._folded = frozenset(folded)
        self._columns = _core.ColumnsBuilder(_codes(kinds))

    @property
    def memory_bytes(self) -> int:
        """What the values take."""
        return self._columns.memory_bytes

    def encode(self, values: Mapping[str, Any]) -> list[list[Scalar]]:
        """What a document has in each column; DocumentError if it cannot be. Nothing is changed."""
        return [self._encoded(kind, field, values.get(field)) for field, kind in self._kinds.items()]

    def _encoded(self, kind: ColumnKind, field: str, value: Any) -> list[Scalar]:
        """Nothing, one value or a list, as the column holds it."""
        if value is None:
            return []
        items = value if isinstance(value, (list, tuple)) else (value,)
        if field in self._folded:
            return [_core.keyword_key(str(kind.to_column(item, field))) for item in items]
        return [kind.to_column(item, field) for item in items]

    def add(self, values: Mapping[str, Any]) -> None:
        """Append a document, wholly or not at all."""
        self.add_encoded(self.encode(values))

    def add_encoded(self, encoded: list[list[Scalar]]) -> None:
        """Append what encode() returned."""
        self._columns.add(encoded)

    def merge(
        self, segment: SegmentFile, num_docs: int, deleted: Sequence[int] = (), parts: Parts | None = None
    ) -> None:
        """Append another segment's columns, of `num_docs` documents, but for the deleted ones, ascending.

        parts: those of the segment that count; all if None.
        """
        counting = segment.parts if parts is None else parts
        self._columns.merge(segment.checked, counting, num_docs, list(deleted))

    def finish(self, sink: Sink) -> None:
        """Write one part a field."""
        self._columns.write(sink)


class ColumnReader:
    """One column of a segment, alone: for check() and tests. Searches read it in the core.

    num_docs: the segment's. CorruptIndexError names the file and the part.
    """

    def __init__(self, segment: SegmentFile, field: str, kind: str, num_docs: int) -> None:
        self.kind, self._file, self._part = column_kind(kind), segment.name, column_part(field)
        ((_, code),) = _codes({field: kind})
        self.core = _core.Column(segment.checked, segment.parts[self._part], self._part, num_docs, code)

    def get(self, doc: int) -> list[Any]:
        """The document's values as Python has them: floats, datetimes in UTC, booleans or strings."""
        return self._values(self.core.values(doc))

    def check(self) -> None:
        """Read everything; CorruptIndexError for what cannot be."""
        self.core.check()
        self._values(self.core.bounds or ())

    def _values(self, numbers: Iterable[Scalar]) -> list[Any]:
        try:
            return [self.kind.from_column(number) for number in numbers]
        except ValueError as error:
            text = f"{self._file}, part {self._part!r}: it has {error}"
            raise CorruptIndexError(text, file=self._file, part=self._part) from None
