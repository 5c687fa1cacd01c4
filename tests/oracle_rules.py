"""A document's score under a query, put together: sums in the query's order, the best of several, clauses.

A rule leads from a document to its score, or to None where it does not match; several are put together as
one. What a rule asks of a document is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

Rule: TypeAlias = Callable[[Any], "float | None"]
"""A document's score under a query; None where it does not match."""


def sum_of(rules: Sequence[Rule]) -> Rule:
    def rule(document: Any) -> float | None:
        total = None
        for each in rules:
            score = each(document)
            if score is not None:
                total = score if total is None else total + score
        return total

    return rules[0] if len(rules) == 1 else rule


def best_of(rules: Sequence[Rule]) -> Rule:
    def rule(document: Any) -> float | None:
        return max((score for score in (rule(document) for rule in rules) if score is not None), default=None)

    return rules[0] if len(rules) == 1 else rule


def clauses(required: Sequence[Rule], optional: Sequence[Rule], excluded: Sequence[Rule]) -> Rule:
    """All of required, none of excluded; optional adds, and one must match if nothing is required."""
    wanted_sum, optional_sum = sum_of(required), sum_of(optional)

    def rule(document: Any) -> float | None:
        if any(rule(document) is not None for rule in excluded):
            return None
        if any(rule(document) is None for rule in required):
            return None
        wanted, extra = wanted_sum(document), optional_sum(document)
        if wanted is None and extra is None:
            return None if optional else 0.0
        return wanted if extra is None else extra if wanted is None else wanted + extra

    return rule


def times(factor: float, inner: Rule) -> Rule:
    def rule(document: Any) -> float | None:
        score = inner(document)
        return None if score is None else factor * score

    return rule


def constant(matches: Callable[[Any], bool]) -> Rule:
    return lambda document: 1.0 if matches(document) else None
