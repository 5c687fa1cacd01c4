"""Rows of a file to documents: their ids, their values as the schema wants them, and what is refused."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from . import row_names
from .file_fields import FileFields
from .files import STDIN, SourceFile
from .formats.contract import Row
from .mapping import RowMapper
from .problems import Problem, RefusedRow, SourceDocument
from .reports import Reports
from .schema_of_sources import SchemaOfSources
from .unforeseen import unforeseen

_FLAWS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError)
"""What a flaw of this program would raise at a row, which costs that row alone; all else is the index's."""


class RowDocuments:
    """Makes documents of rows. makes_content_ids: what standard input holds has ids by its content."""

    def __init__(
        self, mapper: RowMapper, schema: SchemaOfSources, reports: Reports, *, makes_content_ids: bool
    ) -> None:
        self._mapper, self._schema, self._reports = mapper, schema, reports
        self._makes_content_ids = makes_content_ids
        self._file_fields = FileFields()
        self._stdin_ids: Counter[str] = Counter()

    def document(self, file: SourceFile, row: Row, *, cells: bool) -> SourceDocument | RefusedRow:
        """The document of a row, or what is known of a row that is refused, which is reported.

        cells: its values are cells of a table.
        """
        where = f"{file.shown}{row.key or f':{row.line}' * (row.line > 0)}"
        if row.fields is None:
            self._reports.refuse(Problem(where, row.reason))
            name = row_names.by_line(file.name, row.line, row.key) if row.line or row.key else ""
            return RefusedRow(row.line, None, file, name)
        if not file.root and self._makes_content_ids:
            default_id = self._content_id(row.fields)
        else:
            default_id = row_names.by_line(file.name, row.line, row.key)
        try:
            document, own_id = self._mapper.document(row.fields, self._schema.now(), default_id, cells=cells)
        except ValueError as error:
            self._reports.refuse(Problem(where, str(error)))
            return RefusedRow(row.line, self._mapper.own_id(row.fields), file, default_id)
        except _FLAWS as error:
            self._reports.refuse(Problem(where, unforeseen(error)))
            return RefusedRow(row.line, None, file, default_id)
        if not row.line and file.path != STDIN:
            self._file_fields.fill(document, file, self._schema.now())
        return SourceDocument(document, row.line, own_id, file)

    def _content_id(self, fields: Mapping[str, Any]) -> str:
        """An id that stays the same for the same text, and is another for the next text that is piped in."""
        content = json.dumps(fields, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
        name = f"stdin-{hashlib.blake2b(content, digest_size=6).hexdigest()}"
        self._stdin_ids[name] += 1
        return name if self._stdin_ids[name] == 1 else f"{name}-{self._stdin_ids[name]}"
