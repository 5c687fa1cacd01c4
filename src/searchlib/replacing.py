"""A file that is written whole or not at all: what was there stays until the new one is complete.

For what people keep themselves: exports, postings, tables of translations. An index has rules of its own.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from typing import IO, Any


@contextlib.contextmanager
def replaced(path: str, *, binary: bool = False) -> Iterator[IO[Any]]:
    """A file beside `path`, of UTF-8 or of bytes, which takes its place at the end unless an exception comes.

    A link is followed, and its target replaced; a pipe or device is written to as it is. The file keeps its
    permissions. Raises OSError, with the name `path`.
    """
    how: dict[str, Any] = {"mode": "wb"} if binary else {"mode": "w", "encoding": "utf-8"}
    target = os.path.realpath(path)
    try:
        mode = os.stat(target).st_mode  # noqa: PTH116
    except OSError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(path, **how) as stream:  # noqa: PTH123
            yield stream
        return
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name[:100]}.{os.getpid()}.{os.urandom(4).hex()}")  # noqa: PTH118
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    try:
        with open(descriptor, **how) as file:  # noqa: PTH123
            if mode is not None:
                os.chmod(temporary, stat.S_IMODE(mode))  # noqa: PTH101
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
