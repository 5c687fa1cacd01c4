"""Cross-script search: a query's words, and what else may stand for them at a lower weight.

In the expanded tree, Variants take the place of names and of terms that have synonyms. No documents are
ranked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product

from ..analysis.stopwords import bare, is_stopword
from ..errors import assert_never
from ..query import nodes
from ..suggest.corrections import other_layout
from ..suggest.names import (
    MIN_SIMILARITY_OF_MISSING_WORDS,
    MIN_SIMILARITY_OF_WORDS,
    may_be_name,
    sounding_like,
    spelling_of,
)
from ..suggest.vocabulary import MAX_LETTERS, Vocabulary, VocabularyOf
from ..synonyms.table import Synonyms

NAME_WEIGHT = 0.7
SYNONYM_WEIGHT = 0.8
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
    node: nodes.Node, vocabulary_of: VocabularyOf, cross_script: bool, synonyms: Synonyms | None
) -> nodes.Node:
    """The query with variants of its words.

    These are the synonyms given and, with cross_script, names and the synonyms that come with searchlib.
    """
    table = synonyms or Synonyms()
    if cross_script:
        table = Synonyms.bundled() | synonyms if synonyms else Synonyms.bundled()
    return CrossScript(vocabulary_of, table, names=cross_script).expand(node)


class CrossScript:
    """One traversal of a query tree. names: whether to look for them, and layouts, beside the synonyms."""

    def __init__(self, vocabulary_of: VocabularyOf, synonyms: Synonyms, names: bool = True) -> None:
        self._vocabulary_of, self._synonyms, self._names = vocabulary_of, synonyms, names
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
        """The operands; words side by side that have a synonym together are one: United Nations is ООН."""
        result: list[nodes.Node] = []
        at = 0
        while at < len(operands):
            length, terms = self._longest(operands[at : at + self._synonyms.max_words])
            if length < 2:
                result.append(self.expand(operands[at]))
                at += 1
                continue
            words = tuple(map(self.expand, operands[at : at + length]))
            first = operands[at]
            assert isinstance(first, nodes.Word)
            result.append(nodes.Variants(kind(words), self._of_terms(terms, first)))
            at += length
        return tuple(result)

    def _longest(self, operands: Sequence[nodes.Node]) -> tuple[int, list[str]]:
        """How many of the first operands are one term, and what stands for it."""
        words: list[str] = []
        for operand in operands:
            first = operands[0]
            if not isinstance(operand, nodes.Word) or not isinstance(first, nodes.Word):
                break
            if operand.field != first.field:
                break
            words.append(bare(operand.text))
        for length in range(len(words), 1, -1):
            if terms := self._synonyms.of(" ".join(words[:length])):
                return length, terms
        return 0, []

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

    def _of_terms(self, terms: Sequence[str], word: nodes.Word) -> tuple[nodes.Variant, ...]:
        """Those of the terms that are there, as a word or a phrase in the field of the word."""
        vocabulary = self._vocabulary_of(word.field)
        variants = []
        for term in terms:
            # US and WHO would find every us and who: the other terms of their lines have to do.
            if vocabulary is None or is_stopword(term.lower()):
                continue
            if not all(map(vocabulary.df, vocabulary.words(term))):
                continue
            node: nodes.Word | nodes.Phrase = word.replace(text=term)
            if len(vocabulary.words(term)) > 1:
                node = nodes.Phrase(term, word.field, boost=word.boost, start=word.start, end=word.end)
            variants.append(nodes.Variant(node, SYNONYM_WEIGHT, "synonym"))
        return tuple(variants)


def _further_names(typed: str, said: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Names that sound like the word, and find more than that and what was said for it already."""
    lemmas = {lemma for text in (typed, *said) for lemma in vocabulary.lemmas(text)}
    return [name for name in _names(typed, vocabulary) if not lemmas.issuperset(vocabulary.lemmas(name))]


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
