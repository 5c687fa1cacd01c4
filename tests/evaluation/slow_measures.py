"""nDCG, MRR and recall as the textbooks define them, with trec_eval's order of equal scores: the oracle of
the tests.
"""

from __future__ import annotations

import math
import struct


def ranked(scores: dict[str, float]) -> list[str]:
    """Best first; trec_eval keeps scores as 32-bit floats, and of equal ones takes the larger document id
    first.
    """

    def key(document: str) -> tuple[float, str]:
        return struct.unpack("f", struct.pack("f", scores[document]))[0], document

    return sorted(scores, key=key, reverse=True)


def in_order(scores: dict[str, float]) -> dict[str, float]:
    """The same, best first."""
    return {document: scores[document] for document in ranked(scores)}


def ndcg(judged: dict[str, int], scores: dict[str, float], depth: int) -> float:
    """Gain = relevance, discounted by log2(rank + 1), over that of the best ranking there could be."""

    def dcg(gains: list[int]) -> float:
        return sum(max(gain, 0) / math.log2(rank + 1) for rank, gain in enumerate(gains[:depth], 1))

    best = dcg(sorted(judged.values(), reverse=True))  # negative ones come last and gain nothing
    return dcg([judged.get(document, 0) for document in ranked(scores)]) / best if best else 0.0


def reciprocal_rank(judged: dict[str, int], scores: dict[str, float], depth: int) -> float:
    """1 / the rank of the first relevant document."""
    for rank, document in enumerate(ranked(scores)[:depth], 1):
        if judged.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def recall(judged: dict[str, int], scores: dict[str, float], depth: int) -> float:
    """The share of the relevant documents that were found."""
    relevant = {document for document, relevance in judged.items() if relevance > 0}
    return len(relevant & set(ranked(scores)[:depth])) / len(relevant) if relevant else 0.0
