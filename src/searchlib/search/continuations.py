"""How a word that somebody is typing may go on: the most frequent forms that begin so, of one snapshot.

A form is left out that has no lemma which a more frequent one lacks: each of them is one more word to search
for, so that their number bounds what a key stroke costs. Queries are not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .. import _core
from ..suggest.vocabulary import MAX_LETTERS, Vocabulary, VocabularyOf
from .scope import FieldScope

MAX_WORDS = 16
"""So many words at most stand for what is typed, beside itself."""

MAX_FORMS = 40
"""They are chosen among so many forms, the most frequent, …"""

MAX_VALUES = 512
"""… and so many values of a keyword, the first in the order of their bytes."""

_MAX_KEPT = 5_000


class Continuation(NamedTuple):
    """A form, and how many documents hold it."""

    form: str
    num_docs: int


class Continuations:
    """Those of the fields of one scope; what was asked for once is kept."""

    def __init__(self, core: _core.Snapshot, scope: FieldScope, vocabulary_of: VocabularyOf) -> None:
        self._core, self._scope, self._vocabulary_of = core, scope, vocabulary_of
        self._kept: dict[tuple[str, str | None], tuple[Continuation, ...]] = {}

    def of(self, prefix: str, field: str | None) -> tuple[Continuation, ...]:
        """The most frequent first, of equal ones in the order of the alphabet.

        field: where they are looked for, None for the default ones. What is no word but a function word is
        none, unless nothing else begins so.
        """
        key = prefix, field
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            found = self._kept[key] = self._found(prefix, field)
        return found

    def _found(self, prefix: str, field: str | None) -> tuple[Continuation, ...]:
        if not prefix or len(prefix) > MAX_LETTERS:
            return ()
        forms: dict[str, int] = {}
        vocabulary = self._vocabulary_of(field)
        if vocabulary is not None:
            forms.update(vocabulary.native.complete(prefix, MAX_FORMS))
        for name in self._scope.fields_of(field):
            if self._scope.is_searched(name) and self._scope.is_keyword(name):
                for value, num_docs in self._values(name, prefix):
                    forms[value] = max(num_docs, forms.get(value, 0))
        ranked = sorted(forms.items(), key=lambda one: (-one[1], one[0]))
        lemmas_of = _lemmas_in(vocabulary)
        telling = (one for one in ranked if not self._scope.is_stopword(one[0], field))
        return _distinct(telling, lemmas_of) or _distinct(ranked, lemmas_of)

    def _values(self, name: str, prefix: str) -> Iterable[tuple[str, int]]:
        number, begin = self._scope.number(name), self._scope.keyword(name, prefix)
        terms = self._core.terms(number, begin, False).next(MAX_VALUES)
        return ((value, num_docs) for value, num_docs, _ in terms)


def _lemmas_in(vocabulary: Vocabulary | None) -> Callable[[str], Sequence[str]]:
    return vocabulary.lemmas if vocabulary is not None else lambda form: (form,)


def _distinct(
    ranked: Iterable[tuple[str, int]], lemmas_of: Callable[[str], Sequence[str]]
) -> tuple[Continuation, ...]:
    found: list[Continuation] = []
    known: set[str] = set()
    for form, num_docs in ranked:
        lemmas = lemmas_of(form) or (form,)
        if not known.issuperset(lemmas):
            known.update(lemmas)
            found.append(Continuation(form, num_docs))
            if len(found) == MAX_WORDS:
                break
    return tuple(found)
