"""Where a search found nothing: which of the other indexes of this server have something.

It is an offer and no answer, so it takes little time: what is not counted by then is not told.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...errors import SearchlibError
from ..problems import ProblemError
from .address import Asked
from .finding import look

if TYPE_CHECKING:
    from ...index import Index
    from ...search.results import Results

BUDGET_SECONDS = 0.2
"""For all of them."""

MOST = 5
"""Indexes that are told."""


def elsewhere(catalogue: Mapping[str, Index], asked: Asked, results: Results) -> list[tuple[str, int]]:
    """The indexes that have these words, with how many documents; most documents first.

    catalogue: what the one who asks may see. An index counts that has what was typed, or what this one read
    it as.
    """
    if results.total or not asked.q.strip():
        return []
    until, found = time.monotonic() + BUDGET_SECONDS, []
    for name in catalogue:
        left = until - time.monotonic()
        if left <= 0:
            break
        if name != asked.index and (count := _count(catalogue, name, asked, results, left)):
            found.append((name, count))
    return sorted(found, key=lambda one: -one[1])[:MOST]


def _count(catalogue: Mapping[str, Index], name: str, asked: Asked, results: Results, timeout: float) -> int:
    try:
        other = look(catalogue[name], asked, 0, count=True, timeout=timeout)
    except (SearchlibError, ProblemError):  # too late, gone, without such a field: nothing to offer
        return 0
    if other.instead is None:
        return other.total
    meant = results.instead.query if results.instead else None
    return other.total if other.instead.query == meant else 0
