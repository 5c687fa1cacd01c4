"""What is asked of a file that is being read, wherever that is done: here, in another process, or before.

An OpenFile is one, and so is what a worker reads (workers/away.py), and what was kept since a schema was
inferred.
"""

from __future__ import annotations

from typing import Any, Protocol

from .formats.contract import Row
from .formats.declaration import Format


class Opened(Protocol):
    """What is learnt of a file on the way; it is complete when its rows are at their end.

    notices: what cost no row. unread: rows that were passed over, in a few words. encoding, how: "" where no
    text was asked for. num_bytes: read so far. digest: of these, in hex.
    """

    notices: list[str]
    unread: list[str]
    encoding: str
    how: str

    @property
    def num_bytes(self) -> int: ...

    @property
    def digest(self) -> str: ...


class OpenedFile(Opened, Protocol):
    """The file itself, a context manager that closes it."""

    format: Format

    def close(self) -> None: ...

    def __enter__(self) -> Any: ...

    def __exit__(self, *exception: object) -> None: ...


class KeptFile:
    """A file that was read to its end, and its rows, for when its turn comes."""

    def __init__(self, read: OpenedFile, rows: list[Row]) -> None:
        self.format, self.rows = read.format, rows
        self.notices, self.unread = read.notices, read.unread
        self.encoding, self.how = read.encoding, read.how
        self.num_bytes, self.digest = read.num_bytes, read.digest

    def close(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> KeptFile:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def num_characters(self) -> int:
        """Those of its values, which keeping it takes."""
        fields = (row.fields or {} for row in self.rows)
        return sum(len(str(value)) for each in fields for value in each.values())
