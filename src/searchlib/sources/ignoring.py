"""What a walk passes over: hidden files, what .gitignore and .ignore name, and what a user excludes.

As ripgrep has it: .gitignore counts inside a repository, also those of the folders above, and ends at the
repository's edge; .ignore counts anywhere, and before it. The deepest file that says something decides.
Patterns are read by pathspec, which is loaded when there are any.
"""

from __future__ import annotations

import os
import re
import stat
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import SourceError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

GIT, OWN = ".gitignore", (".rgignore", ".ignore")
_MAX_BYTES = 1_000_000


class Patterns:
    """Patterns as .gitignore has them, of paths under one folder."""

    def __init__(self, lines: Iterable[str], on_bad: Callable[[str], object] = lambda _: None) -> None:
        """on_bad: is given each line that is no pattern; it is passed over, as git does it."""
        lines = list(lines)
        spec = _spec_of(lines)
        if spec is None:
            good: list[str] = []
            for line in lines:
                if _spec_of([line]) is None:
                    on_bad(line)
                else:
                    good.append(line)
            spec = _spec_of(good)
        self._spec = spec

    def says(self, path: str, is_folder: bool) -> bool | None:
        """True: it is named; False: it is named by a pattern with !; None: it is not named."""
        if self._spec is None:
            return None
        return self._spec.check_file(f"{path}/" if is_folder else path).include


def _spec_of(lines: list[str]) -> GitIgnoreSpec | None:
    """The patterns; None if one of them is none."""
    from pathspec import GitIgnoreSpec

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # FutureWarning: a set in a set, as in [[:alpha:]]
            return GitIgnoreSpec.from_lines(lines)
    except (ValueError, re.error, OverflowError, RecursionError, IndexError):
        return None


class Level:
    """A folder that has such files, and what it inherits."""

    def __init__(
        self,
        above: Level | None,
        folder: str,
        git: Patterns | None,
        own: Patterns | None,
        is_repository: bool,
    ) -> None:
        self._above, self._folder, self._git, self._own = above, folder, git, own
        self._is_repository = is_repository
        self.in_repository: bool = is_repository or (above is not None and above.in_repository)

    def ignores(self, path: str, is_folder: bool) -> bool:
        """Whether an absolute path below this folder is to be passed over."""
        level: Level | None = self
        while level is not None:
            if level._own is not None and (said := level._said(level._own, path, is_folder)) is not None:
                return said
            level = level._above
        level = self
        while level is not None:
            if level._git is not None and (said := level._said(level._git, path, is_folder)) is not None:
                return said
            level = None if level._is_repository else level._above
        return False

    def _said(self, patterns: Patterns, path: str, is_folder: bool) -> bool | None:
        return patterns.says(path[len(self._folder.rstrip(os.sep)) + 1 :].replace(os.sep, "/"), is_folder)


def level_of(above: Level | None, folder: str, names: Iterable[str]) -> Level | None:
    """The level of a folder that holds files of these names; the one above if it says nothing of its own."""
    found = {name for name in names if name in (GIT, ".git", *OWN)}
    if not found:
        return above
    is_repository = ".git" in found
    git = None
    if is_repository or (above is not None and above.in_repository):
        lines = _lines(folder, os.path.join(".git", "info", "exclude")) if is_repository else []  # noqa: PTH118
        lines += _lines(folder, GIT) if GIT in found else []
        git = Patterns(lines) if lines else None
    lines = [line for name in reversed(OWN) if name in found for line in _lines(folder, name)]
    own = Patterns(lines) if lines else None
    if git is None and own is None and not is_repository:
        return above
    return Level(above, folder, git, own, is_repository)


def level_above(root: str) -> Level | None:
    """What holds for a folder by those above it."""
    level = None
    for folder in reversed(Path(root).parents):
        names = [name for name in (GIT, ".git", *OWN) if os.path.lexists(folder / name)]
        level = level_of(level, str(folder), names)
    return level


def _lines(folder: str, name: str) -> list[str]:
    """The lines of such a file; none of one that cannot be read. What is beyond a megabyte is no pattern."""
    try:
        descriptor = os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # noqa: PTH118
        with open(descriptor, "rb") as file:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return []
            text = file.read(_MAX_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return []
    return [line.removesuffix("\r") for line in text.split("\n")]


def _refuse(pattern: str) -> NoReturn:
    raise SourceError(
        f"no pattern, as .gitignore has them: {pattern!r}; write for example '*.md' or 'drafts/'"
    )


class Choice:
    """What a user chose to read: patterns that a file must have one of, and that nothing may have."""

    def __init__(
        self,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        *,
        hidden: bool = False,
        ignore: bool = True,
    ) -> None:
        """hidden: read hidden files, too. ignore: heed .gitignore and .ignore.

        Raises SourceError for what is no pattern.
        """
        self.include, self.exclude = tuple(include), tuple(exclude)
        self.hidden, self.ignore = hidden, ignore
        self._include: Any = Patterns(include, _refuse) if include else None
        self._exclude: Any = Patterns(exclude, _refuse) if exclude else None

    def excludes(self, name: str, is_folder: bool) -> bool:
        """Whether a path under the folder given is excluded, or is a file that is not included."""
        if self._exclude is not None and self._exclude.says(name, is_folder):
            return True
        return not is_folder and self._include is not None and not self._include.says(name, False)

    def names(self, name: str) -> bool:
        """Whether a file was asked for by a pattern, so that it is read whatever its type."""
        return self._include is not None and bool(self._include.says(name, False))
