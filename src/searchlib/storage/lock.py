"""The writer's lock: one writer at a time, across processes, threads and forks; it dies with its holder.

Whoever cannot have it gets a LockError that says who does. A forked child never holds its parent's lock: its
descriptors are closed before it runs a line of Python.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time

from ..errors import LockError
from .directory import Lock

_POLL_SECONDS = 0.02
_HOW = "writer(timeout=SECONDS) waits, and a command can be run again"


class _Descriptor:
    """The descriptor of a held lock; −1 once it is released."""

    def __init__(self, number: int) -> None:
        self.number = number


# By device and inode, so that two paths to one index are one. It does not keep a lock that was dropped.
_registry: dict[tuple[int, int], _Descriptor] = {}
# A dropped lock is released wherever the collector finds it, within these very lines too: hence an RLock.
_registry_mutex = threading.RLock()


class WriterLock(Lock):
    """Held from construction until release(). `timeout` is in seconds; 0 gives up at once."""

    def __init__(self, path: str, timeout: float = 0.0) -> None:
        self._path = path
        self._descriptor = _Descriptor(-1)
        self._key = (0, 0)
        deadline = time.monotonic() + timeout
        while not self._try_acquire():
            left = deadline - time.monotonic()
            if left <= 0:
                waited = f" after {timeout:g} s" if timeout > 0 else ""
                raise LockError(
                    f"another writer holds {path}{waited}: {_holder(path)}. Close it, or wait until "
                    f"it is done: {_HOW}"
                )
            time.sleep(min(_POLL_SECONDS, left))

    def _try_acquire(self) -> bool:
        # The mutex spans open and register, and fork takes it too: no child inherits a
        # descriptor it cannot close.
        with _registry_mutex:
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            descriptor = os.open(self._path, flags, 0o666)
            try:
                status = os.fstat(descriptor)
                key = (status.st_dev, status.st_ino)
                if key in _registry or not _lock(descriptor) or not _is_still_at(self._path, key):
                    os.close(descriptor)
                    return False
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            except BaseException:
                os.close(descriptor)
                raise
            self._descriptor, self._key = _Descriptor(descriptor), key
            _registry[key] = self._descriptor
            return True

    @property
    def held(self) -> bool:
        """False after release(), and in a child that was forked while it was held."""
        return self._descriptor.number >= 0

    def release(self) -> None:
        """Let the next writer in. Releasing twice does nothing."""
        with _registry_mutex:
            descriptor, self._descriptor.number = self._descriptor.number, -1
            if descriptor >= 0:
                _registry.pop(self._key, None)
                # Unlock before closing: a copy of the descriptor in some other process must
                # not keep the lock.
                fcntl.flock(descriptor, fcntl.LOCK_UN)
                os.close(descriptor)

    def __del__(self) -> None:
        if self.held:
            self.release()


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, InterruptedError):
        return False
    return True


def _is_still_at(path: str, key: tuple[int, int]) -> bool:
    # Someone may have removed the folder between open and flock: then this lock would guard nothing.
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return False
    return (status.st_dev, status.st_ino) == key


def _holder(path: str) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            pid = int(file.read(32))
    except (OSError, ValueError):
        return "a process that did not leave its number"
    return "this process" if pid == os.getpid() else f"process {pid}"


def _forget_all() -> None:
    for descriptor in _registry.values():
        os.close(descriptor.number)
        descriptor.number = -1
    _registry.clear()
    _registry_mutex.release()


os.register_at_fork(
    before=_registry_mutex.acquire, after_in_parent=_registry_mutex.release, after_in_child=_forget_all
)
