"""The words of some fields of a snapshot: which are there, which are near, and which a dictionary knows.

It is asked about single words. Neither queries nor documents are known here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from .. import _core
from ..analysis.analyzer import Analyzer
from ..analysis.languages import dictionaries
from ..analysis.paths import paths
from ..forks import cached_property
from ..plan import And, Or, Phrase, PhraseField, Word, WordField

MAX_LETTERS = 64
"""What is longer is no word of either language, nor one run together of two: nothing is looked for that it
may stand for. The longest words of the dictionaries have about 45 letters, and what looks for others takes
more than their length in steps."""

_MAX_KEPT_NAMES = 2000


class Vocabulary:
    """The words of some text fields; safe to share between threads.

    fields: each field's number in the core, and its analyzer.
    """

    def __init__(self, snapshot: _core.Snapshot, fields: Mapping[int, Analyzer]) -> None:
        self._snapshot, self._fields = snapshot, dict(fields)
        self._names: dict[tuple[str, float], list[tuple[str, int, float]]] = {}
        self._dictionaries = dictionaries(code for one in fields.values() for code in one.languages)

    @cached_property
    def native(self) -> _core.SnapshotVocabulary:
        """The native search over these fields' forms and lemmas."""
        endings = [ending for language in dictionaries() for ending in language.surname_endings]
        return self._snapshot.vocabulary(list(self._fields), endings)

    @property
    def num_docs(self) -> int:
        """How many live documents there are, whether or not they have the fields."""
        return self._snapshot.num_live_docs

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
        return self.native.form_df(_core.match_key(word))

    def spelling_of(self, key: str) -> str:
        """The form of a match key as most documents spell it (ёлка, США); the key if none has it."""
        best, most = key, 0
        for spelling, df in self.native.spellings(key):
            if df > most:
                best, most = spelling, df
        return best

    def form_of(self, lemma: str) -> str:
        """The match key of a lemma's most frequent form; the lemma, if it is one of its forms or has none."""
        dfs = dict(self.native.forms_of(lemma))
        if lemma in dfs or not dfs:
            return lemma
        return min(dfs, key=lambda key: (-dfs[key], key.encode()))

    def is_word(self, word: str) -> bool:
        """Whether a dictionary of the fields' languages has the word, in any form."""
        folded = _core.fold_case(word)
        return any(language.knows(folded) for language in self._dictionaries)

    def may_be_name(self, lemma: str) -> bool:
        """Unless a dictionary has it as a common word alone; English words may always be names, too.

        Токаев may be one, though a dictionary that lacks it says «несколько токаев».
        """
        folded = _core.fold_case(lemma)
        common = next((language for language in self._dictionaries if language.is_common(folded)), None)
        if common is None:
            return True
        key = _core.match_key(lemma)
        return key.endswith(common.surname_endings) and key not in self.lemmas(lemma)[:1]

    def names(self, word: str, min_similarity: float) -> list[tuple[str, int, float]]:
        """(lemma, documents, similarity) of what sounds like a word; kept: queries have words in common."""
        key = word, min_similarity
        found = self._names.get(key)
        if found is None:
            if len(self._names) >= _MAX_KEPT_NAMES:
                self._names.clear()
            found = self._names[key] = self.native.names(word, min_similarity)
        return found

    def together(self, texts: Sequence[str]) -> int:
        """How many live documents hold all of these words."""
        return self._snapshot.count(And([self._planned(text) for text in texts]))

    def phrase_df(self, text: str) -> int:
        """How many live documents hold the words side by side."""
        readings: list[Phrase] = []
        by_field = {number: analyzer.tokens(text) for number, analyzer in self._fields.items()}
        first = next(iter(by_field.values()), None)
        for path in paths(first) if first else ():
            fields = [
                PhraseField(number, 1.0, tuple(range(len(path))), [tokens[at].lemmas for at in path])
                for number, tokens in by_field.items()
            ]
            readings.append(Phrase(fields))
        return self._snapshot.count(Or(readings)) if readings else 0

    def _planned(self, word: str) -> Word:
        return Word(
            [WordField(number, 1.0, analyzer.lemmas(word)) for number, analyzer in self._fields.items()]
        )

    def words(self, text: str) -> Sequence[str]:
        """The words of a text, without wholes of several parts."""
        analyzer = next(iter(self._fields.values()), None)
        return [token.text for token in analyzer.tokens(text) if token.span == 1] if analyzer else []


VocabularyOf: TypeAlias = Callable[["str | None"], "Vocabulary | None"]
"""The words of a field, or of the default fields; None if the field has none."""
