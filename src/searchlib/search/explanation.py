"""What a hit's score is made of: the same numbers that the core added up, in words.

    score(d) = Σ over query words  max over the word's lemmas  idf · x / (x + K)

    x   = Σ over fields  weight · tf · norm(first field) / norm(field)
    K   = k1 · norm(first field),   norm = 1 − b + b · length / average length
    idf = ln(1 + (N − df + 0.5) / (df + 0.5))

This is BM25F; docs/ranking.md defines it word for word. x counts places of the first field that has the lemma
in the document. tf is the number of positions, the length that of the field in positions, rounded to Lucene's
one-byte code; N, df and the average count live documents, N those with a value; of several fields the largest
N and df. A phrase has the sum of its words' idf (each word's most frequent lemma) and as tf its number of
matches, each counting 1 / (1 + distance).

A Ranking (ranking.py) may add: where n of a lemma's places have the form that was asked for, exact · n / (n +
K) to its x / (x + K), n added up over the fields as x; a word of the same root (theorise, for theory) as one
lemma more, with the idf of the word itself if its own is higher, times a weight; phrases of neighbouring
words, times a weight.

Of a stored text it says, too, by which alternative a lemma stands there (alternatives.py): "part of
report_2024.pdf". It ranks nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..plan import Boost, Combination, Constant, Forms, Not, Phrase, PlanNode, Raised, Visitor, Word
from .alternatives import ReadText
from .field_places import FieldPlaces
from .score import Explanation

if TYPE_CHECKING:
    from .pinned import Pinned

_PATTERNS = {"prefix": "{}*", "wildcard": "{}", "fuzzy": "{}~{}"}


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
        self._read: dict[int, list[ReadText]] = {}

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
        if isinstance(node, Raised):
            return self._raised(node)
        title = f"without {' '.join(map(_words_of, node.excluded))}" if isinstance(node, Not) else node.title
        return title, tuple(map(self.node, node.wanted))

    def _raised(self, node: Raised) -> Parts:
        parts = [self.node(node.children[0])]
        columns = list(self._searcher.schema.column_kinds)
        found = self._searcher.core.signals_of(node, self._doc)
        for (kind, number, weight, *_), signal in zip(node.raises, found, strict=True):
            what = "recency" if kind == "recency" else "static score"
            parts.append(
                Explanation(
                    weight * signal, f"{what} of {columns[number]!r}, weight {weight:g} · {signal:.6g}"
                )
            )
        return "the query's score, times 1 + the sum of what values add", tuple(parts)

    def phrase(self, node: Phrase) -> Parts:
        fields = " and ".join(repr(self._names[field.field]) for field in node.fields)
        slop = f", slop {node.slop}" if node.slop else ""
        numbers = [field.field for field in node.fields]
        frequencies = self._searcher.core.phrase_frequencies(node, self._doc)
        places = FieldPlaces(self._searcher, self._doc)
        for field, frequency in zip(node.fields, frequencies, strict=True):
            if frequency:
                places.add(field.field, field.weight, frequency, "matches")
        idfs = []
        for slot in range(len(node.fields[0].words)):
            by_lemma = _by_lemma((field.field, field.words[slot]) for field in node.fields)
            known = [idf for lemma in by_lemma if (idf := self._idf(numbers, by_lemma[lemma], lemma))]
            idfs.append(min(known, key=lambda idf: idf.value))
        summed = 0.0
        for idf in idfs:
            summed += idf.value
        weight = Explanation(summed, "sum of the words' idf, each of its most frequent lemma", tuple(idfs))
        return f"phrase {_words_of(node)} in {fields}{slop}", (weight, places.saturated())

    def word(self, node: Word) -> Parts:
        best = max(self._found_lemmas(node), key=lambda part: part.value)
        return f"word {_words_of(node)}", (best,)

    def _found_lemmas(self, node: Word) -> Iterator[Explanation]:
        """What each lemma gives that the document has in one of its fields."""
        numbers = [field.field for field in node.fields]
        own = _by_lemma((field.field, field.lemmas) for field in node.fields)
        for lemma, its in own.items():
            if found := self._lemma(node, lemma, its, numbers, node.signals):
                yield found
        related = _by_lemma((field.field, field.related) for field in node.fields) if node.related else {}
        if not related:
            return
        idfs = (self._idf(numbers, its, lemma) for lemma, its in own.items())
        most = min((idf.value for idf in idfs if idf), default=math.inf)
        for lemma, its in related.items():
            if found := self._lemma(node, lemma, its, numbers, ()):
                yield _related(lemma, found, node.related, most)

    def _found_forms(self, node: Forms) -> list[str]:
        """What a pattern meets in the document, as far as its text is stored."""
        found: dict[str, None] = {}
        for number in node.fields:
            name = self._names[number]
            analyzer = self._searcher.analyzers[name]
            text = "\n".join(self._values(name))
            if not text or analyzer is None:
                continue
            mark = self._searcher.expanded(node.pattern, name)
            found.update(
                dict.fromkeys(text[match.start : match.end] for match in analyzer.find(text, [mark]))
            )
        return list(found)

    def _idf(self, numbers: Iterable[int], its: Sequence[int], lemma: str) -> Explanation | None:
        """None for a lemma that no live document holds. its: the fields in which it stands for the word."""
        core = self._searcher.core
        df = max(core.df(number, lemma) for number in its)
        if not df:
            return None
        num_docs = max(df, *(core.totals(number)[0] for number in numbers))
        return Explanation(
            math.log(1 + (num_docs - df + 0.5) / (df + 0.5)),
            f"idf of «{lemma}»: ln(1 + (N − df + 0.5) / (df + 0.5)), df {df} of N {num_docs} documents",
        )

    def _lemma(
        self,
        node: Word,
        lemma: str,
        its: Sequence[int],
        numbers: Sequence[int],
        signals: Sequence[tuple[str, float]],
    ) -> Explanation | None:
        places = FieldPlaces(self._searcher, self._doc)
        for field in node.fields:
            if field.field not in its:
                continue
            found = self._searcher.core.occurrence(field.field, lemma, self._doc, signals, field.form)
            if found is not None:
                places.add(field.field, field.weight, found[0], "tf", found[1], field.form)
        idf = self._idf(numbers, its, lemma)
        if not places or idf is None:
            return None
        saturation = places.saturated()
        raised, parts, terms = saturation.value, [idf, saturation], ""
        for name, weight in signals:
            if part := places.raised(name, weight):
                raised += part.value
                parts.append(part)
                terms += f" + {weight:g} · n / (n + K)"
        text = f"idf · (x / (x + K){terms})" if terms else "idf · x / (x + K)"
        told = dict.fromkeys(
            said for number in its for one in self._texts(number) for said in one.told(lemma)
        )
        said = f" ({'; '.join(told)})" if told else ""
        return Explanation(idf.value * raised, f"lemma «{lemma}»{said}, {text}", tuple(parts))

    def _texts(self, number: int) -> list[ReadText]:
        """The stored texts of a field, read again."""
        if number not in self._read:
            name = self._names[number]
            analyzer = self._searcher.analyzers[name]
            self._read[number] = (
                [ReadText.of(text, analyzer) for text in self._values(name)] if analyzer else []
            )
        return self._read[number]

    def _values(self, name: str) -> list[str]:
        """What is stored of a field, as texts."""
        value = self._searcher.stored(self._doc).get(name)
        return (
            list(map(str, value))
            if isinstance(value, (list, tuple))
            else []
            if value is None
            else [str(value)]
        )


def _by_lemma(by_field: Iterable[tuple[int, Sequence[str]]]) -> Mapping[str, Sequence[int]]:
    """The fields of each lemma."""
    found: dict[str, list[int]] = {}
    for number, lemmas in by_field:
        for lemma in dict.fromkeys(lemmas):
            found.setdefault(lemma, []).append(number)
    return found


def _related(lemma: str, found: Explanation, weight: float, most: float) -> Explanation:
    idf, saturation = (part.value for part in found.parts)  # related words have no signals
    value = weight * min(idf, most) * saturation
    bound = f", its idf at most the word's own, {most:.6g}" if idf > most else ""
    return Explanation(value, f"{weight:g} times, for the related word «{lemma}»{bound}", (found,))


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
