"""What hits and explanations ask of the searcher that found them. For type checkers: it is never loaded.

It stands below both, so that a searcher may make results and these need not know it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from .. import _core
from ..analysis.analyzer import Analyzer
from ..highlight import Mark, WordMatch
from ..plan import FormPattern, PlanNode
from ..schema import Schema
from .marks import Plan
from .score import Explanation


class Pinned(Protocol):
    """A snapshot and its documents."""

    schema: Schema

    @property
    def core(self) -> _core.Snapshot:
        """The segments."""
        ...

    @property
    def lexicon(self) -> _core.Snapshot | None:
        """The same, for the words of a document that need no analysis; None where they are elsewhere."""
        ...

    @property
    def analyzers(self) -> Mapping[str, Analyzer | None]:
        """Each searched field's; None for keywords."""
        ...

    def find(self, document_id: str) -> int | None:
        """The number of the live document with that id."""

    def explained(self, plan: Plan, document_id: str) -> Explanation | None:
        """What a plan's score of a document is made of; None if there is no such document."""

    def misses_words(self, plan: Plan) -> bool:
        """Whether a word that the query asks for is in hardly any document."""
        ...

    def document_id(self, doc: int) -> str:
        """A document's id."""
        ...

    def stored(self, doc: int) -> dict[str, Any]:
        """A document's stored fields."""
        ...

    def at_hand(self, doc: int) -> dict[str, Any] | None:
        """The same where it is in memory as it is; None where its line has to be read."""

    def lines(self, docs: Sequence[int]) -> _core.DocumentLines:
        """Documents as they are encoded."""
        ...

    @property
    def has_plain_lines(self) -> bool:
        """Whether such a line has nothing but the document: nothing that does not count any more."""
        ...

    def decoded(self, doc: int, line: bytes) -> dict[str, Any]:
        """The stored fields of a document, from its line."""
        ...

    def hiding(self, field: str, docs: Sequence[int]) -> list[int]:
        """The places of those documents whose stored value of a field does not count."""
        ...

    def count(self, query: object, prepared: _core.Plan | PlanNode, timeout: float | None) -> int:
        """How many live documents match."""
        ...

    def require_postings(self, what: str) -> None:
        """ClosedError, which names what needs them, if only the documents of some hits are here."""

    def marks(self, plan: Plan, field: str) -> list[Mark]:
        """What a plan marks in a field."""
        ...

    def expanded(self, pattern: FormPattern, field: str) -> WordMatch:
        """The forms of a field that a pattern meets, and their lemmas."""
        ...
