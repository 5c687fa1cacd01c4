"""The short way for queries that are words and nothing else, as most are: no tree, no word analysed twice.

A string comes in; the plan that parser and planner would make, or None where they must, goes out. Tests
compare the two.
"""

from __future__ import annotations

from collections.abc import Callable

from ..query import nodes
from ..records import Record
from .plan import CoreNode, Plan, PlannedMark
from .planner import Planner

MAX_CHARS = 1000
MAX_KEPT_WORDS = 20_000


class _PlannedWord(Record):
    core: CoreNode | None
    marks: dict[str, list[PlannedMark]]
    is_stopword: bool


class PlainPlanner:
    """Plans for one schema, its default fields. Words once planned are kept, up to MAX_KEPT_WORDS."""

    def __init__(self, planner: Callable[[], Planner]) -> None:
        self._planner = planner
        self._kept: dict[str, _PlannedWord] = {}

    def plan(self, query: str) -> Plan | None:
        """The plan of plain words; None if the query is anything more, or nothing at all."""
        if len(query) > MAX_CHARS or not query.replace(" ", "").replace("_", "").isalnum():
            return None  # not of letters, digits, underscores and spaces alone
        planned = []
        for word in query.split():
            if word.isupper() and word.isascii() and word.isalpha() and len(word) > 1:
                return None  # AND, OR, NOT: of these characters only capitals make an operator
            found = self._kept.get(word) or self._plan_word(word)
            if found.core is not None:
                planned.append((word, found))
        if not planned:
            return None
        kept = [found for _, found in planned if not found.is_stopword]
        dropped = [word for word, found in planned if found.is_stopword] if kept else []
        return _joined(kept or [found for _, found in planned], dropped)

    def _plan_word(self, word: str) -> _PlannedWord:
        planner, node = self._planner(), nodes.Word(word)
        plan = planner.plan(node)
        core = None if plan.core == ("nothing",) else plan.core
        if len(self._kept) >= MAX_KEPT_WORDS:
            self._kept.clear()
        found = self._kept[word] = _PlannedWord(core, plan.marks, planner.is_stopword(node))
        return found


def _joined(words: list[_PlannedWord], dropped: list[str]) -> Plan:
    if len(words) == 1:
        return Plan(words[0].core or ("nothing",), words[0].marks, dropped)
    marks: dict[str, dict[PlannedMark, None]] = {}  # ordered sets
    for word in words:
        for field, found in word.marks.items():
            marks.setdefault(field, {}).update(dict.fromkeys(found))
    return Plan(
        ("or", [word.core for word in words]), {field: list(found) for field, found in marks.items()}, dropped
    )
