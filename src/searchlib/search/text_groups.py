"""Text fields by what reads them, and what is read of their documents: for who asks which words a document
is about (feedback.py, more_like.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .. import _core
from ..analysis.analyzer import Analyzer
from ..analysis.stopwords import is_stopword
from ..plan import PlanNode, Word, WordField
from ..schema import Field, Keyword, Schema, Text
from .pages import Page
from .scope import FieldScope

if TYPE_CHECKING:
    from .pinned import Pinned

MAX_CHARS = _core.VECTOR_CHARS
"""So much of a field's text is read, from its beginning; the same as term vectors have of it."""

MAX_KEPT_WORDS = 100_000
"""Whose rarity is remembered."""

_ENDINGS = ("file_extension", "extension")
"""Fields that say how the name of a document's file ends, as sources/ calls them."""


class TextGroup(NamedTuple):
    """Fields that read a text alike: a lemma of one is a lemma of the others."""

    analyzer: Analyzer
    fields: tuple[str, ...]
    words: dict[str, PlanNode]

    def first_lemma(self, form: str) -> str:
        """The lemma that counts, of a form that the core has declined."""
        return self.analyzer.resolve([form])[0][0]

    def weights(self, scope: FieldScope) -> list[tuple[int, float]]:
        """Of each field its number and how much a place in it counts."""
        return [(scope.number(name), scope.weight(name)) for name in self.fields]

    def says_nothing(self) -> Callable[[str], bool]:
        """Tells of a lemma whether it is a function word, or has a digit."""
        return _says_nothing(frozenset(self.analyzer.languages))


@lru_cache(8)
def _says_nothing(languages: frozenset[str]) -> Callable[[str], bool]:
    @lru_cache(MAX_KEPT_WORDS)
    def says_nothing(lemma: str) -> bool:
        return any(map(str.isdigit, lemma)) or (bool(languages) and is_stopword(lemma, languages))

    return says_nothing  # nothing of Python's own runs for a lemma that is known


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
    groups = [TextGroup(analyzer, tuple(names), {}) for analyzer, names in by_analyzer.values()]
    return [group for group in groups if any(schema[name].stored for name in group.fields)] or groups


class ReadTexts(NamedTuple):
    """Of some documents: their texts, field by field, and how the names of their files end ("": unknown)."""

    texts: Sequence[_core.FieldTexts]
    endings: Sequence[str]

    def count_words(self, counter: _core.LemmaCounter, numbers: Sequence[int], group: TextGroup) -> None:
        """Have the words of the documents counted, under these numbers.

        A file's name comes without its ending, which says how it is written, and nothing of its subject.
        """
        counter.read(numbers, self.texts, self.endings, MAX_CHARS, group.first_lemma)


def text_read(text: str) -> ReadTexts:
    """A text that is no document's."""
    texts = _core.empty_texts(1)
    texts.put(0, [text])
    return ReadTexts([texts], [""])


def documents_read(searcher: Pinned, docs: Sequence[int], groups: Sequence[TextGroup]) -> list[ReadTexts]:
    """What some documents have in each of the groups; they are unpacked once."""
    schema = searcher.schema
    names = [[name for name in group.fields if schema[name].stored] for group in groups]
    said = _fields_of_endings(schema)
    page = Page(searcher, docs, lambda _: [])
    texts = iter(page.texts_of([*said, *(name for its in names for name in its)]))
    endings = [""] * len(docs)
    for _ in said:
        found = next(texts).texts()
        endings = [known or (value and f".{value}") for known, value in zip(endings, found, strict=True)]
    return [ReadTexts([next(texts) for _ in its], endings) for its in names]


def has_endings(schema: Schema) -> bool:
    """Whether documents may say how their files' names end. Of such a name, as a value, only the stored text
    says what it is without its ending."""
    return bool(_fields_of_endings(schema))


def is_stored(field: Field) -> bool:
    """Whether its texts can be read again."""
    return field.stored


def is_vectored(field: Field) -> bool:
    """Whether its documents have term vectors."""
    return isinstance(field, Text) and field.term_vectors


def _fields_of_endings(schema: Schema) -> list[str]:
    return [name for name in _ENDINGS if name in schema and _says_strings(schema, name)]


def _says_strings(schema: Schema, name: str) -> bool:
    return schema[name].stored and isinstance(schema[name], (Keyword, Text))
