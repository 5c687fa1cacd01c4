"""A worker: one shard of a collection at one version, which answers messages.

It knows no transport: bytes come, bytes go. It may be asked by many threads.
"""

from __future__ import annotations

import os

from ..errors import CorruptIndexError, ServerError
from ..index import Index
from .manifest import read_collection
from .messages import answer, read_message, refusal
from .shard.shard import Shard
from .shard_folders import shard_folder


class Worker:
    """A shard of the collection in a folder, as of the version that its manifest has now.

    shard: which one. IndexNotFoundError and the like where the folder or the shard is none, CorruptIndexError
    where the shard is another one than the manifest says.
    """

    def __init__(self, folder: str | os.PathLike[str], shard: int) -> None:
        manifest = read_collection(folder)
        self.version, self.number = manifest.version, shard
        entry = manifest.shards[shard]
        self._index = index = Index.open(shard_folder(folder, manifest, shard))
        if index.generation != entry.generation:
            raise CorruptIndexError(
                f"shard {shard} in {entry.path} is as of commit {index.generation}, and version "
                f"{manifest.version} of the collection has commit {entry.generation}: something else wrote "
                f"there; put the shard back from a copy, or build the collection anew",
                file=entry.path,
            )
        num_bytes = sum(file.length for file in index._manifest.files())
        self._shard = Shard(index._searcher, shard, index.metadata, num_bytes)

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
