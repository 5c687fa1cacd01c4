"""Files that moved: recorded ones that are gone, one of which is the file at another place now."""

from __future__ import annotations

import os
from collections.abc import Iterator

from ..errors import SourceError
from .files import SourceFile
from .ledger import Ledger
from .metered import digest_of
from .ownership import Key, path_of


class Moves:
    """Looks for them once, among the files of a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._gone: dict[int, list[Key]] | None = None

    def origin(self, file: SourceFile) -> Key | None:
        """A recorded file that is gone, and is this one: of the same content, or of another folder's name."""
        digest = None
        for key, recorded in self._of_same_size(file):
            try:
                digest = digest or digest_of(file)
            except SourceError:
                return None  # reported when it is read
            if digest == recorded:
                return key
        return self._of_moved_folder(file)

    def _of_same_size(self, file: SourceFile) -> Iterator[tuple[Key, str]]:
        """Recorded files of this one's size that are gone, with their digests."""
        if self._gone is None:
            self._gone = {}
            for key in self._ledger.keys():  # noqa: SIM118 (no dict)
                if key[0] and not os.path.lexists(path_of(key)):
                    self._gone.setdefault(self._ledger.record_of(key)["size_bytes"], []).append(key)
        for key in self._gone.get(file.size_bytes, ()):
            record = self._ledger.at(key)
            if record is not None:
                yield key, record["digest"]

    def _of_moved_folder(self, file: SourceFile) -> Key | None:
        """The document of this name in a folder that is gone: the folder moved, and the file has changed."""
        for root in self._ledger.roots():
            record = self._ledger.at((root, file.name))
            if (
                record is not None
                and not {"ids", "members"} & record.keys()
                and root
                and not os.path.lexists(root)
            ):
                return root, file.name
        return None
