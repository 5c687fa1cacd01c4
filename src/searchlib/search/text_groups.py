"""Text fields by what reads them, and what is read of their documents: for who asks which words a document
is about (feedback.py, more_like.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ..analysis.analyzer import Analyzer
from ..analysis.stopwords import is_stopword
from ..plan import PlanNode, Word, WordField
from ..schema import Schema, Text
from .scope import FieldScope

MAX_CHARS = 10_000
"""So much of a field's text is read, from its beginning."""

MAX_KEPT_WORDS = 100_000
"""Whose rarity is remembered."""

_MAX_NAME = 4096
"""Characters that a path has at most."""


class TextGroup(NamedTuple):
    """Fields that read a text alike: a lemma of one is a lemma of the others."""

    analyzer: Analyzer
    fields: tuple[str, ...]
    rarities: dict[str, tuple[float, float]]
    words: dict[str, PlanNode]

    def first_lemma(self, form: str) -> str:
        """The lemma that counts, of a form that the core has declined."""
        return self.analyzer.resolve([form])[0][0]

    def says_nothing(self, lemma: str) -> bool:
        """Whether it is a function word, or has a digit."""
        return _says_nothing(lemma, self.analyzer.languages)


@lru_cache(MAX_KEPT_WORDS)
def _says_nothing(lemma: str, languages: tuple[str, ...]) -> bool:
    return any(map(str.isdigit, lemma)) or (bool(languages) and is_stopword(lemma, frozenset(languages)))


def word_of(scope: FieldScope, lemma: str, group: TextGroup) -> PlanNode:
    """A word of that lemma alone; it has neither a form nor relatives, and nothing of it is marked."""
    word = group.words.get(lemma)
    if word is None:
        fields = [WordField(scope.number(name), scope.weight(name), (lemma,)) for name in group.fields]
        word = group.words[lemma] = Word(fields)
    return word


def text_groups(
    schema: Schema, analyzers: Mapping[str, Analyzer | None], fields: Sequence[str]
) -> list[TextGroup]:
    """The text fields that are searched, by their analyzers: those of which one at least is stored, if any
    is."""
    by_analyzer: dict[int, tuple[Analyzer, list[str]]] = {}
    for name in fields:
        analyzer = analyzers.get(name)
        if analyzer is not None and isinstance(schema[name], Text):
            by_analyzer.setdefault(id(analyzer), (analyzer, []))[1].append(name)
    groups = [TextGroup(analyzer, tuple(names), {}, {}) for analyzer, names in by_analyzer.values()]
    return [group for group in groups if any(schema[name].stored for name in group.fields)] or groups


def texts_of(document: Mapping[str, Any], fields: Sequence[str]) -> Iterator[str]:
    """A document's values in these fields, as much of them as is read.

    A file's name comes without its ending, which says how it is written, and nothing of its subject.
    """
    ending = _ending(document)
    for name in fields:
        value, left = document.get(name), MAX_CHARS
        for text in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(text, str) and left > 0:
                named = ending and len(text) <= _MAX_NAME and text.lower().endswith(ending)
                yield (text[: -len(ending)] if named else text)[:left]
                left -= len(text)


def _ending(document: Mapping[str, Any]) -> str:
    """How the name of a document's file ends, "" if that is not known."""
    found = (document.get(name) for name in ("file_extension", "extension"))  # as sources/ calls it
    return next((f".{value.lower()}" for value in found if isinstance(value, str) and value), "")
