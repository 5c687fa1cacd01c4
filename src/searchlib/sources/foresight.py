"""A look at what is coming: items pass as they are, and each is told of some way before its turn."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")


def looking_ahead(items: Iterable[_Item], tell: Callable[[_Item], object], window: int) -> Iterator[_Item]:
    """The items; `tell` is given each when at most `window` others are still to come before it."""
    waiting: deque[_Item] = deque()
    for item in items:
        tell(item)
        waiting.append(item)
        if len(waiting) > window:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()
