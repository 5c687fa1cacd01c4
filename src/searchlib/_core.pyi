"""The native core: loops over bytes, tokens and postings. Each section below is one bind_*.cpp."""

from typing import Final

from typing_extensions import Buffer

# ---- bytes (bind_bytes.cpp)

CHUNK_BYTES: Final[int]

def crc32c(data: Buffer, seed: int = 0) -> int: ...
def crc32c_portable(data: Buffer, seed: int = 0) -> int: ...
def crc32c_path() -> str: ...

class CheckedBuffer:
    """The bytes of one file; each 64 KiB chunk is checked against its CRC-32C when first read."""

    def __init__(self, buffer: Buffer, checksums: bytes, name: str) -> None: ...
    def view(self, offset: int, length: int) -> memoryview:
        """A read-only view of verified bytes; CorruptIndexError if they are damaged or outside the buffer."""
    def __len__(self) -> int: ...
    @property
    def name(self) -> str: ...
