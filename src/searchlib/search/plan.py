"""What a planned query is: a tree of tuples for the core, and what highlighting marks. Plain data alone."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from ..highlight import Mark
from ..records import Record

CoreNode: TypeAlias = tuple[Any, ...]
"""A node of the core's plan (core/bind_search.cpp reads it)."""

NOTHING: CoreNode = ("nothing",)


class FormsMark(Record):
    """A pattern to mark: when a hit is highlighted, the searcher expands it over the lexicon."""

    kind: str
    text: str
    distance: int


PlannedMark: TypeAlias = Mark | FormsMark


class Plan(NamedTuple):
    """core: for the core. marks: by field, what of its text is marked.

    dropped: the stopwords that were left out.
    """

    core: CoreNode
    marks: dict[str, list[PlannedMark]]
    dropped: list[str]
