"""What a shard keeps between the questions of one router: plans, matches, walks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

_T = TypeVar("_T")
_MAX_KEPT = 16
"""Of each kind."""


class Kept(OrderedDict[Any, Any]):
    """The last few of what was made."""

    def of(self, key: Any, make: Callable[[], _T]) -> _T:
        found: _T | None = self.pop(key, None)
        if found is None:
            found = make()
        self[key] = found
        while len(self) > _MAX_KEPT:
            self.popitem(last=False)
        return found
