"""The folders and files that runs were given, and how each was read."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from .files import Walk
from .how import How


class Given:
    """Their absolute paths, each with what is known of its last run; a view on a dict of the record."""

    def __init__(self, kept: dict[str, dict[str, Any]]) -> None:
        self._kept = kept

    def __contains__(self, path: str) -> bool:
        return path in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def give(self, walk: Walk, how: How, refused: Collection[str] = ()) -> None:
        """A run was given these folders and files, and read them so.

        refused: those of which nothing could be read so; they are remembered as they were read before.
        """
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        for paths, is_file in ((walk.folders, False), (walk.files, True)):
            for path in paths:
                its = how.read_as(self.how(path)) if path in refused else how
                kept = (its if is_file else its.of_folder()).as_kept()
                self._kept[path] = {
                    "last_run": now,
                    **({"is_file": True} if is_file else {}),
                    **({"how": kept} if kept else {}),
                }

    def is_folder(self, path: str) -> bool:
        """Whether a run was given it, as a folder."""
        return path in self._kept and "is_file" not in self._kept[path]

    def how(self, path: str) -> How:
        """How a path was read when it was last given, or the folder around it that was."""
        if path in self._kept:
            return How.of_kept(self._kept[path].get("how", {}))
        above = os.path.dirname(path)  # noqa: PTH120
        while not self.is_folder(above):
            if above == os.path.dirname(above):  # noqa: PTH120
                return How()
            above = os.path.dirname(above)  # noqa: PTH120
        return How.of_kept(self._kept[above].get("how", {})).inside()

    def last_run(self, root: str, files: Iterable[str]) -> str:
        """When a folder was last given, or one of these files of it; ISO 8601."""
        given = [self._kept[root]] if root in self._kept else map(self._kept.get, files)
        return max((str(each["last_run"]) for each in given if each), default="")

    def drop(self, path: str) -> bool:
        """The folder or file of this path, and those below it, are held no more; says if there were any."""
        prefix = path.rstrip(os.sep) + os.sep
        dropped = [each for each in self._kept if each == path or each.startswith(prefix)]
        for each in dropped:
            del self._kept[each]
        return bool(dropped)
