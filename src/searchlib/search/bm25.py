"""BM25, and what a hit's score is made of.

    score(d) = Σ over query words  Σ over fields  boost · max over the word's lemmas  idf · tf / (tf + K)

    K   = k1 · (1 − b + b · length / average length)
    idf = ln(1 + (N − df + 0.5) / (df + 0.5))

S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, in the form that
Lucene has had since version 8: no factor k1 + 1, idf never below 0. tf is the number of positions, the length
that of the field in positions, rounded to Lucene's one-byte code; N, df and the average count live documents
that have a value in the field. A phrase has the sum of its words' idf (each word's most frequent lemma) and
as tf its number of matches, each counting 1 / (1 + distance).

A Ranking (ranking.py) may add: where n of a lemma's places have the form that was asked for, exact · n / (n +
K) to its tf / (tf + K); a word of the same root (theorise, for theory) as one lemma more, with the idf of the
word itself if its own is higher, times a weight; phrases of neighbouring words, times a weight.

A plan and a document come in, an Explanation goes out: the same numbers that the core added up. It ranks
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from .plan import CoreNode, FormsMark

if TYPE_CHECKING:
    from .searcher import Searcher

Signals: TypeAlias = tuple[Sequence[Sequence[str]], float, Sequence[str], float]
"""Of a word: related lemmas by field and their weight, its form by field and that weight."""

_PATTERNS = {"prefix": "{}*", "wildcard": "{}", "fuzzy": "{}~{}"}
_SUMS = {"and": "sum of all", "or": "sum of those that match", "max": "the best of"}


@dataclass(frozen=True)
class Explanation:
    """One number of a score, what it is, and what it was made of. `str()` draws the tree."""

    value: float
    description: str
    parts: tuple[Explanation, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines(""))

    def _lines(self, indent: str) -> list[str]:
        lines = [f"{indent}{self.value:.6g}  {self.description}"]
        for part in self.parts:
            lines += part._lines(indent + "  ")
        return lines


def explain(searcher: Searcher, core: CoreNode, doc: int) -> Explanation:
    """How a plan scores a document that it matches; 0 for the parts that do not match."""
    return _Explainer(searcher, doc).node(core)


class _Explainer:
    def __init__(self, searcher: Searcher, doc: int) -> None:
        self._searcher, self._doc = searcher, doc
        self._names = searcher.schema.searched_fields

    def node(self, core: CoreNode) -> Explanation:
        value = self._searcher.core.score_of(core, self._doc)
        if value is None:
            return Explanation(0.0, f"no match: {_words_of(core)}")
        kind = core[0]
        if kind == "word":
            return self._word(value, *core[1:])
        if kind == "phrase":
            return self._phrase(value, core)
        if kind == "boost":
            reason = f", for the {core[3]}" if len(core) > 3 else ""
            return Explanation(value, f"{core[1]:g} times{reason}", (self.node(core[2]),))
        if kind == "not":
            return Explanation(value, f"without {_words_of(core[1][1])}", (self.node(core[1][0]),))
        if kind == "maybe":
            return Explanation(value, "required, plus what else matches", tuple(map(self.node, core[1])))
        if kind in _SUMS:
            return Explanation(value, _SUMS[kind], tuple(map(self.node, core[1])))
        found = ", ".join(self._forms(core)) if kind == "forms" else ""
        return Explanation(value, f"matches {_words_of(core)}{found and f': {found}'}, at one score for all")

    def _forms(self, core: CoreNode) -> list[str]:
        """What a pattern meets in the document, as far as its text is stored."""
        stored = self._searcher.stored(self._doc)
        found: dict[str, None] = {}
        for number, *pattern in core[2]:
            name = self._names[number]
            value, analyzer = stored.get(name), self._searcher.analyzers[name]
            if value is None or analyzer is None:
                continue
            text = "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
            mark = self._searcher.expanded(FormsMark(*pattern), name)
            found.update(
                dict.fromkeys(text[match.start : match.end] for match in analyzer.find(text, [mark]))
            )
        return list(found)

    def _word(
        self,
        value: float,
        fields: Sequence[tuple[int, float, Sequence[str]]],
        signals: Signals = ((), 0.0, (), 0.0),
    ) -> Explanation:
        related, weight, forms, exact = signals
        parts = []
        for place, (number, boost, lemmas) in enumerate(fields):
            form = forms[place] if forms else ""
            found = [self._lemma(number, lemma, form, exact) for lemma in lemmas]
            if related:
                most = min((idf for lemma in lemmas if (idf := self._idf(number, lemma))), default=math.inf)
                found += [self._related(number, lemma, weight, most) for lemma in related[place]]
            best = max(
                (part for part in found if part is not None), key=lambda part: part.value, default=None
            )
            if best is not None:
                text = f"in {self._names[number]!r}: {best.description}"
                if boost == 1.0:
                    parts.append(Explanation(best.value, text, best.parts))
                else:
                    boosted = Explanation(best.value, best.description, best.parts)
                    parts.append(
                        Explanation(
                            boost * best.value, f"in {self._names[number]!r}, boost {boost:g}", (boosted,)
                        )
                    )
        return Explanation(value, f"word {_words_of(('word', fields))}", tuple(parts))

    def _idf(self, number: int, lemma: str) -> float | None:
        """None for a lemma that no live document holds."""
        df = self._searcher.core.df(number, lemma)
        num_docs = max(self._searcher.core.totals(number)[0], df)
        return math.log(1 + (num_docs - df + 0.5) / (df + 0.5)) if df else None

    def _related(self, number: int, lemma: str, weight: float, most: float) -> Explanation | None:
        found = self._lemma(number, lemma)
        if found is None:
            return None
        idf, saturation = (part.value for part in found.parts)  # related words have no exact form
        value = weight * min(idf, most) * saturation
        bound = f", its idf at most the word's own, {most:.6g}" if idf > most else ""
        return Explanation(value, f"{weight:g} times, for the related word «{lemma}»{bound}", (found,))

    def _lemma(self, number: int, lemma: str, form: str = "", exact: float = 0.0) -> Explanation | None:
        found = self._searcher.core.occurrence(number, lemma, self._doc, form)
        if found is None:
            return None
        tf, length, df, idf, k, num_exact = found
        num_docs, total_length = self._searcher.core.totals(number)
        parts = (
            Explanation(idf, f"idf: ln(1 + (N − df + 0.5) / (df + 0.5)), df {df} of N {num_docs} documents"),
            Explanation(
                tf / (tf + k),
                f"tf / (tf + K): tf {tf}, K {k:.6g}, length {length}, average {total_length / num_docs:.4g}",
            ),
        )
        if not (exact and num_exact):
            return Explanation(idf * (tf / (tf + k)), f"lemma «{lemma}», idf · tf / (tf + K)", parts)
        raised = exact * (num_exact / (num_exact + k))
        as_asked = Explanation(raised, f"{exact:g} · n / (n + K): n {num_exact} as asked for, «{form}»")
        value = idf * (tf / (tf + k) + raised)
        text = f"lemma «{lemma}», idf · (tf / (tf + K) + {exact:g} · n / (n + K))"
        return Explanation(value, text, (*parts, as_asked))

    def _phrase(self, value: float, core: CoreNode) -> Explanation:
        fields = [self._names[number] for number, _, _ in core[1]]
        slop = f", slop {core[2]}" if core[2] else ""
        return Explanation(value, f"phrase {_words_of(core)} in {' and '.join(map(repr, fields))}{slop}")


def _words_of(core: CoreNode) -> str:
    """What a node looks for, in short."""
    kind, rest = core[0], core[1:]
    if kind == "word":
        lemmas: list[Any] = list(dict.fromkeys(lemma for _, _, lemmas in rest[0] for lemma in lemmas))
        return "{" + ", ".join(lemmas) + "}"
    if kind == "phrase":
        return '"' + " ".join("|".join(lemmas) for _, lemmas in rest[0][0][2]) + '"'
    if kind == "forms":
        return " or ".join(dict.fromkeys(_PATTERNS[form].format(text, n) for _, form, text, n in rest[1]))
    if kind == "boost":
        return _words_of(rest[1])
    if kind in ("and", "or", "max", "not", "maybe"):
        return "(" + " ".join(map(_words_of, rest[0])) + ")"
    return {"all": "every document", "has": "documents with a value", "docs": "a value"}.get(kind, str(kind))
