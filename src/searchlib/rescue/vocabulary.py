"""The words of some fields of a snapshot: which are there, which are near, and which a dictionary knows.

The core's snapshot and the fields' analyzers come in, facts about words go out. It knows neither queries nor
documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from .. import _core
from ..analysis import english, russian
from ..analysis.analyzer import Analyzer


class Vocabulary:
    """The words of some text fields; safe to share between threads.

    fields: each field's number in the core, and its analyzer.
    """

    def __init__(self, snapshot: _core.Snapshot, fields: Mapping[int, Analyzer]) -> None:
        self._snapshot, self._fields = snapshot, dict(fields)
        self._languages = frozenset(code for analyzer in fields.values() for code in analyzer.languages)

    @cached_property
    def lexicon(self) -> _core.Lexicon:
        """The native search over these fields' forms and lemmas."""
        return _core.Lexicon(self._snapshot, list(self._fields))

    def lemmas(self, word: str) -> tuple[str, ...]:
        """The lemmas of a word, as the first of the fields sees it."""
        return next((analyzer.lemmas(word) for analyzer in self._fields.values()), ())

    def df(self, word: str) -> int:
        """How many live documents hold the word in any form: its most frequent lemma, in the best field."""
        found = (
            self._snapshot.df(number, lemma)
            for number, analyzer in self._fields.items()
            for lemma in analyzer.lemmas(word)
        )
        return max(found, default=0)

    def form_df(self, word: str) -> int:
        """How many documents hold the word in just this form."""
        return self.lexicon.form_df(_core.match_key(word))

    def is_word(self, word: str) -> bool:
        """Whether a dictionary of the fields' languages has the word, in any form."""
        folded = _core.fold_case(word)
        if "en" in self._languages and folded.isascii():
            return english.morphology().known(folded)
        native = russian.native() if "ru" in self._languages else None
        return native is not None and native.known(folded)

    def words(self, text: str) -> Sequence[str]:
        """The words of a text, without hyphenated wholes."""
        analyzer = next(iter(self._fields.values()), None)
        return [token.text for token in analyzer.tokens(text) if token.span == 1] if analyzer else []
