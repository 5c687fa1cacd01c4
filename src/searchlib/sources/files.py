"""Paths to the files that hold documents, in an order that is the same on every run.

Each SourceFile has the name that its document bears. Links inside a folder are not followed; pipes, devices
and hidden files are passed over, and counted. No file is opened here.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import SourceError
from ..records import Record
from .formats import BY_SUFFIX

STDIN = "-"


class SourceFile(Record):
    """A file that holds one document or many."""

    name: str  # its path under `root` with "/": the id of its document, or the stem of its rows' ids
    path: str  # as it is opened; "-" is standard input
    root: str  # the absolute folder; "" for standard input
    format: str  # a format's name, or "" for what its first bytes say
    size_bytes: int = 0
    mtime_ns: int = 0

    @property
    def shown(self) -> str:
        """How it is called in a message."""
        return "standard input" if self.path == STDIN else self.path


@dataclass
class Walk:
    """What a walk met besides files."""

    passed_over: Counter[str] = field(default_factory=Counter)  # why → how many
    unreadable: list[tuple[str, str]] = field(default_factory=list)  # (path, reason)
    folders: list[str] = field(default_factory=list)  # the absolute roots that are folders
    gone: list[str] = field(default_factory=list)  # paths given that are not there
    blocked: list[str] = field(default_factory=list)  # absolute folders whose files could not be listed


def check_paths(paths: Sequence[str]) -> None:
    """SourceError for the first path that does not exist; before any work is done."""
    if not paths:
        raise SourceError("nothing to read: give a file, a folder, or - for standard input")
    for path in paths:
        if path != STDIN and not Path(path).exists():
            what = "a link to nothing" if Path(path).is_symlink() else "no such file or folder"
            raise SourceError(f"{what}: {path}")


def find_files(
    paths: Sequence[str], walk: Walk, format: str | None = None, exclude: Sequence[str] = ()
) -> Iterator[SourceFile]:
    """The files under `paths`, those of a folder in the order of their names.

    format is that of standard input and of files named directly. exclude: folders that are not entered, such
    as the index itself. A path given directly is taken whatever its name, also when it is a link.
    """
    excluded = {os.path.realpath(folder) for folder in exclude}
    for path in paths:
        if path == STDIN:
            yield SourceFile("stdin", STDIN, "", format or "")
        elif Path(path).is_dir():
            root = _absolute(path)
            walk.folders.append(root)
            yield from _walk_folder(path, "", root, walk, excluded)
        else:
            status = Path(path).stat()
            root, name = os.path.split(_absolute(path))
            if stat.S_ISREG(status.st_mode):
                named = BY_SUFFIX.get(Path(path).suffix.lower())
                known = format or (named.name if named else "")
                yield SourceFile(name, path, root, known, status.st_size, status.st_mtime_ns)
            else:
                walk.unreadable.append(
                    (path, "a pipe or device; pipe it in instead: `… | searchlib index -`")
                )


def _walk_folder(folder: str, prefix: str, root: str, walk: Walk, excluded: set[str]) -> Iterator[SourceFile]:
    """Depth first with a stack of iterators: a deep tree must not end in a RecursionError."""
    stack = [_list(folder, prefix, walk)]
    while stack:
        entry_and_name = next(stack[-1], None)
        if entry_and_name is None:
            stack.pop()
            continue
        entry, name = entry_and_name
        reason = _why_passed_over(entry)
        if reason:
            walk.passed_over[reason] += 1
        elif entry.is_dir(follow_symlinks=False):
            if os.path.realpath(entry.path) not in excluded:
                stack.append(_list(entry.path, f"{name}/", walk))
        elif not _is_utf8(name):
            walk.unreadable.append((entry.path, "its name is not valid UTF-8; rename it"))
        else:
            status = entry.stat(follow_symlinks=False)
            suffix = Path(name).suffix.lower()
            yield SourceFile(
                name, entry.path, root, BY_SUFFIX[suffix].name, status.st_size, status.st_mtime_ns
            )


def _list(folder: str, prefix: str, walk: Walk) -> Iterator[tuple[os.DirEntry[str], str]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        walk.unreadable.append((folder, f"cannot be listed: {error.strerror}"))
        walk.blocked.append(_absolute(folder))
        return
    for entry in found:
        yield entry, f"{prefix}{entry.name}"


def _why_passed_over(entry: os.DirEntry[str]) -> str:
    if entry.name.startswith("."):
        return "hidden"
    if entry.is_symlink():
        return "links"
    if entry.is_dir(follow_symlinks=False):
        return ""
    if not entry.is_file(follow_symlinks=False):
        return "pipes or devices"
    return "" if Path(entry.name).suffix.lower() in BY_SUFFIX else "of other types"


def _absolute(path: str) -> str:
    """Without "..", and without following links as Path.resolve() would."""
    return os.path.abspath(path)  # noqa: PTH100


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
        return True
    except UnicodeEncodeError:
        return False
