"""The native core: loops over bytes, tokens and postings. Each section below is one bind_*.cpp."""

from collections.abc import Sequence
from typing import Final

from typing_extensions import Buffer

# ---- Russian morphology (bind_russian.cpp)

class RussianMorphology:
    """pymorphy3's dictionary and rules for unknown words; immutable, thread-safe; it keeps its buffers."""

    rules: Final[int]

    def __init__(
        self,
        words: Buffer,
        probabilities: Buffer,
        paradigms: Buffer,
        prediction_suffixes: Sequence[Buffer],
        suffixes: list[str],
        tags: list[str],
        paradigm_prefixes: list[str],
        max_suffix_letters: int,
    ) -> None:
        """CorruptIndexError if a file cannot be what it should be; `probabilities` may be empty."""
    def lemmas(self, word: str, *, overrides: bool = True) -> tuple[str, ...] | None:
        """The lemmas of a lower-cased word, the most probable first; None if it has other alphabets' letters.

        Without `overrides`, exactly the distinct normal forms of pymorphy3's parses."""
    def lemmas_many(self, words: list[str], *, overrides: bool = True) -> list[tuple[str, ...] | None]:
        """The same for many words, with the GIL released."""
    def known(self, word: str) -> bool:
        """Whether the dictionary itself has the word, in any form; е may stand for ё."""
    @staticmethod
    def override(word: str) -> tuple[str, ...] | None:
        """The lemmas of one of the few words in which the rules depart from pymorphy3, or None."""

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

# ---- English (bind_english.cpp)

class EnglishMorphology:
    """English words to lemmas, over a table that tools/wordnet_table.py built and that it keeps alive. Immutable."""

    RULES_VERSION: Final[int]
    def __init__(self, table: Buffer) -> None:
        """CorruptIndexError if the table is torn, damaged or of another version."""
    def lemmas(self, word: str) -> tuple[str, ...] | None:
        """The distinct lemmas of a lower-cased word, the most probable first. Never None, which the protocol has."""
    def lemmas_many(self, words: list[str]) -> list[tuple[str, ...]]:
        """The lemmas of each word, without the GIL."""
    def known(self, word: str) -> bool:
        """Whether WordNet, or a closed class, has the word or a form of it."""
    @property
    def table_checksum(self) -> int: ...
    @staticmethod
    def closed_class() -> dict[str, list[str]]:
        """The words that the rules do not touch: pronouns, auxiliaries and the like, with their lemmas."""
