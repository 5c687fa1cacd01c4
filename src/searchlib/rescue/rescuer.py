"""The rescue of one snapshot: its vocabularies, made once, and the questions that a searcher asks.

The core's snapshot, the schema and its analyzers come in; suggestions and completions go out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .. import _core
from ..analysis.analyzer import Analyzer
from ..query import nodes
from ..schema import ID, Schema
from .vocabulary import Vocabulary

# Each question loads what answers it, for somebody waits: completions need no table of synonyms.
if TYPE_CHECKING:
    from .complete import Completion
    from .suggest import Suggestion
    from .synonyms import Synonyms
    from .vocabulary import VocabularyOf


class Rescuer:
    """Safe to share between threads; what it computes once, it keeps as long as the snapshot is used."""

    def __init__(
        self, snapshot: _core.Snapshot, schema: Schema, analyzers: Mapping[str, Analyzer | None]
    ) -> None:
        self._snapshot, self._schema = snapshot, schema
        self._analyzers = {name: analyzer for name, analyzer in analyzers.items() if analyzer is not None}
        self._numbers = {name: number for number, name in enumerate(schema.searched_fields)}
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
        from .bundled import synonyms_of
        from .suggest import suggest

        node = parse(query, self._schema, strict=strict, reads_values=True)
        return suggest(query, node, self._vocabulary_of(fields), synonyms_of, limit)

    def expand(
        self, node: nodes.Node, fields: Sequence[str] | None, cross_script: bool, synonyms: Synonyms | None
    ) -> nodes.Node:
        """The query with variants of its words.

        These are the synonyms given and, with cross_script, names and the synonyms that come with searchlib.
        """
        from .synonyms import Synonyms
        from .variants import CrossScript

        table = synonyms or Synonyms()
        if cross_script:
            table = Synonyms.bundled() | synonyms if synonyms else Synonyms.bundled()
        return CrossScript(self._vocabulary_of(fields), table, names=cross_script).expand(node)

    def _vocabulary_of(self, fields: Sequence[str] | None) -> VocabularyOf:
        default = tuple(fields or self._schema.default_fields)
        return lambda name: self.vocabulary(default if name is None else (name,))

    def complete(self, text: str, limit: int, fields: Sequence[str] | None = None) -> list[Completion]:
        """See Index.complete."""
        from .complete import complete

        vocabulary = self.vocabulary(tuple(fields or self._schema.default_fields))
        return complete(text, vocabulary, limit) if vocabulary is not None else []
