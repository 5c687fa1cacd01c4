"""Whether a query has a word that finds nothing, or next to nothing: then it is worth asking for suggestions.

A plan comes in, a yes or no goes out. It loads nothing and suggests nothing: rescue does, when it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .. import _core

if TYPE_CHECKING:
    from .plan import CoreNode

FEW_DOCS = 3
"""A word in so few documents may be a slip that was made in them too…"""

RATIO = 50
"""…if what was meant is in so many times as many."""


def has_missing_word(snapshot: _core.Snapshot, core: CoreNode, few: int = FEW_DOCS) -> bool:
    """Whether a word that the plan asks for, and what may stand for it, is in no document or in very few.

    few: so many are very few. A word for which others stand has been helped already, unless none is there.
    """
    kind, rest = core[0], core[1:]
    if kind == "word":
        return _is_missing(snapshot, ((field, lemmas) for field, _, lemmas in rest[0]), few)
    if kind == "phrase":
        slots: dict[int, list[tuple[int, Sequence[str]]]] = {}
        for field, _, words in rest[0]:
            for offset, lemmas in words:
                slots.setdefault(offset, []).append((field, lemmas))
        return any(_is_missing(snapshot, slot, few) for slot in slots.values())
    if kind == "boost":
        return has_missing_word(snapshot, rest[1], few)
    if kind == "not":
        return has_missing_word(snapshot, rest[0][0], few)
    if kind == "max":
        has_variants = any(child[0] == "boost" and len(child) > 3 for child in rest[0])
        return all(has_missing_word(snapshot, child, 0 if has_variants else few) for child in rest[0])
    return kind in ("and", "or", "maybe") and any(has_missing_word(snapshot, child, few) for child in rest[0])


def _is_missing(snapshot: _core.Snapshot, word: Iterable[tuple[int, Sequence[str]]], few: int) -> bool:
    df = max((snapshot.df(field, lemma) for field, lemmas in word for lemma in lemmas), default=0)
    return df == 0 or (df <= few and RATIO * df <= snapshot.num_live_docs)
