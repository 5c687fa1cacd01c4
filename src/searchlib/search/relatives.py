"""The lemmas of a snapshot that are akin to those of a query word: of one root, or of one stem.

The field's languages say which they may be, the core which of them are there. How much they count is the
ranking's.
"""

from __future__ import annotations

from .. import _core
from ..analysis.languages import dictionaries
from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_TERMS_OF_A_BEGINNING = 10_000
"""So many lemmas that begin as a root or stem does are looked at, in each segment."""

MAX_RELATIVES = 8
"""Of a word; the most frequent stay."""


class Relatives:
    """Those in the fields of one snapshot."""

    def __init__(self, core: _core.Snapshot) -> None:
        self._core = core

    def of(self, field: int, languages: Iterable[str], lemmas: Sequence[str]) -> list[str]:
        """The relatives of one of the lemmas, none of which is one, in the field of that number."""

        def akin(kind: str, words: list[str]) -> list[str]:
            return self._core.relatives(field, kind, words, MAX_TERMS_OF_A_BEGINNING)

        found: dict[str, None] = {}
        for language in dictionaries(languages):
            found.update(dict.fromkeys(language.relatives(lemmas, akin)))
        dfs = {word: df for word in found if word not in lemmas and (df := self._core.df(field, word))}
        if len(dfs) <= MAX_RELATIVES:
            return list(dfs)
        return sorted(dfs, key=lambda word: (-dfs[word], word))[:MAX_RELATIVES]
