"""expand="bo1" once more, slowly: what the ten best documents have in common, and scores with it.

Documents are read token by token from what was given to the index, statistics are the oracle's. Queries are
words, words joined by AND or signs, and phrases: what the oracle makes of other trees is not repeated here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from oracle import Oracle, _joined
from oracle_documents import Document, values_of
from oracle_queries import Slot, asked_tree
from oracle_rules import Rule, clauses, sum_of, times
from searchlib import Ranking
from searchlib.analysis.stopwords import is_stopword
from searchlib.query import nodes
from searchlib.query.parser import parse
from searchlib.search.ranking import BM25

DOCUMENTS, WORDS, BETA, LEAST, CHARS = 10, 20, 0.2, 2, 10_000
MORE_CHARS = 64
"""That are scanned, so that the last word is not cut."""


def expanded_words(oracle: Oracle, ids: Sequence[str]) -> list[tuple[str, float]]:
    """The words that the documents have in common, with their factors, the best first."""
    if len(ids) < LEAST:
        return []
    names = oracle.schema.default_fields
    found = [_first_lemmas(oracle, oracle.documents[document_id]) for document_id in ids]
    num_docs = max(oracle.num_docs(name) for name in names)
    weighed = []
    for lemma in {lemma for lemmas in found for lemma in lemmas}:
        if sum(lemma in lemmas for lemmas in found) < LEAST:
            continue
        if is_stopword(lemma) or any(character.isdigit() for character in lemma):
            continue
        share = max(oracle.df(name, lemma) for name in names) / num_docs
        places = sum(lemmas.count(lemma) for lemmas in found)
        weighed.append((places * math.log2((1 + share) / share) + math.log2(1 + share), lemma))
    weighed.sort(key=lambda one: (-one[0], one[1]))
    return [(lemma, BETA * (weight / weighed[0][0])) for weight, lemma in weighed[:WORDS]]


def _first_lemmas(oracle: Oracle, document: Document) -> list[str]:
    lemmas = []
    for name in oracle.schema.default_fields:
        analyzer, left = oracle._analyzers[name], CHARS
        assert analyzer is not None
        for text in values_of(document.values.get(name)):
            tokens = analyzer.tokens(text[: left + MORE_CHARS]) if left > 0 else []
            lemmas += [token.lemmas[0] for token in tokens if token.end <= left]
            left -= len(text)
    return lemmas


def search(
    oracle: Oracle, query: str, ranking: Ranking = BM25
) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """All hits of the expanded query with their scores, the best first; and the words that were added."""
    best = oracle.search(query, DOCUMENTS, ranking=ranking)
    words = expanded_words(oracle, [document_id for document_id, _ in best])
    names = oracle.schema.default_fields
    parsed = parse(query, oracle.schema)
    oracle._joined = _joined(parsed)
    tree = asked_tree(parsed, oracle.schema, names, lambda leaf: oracle._asks(leaf, names))
    if tree is None or not words:
        return oracle.search(query, None, ranking=ranking), words
    rule = _with_words(oracle, tree, [_word(oracle, lemma, factor) for lemma, factor in words])
    scored = [(document.id, rule(document)) for document in oracle.documents.values()]
    hits = [(document_id, score) for document_id, score in scored if score is not None]
    return sorted(hits, key=lambda hit: -hit[1]), words


def _word(oracle: Oracle, lemma: str, factor: float) -> Rule:
    """It has neither relatives nor a form that was asked for."""
    words = dict.fromkeys(oracle.schema.default_fields, Slot(0, (lemma,), ""))
    return times(factor, oracle._word(words, False))


def _with_words(oracle: Oracle, tree: nodes.Node, words: list[Rule]) -> Rule:
    """Of any words, the new ones are alternatives; else they add to what matches."""
    names = oracle.schema.default_fields
    if isinstance(tree, nodes.And | nodes.Or) and len(tree.operands) == 1:
        return _with_words(oracle, tree.operands[0], words)
    if isinstance(tree, nodes.Or):
        pairs = oracle._pairs(tree.operands, names)
        rules = [oracle._rule(operand, names) for operand in tree.operands]
        return clauses([sum_of([*rules, *words])], pairs, [])
    rule = oracle._rule(tree, names)
    is_word = isinstance(tree, nodes.Word) and tree.field in (None, *oracle.schema.text_fields)
    return sum_of([rule, *words]) if is_word else clauses([rule], [sum_of(words)], [])
