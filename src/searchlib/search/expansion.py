"""Cross-script search: a query's words, and what else may stand for them at a lower weight.

In the expanded tree, Variants take the place of names and of terms that have synonyms or translations. No
documents are ranked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product
from typing import TYPE_CHECKING

from ..analysis.stopwords import bare, is_stopword
from ..errors import assert_never, brief
from ..query import nodes
from ..suggest.corrections import other_layout
from ..suggest.designations import in_other_script
from ..suggest.names import (
    MIN_SIMILARITY_OF_MISSING_WORDS,
    MIN_SIMILARITY_OF_WORDS,
    may_be_name,
    sounding_like,
    spelling_of,
)
from ..suggest.vocabulary import MAX_LETTERS, Vocabulary, VocabularyOf
from ..synonyms.table import Synonyms

if TYPE_CHECKING:
    from ..translations.table import Translations

NAME_WEIGHT = 0.7
SYNONYM_WEIGHT = 0.8
TRANSLATION_WEIGHT = 0.7
"""Times the square root of how probable the translation is."""
MAX_TRANSLATIONS = 6
"""Of one word: the most probable of those that the index has."""
LAYOUT_WEIGHT = 0.9
MIN_SIMILARITY_IN_SCRIPT = 0.9
"""Of two names as one language writes them: they might have been written alike, so less is forgiven. Фарғона
and Фергана are of two."""

_MAX_NAMES = 4
_MAX_WORDS_IN_QUOTES = 8
_MAX_READINGS_OF_QUOTES = 32
_MIN_LETTERS_IN_SCRIPT = 5
_CLOSING = ".,;:'"
_MAX_WORDS = 64
"""Of one query: no more of its words are looked up."""


def expanded(
    node: nodes.Node,
    vocabulary_of: VocabularyOf,
    cross_script: bool,
    synonyms: Synonyms | None,
    translations: Translations | None = None,
) -> nodes.Node:
    """The query with variants of its words.

    These are the synonyms given and, with cross_script, names and the synonyms that come with searchlib.
    translations: and these; names are looked for then, too: no dictionary has them.
    """
    cross_script = cross_script or bool(translations)
    table = synonyms or Synonyms()
    if cross_script:
        table = Synonyms.bundled() | synonyms if synonyms else Synonyms.bundled()
    return CrossScript(vocabulary_of, table, cross_script, translations).expand(node)


class CrossScript:
    """One traversal of a query tree. names: whether to look for them, and layouts, beside the synonyms."""

    def __init__(
        self,
        vocabulary_of: VocabularyOf,
        synonyms: Synonyms,
        names: bool = True,
        translations: Translations | None = None,
    ) -> None:
        self._vocabulary_of, self._synonyms, self._names = vocabulary_of, synonyms, names
        self._translations = translations
        if not hasattr(synonyms, "max_words"):
            raise TypeError(f"synonyms is what Synonyms.load(path) gives, got {brief(synonyms)}")
        if translations and not hasattr(translations, "max_words"):
            raise TypeError(f"translations is what Translations.load(path) gives, got {brief(translations)}")
        self._max_words = max(synonyms.max_words, translations.max_words if translations else 1)
        self._num_words = 0

    def expand(self, node: nodes.Node) -> nodes.Node:
        """The tree with variants. What is excluded stays as it is; in quotes, names alone have variants."""
        if isinstance(node, nodes.Word):
            return self._word(node)
        if isinstance(node, nodes.Phrase):
            return self._phrase(node)
        if isinstance(node, nodes.Joined):
            return node.replace(operands=self._joined(node.operands, type(node)))
        if isinstance(node, nodes.Clauses):
            return node.replace(
                required=tuple(map(self.expand, node.required)),
                optional=self._joined(node.optional, nodes.Or),
            )
        if isinstance(node, (nodes.Not, nodes.Variants, nodes.Empty)):
            return node
        if isinstance(node, (nodes.Prefix, nodes.Wildcard, nodes.Fuzzy, nodes.Range, nodes.Everything)):
            return node
        return assert_never(node)

    def _joined(self, operands: Sequence[nodes.Node], kind: type[nodes.Joined]) -> tuple[nodes.Node, ...]:
        """The operands; words side by side that are one term stay together: United Nations is ООН."""
        result: list[nodes.Node] = []
        at = 0
        while at < len(operands):
            length, variants = self._longest(operands[at : at + self._max_words])
            if length < 2:
                result.append(self.expand(operands[at]))
                at += 1
                continue
            words = tuple(map(self.expand, operands[at : at + length]))
            result.append(nodes.Variants(kind(words), variants))
            at += length
        return tuple(result)

    def _longest(self, operands: Sequence[nodes.Node]) -> tuple[int, tuple[nodes.Variant, ...]]:
        """How many of the first operands are one term, and what stands for it in the index."""
        words: list[str] = []
        first = operands[0]
        if not isinstance(first, nodes.Word) or self._num_words > _MAX_WORDS:
            return 0, ()
        for operand in operands:
            if not isinstance(operand, nodes.Word) or operand.field != first.field:
                break
            words.append(bare(operand.text))
        for length in range(len(words), 1, -1):
            text = " ".join(words[:length])
            if variants := self._of_terms(self._synonyms.of(text), first) + self._translated(text, first):
                return length, variants
        return 0, ()

    def _word(self, word: nodes.Word) -> nodes.Node:
        vocabulary = self._vocabulary_of(word.field)
        self._num_words += 1
        if vocabulary is None or self._num_words > _MAX_WORDS or is_stopword(word.text):
            return word
        typed = bare(word.text)
        variants = self._of_terms(self._synonyms.of(typed), word)
        if self._names and len(word.text) <= MAX_LETTERS:
            variants += self._of_layout(word, vocabulary)
            said = [word.text for word in (v.node for v in variants) if isinstance(word, nodes.Word)]
            variants += tuple(
                nodes.Variant(word.replace(text=name), NAME_WEIGHT, "name")
                for name in _further_names(typed, said, vocabulary)
            )
        there = {variant.node.text.casefold() for variant in variants}
        variants += tuple(
            variant for variant in self._translated(typed, word) if variant.node.text.casefold() not in there
        )
        return nodes.Variants(word, variants) if variants else word

    def _phrase(self, phrase: nodes.Phrase) -> nodes.Node:
        """The phrase, and what it is with its names as the other script writes them: all that may be there.

        One word in quotes is just that word, for who wants no other.
        """
        vocabulary = self._vocabulary_of(phrase.field)
        words = phrase.text.split()
        if vocabulary is None or not self._names or not 1 < len(words) <= _MAX_WORDS_IN_QUOTES:
            return phrase
        ways: list[list[str]] = []
        for word in words:
            self._num_words += 1
            typed = bare(word)
            is_asked = len(word) <= MAX_LETTERS and self._num_words <= _MAX_WORDS and not is_stopword(word)
            names = _further_names(typed, (), vocabulary) if is_asked else []
            own = [word] if all(map(vocabulary.df, vocabulary.words(word))) else []
            ways.append(own + names)
        texts = islice(map(" ".join, product(*ways)), _MAX_READINGS_OF_QUOTES)
        variants = tuple(
            nodes.Variant(phrase.replace(text=text, boost=1.0), NAME_WEIGHT, "name")
            for text in texts
            if text != " ".join(words)
        )
        return nodes.Variants(phrase.replace(boost=1.0), variants, boost=phrase.boost) if variants else phrase

    def _translated(self, text: str, word: nodes.Word) -> tuple[nodes.Variant, ...]:
        """The translations of a text that are there, the most probable few, in the field of the word."""
        variants: list[nodes.Variant] = []
        for term, probability in self._translations.of(text) if self._translations else ():
            variant = self._of_term(term, word, TRANSLATION_WEIGHT * probability**0.5, "translation")
            if variant is not None:
                variants.append(variant)
            if len(variants) == MAX_TRANSLATIONS:
                break
        return tuple(variants)

    def _of_layout(self, word: nodes.Word, vocabulary: Vocabulary) -> tuple[nodes.Variant, ...]:
        """What the keys say under the other layout, where they say nothing under this one."""
        if all(map(vocabulary.df, vocabulary.words(word.text))):
            return ()
        for text in dict.fromkeys((word.text, word.text.rstrip(_CLOSING))):
            other = other_layout(text, vocabulary, self._synonyms.of)
            if other is None:
                continue
            if vocabulary.df(other):
                return (nodes.Variant(word.replace(text=other), LAYOUT_WEIGHT, "keyboard layout"),)
            return tuple(
                variant.replace(
                    weight=LAYOUT_WEIGHT * variant.weight, reason=f"keyboard layout and {variant.reason}"
                )
                for variant in self._of_terms(self._synonyms.of(other), word)
            )
        return ()

    def _of_terms(self, terms: Iterable[str], word: nodes.Word) -> tuple[nodes.Variant, ...]:
        """Those of the synonyms that are there, in the field of the word."""
        found = (self._of_term(term, word, SYNONYM_WEIGHT, "synonym") for term in terms)
        return tuple(variant for variant in found if variant is not None)

    def _of_term(self, term: str, word: nodes.Word, weight: float, reason: str) -> nodes.Variant | None:
        """A word or a phrase that stands for another word, if the index has it."""
        vocabulary = self._vocabulary_of(word.field)
        # US and WHO would find every us and who: the other terms of their lines have to do.
        if vocabulary is None or is_stopword(term.lower()):
            return None
        words = vocabulary.words(term)
        if not words or not all(map(vocabulary.df, words)):
            return None
        node: nodes.Word | nodes.Phrase = word.replace(text=term)
        if len(words) > 1:
            node = nodes.Phrase(term, word.field, boost=word.boost, start=word.start, end=word.end)
        return nodes.Variant(node, weight, reason)


def _further_names(typed: str, said: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Names that sound like the word, and find more than that and what was said for it already."""
    lemmas = {lemma for text in (typed, *said) for lemma in vocabulary.lemmas(text)}
    designations = [text for text in in_other_script(typed) if vocabulary.df(text)]
    names = designations[:_MAX_NAMES] or _names(typed, vocabulary)
    return [name for name in names if not lemmas.issuperset(vocabulary.lemmas(name))]


def _names(text: str, vocabulary: Vocabulary) -> list[str]:
    """The lemmas that sound like the word: the most similar few."""
    if list(vocabulary.words(text)) != [text]:
        return []
    spelling = spelling_of(text)
    least = MIN_SIMILARITY_OF_WORDS if vocabulary.df(text) else MIN_SIMILARITY_OF_MISSING_WORDS
    may_differ = len(text) >= _MIN_LETTERS_IN_SCRIPT and may_be_name(text, vocabulary)
    found = [
        one.lemma
        for one in sounding_like(text, vocabulary, least)
        if spelling_of(one.lemma) != spelling
        or (may_differ and one.similarity >= MIN_SIMILARITY_IN_SCRIPT and vocabulary.may_be_name(one.lemma))
    ]
    return [lemma for lemma in found if not any(map(is_stopword, vocabulary.lemmas(lemma)))][:_MAX_NAMES]
