"""Keys come and go while the server runs: their file is read anew when it changes.

What cannot be read changes nothing: the keys that hold go on to hold, and the log says why. So a server that
has keys always has some, and nothing that happens to the file opens it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING

import anyio.to_thread

from ..watching import logs
from .key_checks import check_keys

if TYPE_CHECKING:
    from ..settings import Settings
    from .key_file import KeyFile
    from .keys import Key, Keys

_SECONDS = 1.0
"""How often the file is looked at."""


class KeysFollowed:
    """Keeps the keys of a server those of its file. Made once the event loop runs; `close` ends it."""

    def __init__(self, file: KeyFile, keys: Keys, settings: Settings) -> None:
        self._file, self._keys, self._settings = file, keys, settings
        self._asked = asyncio.Event()
        self._task = asyncio.create_task(self._follow())

    def look(self) -> None:
        """Read it now, whether or not it seems to be another one."""
        self._asked.set()

    async def close(self) -> None:
        """Look no more."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def _follow(self) -> None:
        while True:
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._asked.wait(), _SECONDS)
            is_asked = self._asked.is_set()
            self._asked.clear()
            if is_asked or await anyio.to_thread.run_sync(lambda: self._file.has_changed):
                await self._read()

    async def _read(self) -> None:
        try:
            keys, warnings = await anyio.to_thread.run_sync(self._checked)
        except (OSError, ValueError) as error:
            said = {"file": self._file.path, "detail": f"{error}; the keys from before hold on"}
            logs.tell(logs.SERVER, "keys not read", said, logging.WARNING)
            return
        for warning in warnings:
            logs.tell(logs.SERVER, "keys", {"detail": warning}, logging.WARNING)
        before = self._keys.replace(keys)
        logs.tell(logs.WRITES, "keys", {"file": self._file.path, **_changes(before, keys)})

    def _checked(self) -> tuple[tuple[Key, ...], list[str]]:
        keys = self._file.read()
        warnings = check_keys(keys, self._settings)
        if self._file.is_open_to_others:
            warnings.append(f"others may read {self._file.path}: chmod 600, or hashes in place of keys")
        return keys, warnings


def _changes(before: Iterable[Key], now: Iterable[Key]) -> dict[str, list[str]]:
    """Names of keys: those that are new, that are gone, and that allow something else or are another key."""
    old, new = ({key.name: key for key in keys} for keys in (before, now))
    return {
        "added": sorted(new.keys() - old.keys()),
        "removed": sorted(old.keys() - new.keys()),
        "changed": sorted(name for name in old.keys() & new.keys() if old[name] != new[name]),
    }
