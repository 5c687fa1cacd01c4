"""An index with the fields of another one and no documents: it refuses what the other refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..analyzers import field_analyzers
from ..asking import Asking
from ..schema import Schema
from ..search.searcher import Searcher


class Twin(Asking):
    """schema: of the other one."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._empty = Searcher(schema, field_analyzers(schema), [])

    @property
    def _searcher(self) -> Searcher:
        return self._empty

    @property
    def schema(self) -> Schema:
        """The fields."""
        return self._schema

    @property
    def metadata(self) -> Mapping[str, Any]:
        """None."""
        return {}
