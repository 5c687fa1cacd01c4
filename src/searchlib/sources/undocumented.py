"""Rows that were refused and had no document then: they have none to keep, whosever it now seems to be.

They are known by their names, as row_names makes them: of their own id, if that could be read, or else of
their line. Which document a row keeps that had one is not known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from . import row_names
from .problems import RefusedRow


class Undocumented:
    """Those of one file. before: their names when it was read last."""

    def __init__(self, before: Iterable[str]) -> None:
        self._before = set(before)
        self._met: Counter[str] = Counter()
        self._now: set[str] = set()

    def had_none(self, row: RefusedRow) -> bool:
        """Whether it was refused before, too, and had no document; then it is remembered as such."""
        name = self._name(row)
        if name not in self._before:
            return False
        self._remember(row, name)
        return True

    def add(self, row: RefusedRow) -> None:
        """It has none now."""
        self._remember(row, self._name(row))

    def names(self, is_unread: Callable[[str], bool]) -> list[str]:
        """Their names now. is_unread: whether the row of one that is remembered was not met this time."""
        return [*self._now, *(name for name in self._before - self._now if is_unread(name))]

    def _name(self, row: RefusedRow) -> str:
        if row.own_id is None:
            return row.default_id
        first = row_names.by_id(row.file.name, row.own_id)
        return row_names.by_id(row.file.name, row.own_id, self._met[first] + 1)

    def _remember(self, row: RefusedRow, name: str) -> None:
        self._now.add(name)
        if row.own_id is not None:
            self._met[row_names.by_id(row.file.name, row.own_id)] += 1
