"""How files are read: what Sources was told of them, as the record of an index's files keeps it.

So a later run over the same folder can be told the same. No file is looked at here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..records import Record
from .ignoring import Choice


class How(Record):
    """What Sources is told of paths, by the same names; include, exclude, hidden and ignore are its Choice's.

    rename: pairs of names. without: folders and files that are not entered, absolute.
    """

    encoding: str | None = None
    format: str | None = None
    records: str | None = None
    rename: tuple[tuple[str, str], ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    hidden: bool = False
    ignore: bool = True
    without: tuple[str, ...] = ()
    errors: str = "mend"

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> How:
        """What as_kept made, after a way through JSON."""
        known = {name: value for name, value in kept.items() if name in cls.field_names()}
        return cls(**{name: _frozen(value) for name, value in known.items()})

    def as_kept(self) -> dict[str, Any]:
        """What differs from how anything is read that nothing was said of: plain data, for JSON."""
        return {name: value for name, value in self.as_dict().items() if value != self._defaults[name]}

    def options(self) -> dict[str, Any]:
        """What Sources takes, but for the folders that are not entered."""
        choice = Choice(self.include, self.exclude, hidden=self.hidden, ignore=self.ignore)
        same = {name: getattr(self, name) for name in ("encoding", "format", "records", "errors")}
        return {**same, "rename": dict(self.rename), "choice": choice}

    def of_reading(self) -> str:
        """How files are read, in a few characters: with others they count as changed."""
        given = [f"{name}={value}" for name in ("encoding", "records") if (value := getattr(self, name))]
        errors = [f"errors={self.errors}"] * (self.errors != "mend")
        return ";".join([*given, *errors, *(f"{source}={target}" for source, target in self.rename)])

    def of_members(self) -> str:
        """Which members of an archive are asked for, in as few: with others it counts as changed, too."""
        given = [f"{name}={value}" for name in ("include", "exclude") for value in getattr(self, name)]
        return ";".join([*given, *(["hidden"] if self.hidden else [])])

    def read_as(self, other: How) -> How:
        """The same files, read as another says."""
        names = "encoding", "format", "records", "rename", "errors"
        return self.replace(**{name: getattr(other, name) for name in names})

    def of_folder(self) -> How:
        """The same for a folder: a format is that of files that are named."""
        return self.replace(format=None)

    def inside(self) -> How:
        """What it says of a folder or file inside: patterns of places under the outer one name none there."""
        return self.of_folder().replace(
            include=tuple(filter(_holds_anywhere, self.include)),
            exclude=tuple(filter(_holds_anywhere, self.exclude)),
        )


def _holds_anywhere(pattern: str) -> bool:
    """Whether it names files and folders by their names alone, as *.md and drafts/ do."""
    return "/" not in pattern.removeprefix("!").removeprefix("**/").rstrip("/")


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value
