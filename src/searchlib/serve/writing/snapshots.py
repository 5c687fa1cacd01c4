"""An index as of one commit, as one tar: unpacked, it is an index. What is written meanwhile is not in it."""

from __future__ import annotations

import contextlib
import tarfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

from ...errors import CorruptIndexError
from ...storage.disk import DiskDirectory
from ...storage.files import MANIFEST
from ...storage.manifest import read_snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from ...storage.manifest import Manifest
    from ..calls import Call

_PIECE = 1 << 20
MEDIA_TYPE = "application/x-tar"


async def snapshot(call: Call) -> Response:
    """All files of the last commit."""
    name = call.index_name
    directory = DiskDirectory(call.state.catalogue.folder(name))
    held = await call.ask(lambda: Held(directory))
    return StreamingResponse(
        held.pieces(name),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{held.generation}.tar"'},
    )


class Held:
    """The open files of one commit: a merge that removes them takes nothing from who reads them."""

    def __init__(self, directory: DiskDirectory) -> None:
        self._stack = contextlib.ExitStack()
        manifest, self._files = read_snapshot(directory, lambda of: self._open(directory.path, of))
        self._manifest = manifest.to_bytes()
        self.generation = manifest.generation

    def _open(self, folder: Path, manifest: Manifest) -> list[tuple[str, IO[bytes]]]:
        self._stack.close()
        try:
            return [
                (entry.name, self._stack.enter_context((folder / entry.name).open("rb")))
                for entry in manifest.files()
            ]
        except FileNotFoundError as error:
            raise CorruptIndexError(f"a file of the index is missing: {error.filename}") from error

    def pieces(self, name: str) -> Iterator[bytes]:
        """The tar, piece by piece; the manifest comes last, as a commit has it."""
        with self._stack:
            for file_name, file in self._files:
                size = file.seek(0, 2)
                file.seek(0)
                yield _header(f"{name}/{file_name}", size)
                while piece := file.read(_PIECE):
                    yield piece
                yield _padding(size)
            yield _header(f"{name}/{MANIFEST}", len(self._manifest)) + self._manifest
            yield _padding(len(self._manifest)) + bytes(2 * tarfile.BLOCKSIZE)


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o644
    return member.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)
