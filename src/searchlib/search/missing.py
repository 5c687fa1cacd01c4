"""Whether a query has a word that finds nothing, or next to nothing: then it is worth asking for suggestions.

A plan comes in, a yes or no goes out. It loads nothing and suggests nothing: rescue does, when it is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import _core

if TYPE_CHECKING:
    from .planner import CoreNode

FEW_DOCS = 3
"""A word in so few documents may be a slip that was made in them too."""


def has_missing_word(snapshot: _core.Snapshot, core: CoreNode) -> bool:
    """Whether a word that the plan asks for, and what may stand for it, is in at most FEW_DOCS documents."""
    kind, rest = core[0], core[1:]
    if kind == "word":
        dfs = (snapshot.df(field, lemma) for field, _, lemmas in rest[0] for lemma in lemmas)
        return max(dfs, default=0) <= FEW_DOCS
    if kind == "phrase":
        slots: dict[int, int] = {}
        for field, _, words in rest[0]:
            for offset, lemmas in words:
                df = max((snapshot.df(field, lemma) for lemma in lemmas), default=0)
                slots[offset] = max(df, slots.get(offset, 0))
        return any(df <= FEW_DOCS for df in slots.values())
    if kind == "boost":
        return has_missing_word(snapshot, rest[1])
    if kind == "not":
        return has_missing_word(snapshot, rest[0][0])
    if kind == "max":
        return all(has_missing_word(snapshot, child) for child in rest[0])
    return kind in ("and", "or", "maybe") and any(has_missing_word(snapshot, child) for child in rest[0])
