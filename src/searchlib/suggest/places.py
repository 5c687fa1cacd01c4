"""Where a query goes wrong: its words, those that find nothing, and what each may have meant.

Places stand in the order of the text. Words side by side may be one place: a term of several words that has
synonyms (United Nations), or one word cut in two (tash kent, front-end).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import TypeAlias

from ..query import nodes
from ..records import Record
from .corrections import (
    Correction,
    SynonymsOf,
    by_synonyms,
    corrections,
    cut_in_two,
    is_missing,
    of_layout,
    other_layout,
)
from .keyboard import PUNCTUATION
from .left_alone import left_alone
from .vocabulary import MAX_LETTERS, Vocabulary, VocabularyOf

_MAX_WORDS = 32
"""Of one query: each missing word costs a walk through the vocabulary."""

_MAX_KEYS_BEFORE = 8
"""Of punctuation before a word, which may be letters of the other layout: no word begins with more."""

_MAX_TERM_WORDS = 8
"""A term of more words has no synonyms."""


class Place(Record):
    """A word of the query, or several: query[start:end].

    is_missing: whether it finds nothing, or next to nothing. is_quoted: whether it stands in a phrase.
    options: what may have been meant, the best first.
    """

    start: int
    end: int
    vocabulary: Vocabulary
    is_quoted: bool
    is_missing: bool = False
    options: Sequence[Correction] = ()


CorrectionsOf: TypeAlias = Callable[[str, Vocabulary, SynonymsOf], Sequence[Correction]]


def places(
    query: str,
    node: nodes.Node,
    vocabulary_of: VocabularyOf,
    synonyms: SynonymsOf,
    corrections_of: CorrectionsOf = corrections,
) -> list[Place]:
    """All words that the query asks for; what it excludes is no place.

    corrections_of: what a word that is missing may have meant.
    """
    return _joined(query, list(_single(query, node, vocabulary_of, synonyms, corrections_of)), synonyms)


def _joined(query: str, single: Sequence[Place], synonyms: SynonymsOf) -> list[Place]:
    found: list[Place] = []
    at = 0
    while at < len(single):
        lengths = range(min(_MAX_TERM_WORDS, len(single) - at), 1, -1) if single[at].is_missing else ()
        joint = (_joint(query, single[at : at + length], synonyms) for length in lengths)
        place = next(filter(None, joint), None)
        if place is None and at + 1 < len(single):
            place = _joint(query, single[at : at + 2], synonyms if single[at + 1].is_missing else _none)
        found.append(place or single[at])
        at += 1 if place is None else sum(one.end <= place.end for one in single[at:])
    return found


def _none(term: str) -> list[str]:
    """No synonyms: words that are there stand for themselves."""
    return []


def _joint(query: str, parts: Sequence[Place], synonyms: SynonymsOf) -> Place | None:
    """The words as one, if there is something to be said of them together."""
    first, last = parts[0], parts[-1]
    text = query[first.start : last.end]
    together = all(one.vocabulary is first.vocabulary for one in parts)
    is_hyphenated = len(parts) == 2 and query[first.end : last.start] == "-"
    if not together or (len(text.split()) != len(parts) and not is_hyphenated):
        return None
    options = [] if is_hyphenated else by_synonyms(text, first.vocabulary, synonyms)
    if not options and len(parts) == 2:
        options = cut_in_two(text, first.vocabulary)
    return first.replace(end=last.end, is_missing=True, options=options) if options else None


def _single(
    query: str,
    node: nodes.Node,
    vocabulary_of: VocabularyOf,
    synonyms: SynonymsOf,
    corrections_of: CorrectionsOf,
) -> Iterator[Place]:
    covered, num_words = 0, 0
    alone = list(left_alone(query))
    for leaf in _wanted(node):
        vocabulary = vocabulary_of(leaf.field)
        if vocabulary is None:
            continue
        for found in _WORD.finditer(query, leaf.start, leaf.end):
            if found.start() < covered:
                continue
            if found.end() - found.start() > MAX_LETTERS or not vocabulary.words(found.group()):
                continue  # no word: nothing to mend, and nothing that others may be weighed by
            within_alone = next((one for one in alone if one.start <= found.start() < one.end), None)
            if within_alone and not within_alone.swaps:
                continue
            place = Place(*found.span(), vocabulary, isinstance(leaf, nodes.Phrase))
            if is_missing(found.group(), vocabulary) and num_words < _MAX_WORDS:
                num_words += 1
                place = place.replace(is_missing=True)
                options = [] if within_alone else corrections_of(found.group(), vocabulary, synonyms)
                within = leaf.start, leaf.end
                place = _in_other_layout(query, place, within, synonyms) or place.replace(options=options)
            covered = place.end
            yield place


_WORD = re.compile(r"\w[\w'’]*")
_PUNCTUATION = "".join(PUNCTUATION)


def _in_other_layout(query: str, place: Place, within: tuple[int, int], synonyms: SynonymsOf) -> Place | None:
    """A word of which keys are punctuation here: «,enskrf» is «бутылка», and «k.,jdm» «любовь»."""
    start, end = place.start, place.end
    while start > max(within[0], place.start - _MAX_KEYS_BEFORE) and query[start - 1] in PUNCTUATION:
        start -= 1
    last = min(within[1], place.start + MAX_LETTERS)
    while end < last and (query[end] in PUNCTUATION or query[end].isalnum()):
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


def _wanted(node: nodes.Node) -> Iterator[nodes.Word | nodes.Phrase]:
    """The words and phrases that a query asks for, in the order of the text."""
    leaves: list[nodes.Word | nodes.Phrase] = []
    pending = [node]
    while pending:
        at = pending.pop()
        if isinstance(at, (nodes.Word, nodes.Phrase)):
            leaves.append(at)
        pending += at.wanted
    return iter(sorted(leaves, key=lambda leaf: leaf.start))
