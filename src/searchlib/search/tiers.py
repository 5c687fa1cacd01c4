"""Documents that have all of a query's words, before those that have some of them.

A tree becomes one that asks for all; plans are searched one after the other, as far as hits are wanted. What
a query says is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .. import _core
from ..forks import cached_property
from ..plan import And, Boost, Maybe, Not, PlanNode
from ..query import nodes
from .marks import Plan


class Tier:
    """Documents of a snapshot that come before those of the next tier. It is planned when it is asked for."""

    def __init__(self, plan: Callable[[], Plan], snapshot: _core.Snapshot) -> None:
        self._plan, self._snapshot = plan, snapshot

    @cached_property
    def plan(self) -> Plan:
        """What finds them."""
        return self._plan()

    @cached_property
    def prepared(self) -> _core.Plan:
        """The same, as the core has read it."""
        return self._snapshot.prepared(self.plan.core)

    @property
    def asked(self) -> PlanNode:
        """What finds them and others that no filter lets through."""
        return self.plan.asked or self.plan.core

    @property
    def is_of_several(self) -> bool:
        """Whether several words are asked for; the others may be stopwords."""
        core = self.asked
        while isinstance(core, (Boost, Not, Maybe)):
            core = core.child if isinstance(core, Boost) else core.children[0]
        return isinstance(core, And)


def all_of(tree: nodes.Node) -> nodes.Node:
    """The tree where each word that may match has to; the same one if they have to anyway."""
    if isinstance(tree, nodes.Or) and len(tree.operands) > 1:
        return nodes.And(tree.operands, boost=tree.boost, start=tree.start, end=tree.end)
    if isinstance(tree, nodes.Clauses) and tree.optional and (tree.required or len(tree.optional) > 1):
        required = (nodes.Clauses(required=tree.required),) if tree.required else ()
        excluded = map(nodes.Not, tree.excluded)
        return nodes.And((*required, *tree.optional, *excluded), boost=tree.boost)
    return tree


def ranked_by_tiers(tiers: Iterable[Tier], snapshot: _core.Snapshot, wanted: int) -> list[tuple[float, int]]:
    """The best of the first tier, then those of the next that are not among them, until so many are there."""
    found: dict[int, float] = {}
    for tier in tiers:
        if len(found) == wanted:
            break
        for score, doc in snapshot.search(tier.prepared, wanted):
            found.setdefault(doc, score)
            if len(found) == wanted:
                break
    return [(score, doc) for doc, score in found.items()]
