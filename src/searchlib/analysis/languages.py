"""The registry of languages: from a code to all that is known of a language, and which have dictionaries.

A language with a dictionary is one module beside this one, with one object `LANGUAGE`, and one line below;
the others are stemmed. A module is loaded when its language is first used. Nobody else spells a code.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING, import_module, lru_cache
from .language import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

DICTIONARIES: dict[str, str] = {"en": "english", "ru": "russian"}
"""ISO 639-1 codes, and the modules with their dictionaries. Where several answer, it is in this order."""

DEFAULT_LANGUAGES = ("en", "ru")
"""What text is taken to be where nobody says."""

STEMS = "-snowball"
"""Behind the code of a language with a dictionary: its stems in place of its lemmas, to compare with."""


@lru_cache(maxsize=None)
def language(code: str) -> Language:
    """The language of a code; KeyError if it is not known."""
    if code in DICTIONARIES:
        found = import_module(f".{DICTIONARIES[code]}", "searchlib.analysis").LANGUAGE
        assert isinstance(found, Language)
        return found
    from . import stemming  # a question of dictionaries needs none

    of_lemmas = code.removesuffix(STEMS)
    return stemming.Stemmed(code, language(of_lemmas) if of_lemmas in DICTIONARIES else None)


def dictionaries(codes: Iterable[str] | None = None) -> tuple[Language, ...]:
    """Those of the languages that have dictionaries, in the registry's order; None: all there are."""
    wanted = None if codes is None else set(codes)
    return tuple(language(code) for code in DICTIONARIES if wanted is None or code in wanted)


def known_codes() -> list[str]:
    """All codes, in alphabetical order."""
    from . import stemming

    return sorted({*DICTIONARIES, *stemming.SCRIPTS})
