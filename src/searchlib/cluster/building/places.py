"""Where the tasks of a build put what they make: folders that get their names when all is in them.

A task that is done again finds what it made. Of two that did the same, the first one's folder stays.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...records import Record
from ...sources.how import How
from ...storage.filesystem import FileSystem

BUILDING = "building"
"""The folder of a build, in that of the collection; it goes when the collection is there."""

_TEMPORARY = ".tmp-"
_IS_THERE = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}


class Job(Record):
    """What all tasks of a build know.

    folder: of the collection. num_shards: how many. memory_mb: as of Index.writer. how: how sources are read,
    as it is kept. grows: whether the schema takes fields that appear.
    """

    folder: str
    num_shards: int
    memory_mb: float
    how: dict[str, Any]
    grows: bool

    @property
    def building(self) -> Path:
        """The folder of the build."""
        return Path(self.folder) / BUILDING

    def reading(self) -> How:
        """How sources are read."""
        return How.of_kept(self.how)


@contextlib.contextmanager
def made_whole(final: Path) -> Iterator[Path]:
    """A new folder, which gets its name at the end, durable, unless there is one by then."""
    final.parent.mkdir(parents=True, exist_ok=True)
    temporary = final.with_name(f"{final.name}{_TEMPORARY}{os.getpid()}-{uuid.uuid4().hex[:8]}")
    temporary.mkdir()
    try:
        yield temporary
        filesystem = FileSystem()
        filesystem.sync_directory(str(temporary))
        try:
            temporary.rename(final)
        except OSError as error:
            if error.errno not in _IS_THERE or not final.is_dir():
                raise
        filesystem.sync_directory(str(final.parent))
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_durable(path: Path, data: bytes) -> None:
    """A new file of these bytes; durable when this returns."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def remove_unfinished(folder: Path) -> None:
    """Remove what tasks left that were killed; nobody may be at work there."""
    if folder.is_dir():
        for path in folder.iterdir():
            if _TEMPORARY in path.name:
                shutil.rmtree(path, ignore_errors=True)
