"""What a fragment of a text is, and what the core needs to cut one: the abbreviations that end no sentence.

Which fragments show best why a text was found, and where they are cut, the core decides
(core/highlight/fragments.hpp).
"""

from __future__ import annotations

from .. import _core
from ..analysis.languages import dictionaries
from ..lean import NamedTuple, lru_cache
from .matches import Span


class Fragment(NamedTuple):
    """text is original[start:end], untouched; spans count from the beginning of the original, too."""

    text: str
    start: int
    end: int
    spans: tuple[Span, ...]


@lru_cache(maxsize=1)
def abbreviations() -> _core.Abbreviations:
    """What takes a full stop and then goes on: «5 тыс. руб.», "Gen. Petrov". Texts mix languages."""
    places: dict[str, str] = {}
    for language in dictionaries():
        places.update(language.abbreviations())
    return _core.Abbreviations(places)
