"""The schema of the documents: given, or inferred at the first need, and growing where that is wanted."""

from __future__ import annotations

from collections.abc import Callable

from ..schema import Field, Schema
from .files import Walk
from .growing import Growing
from .ignoring import Choice
from .listing import Listing
from .mapping import RowMapper
from .opening import Opener
from .problems import Problem
from .reports import Reports
from .sampling import infer_schema


class SchemaOfSources:
    """The schema as it is by now. given: None has it inferred from the first rows of the first files.

    Raises SourceError if a renamed field is not in it; so does all that sets it.
    """

    def __init__(
        self,
        given: Schema | None,
        listing: Listing,
        choice: Choice,
        opener: Opener,
        mapper: RowMapper,
        reports: Reports,
    ) -> None:
        self._schema = given
        self._listing, self._choice = listing, choice
        self._opener, self._mapper, self._reports = opener, mapper, reports
        self._looked_at: frozenset[str] = frozenset()
        self.growing: Growing | None = None
        if given is not None:
            mapper.check(given)

    def now(self) -> Schema:
        if self.growing is not None:
            return self.growing.schema
        if self._schema is None:
            inferred = infer_schema(self._listing.find(Walk()), self._opener, self._mapper, self._choice)
            self._schema, self._looked_at = inferred.schema, inferred.looked_at
            self._mapper.check(self._schema)
            for said in inferred.notices:
                self._reports.notice(Problem("schema", said))
        return self._schema

    @property
    def looked_at(self) -> frozenset[str]:
        """The paths of files whose fields the schema has already."""
        return self._looked_at

    def know(self, schema: Schema, looked_at: frozenset[str]) -> None:
        """Take what others have inferred."""
        self.use(schema)
        self._looked_at = looked_at

    def use(self, schema: Schema) -> None:
        """Take that of an index that is there already."""
        self._mapper.check(schema)
        self._schema = schema

    def grow_by(self, add: Callable[[str, Field], object]) -> None:
        """Take fields that it lacks into it; `add` puts each into the index."""
        notice = self._reports.notice
        self.growing = Growing(self.now(), self._mapper, self._opener, add, notice, self._looked_at)
