"""Did you mean: whole queries whose words are there, for one whose words are not.

A query string and its tree come in, Suggestions go out. It ranks no documents.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import TypeAlias

from ..analysis.stopwords import is_stopword
from ..query import nodes
from ..records import Record
from .corrections import Correction, SynonymsOf, corrections, is_missing, of_layout, other_layout
from .keyboard import PUNCTUATION
from .vocabulary import Vocabulary

_MAX_WORDS = 32
"""Of one query: each missing word costs a walk through the lexicon."""

_MAX_WEIGHED = 8
"""So many guesses for a word are weighed by the words beside it, each for the price of counting two words."""

VocabularyOf: TypeAlias = Callable[["str | None"], "Vocabulary | None"]
"""The words of a field, or of the default fields; None if the field has none."""


class Suggestion(Record):
    """A query that may have been meant.

    query: the whole string. corrections: what differs, by place. score: the sum of theirs, higher is
    likelier; it compares only within one list.
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


class _Place(Record):
    """A word of the query. options: what may have been meant, the best first; () if it is there."""

    start: int
    end: int
    vocabulary: Vocabulary
    is_quoted: bool
    options: Sequence[Correction] = ()


def suggest(
    query: str, node: nodes.Node, vocabulary_of: VocabularyOf, synonyms: SynonymsOf, limit: int
) -> list[Suggestion]:
    """The best first: all missing words replaced by their best guess, then one of them by its next one."""
    places = list(_places(query, node, vocabulary_of, synonyms))
    missing = [_weighed(query, place, _beside(places, number)) for number, place in enumerate(places)]
    missing = [place for place in missing if place.options]
    if not missing or limit <= 0:
        return []
    first = tuple(place.options[0] for place in missing)
    chosen = [first]
    for number, place in enumerate(missing):
        chosen += [(*first[:number], option, *first[number + 1 :]) for option in place.options[1:limit]]
    made: dict[str, Suggestion] = {}
    for options in chosen:
        text = _rewritten(query, missing, options)
        made.setdefault(text, Suggestion(text, options, sum(option.score for option in options)))
    return sorted(made.values(), key=lambda suggestion: -suggestion.score)[:limit]


def _rewritten(query: str, missing: Sequence[_Place], chosen: Sequence[Correction]) -> str:
    text, at = "", 0
    for place, option in zip(missing, chosen, strict=True):
        is_phrase = option.reason == "synonym" and " " in option.meant and not place.is_quoted
        text += query[at : place.start] + (f'"{option.meant}"' if is_phrase else option.meant)
        at = place.end
    return text + query[at:]


def _places(
    query: str, node: nodes.Node, vocabulary_of: VocabularyOf, synonyms: SynonymsOf
) -> Iterator[_Place]:
    covered, num_words = 0, 0
    for leaf in _wanted(node):
        vocabulary = vocabulary_of(leaf.field)
        if vocabulary is None:
            continue
        for found in _WORD.finditer(query, leaf.start, leaf.end):
            if found.start() < covered or not vocabulary.words(found.group()):
                continue
            place = _Place(*found.span(), vocabulary, isinstance(leaf, nodes.Phrase))
            if is_missing(found.group(), vocabulary) and num_words < _MAX_WORDS:
                num_words += 1
                options = corrections(found.group(), vocabulary, synonyms)
                within = leaf.start, leaf.end
                place = _in_other_layout(query, place, within, synonyms) or place.replace(options=options)
            covered = place.end
            yield place


_WORD = re.compile(r"\w[\w'’]*")
_PUNCTUATION = "".join(PUNCTUATION)


def _in_other_layout(
    query: str, place: _Place, within: tuple[int, int], synonyms: SynonymsOf
) -> _Place | None:
    """A word of which keys are punctuation here: «,enskrf» is «бутылка», and «k.,jdm» «любовь»."""
    start, end = place.start, place.end
    while start > within[0] and query[start - 1] in PUNCTUATION:
        start -= 1
    while end < within[1] and (query[end] in PUNCTUATION or query[end].isalnum()):
        end += 1
    # The whole run first; then without what may be punctuation after all: «ghbdtn,» and «"vbh».
    starts = range(start, place.start + 1)
    stops = [end, *(at for at in range(end - 1, place.end - 1, -1) if not query[at:end].strip(_PUNCTUATION))]
    for begin, stop in sorted(product(starts, stops), key=lambda span: span[0] - span[1]):
        if (begin, stop) == (place.start, place.end):
            return None  # nothing but letters: `corrections` sees to it
        text = query[begin:stop]
        other = other_layout(text, place.vocabulary, synonyms)
        if other is not None:
            options = of_layout(text, other, place.vocabulary, synonyms)
            return place.replace(start=begin, end=stop, options=options)
    return None


def _beside(places: Sequence[_Place], number: int) -> list[_Place]:
    """The nearest words that are there, one on either side at most."""
    sides = (reversed(places[:number]), places[number + 1 :])
    there = ([place for place in side if not place.options][:1] for side in sides)
    return [place for side in there for place in side if place.vocabulary is places[number].vocabulary]


def _weighed(query: str, place: _Place, beside: Sequence[_Place]) -> _Place:
    """The options by how often they stand with the words beside: Аральское мре is море rather than мире.

    That is added to the score which the pointwise mutual information of Church and Hanks (1990) makes of the
    counts, with a half added to both. A word that a dictionary has may be right, if no document has it: then
    only what stands with the words beside it is a typo's mending. Options that find the same documents, as
    forms of one word, count once.
    """
    vocabulary = place.vocabulary
    words = [word for word in (query[p.start : p.end] for p in beside) if not is_stopword(word)]
    may_be_right = bool(place.options) and vocabulary.is_word(place.options[0].typed)
    weighed = []
    for option in place.options[:_MAX_WEIGHED]:
        bond = sum(_bond(option.meant, word, vocabulary) for word in words)
        if option.reason != "typo" or not may_be_right or (words and bond >= 0):
            weighed.append(option.replace(score=option.score + bond))
    rest = [] if may_be_right else place.options[_MAX_WEIGHED:]
    return place.replace(options=_distinct([*sorted(weighed, key=lambda o: -o.score), *rest], vocabulary))


def _distinct(ranked: Sequence[Correction], vocabulary: Vocabulary) -> list[Correction]:
    """Without those that find what a better one finds."""
    options: list[Correction] = []
    lemmas: list[frozenset[str]] = []
    for option in ranked:
        own = frozenset(vocabulary.lemmas(option.meant))
        if not any(own <= other or other <= own for other in lemmas if own and other):
            options.append(option)
            lemmas.append(own)
    return options


def _bond(meant: str, beside: str, vocabulary: Vocabulary) -> float:
    df, num_docs = vocabulary.df(beside), vocabulary.num_docs
    if not df or not num_docs:
        return 0.0
    parts = meant.split()
    expected = min(map(vocabulary.df, parts)) * df / num_docs
    return math.log((vocabulary.together([*parts, beside]) + 0.5) / (expected + 0.5))


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
