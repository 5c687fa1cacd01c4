"""A worker: one shard of a collection at one version, which answers messages.

It knows no transport: bytes come, bytes go. It may be asked by many threads.
"""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import ServerError
from ..index import Index
from .manifest import read_collection
from .messages import answer, read_message, refusal
from .shard.shard import Shard


class Worker:
    """A shard of the collection in a folder, as of the version that its manifest has now.

    shard: which one. IndexNotFoundError and the like where the folder or the shard is none.
    """

    def __init__(self, folder: str | os.PathLike[str], shard: int) -> None:
        manifest = read_collection(folder)
        self.version, self.number = manifest.version, shard
        self._index = Index.open(Path(folder) / manifest.shards[shard].path)
        self._shard = Shard(
            self._index._searcher, shard, self._index.metadata, self._index.stats()["size_bytes"]
        )

    def answer(self, message: bytes) -> bytes:
        """What a message asks; an error is an answer, too."""
        try:
            asked = read_message(message)
            if asked.version != self.version:
                raise ServerError(
                    f"shard {self.number} shows version {self.version} of the collection, not {asked.version}"
                )
            answering = self._shard.asked(asked.totals, asked.seconds)
            return answer([answering.answer(question) for question in asked.questions])
        except Exception as error:
            return refusal(error)

    def close(self) -> None:
        """Let go of the files."""
        self._index.close()
