"""Paths to the files that hold documents, in an order that is the same on every run.

Each SourceFile has the name that its document bears. Links inside a folder are not followed; pipes, devices,
hidden files and what ignoring.py knows of are passed over, and counted. No document is opened here.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import SourceError
from ..records import Record
from .formats import BY_SUFFIX, suffix_of
from .ignoring import Choice, Level, level_above, level_of

STDIN = "-"
_MACOS = "__MACOSX"  # what macOS knows of a zip's files besides their content


class SourceFile(Record):
    """A file that holds one document or many."""

    name: str  # its path under `root` with "/": the id of its document, or the stem of its rows' ids
    path: str  # as it is opened; "-" is standard input
    root: str  # the absolute folder; "" for standard input
    format: str  # a format's name, or "" for what its first bytes say
    size_bytes: int = 0
    mtime_ns: int = 0
    within: SourceFile | None = None  # the archive that it is a member of

    @property
    def shown(self) -> str:
        """How it is called in a message."""
        if self.within is not None:
            return self.within.shown + self.name[len(self.within.name) :]
        return "standard input" if self.path == STDIN else self.path

    @property
    def key(self) -> tuple[str, str]:
        """The root and the name of the file on disk: itself, or the archive that it lies in."""
        return (self.root, self.name) if self.within is None else self.within.key

    @property
    def member(self) -> str:
        """Which member of the file on disk it is, or lies in; "" for that file itself."""
        file = self
        while file.within is not None and file.within.within is not None:
            file = file.within
        return file.name[len(file.within.name) + 1 :] if file.within is not None else ""

    @property
    def depth(self) -> int:
        """How many archives it lies in, one inside the other."""
        return 0 if self.within is None else self.within.depth + 1

    def inside(self, name: str, size_bytes: int, mtime_ns: int) -> SourceFile:
        """The member of that name."""
        format = BY_SUFFIX.get(suffix_of(name.rpartition("/")[2]))
        return SourceFile(
            f"{self.name}/{name}",
            f"{self.path}/{name}",
            self.root,
            format.name if format else "",
            size_bytes,
            mtime_ns,
            self,
        )


@dataclass
class Walk:
    """What a walk met besides files."""

    passed_over: Counter[str] = field(default_factory=Counter)  # why, or the type → how many
    on_passed: Callable[[str, str], object] | None = None  # is told of each, by path and reason
    unreadable: list[tuple[str, str]] = field(default_factory=list)  # (path, reason)
    folders: list[str] = field(default_factory=list)  # the absolute roots that are folders
    files: list[str] = field(default_factory=list)  # the absolute paths of files that were given
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
    paths: Sequence[str],
    walk: Walk,
    format: str | None = None,
    exclude: Sequence[str] = (),
    choice: Choice | None = None,
) -> Iterator[SourceFile]:
    """The files under `paths`, those of a folder in the order of their names.

    format is that of standard input and of files named directly. exclude: folders that are not entered, such
    as the index itself, and files that are not read. choice: what else is read or not. A path given directly
    is taken whatever its name, also when it is a link.
    """
    excluded = {found for path in exclude for found in (os.path.realpath(path), _absolute(path))}
    for path in paths:
        if path == STDIN:
            yield SourceFile("stdin", STDIN, "", format or "")
        elif Path(path).is_dir():
            root = _absolute(path)
            walk.folders.append(root)
            yield from _walk_folder(path, root, walk, excluded, choice or Choice())
        else:
            status = Path(path).stat()
            walk.files.append(_absolute(path))
            root, name = os.path.split(_absolute(path))
            if stat.S_ISREG(status.st_mode):
                named = BY_SUFFIX.get(suffix_of(Path(path).name))
                known = format or (named.name if named else "")
                yield SourceFile(name, path, root, known, status.st_size, status.st_mtime_ns)
            else:
                walk.unreadable.append(
                    (path, "a pipe or device; pipe it in instead: `… | searchlib index -`")
                )


def _walk_folder(
    folder: str, root: str, walk: Walk, excluded: set[str], choice: Choice
) -> Iterator[SourceFile]:
    """Depth first with a stack of iterators: a deep tree must not end in a RecursionError."""
    above = level_above(root) if choice.ignore else None
    prefix = root.rstrip(os.sep) + os.sep
    stack = [_list(folder, "", walk, above, choice)]
    while stack:
        found = next(stack[-1], None)
        if found is None:
            stack.pop()
            continue
        entry, name, level = found
        reason = _why_passed_over(entry, name, choice)
        is_folder = not reason and entry.is_dir(follow_symlinks=False)
        if not reason and level is not None and level.ignores(os.path.join(root, name), is_folder):  # noqa: PTH118
            reason = "ignored"
        if reason:
            walk.passed_over[reason] += 1
            if walk.on_passed is not None:
                walk.on_passed(entry.path, reason)
        elif is_folder:
            if os.path.realpath(entry.path) not in excluded:
                stack.append(_list(entry.path, f"{name}/", walk, level, choice))
        elif f"{prefix}{name}" in excluded:
            continue
        elif not _is_utf8(name):
            walk.unreadable.append((entry.path, "its name is not valid UTF-8; rename it"))
        else:
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue  # it is gone since its folder was listed
            except OSError as error:
                walk.unreadable.append((entry.path, f"cannot be looked at: {error.strerror}"))
                continue
            format = BY_SUFFIX.get(suffix_of(entry.name))
            yield SourceFile(
                name, entry.path, root, format.name if format else "", status.st_size, status.st_mtime_ns
            )


def _list(
    folder: str, prefix: str, walk: Walk, above: Level | None, choice: Choice
) -> Iterator[tuple[os.DirEntry[str], str, Level | None]]:
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        walk.unreadable.append((folder, f"cannot be listed: {error.strerror}"))
        walk.blocked.append(_absolute(folder))
        return
    level = above
    if choice.ignore:
        level = level_of(above, _absolute(folder), (entry.name for entry in found if entry.name[0] == "."))
    for entry in found:
        yield entry, f"{prefix}{entry.name}", level


def why_member_is_passed_over(file: SourceFile, name: str, choice: Choice) -> str:
    """Why a member of an archive is not read, by its path there; "" if it is."""
    parts = name.split("/")
    for part in parts:
        if part == _MACOS or (part.startswith(".") and (not choice.hidden or part == ".git")):
            return "hidden"
    path = file.name
    for part in parts[:-1]:
        path = f"{path}/{part}"
        if choice.excludes(path, True):
            return "excluded"
    path = f"{path}/{parts[-1]}"
    suffix = suffix_of(parts[-1])
    format = BY_SUFFIX.get(suffix)
    if choice.excludes(path, format is not None and format.has_members):
        return "excluded"
    if format is not None or (choice.names(path) and not choice.names(file.name)):
        return ""
    return suffix or "without an extension"


def _why_passed_over(entry: os.DirEntry[str], name: str, choice: Choice) -> str:
    if entry.name.startswith(".") and (not choice.hidden or entry.name == ".git"):
        return "hidden"
    if entry.is_symlink():
        return "links"
    is_folder = entry.is_dir(follow_symlinks=False)
    if not is_folder and not entry.is_file(follow_symlinks=False):
        return "pipes or devices"
    suffix = "" if is_folder else suffix_of(entry.name)
    format = BY_SUFFIX.get(suffix)
    holds_files = is_folder or (format is not None and format.has_members)
    if choice.excludes(name, holds_files):
        return "excluded"
    if is_folder or format is not None or choice.names(name):
        return ""
    return suffix or "without an extension"


def _absolute(path: str) -> str:
    """Without "..", and without following links as Path.resolve() would."""
    return os.path.abspath(path)  # noqa: PTH100


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
        return True
    except UnicodeEncodeError:
        return False
