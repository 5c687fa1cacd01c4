"""The native core: loops over bytes, tokens and postings. Each section below is one bind_*.cpp."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Protocol, TypeVar

from typing_extensions import Buffer

_T = TypeVar("_T")

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
    """English words to lemmas, over a table of tools/wordnet_table.py, which it keeps alive. Immutable."""

    RULES_VERSION: Final[int]
    def __init__(self, table: Buffer) -> None:
        """CorruptIndexError if the table is torn, damaged or of another version."""
    def lemmas(self, word: str) -> tuple[str, ...] | None:
        """The distinct lemmas of a lower-cased word, the most probable first; never None."""
    def lemmas_many(self, words: list[str]) -> list[tuple[str, ...]]:
        """The lemmas of each word, without the GIL."""
    def known(self, word: str) -> bool:
        """Whether WordNet, or a closed class, has the word or a form of it."""
    @property
    def table_checksum(self) -> int: ...
    @staticmethod
    def closed_class() -> dict[str, list[str]]:
        """The words that the rules do not touch: pronouns, auxiliaries and the like, with their lemmas."""

# ---- text and lemma sets (bind_text.cpp)

ANALYSIS_RULES: Final[int]
UNICODE_TABLES: Final[str]

class _WordGroup(Protocol):
    """Lemmas and, unless any form will do, match keys."""

    @property
    def lemmas(self) -> Iterable[str]: ...
    @property
    def forms(self) -> Iterable[str] | None: ...

def scan(text: str) -> list[tuple[int, int, int, int]]:
    """(start, end, position, span) of each token, in code points; a hyphenated whole before its parts."""

def fold_case(form: str) -> str:
    """Full case folding (with İ → i) and NFC; ё stays."""

def match_key(form: str) -> str:
    """The form with capitals lowered and ё → е: what prefixes and wildcards are compared with."""

class Analyzer:
    """Tokens to forms and lemmas; immutable, thread-safe. Without its language a script is only case-folded;
    words of `python_scripts` ("latin", "cyrillic", "arabic") are declined."""

    def __init__(
        self,
        *,
        english: EnglishMorphology | None = None,
        russian: RussianMorphology | None = None,
        python_scripts: list[str] = [],
    ) -> None: ...
    def analyze(self, token: str) -> tuple[str, tuple[str, ...] | None]:
        """The form and the lemmas of one token; None for lemmas that only Python knows."""
    def tokens(
        self, text: str
    ) -> tuple[list[tuple[int, int, int, int, int]], list[tuple[str, tuple[str, ...] | None]]]:
        """(form number, position, start, end, span) of each token; for each number, what `analyze` gives."""
    def find(
        self,
        text: str,
        groups: Iterable[_WordGroup],
        resolve: Callable[[list[str]], list[tuple[str, ...]]],
        match_type: Callable[[int, int, int, int, tuple[int, ...]], _T],
    ) -> list[_T]:
        """match_type(start, end, position, span, groups) for each token that meets a group. Scans without the
        GIL; calls `resolve` once, if at all, with the distinct forms that were declined."""
