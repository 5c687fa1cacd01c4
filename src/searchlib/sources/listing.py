"""The files that paths stand for, as they are at the moment when each is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from .files import STDIN, SourceFile, Walk, find_files
from .foresight import looking_ahead
from .ignoring import Choice
from .ownership import path_of

_FILES_AHEAD = 64


class Listing:
    """Lists the files of paths, and keeps what the last walk met besides; options: as of Sources."""

    def __init__(
        self,
        paths: Sequence[str],
        *,
        format: str | None,
        exclude: Sequence[str],
        choice: Choice,
        stdin_id: str | None,
        gone_ok: bool,
        on_passed: Callable[[str, str], object] | None,
    ) -> None:
        self._paths, self._format, self._exclude, self._choice = paths, format, exclude, choice
        self._id, self._gone_ok, self._on_passed = stdin_id, gone_ok, on_passed
        self.walk = Walk()

    def has_files(self) -> bool:
        """Whether there is any file that would be read."""
        return next(self.find(Walk()), None) is not None

    def measure(self) -> tuple[int, int | None]:
        """How many files there are, and their bytes; None where standard input is among them."""
        num_files = num_bytes = 0
        for file in self.find(Walk()):
            num_files += 1
            num_bytes += file.size_bytes
        return num_files, None if STDIN in self._paths else num_bytes

    def look(self) -> tuple[Walk, set[str]]:
        """What a walk meets now, and the absolute paths of its files; nothing is reported."""
        walk = Walk()
        return walk, {path_of((file.root, file.name)) for file in self.find(walk)}

    def files(self, expect: Callable[[SourceFile], object] | None = None) -> Iterator[SourceFile]:
        """The files in order; self.walk has what could not be listed.

        expect: is told of each file some way ahead.
        """

        def tell(met: SourceFile | tuple[str, str]) -> None:
            if expect is not None and isinstance(met, SourceFile):
                expect(met)

        for met in looking_ahead(self._met(), tell, _FILES_AHEAD if expect else 0):
            if isinstance(met, SourceFile):
                file = self._as_it_is(met) if expect else met
                if file is not None:
                    yield file
            elif self._on_passed is not None:
                self._on_passed(*met)

    def pass_over(self, path: str, reason: str) -> None:
        """Count what is passed over in an archive that is read now, as the walk counts what it meets."""
        self.walk.passed_over[reason] += 1
        if self._on_passed is not None:
            self._on_passed(path, reason)

    def _as_it_is(self, file: SourceFile) -> SourceFile | None:
        """A file that was met some way ahead; None if it is gone from its folder since."""
        try:
            status = os.stat(file.path) if file.path != STDIN else None  # noqa: PTH116 (100,000 times)
        except FileNotFoundError:
            return file if file.path in self._paths else None
        except OSError:
            return file  # which is said when it is read
        if status is None or (status.st_size, status.st_mtime_ns) == (file.size_bytes, file.mtime_ns):
            return file
        return file.replace(size_bytes=status.st_size, mtime_ns=status.st_mtime_ns)

    def _met(self) -> Iterator[SourceFile | tuple[str, str]]:
        """The files, and in its place among them what is passed over, and why."""
        passed: list[tuple[str, str]] = []
        told = None if self._on_passed is None else lambda path, reason: passed.append((path, reason))
        self.walk = Walk(on_passed=told)
        for file in self.find(self.walk):
            yield from passed
            passed.clear()
            yield file
        yield from passed

    def find(self, walk: Walk) -> Iterator[SourceFile]:
        """Each file once, also where one path that was given lies within another."""
        if self._gone_ok:
            walk.gone = [path for path in self._paths if path != STDIN and not Path(path).exists()]
        paths = [path for path in self._paths if path not in walk.gone]
        met: set[str] = set()
        for file in find_files(paths, walk, self._format, self._exclude, self._choice):
            path = path_of((file.root, file.name)) if len(paths) > 1 else ""
            if not path or path not in met:
                if path:
                    met.add(path)
                yield file.replace(name=self._id) if file.path == STDIN and self._id is not None else file
