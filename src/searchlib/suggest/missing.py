"""Whether a query has a word that finds nothing, or next to nothing: then it is worth asking for suggestions.

Each query of the command line asks that, so nothing else of suggest is loaded here, and nothing is suggested.
"""

from __future__ import annotations

from .. import _core
from ..lean import TYPE_CHECKING
from ..plan import Boost, Combination, Constant, Forms, Phrase, PlanNode, Visitor, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEW_DOCS = 3
"""A word in so few documents may be a slip that was made in them too…"""

RATIO = 50
"""…if what was meant is in so many times as many."""


def has_missing_word(snapshot: _core.Snapshot, core: PlanNode, few: int = FEW_DOCS) -> bool:
    """Whether a word that the plan asks for, and what may stand for it, is in no document or in very few.

    few: so many are very few. A word for which others stand has been helped already, unless none is there.
    """
    return _Missing(snapshot, few).visit(core)


class _Missing(Visitor[bool]):
    def __init__(self, snapshot: _core.Snapshot, few: int) -> None:
        self._snapshot, self._few = snapshot, few

    def word(self, node: Word) -> bool:
        return self._is_missing((field.field, field.lemmas) for field in node.fields)

    def phrase(self, node: Phrase) -> bool:
        places: dict[int, list[tuple[int, Sequence[str]]]] = {}
        for field in node.fields:
            for offset, lemmas in zip(field.offsets, field.words, strict=True):
                places.setdefault(offset, []).append((field.field, lemmas))
        return any(map(self._is_missing, places.values()))

    def boost(self, node: Boost) -> bool:
        return self.visit(node.child)

    def combination(self, node: Combination) -> bool:
        """What is excluded may be missing."""
        if not node.alternatives:
            return any(map(self.visit, node.wanted))
        was_helped = any(isinstance(child, Boost) and child.reason for child in node.wanted)
        reader = _Missing(self._snapshot, 0) if was_helped else self
        return all(map(reader.visit, node.wanted))

    def forms(self, node: Forms) -> bool:
        return False

    def constant(self, node: Constant) -> bool:
        return False

    def _is_missing(self, word: Iterable[tuple[int, Sequence[str]]]) -> bool:
        df = max((self._snapshot.df(field, lemma) for field, lemmas in word for lemma in lemmas), default=0)
        return df == 0 or (df <= self._few and RATIO * df <= self._snapshot.num_live_docs)
