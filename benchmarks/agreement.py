"""Holds the engines to the same question: their top 10 against BM25 computed here from the token stream.

Each engine is held to its own variant of the formula (idf, constant factor, rounding of lengths). Scores are
compared by rank, so ties may fall either way, and every id must carry the score that is its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from . import corpora
from .corpora import Document
from .peers import K1, B, Engine, Formula, Hit, Mode

NUM_QUERIES = 50
K = 10


class Reference:
    """Exhaustive BM25 over the terms of a few queries and phrases: slow, short, and shared by no engine."""

    def __init__(
        self, documents: Iterable[Document], queries: Sequence[str], phrases: Sequence[str] = ()
    ) -> None:
        wanted = {term for text in (*queries, *phrases) for term in text.split()}
        self._postings: dict[str, list[tuple[int, int]]] = {term: [] for term in wanted}
        self._phrases: dict[str, list[tuple[int, int]]] = {phrase: [] for phrase in phrases}
        self._ids: list[str] = []
        self._lengths: list[int] = []
        words = {phrase: phrase.split() for phrase in phrases}
        for number, (identifier, text) in enumerate(documents):
            terms = text.split()
            self._ids.append(identifier)
            self._lengths.append(len(terms))
            met = wanted.intersection(terms)
            counts = Counter(term for term in terms if term in met)
            for term, tf in counts.items():
                self._postings[term].append((number, tf))
            for phrase, parts in words.items():
                if met.issuperset(parts) and (tf := _occurrences(parts, terms)):
                    self._phrases[phrase].append((number, tf))

    def scores(self, query: str, formula: Formula, mode: Mode = "or") -> dict[str, float]:
        """The score of every document that matches."""
        terms = query.split()
        idfs = {term: self._idf(term, formula) for term in terms}
        if mode == "phrase":
            return self._named(self._sum([(sum(idfs.values()), self._phrases[query])], formula))
        total = self._sum([(idf, self._postings[term]) for term, idf in idfs.items()], formula)
        if mode == "and":
            holders = [{number for number, _ in self._postings[term]} for term in terms]
            total = {number: total[number] for number in set.intersection(*holders)}
        return self._named(total)

    def _sum(self, weighted: list[tuple[float, list[tuple[int, int]]]], formula: Formula) -> dict[int, float]:
        total: dict[int, float] = {}
        average = sum(self._lengths) / len(self._lengths)
        for idf, postings in weighted:
            for number, tf in postings:
                length = self._lengths[number]
                if formula.lengths == "byte":
                    length = byte_rounded(length)
                gain = idf * tf / (tf + K1 * (1 - B + B * length / average))
                total[number] = total.get(number, 0.0) + gain
        return total

    def _idf(self, term: str, formula: Formula) -> float:
        return formula.scale * _idf(formula, len(self._lengths), len(self._postings[term]))

    def _named(self, total: dict[int, float]) -> dict[str, float]:
        return {self._ids[number]: score for number, score in total.items()}


def texts(corpus: str, mode: Mode) -> list[str]:
    """The queries of that kind that are checked."""
    return corpora.queries(corpus, "phrases" if mode == "phrase" else "queries")[:NUM_QUERIES]


def checked(engine: Engine) -> list[Mode]:
    """The kinds of query whose scores the formula of the engine gives: none where it has no formula here."""
    formula = engine.formula
    if formula is None:
        return []
    return [mode for mode in sorted(engine.modes) if mode != "phrase" or formula.phrases]


def _occurrences(parts: list[str], terms: list[str]) -> int:
    width = len(parts)
    return sum(terms[start : start + width] == parts for start in range(len(terms) - width + 1))


def disagreement(hits: list[Hit], scores: dict[str, float], formula: Formula, k: int = K) -> str | None:
    """None where `hits` is a right top k, or what is wrong with it."""
    best = sorted(scores.values(), reverse=True)[:k]
    if len(hits) != len(best):
        return f"{len(hits)} hits, expected {len(best)}"
    for rank, ((identifier, score), expected) in enumerate(zip(hits, best, strict=True), 1):
        if not math.isclose(score, expected, rel_tol=formula.tolerance):
            return f"rank {rank} scores {score:.6g}, expected {expected:.6g}"
        if not math.isclose(score, scores.get(identifier, 0.0), rel_tol=formula.tolerance):
            return f"{identifier} scores {score:.6g}, expected {scores.get(identifier, 0.0):.6g}"
    return None


def byte_rounded(length: int) -> int:
    """The length that Lucene's one-byte code keeps: exact below 40, then four significant bits above 24."""
    if length < 24:
        return length
    rest = length - 24
    shift = max(rest.bit_length() - 4, 0)
    return 24 + (rest >> shift << shift)


def _idf(formula: Formula, num_docs: int, df: int) -> float:
    ratio = (num_docs - df + 0.5) / (df + 0.5)
    return math.log1p(ratio) if formula.idf == "lucene" else max(math.log(ratio), 1e-6)
