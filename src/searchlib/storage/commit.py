"""The last steps of a commit: a new manifest becomes the live one, atomically and durably.

Those of a collection of indexes are the same: replace_small is for its manifest.

The order of the calls is what makes a commit survive a power cut, and is tested call by call. What a manifest
says is not known here.
"""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from ..errors import CommitUncertainError
from .files import MANIFEST, MANIFEST_OLD, TEMPORARY
from .filesystem import FileSystem
from .newfile import write_all

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def replace_manifest(filesystem: FileSystem, folder: Path, data: bytes, keep_old: bool) -> None:
    """See Directory.replace_manifest. keep_old: the manifest that is replaced stays, as manifest.old."""
    live, temporary = str(folder / MANIFEST), str(folder / (MANIFEST + TEMPORARY))
    filesystem.sync_directory(str(folder))  # the names of the new files, before anything refers to them
    _write_temporary(filesystem, temporary, data)
    if not os.path.lexists(live):
        filesystem.sync_directory(str(folder.parent))
    elif keep_old:
        _keep_old(filesystem, live, str(folder / MANIFEST_OLD))
    _make_live(filesystem, temporary, live, folder)


def replace_small(filesystem: FileSystem, folder: Path, name: str, data: bytes) -> None:
    """Give a file of that folder other bytes, or make it: durable when this returns, and never half there.

    OSError: the file is as before. CommitUncertainError: it is not known which one is there.
    """
    temporary = str(folder / (name + TEMPORARY))
    filesystem.sync_directory(str(folder))
    _write_temporary(filesystem, temporary, data)
    _make_live(filesystem, temporary, str(folder / name), folder)


def _make_live(filesystem: FileSystem, temporary: str, live: str, folder: Path) -> None:
    try:
        filesystem.rename(temporary, live)
        filesystem.sync_directory(str(folder))
    except OSError as error:
        raise CommitUncertainError(
            f"the system failed in the last step of a commit to {folder} ({error}); "
            f"open the index anew to see whether the commit is there"
        ) from error


def _write_temporary(filesystem: FileSystem, path: str, data: bytes) -> None:
    _remove_leftover(filesystem, path)
    descriptor = filesystem.create(path)
    try:
        write_all(filesystem, descriptor, data)
        filesystem.sync(descriptor)
    finally:
        filesystem.close(descriptor)


def _keep_old(filesystem: FileSystem, live: str, old: str) -> None:
    temporary = old + TEMPORARY
    _remove_leftover(filesystem, temporary)
    try:
        filesystem.link(live, temporary)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without hard links. No older manifest.old must stay: its files would stay for ever.
        with open(live, "rb") as file:  # noqa: PTH123
            _write_temporary(filesystem, temporary, file.read())
    filesystem.rename(temporary, old)


def _remove_leftover(filesystem: FileSystem, path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        filesystem.unlink(path)
