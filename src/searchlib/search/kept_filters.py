"""Filters that were asked before, as the core has read them: applications ask the same few of each query.

A small one is known again by what it asks, a large one by being the same object: it is frozen. A list is
known by its parts. Of what may change, such as a query tree, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime

from .. import _core
from ..query.conditions import AllOf, AnyOf, Condition, Filter, Fixed, NoneOf

MAX_KEPT = 128
MAX_KEPT_VALUES = 1_000_000
_MAX_SIZE = 32
"""Conditions and values that are looked at one by one."""
_PLAIN = (int, float, str, bool, date, datetime)


class KeptFilters:
    """Those of one snapshot. plan: makes the plan of one, as the core has read it."""

    def __init__(self, plan: Callable[[object], _core.FilterPlan]) -> None:
        self._plan = plan
        self._kept: dict[Hashable, tuple[object, _core.FilterPlan]] = {}
        self._num_values = 0

    def of(self, filter: object) -> _core.FilterPlan:
        """The plan of what a filter lets through; the errors of making it."""
        if isinstance(filter, list):
            filter = tuple(filter)  # so that what is kept stays what it is
        key = _key(filter)
        found = None if key is None else self._kept.get(key)
        if found is not None:
            return found[1]
        made = self._plan(filter)
        if key is not None:
            size = _size(filter)
            if len(self._kept) >= MAX_KEPT or self._num_values + size > MAX_KEPT_VALUES:
                self._kept, self._num_values = {}, 0
            self._kept[key] = filter, made  # as long as the filter is kept, no other has its identity
            self._num_values += size
        return made


def _key(filter: object) -> Hashable:
    """What tells a filter from others; None for one that is not to be kept."""
    if type(filter) is str:  # a Plain is read another way
        return filter
    if isinstance(filter, Filter):
        return _key_of_parts(filter) if filter.size <= _MAX_SIZE else ("at", id(filter))
    if isinstance(filter, tuple) and filter and len(filter) <= _MAX_SIZE:
        keys = tuple(map(_key, filter))
        return None if None in keys else ("all", keys)
    return None


def _size(filter: object) -> int:
    if isinstance(filter, Filter):
        return filter.size
    if isinstance(filter, tuple):
        return sum(map(_size, filter))
    return len(filter) if isinstance(filter, str) else 1


def _key_of_parts(filter: Filter) -> Hashable:
    if type(filter) is Condition:
        values = filter.values
        if not all(type(value) in _PLAIN for value in values):
            return None
        # 1 is True, and of an hour that the clock has twice the two are equal: these filters differ.
        kinds = tuple((type(value), getattr(value, "fold", 0)) for value in values)
        return filter.field, filter.operator, kinds, values
    if isinstance(filter, (AllOf, AnyOf)):
        keys = tuple(map(_key_of_parts, filter.parts))
        return None if None in keys else (filter.sign, keys)
    if isinstance(filter, NoneOf):
        key = _key_of_parts(filter.part)
        return None if key is None else ("~", key)
    if isinstance(filter, Fixed):
        return _key(filter.part)  # it lets the same documents through
    return None
