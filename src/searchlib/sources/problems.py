"""What is said of sources that were not taken as they are, and what is known of a row that was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

from ..records import Record
from .files import SourceFile


class Problem(NamedTuple):
    """What was not taken, or taken with a reservation: where (a path, or path:line), and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


OnError: TypeAlias = Literal["raise", "skip"] | Callable[[Problem], object]


class RefusedRow(NamedTuple):
    """What is known of a row that was refused: the id that it has, or the line that makes one of it."""

    line: int  # 0: from here on nothing could be read
    own_id: str | None
    file: SourceFile  # that was given, or a member of it
    default_id: str = ""  # the one that is made of the file's name


class SourceDocument(Record):
    """A document and where it came from; `own_id` is None if its id was made from the file's name."""

    document: dict[str, Any]
    line: int  # 0 for a file that is one document
    own_id: str | None
    file: SourceFile  # that was given, or a member of it
