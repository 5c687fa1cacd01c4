"""What the library asks of a language, and what several of them share. It knows none of them."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod

from .. import _core
from ..errors import SearchlibError
from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import ClassVar, TypeAlias

SCRIPTS = ("latin", "cyrillic", "arabic")
"""What the core routes words by; "cyrillic" means Russian letters alone. Words of any other letters are only
folded, and no language is asked: one that is written with them needs a route in the core as well."""

Akin: TypeAlias = "Callable[[str, list[str]], list[str]]"
"""The core's answer: lemmas of an index's field that are akin to one of these. By which rule: "root", Russian
words of one root, by their suffixes; "english", "russian", words of one stem of Snowball's."""


class Language(ABC):
    """What the library asks of a language. One object a language; shared by threads, so it is immutable.

    Words are given folded and in NFC. Nothing is read before the first question.
    """

    code: str
    """ISO 639-1."""
    scripts: tuple[str, ...]
    """Those of SCRIPTS whose words it takes."""

    # ---- morphology

    slot: ClassVar[str] = ""
    """The name by which the core takes this language's native analysis; "" if it has none compiled in."""

    def native(self) -> object | None:
        """What the core takes in that slot; None if it cannot, and lemmas() must do without."""
        return None

    @abstractmethod
    def lemmas(self, word: str) -> tuple[str, ...]:
        """The lemmas of a word, the most probable first; at least one, itself if no other is known.

        It is asked once a form, and only where the core declines: where there is no native analysis, or
        languages share a script.
        """

    @abstractmethod
    def version(self) -> str:
        """What the lemmas depend on (rules, tables), for the analyzer's fingerprint."""

    def spellings(self, word: str) -> tuple[str, ...]:
        """Further lemmas: other ways to write it that people search it by. A native analysis has its own."""
        return ()

    def is_clitic(self, word: str) -> bool:
        """Whether a word, as typed, is one that is written onto others, as 's is."""
        return False

    # ---- queries

    def stopwords(self) -> frozenset[str]:
        """Function words, which do not say what a text is about: match keys, with е for ё."""
        return frozenset()

    def relatives(self, lemmas: Sequence[str], akin: Akin) -> Iterable[str]:
        """Lemmas of the same root as one of these, for queries alone: theory and theorise."""
        return ()

    writes_apart: ClassVar[bool] = False
    """Whether it knows words that are written apart as well as together."""

    def written_apart(self) -> frozenset[str]:
        """Pairs of words that are as well one, with _ for the space: health_care."""
        return frozenset()

    # ---- suggestions

    surname_endings: ClassVar[tuple[str, ...]] = ()
    """What looks like a form of a common word and ends so may be a surname."""

    def knows(self, word: str) -> bool:
        """Whether the dictionary itself has the word, in any form."""
        return False

    def is_common(self, word: str) -> bool:
        """Whether the dictionary has it as a common word alone. False if it does not tell names apart."""
        return False

    # ---- highlighting

    def abbreviations(self) -> Mapping[str, str]:
        """Words, in small letters, that take a full stop and then go on: no sentence ends there.

        Behind which of NAME, NUMBER and ANYTHING it is so: «ул. Ленина», but "no. 5" and not "no. Then".
        """
        return {}

    def __repr__(self) -> str:
        return f"<Language {self.code}>"


NAME, NUMBER, ANYTHING = "A", "0", "*"
"""What goes on behind an abbreviation's full stop."""


def abbreviations_of(script: str) -> dict[str, str]:
    """Those of the core's tables, which say what they stand for as well; "latin" or "cyrillic" ones."""
    return _core.sentence_abbreviations(script == "latin")


_word_lists: dict[str, frozenset[str]] = {}


def word_list(name: str) -> frozenset[str]:
    """The words of a file in data/, read once; lines that begin it with a # say something of them.

    SearchlibError if it cannot be read.
    """
    if (words := _word_lists.get(name)) is not None:
        return words
    path = os.path.join(os.path.dirname(__file__), "data", name)  # noqa: PTH118, PTH120 (pathlib is slow)
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            text = file.read()
    except OSError as error:
        raise SearchlibError(f"{path}: {error.strerror or error}; reinstall searchlib") from error
    while text.startswith("#"):
        text = text.partition("\n")[2]
    words = _word_lists[name] = frozenset(text.split())
    return words
