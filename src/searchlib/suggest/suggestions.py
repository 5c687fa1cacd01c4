"""Did you mean: whole queries whose words are there, for one whose words are not.

Only the query's words are replaced, in its string as it was typed. No documents are ranked here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..analysis.stopwords import is_stopword
from ..query import nodes
from ..records import Record
from .corrections import Correction, SynonymsOf
from .places import Place, places
from .variants import is_variant, may_be_slip
from .vocabulary import Vocabulary, VocabularyOf

_MAX_WEIGHED = 8
"""So many guesses for a word are weighed by the words beside it, each for the price of counting two words."""


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


def suggest(
    query: str, node: nodes.Node, vocabulary_of: VocabularyOf, synonyms: SynonymsOf, limit: int
) -> list[Suggestion]:
    """The best first: all missing words replaced by their best guess, then one of them by its next one."""
    found = places(query, node, vocabulary_of, synonyms)
    missing = [
        _weighed(query, place, _beside(found, number)) for number, place in enumerate(found) if place.options
    ]
    missing = [place for place in missing if place.options]
    if not missing or limit <= 0:
        return []
    first = tuple(place.options[0] for place in missing)
    chosen = [first]
    for number, place in enumerate(missing):
        chosen += [(*first[:number], option, *first[number + 1 :]) for option in place.options[1:limit]]
    scored = [(sum(option.score for option in options), options) for options in chosen]
    made: dict[str, Suggestion] = {}
    for score, options in sorted(scored, key=lambda one: -one[0]):
        text = rewritten(query, missing, options)
        made.setdefault(text, Suggestion(text, options, score))
        if len(made) == limit:  # the query may be long: no more of it are written than are asked for
            break
    return list(made.values())


def rewritten(query: str, missing: Sequence[Place], chosen: Sequence[Correction]) -> str:
    """The query with what was chosen in the places of the missing words."""
    text, at = "", 0
    for place, option in zip(missing, chosen, strict=True):
        is_phrase = option.reason == "synonym" and " " in option.meant and not place.is_quoted
        text += query[at : place.start] + (f'"{option.meant}"' if is_phrase else option.meant)
        at = place.end
    return text + query[at:]


def _beside(found: Sequence[Place], number: int) -> list[Place]:
    """The nearest words that are there, one on either side at most."""
    sides = (range(number - 1, -1, -1), range(number + 1, len(found)))
    nearest = (next((found[at] for at in side if not found[at].is_missing), None) for side in sides)
    return [place for place in nearest if place and place.vocabulary is found[number].vocabulary]


def _weighed(query: str, place: Place, beside: Sequence[Place]) -> Place:
    """The options by how often they stand with the words beside: Аральское мре is море rather than мире.

    That is added to the score which the pointwise mutual information of Church and Hanks (1990) makes of the
    counts, with a half added to both. A word that a dictionary has may be right, if no document has it: then
    only what stands with the words beside it is a typo's mending, what is the same to the ear (Kazakstan),
    and of a word alone what is frequent. Options that find the same documents, as forms of one word, count
    once.
    """
    vocabulary = place.vocabulary
    words = [word for word in (query[p.start : p.end] for p in beside) if not is_stopword(word)]
    may_be_right = bool(place.options) and vocabulary.is_word(place.options[0].typed)
    weighed = []
    for option in place.options[:_MAX_WEIGHED]:
        bond = sum(_bond(option.meant, word, vocabulary) for word in words)
        is_mended = is_variant(option.typed, option.meant) or (
            bond >= 0
            if words
            else may_be_slip(option.typed, option.num_edits, option.num_docs, vocabulary.num_docs)
        )
        if option.reason != "typo" or not may_be_right or is_mended:
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
