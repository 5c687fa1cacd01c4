"""A file system that fails or dies at a chosen call: what the tests of the commit path put in its place."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from searchlib.storage.filesystem import FileSystem

COUNTED = ("create", "write", "sync", "close", "rename", "link", "unlink", "make_directory", "sync_directory")


class FaultyFileSystem(FileSystem):
    """Counts the calls to another file system; `fail(number, name)` may raise before one is made."""

    def __init__(
        self,
        fail: Callable[[int, str], None] = lambda number, name: None,
        inner: FileSystem | None = None,
        counted: tuple[str, ...] = COUNTED,
    ) -> None:
        self.counted = counted
        self.fail = fail
        self.inner = inner or FileSystem()
        self.calls: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        if name == "counted" or name not in self.counted:
            return super().__getattribute__(name)
        method = getattr(self.inner, name)

        def call(*arguments: Any) -> Any:
            self.calls.append(name)
            self.fail(len(self.calls), name)
            return method(*arguments)

        return call


def failing_at(number: int, error: int) -> FaultyFileSystem:
    def fail(count: int, name: str) -> None:
        if count == number:
            raise OSError(error, os.strerror(error))

    return FaultyFileSystem(fail)


def dying_at(number: int) -> FaultyFileSystem:
    def fail(count: int, name: str) -> None:
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return FaultyFileSystem(fail)
