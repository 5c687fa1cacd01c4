"""A file of keys, and whether it is another one than the one that was read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .keys import is_open_to_others, keys_of_file

if TYPE_CHECKING:
    from .keys import Key


class KeyFile:
    """The keys of a file, as they were read last. fixed: those that were given otherwise, and stay.

    OSError, ValueError as `keys_of_file` has them.
    """

    def __init__(self, path: str, fixed: Iterable[Key] = ()) -> None:
        self.path, self._fixed = path, tuple(fixed)
        self.keys = self.read()

    def read(self) -> tuple[Key, ...]:
        """All keys that the server asks for now."""
        self._stamp = _stamp_of(self.path)  # before what it stands for is read
        return (*self._fixed, *keys_of_file(self.path))

    @property
    def has_changed(self) -> bool:
        """Whether it is not the file that was read last."""
        return _stamp_of(self.path) != self._stamp

    @property
    def is_open_to_others(self) -> bool:
        """Whether other users of the machine may read keys in it."""
        return is_open_to_others(self.path)


def _stamp_of(path: str) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
