"""Suggestions and completions of one snapshot, and the vocabularies that answer them, each made once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .. import _core
from ..analysis.analyzer import Analyzer
from ..arguments import listed
from ..errors import QueryTooComplex
from ..schema import ID, Keyword, Schema
from .vocabulary import Vocabulary

# Each question loads what answers it, for somebody waits: completions need no table of synonyms.
if TYPE_CHECKING:
    from .completion import Completion
    from .suggestions import Suggestion
    from .vocabulary import VocabularyOf


_MOST_VALUES = 100_000
"""Values of a keyword that are looked at, in their order, for the most frequent ones."""


class Suggester:
    """Safe to share between threads; what it computes once, it keeps as long as the snapshot is used."""

    def __init__(
        self, snapshot: _core.Snapshot, schema: Schema, analyzers: Mapping[str, Analyzer | None]
    ) -> None:
        self._snapshot, self._schema = snapshot, schema
        self._analyzers = {name: analyzer for name, analyzer in analyzers.items() if analyzer is not None}
        self._numbers = schema.field_numbers
        self._vocabularies: dict[tuple[str, ...], Vocabulary | None] = {}

    def vocabulary(self, names: Sequence[str]) -> Vocabulary | None:
        """The words of those of the fields that are text; None if none is."""
        for name in names:
            if name != ID:
                self._schema.field(name)
        key = tuple(name for name in names if name in self._analyzers)
        if key not in self._vocabularies:
            fields = {self._numbers[name]: self._analyzers[name] for name in key}
            self._vocabularies[key] = Vocabulary(self._snapshot, fields) if fields else None
        return self._vocabularies[key]

    def suggest(
        self, query: str, limit: int, fields: Sequence[str] | None = None, strict: bool = False
    ) -> list[Suggestion]:
        """See Index.suggest."""
        from ..query.parser import parse
        from ..query.plain import Plain, plain_tree
        from ..synonyms.bundled import synonyms_of
        from .suggestions import suggest

        if isinstance(query, Plain):
            return suggest(query, plain_tree(query), self.vocabulary_of(fields), synonyms_of, limit)
        try:
            node = parse(query, self._schema, strict=strict, reads_values=True)
        except QueryTooComplex:
            if strict:
                raise
            return []  # nobody mends so many words one by one
        return suggest(query, node, self.vocabulary_of(fields), synonyms_of, limit)

    def vocabulary_of(self, fields: Sequence[str] | None) -> VocabularyOf:
        """The words of a field that a query names; if it names none, of these fields or the default ones."""
        default = self._searched(fields)
        return lambda name: self.vocabulary(default if name is None else (name,))

    def complete(self, text: str, limit: int, fields: Sequence[str] | None = None) -> list[Completion]:
        """See Index.complete."""
        from .completion import complete, complete_values, field_before

        name, at = field_before(text)
        if name == ID or name in self._schema:
            if name in self._analyzers:
                of_field = self.vocabulary((name,))
                found = complete(text[at:], of_field, limit) if of_field is not None else []
                return [one.replace(text=text[:at] + one.text) for one in found]
            field = None if name == ID else self._schema[name]
            if not isinstance(field, Keyword) or limit <= 0:
                return []
            typed = _core.keyword_key(text[at:]) if field.fold else text[at:]
            values = self._snapshot.terms(self._numbers[name], typed, False).next(_MOST_VALUES)
            return complete_values(text, at, values, limit)
        vocabulary = self.vocabulary(self._searched(fields))
        return complete(text, vocabulary, limit) if vocabulary is not None else []

    def _searched(self, fields: Sequence[str] | None) -> tuple[str, ...]:
        """The fields that a call names, or the default ones."""
        if fields is None:
            return self._schema.default_fields
        return tuple(listed("fields", fields, "a list of names")) or self._schema.default_fields
