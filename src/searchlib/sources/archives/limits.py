"""What unpacking may cost: how much bytes may grow, how many members there are, how deep archives may nest.

A limit that is met is a SourceError that names it and what to do.
"""

from __future__ import annotations

from collections.abc import Callable

from ...errors import SourceError

MAX_MEMBERS = 250_000
"""Of one archive, folders and links counted, too."""

MAX_DEPTH = 3
"""An archive in an archive in an archive is read, and none inside that."""

MAX_LAYERS = 3
"""So many times a file may be compressed, one time around the other."""

MAX_BYTES_IN_MEMORY = 256 << 20
"""Of an archive that must be read from its end and is no file on disk: a zip in a zip."""

MAX_WINDOW_BYTES = 256 << 20
MAX_ZSTD_WINDOW_BYTES = 128 << 20
"""What a decompressor may take of memory: xz -9 takes 65 MiB, zstd --ultra -22 128 MiB."""

MAX_RATIO = 250
FREE_BYTES = 32 << 20
"""What is unpacked may be larger by this factor once it is larger than that; text grows by 5 to 20, a table
by 100."""

FREE_BYTES_IN_ALL = 256 << 20
"""The same for all that is unpacked of one file, archives inside it counted again."""

MADE_TO_FILL = "as archives do that are made to fill the memory"
UNPACK_IT = "if you trust it, unpack it yourself and read what comes out"


def check_growth(size: int, packed: int, of: str, remedy: str = UNPACK_IT) -> None:
    """Raises SourceError where `packed` bytes have become too many. of: how messages call what grows."""
    if size > FREE_BYTES and size > MAX_RATIO * max(packed, 1):
        raise SourceError(
            f"{of} grows more than {MAX_RATIO} times when it is unpacked, {MADE_TO_FILL}; {remedy}"
        )


class Budget:
    """What may still be unpacked of one file, through all its layers and members."""

    def __init__(self, packed: Callable[[], int]) -> None:
        """packed: the size of the file on disk, or what was read of a pipe."""
        self._packed = packed
        self.num_unpacked = 0
        self.is_exhausted = False
        self.why = f"all that is in it grows more than {MAX_RATIO} times, {MADE_TO_FILL}; {UNPACK_IT}"

    def spend(self, num_bytes: int) -> None:
        """Count bytes that were unpacked. Raises SourceError, then and from then on."""
        self.num_unpacked += num_bytes
        if self.num_unpacked > FREE_BYTES_IN_ALL + MAX_RATIO * self._packed():
            self.is_exhausted = True
            raise SourceError(self.why)
