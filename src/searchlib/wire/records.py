"""What an index says of queries and scores, of plain data again: the inverse of each record's as_dict()."""

from __future__ import annotations

from typing import Any, TypeVar

from ..records import Record
from ..search.score import Explanation
from ..search.terms import TermStatistics
from ..search.understanding import QueryPart
from ..search.why import Reason
from ..suggest.completion import Completion
from ..suggest.corrections import Correction
from ..suggest.suggestions import Suggestion

_RecordT = TypeVar("_RecordT", bound=Record)


def explanation_of(given: dict[str, Any]) -> Explanation:
    """What a score is made of."""
    return _record(Explanation, {**given, "parts": tuple(map(explanation_of, given["parts"]))})


def query_part_of(given: dict[str, Any]) -> QueryPart:
    """How a query is understood."""
    return _record(QueryPart, {**given, "parts": tuple(map(query_part_of, given["parts"]))})


def suggestion_as_json(found: Suggestion) -> dict[str, Any]:
    """A query that may have been meant, with the sentence that says why."""
    return {"query": found.query, "reason": found.reason, **found.as_dict()}


def suggestion_of(given: dict[str, Any]) -> Suggestion:
    """The inverse."""
    corrections = tuple(_record(Correction, one) for one in given["corrections"])
    return Suggestion(given["query"], corrections, given["score"])


def completion_of(given: dict[str, Any]) -> Completion:
    """How a text may go on."""
    return _record(Completion, given)


def reason_of(given: dict[str, Any]) -> Reason:
    """Why nothing was found."""
    return _record(Reason, given)


def term_of(given: dict[str, Any]) -> TermStatistics:
    """A term, and where it stands."""
    return _record(TermStatistics, given)


def _record(kind: type[_RecordT], given: dict[str, Any]) -> _RecordT:
    """A record of its fields; what a later version says beside them is passed over."""
    names = kind.field_names()
    return kind(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in given.items()
            if name in names
        }
    )
