"""Which documents a filter lets through, one document and one value at a time.

A condition is compared as Python compares; a query in a filter is whatever the oracle finds by it. No plans,
no columns, no bits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any

from oracle_documents import Document, values_of
from searchlib import Filter, _core
from searchlib.query.conditions import AllOf, AnyOf, Condition, NoneOf
from searchlib.search.ranking import BM25

if TYPE_CHECKING:
    from oracle import Oracle

Test = Callable[[Document], bool]


def filter_test(filter: Any, oracle: Oracle) -> Test:
    """Whether a document passes."""
    if isinstance(filter, (list, tuple)):
        tests = [filter_test(each, oracle) for each in filter]
        return lambda document: bool(tests) and all(test(document) for test in tests)
    if not isinstance(filter, Filter):
        found = {document_id for document_id, _ in oracle.search(filter, None, ranking=BM25)}
        return lambda document: document.id in found
    if isinstance(filter, NoneOf):
        unwanted = filter_test(filter.part, oracle)
        return lambda document: not unwanted(document)
    if isinstance(filter, (AllOf, AnyOf)):
        tests, join = (
            [filter_test(part, oracle) for part in filter.parts],
            all if isinstance(filter, AllOf) else any,
        )
        return lambda document: join(test(document) for test in tests)
    assert isinstance(filter, Condition)
    return _condition(filter, oracle)


def _condition(asked: Condition, oracle: Oracle) -> Test:
    if asked.field == "id":
        return lambda document: asked.operator == "exists" or document.id in asked.values
    if asked.operator == "exists":
        return lambda document: _exists(document, asked.field)
    fold = getattr(oracle.schema[asked.field], "fold", False)
    spans = [_span(_core.keyword_key(value) if fold else value) for value in asked.values]

    def admits(value: Any) -> bool:
        least, most = _span(_core.keyword_key(value) if fold else value)
        del most  # a document's day is its first moment
        return _holds(asked.operator, least, spans)

    # An empty string is no value.
    return lambda document: any(
        value != "" and admits(value) for value in values_of(document.values.get(asked.field))
    )


def _exists(document: Document, name: str) -> bool:
    if name in document.fields:
        return document.fields[name].length > 0
    return len(values_of(document.values.get(name))) > 0


def _holds(operator: str, value: Any, spans: Sequence[tuple[Any, Any]]) -> bool:
    if operator == "any":
        return any(low <= value <= high for low, high in spans)
    low, high = spans[0]
    if operator == "between":
        return bool(low <= value <= spans[1][1])
    return bool(
        {"from": value >= low, "above": value > high, "to": value <= high, "below": value < low}[operator]
    )


def _span(value: Any) -> tuple[Any, Any]:
    """The least and the greatest that a value stands for: a day is all of it. Strings compare by bytes."""
    if isinstance(value, str):
        return (value.encode(),) * 2
    if isinstance(value, datetime) or not isinstance(value, date):
        return value, value
    first = datetime.combine(value, time(), timezone.utc)
    return first, first + timedelta(days=1, microseconds=-1)
