"""Which file an id belongs to, so that a row of one file never takes the place of another file's row.

The records of a ledger, and a file with its row's id, come in; the id that the row gets goes out. No document
is read or written here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from .files import SourceFile
from .ledger import Ledger

_Key = tuple[str, str]


class Owners:
    """The owners of ids: of what earlier runs recorded, and of what this run has given so far.

    A file that is gone owns nothing: its ids pass to whoever has them now. Where a file has more ids than the
    ledger keeps, they are known only in the run that reads it.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._owners: dict[str, _Key] | None = None
        self._is_there: dict[_Key, bool] = {}

    def alias(self, file: SourceFile, document_id: str, last_line: int) -> str | None:
        """The id for a row whose own is another file's: `path#id`, or None if that is taken as well.

        last_line: of the file's rows so far that have no id. Such a row is `path#line`: a number up to that
        gets another form.
        """
        is_line = document_id.isascii() and document_id.isdigit() and int(document_id) <= last_line
        candidate = f"{file.name}#{document_id}{'#id' if is_line else ''}"
        return candidate if self.other(file, candidate) is None else None

    def other(self, file: SourceFile, document_id: str) -> str | None:
        """The path of another file, still there, that has given this id; None if there is none."""
        owner = self._known().get(document_id)
        if owner is None or owner == (file.root, file.name):
            return None
        if owner not in self._is_there:
            self._is_there[owner] = os.path.lexists(Path(*owner))
        return str(Path(*owner)) if self._is_there[owner] else None

    def give(self, file: SourceFile, document_id: str) -> None:
        """The file has given this id."""
        self._known()[document_id] = (file.root, file.name)

    def release(self, file: SourceFile, document_ids: Iterable[str]) -> None:
        """The file gives these no more."""
        for document_id in document_ids:
            if self._known().get(document_id) == (file.root, file.name):
                del self._known()[document_id]

    def _known(self) -> dict[str, _Key]:
        if self._owners is None:
            self._owners = dict(self._ledger.own_ids())
        return self._owners
