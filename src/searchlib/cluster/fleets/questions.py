"""What a round of questions is made of: one question a shard, how long it may take, and the error if it
fails.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from ...errors import SearchTimeout, ShardBusyError, ShardUnavailableError, ShardVersionError
from .channel import Call
from .frames import NEVER
from .hedging import HedgeBudget
from .replicas import Replica


class Limits:
    """How long a round may take, and what it may cost.

    ends: of time.monotonic, or NEVER. patience: seconds for which a shard without any replica is waited for.
    """

    def __init__(self, timeout: float | None, patience: float, budget: HedgeBudget | None) -> None:
        self.timeout, self.patience, self.budget = timeout, patience, budget
        self.begun = time.monotonic()
        self.ends = NEVER if timeout is None else self.begun + timeout


class Question:
    """What is asked of one shard, and where it is under way."""

    __slots__ = (
        "calls",
        "deaths",
        "error",
        "hedge_at",
        "is_hedged",
        "message",
        "num_busy",
        "shard",
        "stuck_since",
        "tried",
        "was_at",
    )

    def __init__(self, shard: int, message: bytes) -> None:
        self.shard, self.message = shard, message
        self.calls: list[tuple[Call, Replica, float]] = []
        self.was_at: list[Replica] = []
        self.tried: list[str] = []
        self.deaths = self.num_busy = 0
        self.hedge_at = NEVER
        self.is_hedged = False
        self.stuck_since: float | None = None
        self.error: type[ShardUnavailableError] | None = None


def error_of(failed: Sequence[Question], late: Sequence[Question], limits: Limits, version: int) -> Exception:
    """What to raise for the shards that have not answered: those that cannot, and those that have no time
    left.
    """
    if late and not failed:
        shards = ", ".join(str(question.shard) for question in late)
        return SearchTimeout(f"no answer of shard {shards} within {limits.timeout:g} s", limits.timeout)
    failed = sorted(failed, key=lambda question: question.shard)
    kinds = {question.error for question in failed}
    kind = kinds.pop() if len(kinds) == 1 else None
    tried = {question.shard: tuple(question.tried[-8:]) for question in failed}
    told = "; ".join(
        f"shard {shard}: {', '.join(what[-3:]) or 'no replica is up'}" for shard, what in tried.items()
    )
    what = {
        ShardBusyError: "all replicas have more requests than they take: ask less, or start more replicas",
        ShardVersionError: f"no replica has version {version}: begin again at the fleet's present version",
    }.get(kind or ShardUnavailableError, "no replica answers: see that the workers run")
    return (kind or ShardUnavailableError)(f"{what} ({told})", tuple(tried), tried)
