"""The index's metadata: JSON that its users keep with it, committed with the documents it speaks of.

It is read from the file that a manifest names; what users made of it is written, once, for the next manifest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ..storage.directory import Directory
from ..storage.files import FileEntry
from ..storage.manifest import Manifest

EMPTY = "{}"


def read_metadata(directory: Directory, manifest: Manifest) -> str:
    """The metadata's JSON text; an empty object if none was ever written."""
    if manifest.metadata is None:
        return EMPTY
    return bytes(directory.read_file(manifest.metadata)).decode("utf-8", "surrogatepass")


class PendingMetadata:
    """The metadata of a transaction. value: for the user to change, or to replace."""

    def __init__(self, directory: Directory, manifest: Manifest) -> None:
        self._directory = directory
        self._committed, self._entry = read_metadata(directory, manifest), manifest.metadata
        self._written: tuple[str, FileEntry] | None = None  # by a commit() that failed later
        self.value: dict[str, Any] = json.loads(self._committed)

    def text(self) -> str:
        """The JSON of the value, as it is now."""
        return json.dumps(self.value, ensure_ascii=False, sort_keys=True)

    def differs(self, text: str) -> bool:
        """Whether a text is another than what was committed last."""
        return text != self._committed

    def write(self, text: str, new_name: Callable[[str], str]) -> FileEntry | None:
        """The file of that text, written once however often the commit is repeated; None for none."""
        if not self.differs(text):
            return self._entry
        if self._written is None or self._written[0] != text:
            data = text.encode("utf-8", "surrogatepass")
            self._written = text, self._directory.write_file(new_name("metadata"), data)
        return self._written[1]

    def committed(self, text: str, entry: FileEntry | None) -> None:
        """To be called when that text, in that file, is live."""
        self._committed, self._entry, self._written = text, entry, None
