"""Sets of words that a module writes down as one text."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words between its spaces."""
    return frozenset(text.split())
