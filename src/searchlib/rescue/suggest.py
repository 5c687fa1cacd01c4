"""Did you mean: whole queries whose words are there, for one whose words are not.

A query string and its tree come in, Suggestions go out. It ranks no documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..query import nodes
from .corrections import Correction, corrections, is_missing, other_layout
from .keyboard import PUNCTUATION
from .vocabulary import Vocabulary

_MAX_WORDS = 32
"""Of one query: each missing word costs a walk through the lexicon."""

VocabularyOf = Callable[["str | None"], "Vocabulary | None"]
"""The words of a field, or of the default fields; None if the field has none."""


@dataclass(frozen=True)
class Suggestion:
    """A query that may have been meant.

    query: the whole string; corrections: what differs, by place; reason: that in words; score: higher is
    likelier, it compares only within one list.
    """

    query: str
    corrections: tuple[Correction, ...]
    score: float

    @property
    def reason(self) -> str:
        """Why each word was replaced, for people: "typo: tashknt → tashkent"."""
        return ", ".join(map(str, self.corrections))

    def __str__(self) -> str:
        return self.query


@dataclass(frozen=True)
class _Missing:
    """A place of the query whose word finds nothing, and what may have been meant, the best first."""

    start: int
    end: int
    options: Sequence[Correction]


def suggest(
    query: str,
    node: nodes.Node,
    vocabulary_of: VocabularyOf,
    synonyms: Callable[[str], list[str]],
    limit: int,
) -> list[Suggestion]:
    """The best first: all missing words replaced by their best guess, then one of them by its next one."""
    missing = [place for place in _missing(query, node, vocabulary_of, synonyms) if place.options]
    if not missing or limit <= 0:
        return []
    first = tuple(place.options[0] for place in missing)
    variants = [first]
    for number, place in enumerate(missing):
        variants += [(*first[:number], option, *first[number + 1 :]) for option in place.options[1:limit]]
    made: dict[str, Suggestion] = {}
    for chosen in variants:
        text = _rewritten(query, missing, chosen)
        made.setdefault(text, Suggestion(text, chosen, sum(option.score for option in chosen)))
    return sorted(made.values(), key=lambda suggestion: -suggestion.score)[:limit]


def _rewritten(query: str, missing: Sequence[_Missing], chosen: Sequence[Correction]) -> str:
    text, at = "", 0
    for place, option in zip(missing, chosen, strict=True):
        text += query[at : place.start] + option.meant
        at = place.end
    return text + query[at:]


def _missing(
    query: str, node: nodes.Node, vocabulary_of: VocabularyOf, synonyms: Callable[[str], list[str]]
) -> Iterator[_Missing]:
    covered, num_words = 0, 0
    for leaf in _wanted(node):
        vocabulary = vocabulary_of(leaf.field)
        if vocabulary is None:
            continue
        for found in _WORD.finditer(query, leaf.start, leaf.end):
            if found.start() < covered or num_words == _MAX_WORDS:
                continue
            word = found.group()
            if not vocabulary.words(word) or not is_missing(word, vocabulary):
                continue
            num_words += 1
            place = _in_other_layout(query, found, vocabulary) or _Missing(
                found.start(), found.end(), corrections(word, vocabulary, synonyms)
            )
            covered = place.end
            yield place


_WORD = re.compile(r"\w[\w'’]*")


def _in_other_layout(query: str, found: re.Match[str], vocabulary: Vocabulary) -> _Missing | None:
    """A word of which keys are punctuation here: «,eklrf» is «бутылка», and «k.,jdm» «любовь»."""
    start, end = found.span()
    while start > 0 and query[start - 1] in PUNCTUATION:
        start -= 1
    while end < len(query) and (query[end] in PUNCTUATION or query[end].isalnum()):
        end += 1
    # The whole run first; then without what ends it, which may be punctuation after all: «ghbdtn,».
    for stop in (end, *(at for at in range(end - 1, found.end() - 1, -1) if query[at] in PUNCTUATION)):
        text = query[start:stop]
        if text == found.group():
            return None  # nothing but letters: `corrections` sees to it
        other = other_layout(text, vocabulary)
        if other is not None and (num_docs := vocabulary.df(other)):
            return _Missing(start, stop, [Correction(text, other, "keyboard layout", num_docs, 1000.0)])
    return None


def _wanted(node: nodes.Node) -> Iterator[nodes.Word | nodes.Phrase]:
    """The words and phrases that a query asks for, in the order of the text."""
    leaves: list[nodes.Word | nodes.Phrase] = []
    pending = [node]
    while pending:
        at = pending.pop()
        if isinstance(at, nodes.Clauses):
            pending += [*at.required, *at.optional]
        elif isinstance(at, (nodes.Word, nodes.Phrase)):
            leaves.append(at)
        elif not isinstance(at, nodes.Not):
            pending += at.children
    return iter(sorted(leaves, key=lambda leaf: leaf.start))
