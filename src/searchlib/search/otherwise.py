"""What a query was read as besides its own words, where these are in no document: said in a note.

Expansion puts names, synonyms, translations and words of the other keyboard layout beside a word. As long as
the word itself is found, they only add to it. Where it is not, all hits are theirs, and whoever asked has to
know.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import brief
from ..query import nodes
from ..suggest.corrections import corrections
from ..suggest.names import is_latin
from ..synonyms.bundled import synonyms_of
from .apart import APART, TOGETHER

if TYPE_CHECKING:
    from ..suggest.vocabulary import Vocabulary, VocabularyOf

_MAX_SAID, _MAX_READINGS = 5, 3
_MAX_SLIPS_LOOKED_FOR = 8
"""Each is one walk through the vocabulary, or two."""


class Otherwise:
    """What stands for the words of an expanded query that are in no document."""

    def __init__(self, node: nodes.Node, vocabulary_of: VocabularyOf) -> None:
        self._vocabulary_of = vocabulary_of
        self._read = [
            (part, readings)
            for part in node.walk()
            if isinstance(part, nodes.Variants) and (readings := self._readings(part))
        ]

    @property
    def note(self) -> str:
        """A sentence; "" where the words themselves are found."""
        said = [
            f"{brief(_typed(part.node), 40)} as "
            + " or ".join(f"{one.node.text} ({one.reason})" for one in readings[:_MAX_READINGS])
            for part, readings in self._read
        ]
        if not said:
            return ""
        more = f" and {len(said) - _MAX_SAID} more" if len(said) > _MAX_SAID else ""
        return f"in no document as written, and read otherwise: {', '.join(said[:_MAX_SAID])}{more}"

    def has_slip(self) -> bool:
        """Whether one of the words is more likely a slip for a word of its own script than what it was read
        as: президнт is президент, though it sounds like "president", too."""
        named = (
            (part.node, readings)
            for part, readings in self._read
            if isinstance(part.node, nodes.Word) and all(one.reason == "name" for one in readings)
        )
        return any(self._is_slip(*one) for one in list(named)[:_MAX_SLIPS_LOOKED_FOR])

    def _is_slip(self, word: nodes.Word, readings: Sequence[nodes.Variant]) -> bool:
        vocabulary = self._vocabulary_of(word.field)
        assert vocabulary is not None, "a field without words has no readings"
        best = next(iter(corrections(word.text, vocabulary, synonyms_of)), None)
        if best is None or is_latin(best.meant) != is_latin(word.text):
            return False
        found = {lemma for one in readings for lemma in vocabulary.lemmas(one.node.text)}
        return found.isdisjoint(vocabulary.lemmas(best.meant))

    def _readings(self, part: nodes.Variants) -> list[nodes.Variant]:
        """What stands for it and is found; none where it is found itself."""
        leaf = next(one for one in part.node.walk() if isinstance(one, (nodes.Word, nodes.Phrase)))
        vocabulary = self._vocabulary_of(leaf.field)
        if vocabulary is None or _is_there(part.node, vocabulary):
            return []
        others = (one for one in part.variants if one.reason not in (APART, TOGETHER))
        return [one for one in others if _is_there(one.node, vocabulary)]


def _is_there(node: nodes.Node, vocabulary: Vocabulary) -> bool:
    """Whether a word or a phrase is in some document; of several words, each of them."""
    if isinstance(node, nodes.Phrase):
        return vocabulary.phrase_df(node.text) > 0
    words = node.text if isinstance(node, nodes.Word) else _typed(node)
    return all(map(vocabulary.df, vocabulary.words(words)))


def _typed(node: nodes.Node) -> str:
    """A word, a phrase, or words that are one term, as they were typed."""
    if isinstance(node, (nodes.Word, nodes.Phrase)):
        return node.text
    if isinstance(node, nodes.Variants):
        return _typed(node.node)
    return " ".join(map(_typed, node.children))
