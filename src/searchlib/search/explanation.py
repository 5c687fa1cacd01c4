"""What a hit's score is made of: the same numbers that the core added up, in words.

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

It ranks nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..plan import Boost, Combination, Constant, Forms, Not, Phrase, PlanNode, Visitor, Word, WordField
from ..records import Record
from .ranking import SIGNALS

if TYPE_CHECKING:
    from .pinned import Pinned

_PATTERNS = {"prefix": "{}*", "wildcard": "{}", "fuzzy": "{}~{}"}


class Explanation(Record):
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


Parts: TypeAlias = tuple[str, tuple[Explanation, ...]]
"""What a number is, and what it was made of."""


def explain(searcher: Pinned, core: PlanNode, doc: int) -> Explanation:
    """How a plan scores a document that it matches; 0 for the parts that do not match."""
    return _Explainer(searcher, doc).node(core)


class _Explainer(Visitor[Parts]):
    """Of nodes that match."""

    def __init__(self, searcher: Pinned, doc: int) -> None:
        self._searcher, self._doc = searcher, doc
        self._names = searcher.schema.searched_fields

    def node(self, core: PlanNode) -> Explanation:
        value = self._searcher.core.score_of(core, self._doc)
        if value is None:
            return Explanation(0.0, f"no match: {_words_of(core)}")
        return Explanation(value, *self.visit(core))

    def constant(self, node: Constant) -> Parts:
        return f"matches {_words_of(node)}, at one score for all", ()

    def forms(self, node: Forms) -> Parts:
        found = ", ".join(self._found_forms(node))
        return f"matches {_words_of(node)}{found and f': {found}'}, at one score for all", ()

    def boost(self, node: Boost) -> Parts:
        return f"{node.factor:g} times{node.reason and f', for the {node.reason}'}", (self.node(node.child),)

    def combination(self, node: Combination) -> Parts:
        title = f"without {' '.join(map(_words_of, node.excluded))}" if isinstance(node, Not) else node.title
        return title, tuple(map(self.node, node.wanted))

    def phrase(self, node: Phrase) -> Parts:
        fields = " and ".join(repr(self._names[field.field]) for field in node.fields)
        return f"phrase {_words_of(node)} in {fields}{f', slop {node.slop}' if node.slop else ''}", ()

    def word(self, node: Word) -> Parts:
        return f"word {_words_of(node)}", tuple(self._in_fields(node))

    def _in_fields(self, node: Word) -> Iterator[Explanation]:
        for field in node.fields:
            found = list(self._found_lemmas(field, node))
            if not found:
                continue
            best = max(found, key=lambda part: part.value)
            name = self._names[field.field]
            if field.boost == 1.0:
                yield Explanation(best.value, f"in {name!r}: {best.description}", best.parts)
            else:
                yield Explanation(field.boost * best.value, f"in {name!r}, boost {field.boost:g}", (best,))

    def _found_lemmas(self, field: WordField, node: Word) -> Iterator[Explanation]:
        """What each lemma would give that the document has in the field."""
        for lemma in field.lemmas:
            if found := self._lemma(field.field, lemma, node.signals, field.form):
                yield found
        if field.related:
            idfs = (self._idf(field.field, lemma) for lemma in field.lemmas)
            most = min((idf for idf in idfs if idf), default=math.inf)
            for lemma in field.related:
                if found := self._related(field.field, lemma, node.related, most):
                    yield found

    def _found_forms(self, node: Forms) -> list[str]:
        """What a pattern meets in the document, as far as its text is stored."""
        stored = self._searcher.stored(self._doc)
        found: dict[str, None] = {}
        for number in node.fields:
            name = self._names[number]
            value, analyzer = stored.get(name), self._searcher.analyzers[name]
            if value is None or analyzer is None:
                continue
            text = "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
            mark = self._searcher.expanded(node.pattern, name)
            found.update(
                dict.fromkeys(text[match.start : match.end] for match in analyzer.find(text, [mark]))
            )
        return list(found)

    def _idf(self, number: int, lemma: str) -> float | None:
        """None for a lemma that no live document holds."""
        df = self._searcher.core.df(number, lemma)
        num_docs = max(self._searcher.core.totals(number)[0], df)
        return math.log(1 + (num_docs - df + 0.5) / (df + 0.5)) if df else None

    def _related(self, number: int, lemma: str, weight: float, most: float) -> Explanation | None:
        found = self._lemma(number, lemma)
        if found is None:
            return None
        idf, saturation = (part.value for part in found.parts)  # related words have no signals
        value = weight * min(idf, most) * saturation
        bound = f", its idf at most the word's own, {most:.6g}" if idf > most else ""
        return Explanation(value, f"{weight:g} times, for the related word «{lemma}»{bound}", (found,))

    def _lemma(
        self, number: int, lemma: str, signals: Sequence[tuple[str, float]] = (), form: str = ""
    ) -> Explanation | None:
        found = self._searcher.core.occurrence(number, lemma, self._doc, signals, form)
        if found is None:
            return None
        tf, length, df, idf, k, counts = found
        num_docs, total_length = self._searcher.core.totals(number)
        parts = (
            Explanation(idf, f"idf: ln(1 + (N − df + 0.5) / (df + 0.5)), df {df} of N {num_docs} documents"),
            Explanation(
                tf / (tf + k),
                f"tf / (tf + K): tf {tf}, K {k:.6g}, length {length}, average {total_length / num_docs:.4g}",
            ),
        )
        raises = [
            Explanation(
                weight * (n / (n + k)), f"{weight:g} · n / (n + K): n {n} {SIGNALS[name].format(form=form)}"
            )
            for name, weight in signals
            if (n := counts.get(name, 0))
        ]
        if not raises:
            return Explanation(idf * (tf / (tf + k)), f"lemma «{lemma}», idf · tf / (tf + K)", parts)
        raised = tf / (tf + k)
        for part in raises:
            raised += part.value
        terms = "".join(f" + {weight:g} · n / (n + K)" for name, weight in signals if counts.get(name))
        text = f"lemma «{lemma}», idf · (tf / (tf + K){terms})"
        return Explanation(idf * raised, text, (*parts, *raises))


def _words_of(core: PlanNode) -> str:
    """What a node looks for, in short."""
    return _Words().visit(core)


class _Words(Visitor[str]):
    def word(self, node: Word) -> str:
        lemmas = dict.fromkeys(lemma for field in node.fields for lemma in field.lemmas)
        return "{" + ", ".join(lemmas) + "}"

    def phrase(self, node: Phrase) -> str:
        return '"' + " ".join("|".join(lemmas) for lemmas in node.fields[0].words) + '"'

    def forms(self, node: Forms) -> str:
        return _PATTERNS[node.pattern.kind].format(node.pattern.text, node.pattern.distance)

    def boost(self, node: Boost) -> str:
        return self.visit(node.child)

    def combination(self, node: Combination) -> str:
        return "(" + " ".join(map(self.visit, node.children)) + ")"

    def constant(self, node: Constant) -> str:
        return node.title
