"""What planning a text will ask of the vocabulary, asked in one go.

A planner asks word after word: how many documents hold a lemma, which others are akin to it. Over a network
each question is a way there and back. Here they are foreseen; what is not foreseen is asked when it comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ...analysis.languages import dictionaries
from ...errors import QueryError
from ...schema import Schema
from ...search.relatives import MAX_TERMS_OF_A_BEGINNING
from ...search.scope import FieldScope

if TYPE_CHECKING:
    from ...analysis.analyzer import Analyzer
    from .snapshot import RemoteSnapshot

_MAX_CHARS = 2000


def warm(
    snapshot: RemoteSnapshot,
    schema: Schema,
    analyzers: Mapping[str, Analyzer | None],
    fields: Sequence[str],
    text: str,
) -> None:
    """Have the answers for the words of a text in some fields at hand."""
    if len(text) > _MAX_CHARS:
        return
    foreseen = _Foreseen()
    try:
        scope = FieldScope(schema, analyzers, foreseen.relatives, fields)
        for name in fields:
            if analyzers[name] is not None:
                foreseen.of_field(scope, name, text)
    except QueryError:
        return  # the planner will say it
    snapshot.warm(list(foreseen.pairs), foreseen.asked)


class _Foreseen:
    """pairs: (field, lemma) whose documents will be asked for. asked: whose relatives will be."""

    def __init__(self) -> None:
        self.pairs: dict[tuple[int, str], None] = {}
        self.asked: list[tuple[int, str, list[str], int]] = []

    def of_field(self, scope: FieldScope, name: str, text: str) -> None:
        number = scope.number(name)
        tokens = scope.tokens(name, text)
        words = [token.text.lower() for token in tokens]
        for first, second in pairwise(words):  # policy makers may be one word
            self._add(number, (first + second, (first + second)[:-1]))
        for token in tokens:
            self._add(number, token.lemmas)
            scope.related(name, token.lemmas)

    def relatives(self, field: int, languages: Sequence[str], lemmas: Sequence[str]) -> list[str]:
        """In place of those that find them: these take down what would be asked."""

        def akin(kind: str, words: list[str]) -> list[str]:
            self.asked.append((field, kind, words, MAX_TERMS_OF_A_BEGINNING))
            return []

        for language in dictionaries(languages):
            self._add(field, language.relatives(lemmas, akin))
        return []

    def _add(self, field: int, lemmas: Iterable[str]) -> None:
        self.pairs.update(dict.fromkeys((field, lemma) for lemma in lemmas))
