"""English: the lemmas of a lower-cased word, the most probable first.

The work is done natively, on a table compiled from WordNet, which is mapped. It knows nothing of tokens or of
other languages.
"""

from __future__ import annotations

import mmap
import os

from .. import _core
from ..errors import CorruptIndexError
from ..lean import TYPE_CHECKING, lru_cache
from .language import ANYTHING, Akin, Language, abbreviations_of, word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TABLE = os.path.join(os.path.dirname(__file__), "data", "wordnet.bin")  # noqa: PTH118, PTH120 (pathlib costs a query 2 ms)
"""Built by tools/wordnet_table.py."""


def open_table(path: str | os.PathLike[str]) -> _core.EnglishMorphology:
    """The morphology over the table at `path`; CorruptIndexError if it is missing, torn or another format."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            table = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return _core.EnglishMorphology(table)
    except (OSError, ValueError) as error:  # mmap raises ValueError for an empty file
        raise CorruptIndexError(f"{path}: {error}; reinstall searchlib", str(path)) from error
    except CorruptIndexError as error:
        raise CorruptIndexError(f"{path}: {error}", str(path), error.part) from error


@lru_cache(maxsize=1)
def morphology() -> _core.EnglishMorphology:
    """The morphology that ships in the package, opened once (0.1 ms) and shared by all threads."""
    return open_table(TABLE)


def version() -> str:
    """For the analyzer's fingerprint, what lemmas depend on: the rules' version and the table's checksum."""
    english = morphology()
    return f"en{english.RULES_VERSION}-{english.table_checksum:016x}"


_APOSTROPHES = ("'", "’", "ʼ")


_LATIN_ABBREVIATIONS = ("al", "cf", "eg", "etc", "ie")
"""They stand for words that no English text has, so that the core's table lacks them."""


class English(Language):
    """English as the registry has it. The core has its analysis compiled in, other spellings and all."""

    code, scripts, slot = "en", ("latin",), "english"

    def native(self) -> _core.EnglishMorphology:
        return morphology()

    def lemmas(self, word: str) -> tuple[str, ...]:
        return morphology().lemmas(word) or (word,)

    def version(self) -> str:
        return version()

    def is_clitic(self, word: str) -> bool:
        """'s, 're, 'll, with any apostrophe, in any case."""
        return word[:1] in _APOSTROPHES and "'" + word[1:].lower() in _core.EnglishMorphology.closed_class()

    def stopwords(self) -> frozenset[str]:
        return word_list("stopwords.en.txt")

    def relatives(self, lemmas: Sequence[str], akin: Akin) -> Iterable[str]:
        """WordNet's derivations, which go one step and are patchy, and what a stemmer takes for one word."""
        from .derivations import derivations

        found = [word for lemma in lemmas for word in derivations(lemma)]
        return [*found, *akin("english", list(lemmas))]

    writes_apart = True

    def written_apart(self) -> frozenset[str]:
        return word_list("pairs.txt")

    def abbreviations(self) -> Mapping[str, str]:
        return abbreviations_of("latin") | dict.fromkeys(_LATIN_ABBREVIATIONS, ANYTHING)

    def knows(self, word: str) -> bool:
        return word.isascii() and morphology().known(word)


LANGUAGE = English()
