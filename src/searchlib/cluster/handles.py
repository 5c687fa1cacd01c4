"""Documents of a collection by one number each, which orders them as ordinals do, and names their shard."""

from __future__ import annotations

_BITS = 12
"""4,096 shards at most, as the manifest has it: a number stays what it is when there are more shards."""

SHARDS = 1 << _BITS


def handle_of(ordinal: int, shard: int) -> int:
    """The number of a shard's document."""
    return ordinal << _BITS | shard


def shard_in(handle: int) -> int:
    """The shard that a number names."""
    return handle & (SHARDS - 1)


def ordinal_in(handle: int) -> int:
    """The ordinal of that document."""
    return handle >> _BITS
