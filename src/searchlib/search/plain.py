"""The short way for queries that are words and nothing else, as most are: no tree, no word analysed twice.

A string comes in; the plan that parser and planner would make, or None where they must, goes out. Tests
compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ..plan import Maybe, Nothing, Or, PlanNode
from ..query import nodes
from ..records import Record
from .marks import Marks, Plan
from .planner import Planner

if TYPE_CHECKING:
    from .neighbours import Placed

MAX_CHARS = 1000
MAX_KEPT_WORDS = 20_000


class _PlannedWord(Record):
    """placed: for rankings that look at neighbours; None for what is in quotes, too."""

    core: PlanNode
    marks: Marks
    is_stopword: bool
    placed: Placed | None


class PlainPlanner:
    """Plans for one schema and ranking, its default fields. Words once planned are kept: MAX_KEPT_WORDS."""

    def __init__(self, planner: Callable[[], Planner]) -> None:
        self._planner = planner
        self._kept: dict[str, _PlannedWord] = {}

    def plan(self, query: str) -> Plan | None:
        """The plan of plain words, each in quotes or not; None if the query is more, or nothing at all."""
        if len(query) > MAX_CHARS:
            return None
        words = []
        dropped = []
        for word in query.split():
            found = self._kept.get(word) or self._plan_word(word)
            if found is None:
                return None
            if isinstance(found.core, Nothing):
                continue
            words.append(found)
            if found.is_stopword:
                dropped.append(word)
        if len(dropped) == len(words):
            dropped = []
        return self._joined(words, dropped) if words else None

    def _plan_word(self, word: str) -> _PlannedWord | None:
        node = _node_of(word)
        if node is None:
            return None
        planner = self._planner()
        plan = planner.plan(node)
        if len(self._kept) >= MAX_KEPT_WORDS:
            self._kept.clear()
        is_stopword = isinstance(node, nodes.Word) and planner.is_stopword(node)
        place = None
        if planner.ranking is not None and planner.ranking.adjacent:
            from .neighbours import placed

            place = placed(planner, node)
        found = self._kept[word] = _PlannedWord(plan.core, plan.marks, is_stopword, place)
        return found

    def _joined(self, words: Sequence[_PlannedWord], dropped: list[str]) -> Plan:
        planned = [word for word in words if not word.is_stopword] if dropped else words
        if len(planned) == 1:
            return Plan(planned[0].core, planned[0].marks, dropped)
        core: PlanNode = Or([word.core for word in planned])
        adjacent = self._neighbours(words, bool(dropped)) if any(word.placed for word in planned) else []
        if adjacent:
            core = Maybe(core, adjacent[0] if len(adjacent) == 1 else Or(adjacent))
        return Plan(core, Marks(parts=[word.marks for word in planned]), dropped)

    def _neighbours(self, words: Sequence[_PlannedWord], drops: bool) -> list[PlanNode]:
        from .neighbours import neighbours

        planner = self._planner()
        assert planner.ranking is not None
        places = [
            word.placed.without_words() if word.placed and drops and word.is_stopword else word.placed
            for word in words
        ]
        return neighbours(planner, places, float(planner.ranking.adjacent))


def _node_of(word: str) -> nodes.Node | None:
    """What a plain word, or one in quotes, asks for: None if it is neither, or capitals, such as OR."""
    if _is_plain(word):
        is_operator = word.isupper() and word.isascii() and word.isalpha() and len(word) > 1
        return None if is_operator else nodes.Word(word)
    quoted = word[1:-1]
    is_quoted = word[0] == word[-1] == '"' and _is_plain(quoted)
    return nodes.Phrase(quoted) if is_quoted else None


def _is_plain(word: str) -> bool:
    return word.isalnum() or word.replace("_", "0").isalnum()
