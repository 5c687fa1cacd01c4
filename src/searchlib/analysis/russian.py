"""Russian words to their lemmas, through pymorphy3's dictionary.

The most probable lemma of a word is the first. The dictionary package is found without being imported,
its files are mapped, and the core reads them in place; a dictionary of another format is left to pymorphy3
itself. Words arrive in lower case: nothing here knows text, capitals or stress marks.
"""

from __future__ import annotations

import mmap
import os
import sys

from .. import _core
from ..errors import CorruptIndexError, SearchlibError
from ..lean import TYPE_CHECKING, dumps, loads, lru_cache
from ..records import Record
from .language import ANYTHING, Akin, Language, abbreviations_of, word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

__all__ = ["LANGUAGE", "lemmas", "native", "version"]

_PACKAGE = "pymorphy3_dicts_ru"
_FORMAT = "2.4"
_WORDS = "words.dawg"
_PROBABILITIES = "p_t_given_w.intdawg"
_PARADIGMS = "paradigms.array"
_SUFFIXES = "suffixes.json"
_TAGS = "gramtab-opencorpora-int.json"
_MAX_LETTERS = 256


class _Dictionary(Record):
    """A dictionary whose format the core reads."""

    folder: str
    meta: dict[str, Any]
    paradigm_prefixes: list[str]
    max_suffix_letters: int

    def path_of(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def mapped_files(self) -> list[str]:
        endings = [f"prediction-suffixes-{number}.dawg" for number in range(len(self.paradigm_prefixes))]
        return [_WORDS, _PROBABILITIES, _PARADIGMS, *endings]


def lemmas(word: str) -> tuple[str, ...]:
    """The lemmas of a lower-cased NFC word, the most probable first, with ё kept: стали → стать, сталь.

    Words that the core declines (letters outside U+0400–04FF, a–z, 0–9 and the hyphen) go to pymorphy3. An
    unknown word is also its own lemma; the core adds the nominatives that it may have.
    Raises SearchlibError if neither the dictionary nor pymorphy3 is installed.
    """
    morphology = native()
    found = morphology.lemmas(word) if morphology is not None else None
    return found if found is not None else _pymorphy_lemmas(word)


@lru_cache(maxsize=1)
def native() -> _core.RussianMorphology | None:
    """The core's morphology, or None if the installed dictionary is not of the format that it reads.

    One object a process. It is immutable and its files are mapped, so a forked child shares it.
    """
    dictionary = _find_dictionary()
    if dictionary is None:
        return None
    try:
        mapped = [_map(dictionary.path_of(name)) for name in dictionary.mapped_files()]
        words, probabilities, paradigms, *endings = mapped
        return _core.RussianMorphology(
            words=words,
            probabilities=probabilities,
            paradigms=paradigms,
            prediction_suffixes=endings,
            suffixes=_map(dictionary.path_of(_SUFFIXES)),
            tags=_map(dictionary.path_of(_TAGS)),
            paradigm_prefixes=dictionary.paradigm_prefixes,
            max_suffix_letters=dictionary.max_suffix_letters,
        )
    except (OSError, ValueError, TypeError, CorruptIndexError):
        return None


@lru_cache(maxsize=1)
def version() -> str:
    """What the lemmas depend on: rules, the dictionary's revisions, a checksum of its files' names and sizes.

    Cheap: of the dictionary, only meta.json is read.
    """
    dictionary = _find_dictionary()
    rules = f"ru{_core.RussianMorphology.rules}"
    if dictionary is None:
        return f"{rules}-pymorphy3-{_installed_versions()}"
    meta = dictionary.meta
    checksum = _core.crc32(dumps(meta, sort_keys=True).encode())
    for name in [*dictionary.mapped_files(), _SUFFIXES, _TAGS]:
        size_bytes = os.stat(dictionary.path_of(name)).st_size  # noqa: PTH116 (pathlib costs a query 2 ms)
        checksum = _core.crc32(f"{name}:{size_bytes}".encode(), checksum)
    revisions = f"{meta.get('source_revision', '')}.{meta.get('corpus_revision', '')}"
    return f"{rules}-{revisions}-{checksum:08x}"


@lru_cache(maxsize=1)
def _find_dictionary() -> _Dictionary | None:
    for location in _folders():
        folder = f"{location}/data"
        try:
            meta = dict(_read_json(f"{folder}/meta.json"))
            options = meta["compile_options"]
            prefixes, max_letters = list(options["paradigm_prefixes"]), int(options["max_suffix_length"])
        except (OSError, ValueError, TypeError, KeyError):
            continue
        if str(meta.get("format_version")) == _FORMAT and meta.get("language_code") == "ru":
            return _Dictionary(folder, meta, prefixes, max_letters)
    return None


def _folders() -> Iterable[str]:
    """Where the dictionary's package is; importlib.util.find_spec, without loading importlib.util."""
    if _PACKAGE in sys.modules:  # None there: it is not to be imported
        return getattr(sys.modules[_PACKAGE], "__path__", ())
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]  # old ones have none
    specs = (finder.find_spec(_PACKAGE, None) for finder in finders)
    spec = next((found for found in specs if found is not None), None)
    return (spec.submodule_search_locations if spec else None) or ()


def _read_json(path: str) -> Any:
    with open(path, "rb") as file:  # noqa: PTH123
        return loads(file.read())


def _map(path: str) -> mmap.mmap:
    with open(path, "rb") as file:  # noqa: PTH123
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _pymorphy_lemmas(word: str) -> tuple[str, ...]:
    if len(word) > _MAX_LETTERS:  # pymorphy3 goes as deep as a word is long
        return (word,)
    overridden = _core.RussianMorphology.override(word)
    if overridden is not None:
        return overridden
    found = tuple(_pymorphy().normal_forms(word))
    return found if _pymorphy().word_is_known(word) else tuple(dict.fromkeys((*found, word)))


@lru_cache(maxsize=1)
def _pymorphy() -> Any:
    try:
        import pymorphy3

        return pymorphy3.MorphAnalyzer(lang="ru")
    except (ImportError, ValueError) as error:
        raise SearchlibError(
            "Russian needs pymorphy3 and its dictionary: pip install pymorphy3 pymorphy3-dicts-ru"
        ) from error


def _installed_versions() -> str:
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    found = []
    for package in ("pymorphy3", "pymorphy3-dicts-ru"):
        try:
            found.append(installed(package))
        except PackageNotFoundError:
            found.append("absent")
    return "-".join(found)


class Russian(Language):
    """Russian as the registry has it. The core has its analysis compiled in, other spellings and all."""

    code, scripts, slot = "ru", ("cyrillic",), "russian"
    surname_endings = ("ов", "ев", "ин", "ын")

    def native(self) -> _core.RussianMorphology | None:
        return native()

    def lemmas(self, word: str) -> tuple[str, ...]:
        return lemmas(word)

    def version(self) -> str:
        return version()

    def stopwords(self) -> frozenset[str]:
        return word_list("stopwords.ru.txt")

    def relatives(self, lemmas: Sequence[str], akin: Akin) -> Iterable[str]:
        return [*akin("root", list(lemmas)), *akin("russian", list(lemmas))]

    def abbreviations(self) -> Mapping[str, str]:
        # «до н. э.» stands for no word that a text would have.
        return abbreviations_of("cyrillic") | {"э": ANYTHING}

    def knows(self, word: str) -> bool:
        morphology = native()
        return morphology is not None and morphology.known(word)

    def is_common(self, word: str) -> bool:
        morphology = native()
        if morphology is None or word.isascii():
            return False
        return morphology.known(word) and not morphology.known_name(word)


LANGUAGE = Russian()
