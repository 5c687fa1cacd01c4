"""Documents that have all of a query's words, before those that have some of them.

A plan becomes one that asks for all; plans that find more and more are searched one after the other, as far
as hits are wanted. What the plans say of a text is not known here.
"""

from __future__ import annotations

from collections.abc import Sequence

from .. import _core
from ..plan import And, Boost, Maybe, Not, Or, PlanNode, Raised


def all_of(core: PlanNode) -> PlanNode:
    """The plan where each word that may match has to, with the same scores."""
    if isinstance(core, Or):
        return And(core.children)
    if isinstance(core, Maybe):
        return And([all_of(child) for child in core.children])
    if isinstance(core, Not):
        wanted, excluded = core.children
        return Not(all_of(wanted), excluded)
    if isinstance(core, Boost):
        return Boost(core.factor, all_of(core.child), core.reason)
    if isinstance(core, Raised):
        return Raised(all_of(core.children[0]), core.raises)
    return core


def is_of_all(core: PlanNode) -> bool:
    """Whether the plan asks for all of its words already: there is but one, or operators say so."""
    if isinstance(core, Boost):
        return is_of_all(core.child)
    if isinstance(core, (Not, Raised)):
        return is_of_all(core.children[0])
    return not isinstance(core, (Or, Maybe))


def ranked_by_tiers(
    snapshot: _core.Snapshot, tiers: Sequence[_core.Plan], wanted: int
) -> list[tuple[float, int]]:
    """The best of the first tier, then those of the next that are not among them, until so many are there.

    Each tier finds whatever the one before does.
    """
    found: dict[int, float] = {}
    for tier in tiers:
        for score, doc in snapshot.search(tier, wanted):
            if len(found) == wanted:
                break
            found.setdefault(doc, score)
        if len(found) == wanted:
            break
    return [(score, doc) for doc, score in found.items()]
