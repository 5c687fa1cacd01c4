"""The synonyms of one term, from the table that ships with searchlib (data/synonyms.txt).

Somebody who mistyped a word waits for the answer, so only the lines that may hold the term are analysed.
"""

from __future__ import annotations

from functools import lru_cache

from .. import _core
from .table import BUNDLED_PATH, Synonyms, words_of

_PREFIX_LETTERS = 3
"""So far a term's first word and its lemma begin alike, as a test makes sure: other lines cannot hold it."""

_BREAKS = str.maketrans(dict.fromkeys(",=>-'’.()/\\", " "))


@lru_cache(maxsize=1024)
def synonyms_of(text: str) -> list[str]:
    """What the whole table has for a word, or for several."""
    words = words_of(text)
    prefixes = {f" {lemma[:_PREFIX_LETTERS].translate(_BREAKS)}" for lemma in (words[0] if words else ())}
    lines = [line for folded, line in _lines() if any(prefix in folded for prefix in prefixes)]
    return Synonyms.parse("\n".join(lines)).of(text) if lines else []


@lru_cache(maxsize=1)
def _lines() -> list[tuple[str, str]]:
    """Each line, folded as lemmas are, with a space before each word; and as it is."""
    with open(BUNDLED_PATH, encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    lines = text.split("\n")
    folded = _core.fold_yo(text.lower()).translate(_BREAKS).split("\n")
    return [(f" {one}", line) for one, line in zip(folded, lines, strict=True) if line[:1] not in ("", "#")]
