"""The slow, readable truth about a search: what matches, and what BM25 makes of it, by plain dictionaries.

It answers a query over some documents with (id, score) pairs, the best first. The query is parsed and the
text tokenised by searchlib, whose parser and analyzer have oracles of their own; whatever lies between is
written here once more, from the design alone, one document at a time. It knows no segments, blocks, cursors
or plans.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from oracle_documents import Document, Field, analysed, values_of
from oracle_queries import Group, Pair, Slot, asked_tree, form_test, groups_of, neighbouring, range_test
from oracle_rules import Rule, best_of, clauses, constant, sum_of, times
from roots_twin import root_of
from stems_twin import english_stem, russian_stem
from searchlib.analysis.derivations import derivations
from searchlib.analyzers import field_analyzers
from searchlib.query import nodes
from searchlib.query.parser import parse
from searchlib.schema import Schema, Text
from searchlib.search.ranking import BM25, Ranking
from searchlib.search.relatives import MAX_RELATIVES
from searchlib.search.words import APART_WEIGHT
from spellings_twin import is_met

Places: TypeAlias = "set[tuple[int, int]]"
"""Where a word stands: the first position that it takes, and the one behind it."""


def phrase_frequency(columns: Sequence[Places], gaps: Sequence[int], slop: int) -> float:
    """How often words stand in order; columns[i] has the places of word i, gaps[i] what is free before it.

    A match begins at a position and goes on from word to word, each behind the end of the one before and the
    gap, or later. Its distance is what it skips beyond the gaps, as little as can be: at most the slop. It
    counts 1 / (1 + distance).
    """

    @cache
    def least(word: int, end: int) -> float:
        """What is skipped from a position on, where word number `word` may stand there or later."""
        if word == len(columns):
            return 0
        first = end + gaps[word]
        ways = [start - first + least(word + 1, behind) for start, behind in columns[word] if start >= first]
        return min(ways, default=math.inf)

    frequency = 0.0
    for start in sorted({start for start, _ in columns[0]}):
        distance = min(least(1, behind) for first, behind in columns[0] if first == start)
        if distance <= slop:
            frequency += 1 / (1 + distance)
    return frequency


class Oracle:
    """An index in plain dictionaries: `documents` by id, in the order in which they were added.

    ghosts: deleted documents whose segments were not merged since. A field that is not stored cannot be
    measured again at a delete: there the ghosts still count in df, while N and the lengths are exact.
    """

    def __init__(self, schema: Schema, documents: Iterable[Mapping[str, Any]] = ()) -> None:
        self.schema = schema
        self.documents: dict[str, Document] = {}
        self.ghosts: list[Document] = []
        self._analyzers = field_analyzers(schema)
        self._statistics: dict[tuple[str, ...], float] = {}
        self._vocabularies: dict[str, set[str]] = {}
        for document in documents:
            self.add(document)
        self._ranking = BM25

    # ---- documents

    def add(self, document: Mapping[str, Any]) -> None:
        """Add a document, the last from now on, in place of the one of that id."""
        self.delete(document["id"])
        fields = {
            name: analysed(self._analyzers[name], document.get(name)) for name in self.schema.searched_fields
        }
        self.documents[document["id"]] = Document(document["id"], document, fields)

    def delete(self, document_id: str) -> bool:
        """Forget a document; False if there is none."""
        self.forget_statistics()
        return self.documents.pop(document_id, None) is not None

    def forget_statistics(self) -> None:
        """Count anew; for those who change `documents` or `ghosts` themselves."""
        self._statistics.clear()
        self._vocabularies.clear()

    # ---- statistics, over live documents

    def _statistic(self, key: tuple[str, ...], compute: Callable[[], float]) -> float:
        if key not in self._statistics:
            self._statistics[key] = compute()
        return self._statistics[key]

    def num_docs(self, name: str) -> float:
        """N: how many documents have a value, which is one token at least, in the field."""
        lengths = (document.fields[name].length for document in self.documents.values())
        return self._statistic(("N", name), lambda: sum(length > 0 for length in lengths))

    def average_length(self, name: str) -> float:
        """The mean of the exact lengths of those documents; of none, any number will do."""
        lengths = (document.fields[name].length for document in self.documents.values())
        return self._statistic(("avglen", name), lambda: sum(lengths) / (self.num_docs(name) or 1))

    def df(self, name: str, lemma: str) -> float:
        """How many documents hold the lemma in the field."""
        counted = [*self.documents.values(), *(() if self.schema[name].stored else self.ghosts)]
        return self._statistic(
            ("df", name, lemma), lambda: sum(lemma in document.fields[name].positions for document in counted)
        )

    def idf(self, name: str, lemma: str) -> float:
        """ln(1 + (N − df + 0.5) / (df + 0.5)). Ghosts may make df more than N: then it stands for N too."""
        df = self.df(name, lemma)
        num_docs = max(self.num_docs(name), df)
        return math.log(1 + (num_docs - df + 0.5) / (df + 0.5))

    def saturation(self, name: str) -> Callable[[Field, float], float]:
        """tf / (tf + K), K = k1 · (1 − b + b · len / avglen); a keyword's length does not matter."""
        schema_field = self.schema[name]
        k1, b = (schema_field.k1, schema_field.b) if isinstance(schema_field, Text) else (1.2, 0.0)
        average = self.average_length(name)
        return lambda field, tf: tf / (tf + k1 * (1 - b + b * field.rounded_length / average))

    def boost(self, name: str) -> float:
        """The factor of the field."""
        schema_field = self.schema[name]
        return schema_field.boost if isinstance(schema_field, Text) else 1.0

    # ---- queries

    def search(
        self,
        query: str,
        limit: int | None = 10,
        offset: int = 0,
        fields: Sequence[str] | None = None,
        ranking: Ranking = BM25,
    ) -> list[tuple[str, float]]:
        """The best documents and their scores; of equal ones, the document added first."""
        self._ranking = ranking
        names = tuple(fields or self.schema.default_fields)
        parsed = parse(query, self.schema)
        tree = asked_tree(parsed, self.schema, names, lambda leaf: self._asks(leaf, names))
        if tree is None:
            return []
        self._joined = _joined(parsed)
        rule = self._rule(tree, names)
        scored = ((document.id, rule(document)) for document in self.documents.values())
        found = [(document_id, score) for document_id, score in scored if score is not None]
        found.sort(key=lambda pair: -pair[1])  # stable: equal scores keep the order of insertion
        return found[offset:] if limit is None else found[offset : offset + limit]

    def _asks(self, leaf: nodes.Node, names: tuple[str, ...]) -> bool:
        if not isinstance(leaf, nodes.Word | nodes.Phrase) or leaf.field in ("id", *self.schema.column_kinds):
            return True
        return bool(groups_of(leaf, self._analyzers_of(leaf, names)))

    def _analyzers_of(self, leaf: Any, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: self._analyzers[name] for name in ((leaf.field,) if leaf.field else names)}

    def _rule(self, node: nodes.Node, names: tuple[str, ...], loosely: bool = True) -> Rule:
        """The rule of a tree; `names` are the fields of words that name none.

        loosely: whether words of the same root count. Not under AND or NOT, nor for a word right after +.
        """

        def rules(operands: Iterable[nodes.Node], loosely: bool = loosely) -> list[Rule]:
            return [self._rule(operand, names, loosely) for operand in operands]

        if isinstance(node, nodes.And):
            negated = [operand.operand for operand in node.operands if isinstance(operand, nodes.Not)]
            wanted = [operand for operand in node.operands if not isinstance(operand, nodes.Not)]
            rule = clauses(rules(wanted, False), self._pairs(wanted, names), rules(negated, False))
        elif isinstance(node, nodes.Or):
            pairs = self._pairs(node.operands, names)
            rule = sum_of(rules(node.operands))
            rule = clauses([rule], pairs, []) if pairs else rule
        elif isinstance(node, nodes.Not):
            rule = clauses([], [], rules([node.operand], False))
        elif isinstance(node, nodes.Clauses):
            required = [
                self._rule(operand, names, loosely and not isinstance(operand, nodes.Word))
                for operand in node.required
            ]
            rule = clauses(required, rules(node.optional), rules(node.excluded, False))
        else:
            rule = self._leaf(node, names, loosely)
        return rule if node.boost == 1.0 else times(node.boost, rule)

    def _pairs(self, kept: Sequence[nodes.Node], names: tuple[str, ...]) -> list[Rule]:
        """What neighbouring words of these operands add, the dropped ones between them in mind."""
        words = [operand for operand in kept if isinstance(operand, nodes.Word)]
        if not self._ranking.adjacent or len(kept) < 2 or not words:
            return []
        operands = next(joined for joined in self._joined if any(each is words[0] for each in joined))

        def analyzers(word: nodes.Word) -> dict[str, Any]:
            if word.field in ("id", *self.schema.column_kinds):
                return {}
            return {n: a for n, a in self._analyzers_of(word, names).items() if a is not None}

        pairs = neighbouring(operands, kept, analyzers)
        return [times(self._ranking.adjacent * pair.boost, self._pair(pair)) for pair in pairs]

    def _pair(self, pair: Pair) -> Rule:
        left, right = pair.lemmas
        shared = [name for name in left if name in right]
        slots = {name: [Slot(0, left[name], ""), Slot(pair.gap, right[name], "")] for name in shared}
        return sum_of([self._phrase(name, slots[name], 0) for name in shared])

    def _leaf(self, leaf: Any, names: tuple[str, ...], loosely: bool) -> Rule:
        name = leaf.field
        if isinstance(leaf, nodes.Everything):
            return constant(lambda document: name in (None, "id") or _has_value(document, name))
        if name == "id":
            return constant(lambda document: document.id == leaf.text)
        if name in self.schema.column_kinds:
            admits = range_test(leaf, self.schema[name].kind)
            return constant(lambda document: any(map(admits, values_of(document.values.get(name)))))
        analyzers = self._analyzers_of(leaf, names)
        if isinstance(leaf, nodes.Prefix | nodes.Wildcard | nodes.Fuzzy):
            tests = {
                name: form_test(leaf) if analyzer else form_test(leaf, str)
                for name, analyzer in analyzers.items()
            }
            return constant(
                lambda document: any(
                    is_met(form, lemmas, tests[name])
                    for name in analyzers
                    for form, lemmas in document.fields[name].forms.items()
                )
            )
        loosely = self._ranking.related > 0 and loosely and isinstance(leaf, nodes.Word)
        return sum_of([best_of(self._readings(group, loosely)) for group in groups_of(leaf, analyzers)])

    def _readings(self, group: Group, loosely: bool) -> list[Rule]:
        """A word of parts has several: wholes, the phrase of the parts; loosely another, the parts' sum."""
        readings = []
        for way in group.ways:
            words = [slots[0] for slots in way.values() if len(slots) == 1]
            rules = (
                [self._word(name, word, loosely) for name, word in zip(way, words, strict=True)]
                if words
                else [self._phrase(name, slots, group.slop) for name, slots in way.items()]
            )
            readings.append(sum_of(rules))
        parts = group.ways[-1]
        if loosely and group.is_word and len(group.ways) > 1:
            columns = zip(*parts.values(), strict=True)
            apart = [
                [self._word(n, slot, True) for n, slot in zip(parts, column, strict=True)]
                for column in columns
            ]
            readings.append(times(APART_WEIGHT, sum_of([sum_of(word) for word in apart])))
        return readings

    def _word(self, name: str, word: Slot, loosely: bool) -> Rule:
        """boost · max over the lemmas of idf · (tf / (tf + K) + exact · n / (n + K)), n those of the form.

        Loosely, also over words of their root, at a lower weight; their form does not matter.
        """
        boost, saturation, exact = self.boost(name), self.saturation(name), self._ranking.exact
        known = [self.idf(name, lemma) for lemma in word.lemmas if self.df(name, lemma)]
        related = self._relatives(name, word.lemmas) if loosely else set()

        def score(field: Field, lemma: str) -> float:
            places = field.positions[lemma]
            if lemma in related:
                weight = self._ranking.related * min([self.idf(name, lemma), *known])
                return weight * saturation(field, len(places))
            num_exact = sum(form == word.form != "" for form in places.values())
            raised = exact * saturation(field, num_exact) if num_exact and exact else 0.0
            return self.idf(name, lemma) * (saturation(field, len(places)) + raised)

        def rule(document: Document) -> float | None:
            field = document.fields[name]
            held = [lemma for lemma in (*word.lemmas, *related) if lemma in field.positions]
            return boost * max(score(field, lemma) for lemma in held) if held else None

        return rule

    def _relatives(self, name: str, lemmas: Sequence[str]) -> set[str]:
        """The other lemmas in the field that WordNet derives from these, or that have their stem or Russian root.

        Of more than MAX_RELATIVES, the most frequent; of equally frequent ones, the first by their letters.
        """
        languages = getattr(self.schema[name], "languages", ())
        related: set[str] = set()
        if "en" in languages:
            related |= {other for lemma in lemmas for other in derivations(lemma)}
            related |= self._akin(name, lemmas, english_stem)
        if "ru" in languages:
            related |= self._akin(name, lemmas, root_of) | self._akin(name, lemmas, russian_stem)
        held = [lemma for lemma in related.difference(lemmas) if self.df(name, lemma)]
        return set(sorted(held, key=lambda lemma: (-self.df(name, lemma), lemma))[:MAX_RELATIVES])

    def _akin(self, name: str, lemmas: Sequence[str], left_of: Callable[[str], str]) -> set[str]:
        wanted = set(map(left_of, lemmas)) - {""}
        return {lemma for lemma in self._vocabulary(name) if left_of(lemma) in wanted} if wanted else set()

    def _vocabulary(self, name: str) -> set[str]:
        if name not in self._vocabularies:
            fields = (document.fields[name] for document in self.documents.values())
            self._vocabularies[name] = {lemma for field in fields for lemma in field.positions}
        return self._vocabularies[name]

    def _phrase(self, name: str, slots: Sequence[Slot], slop: int) -> Rule:
        """boost · Σ over the words of the idf of their most frequent lemma · n / (n + K), n the matches."""
        known = [[lemma for lemma in slot.lemmas if self.df(name, lemma)] for slot in slots]
        if not all(known):
            return lambda document: None
        weight = 0.0
        for lemmas in known:
            weight += min(self.idf(name, lemma) for lemma in lemmas)
        weight *= self.boost(name)
        saturation = self.saturation(name)

        def rule(document: Document) -> float | None:
            field = document.fields[name]
            columns = [
                {place for lemma in slot.lemmas for place in field.ends.get(lemma, {}).items()}
                for slot in slots
            ]
            gaps = [slot.gap for slot in slots]
            frequency = phrase_frequency(columns, gaps, slop) if all(columns) else 0.0
            return weight * saturation(field, frequency) if frequency else None

        return rule


def _joined(node: nodes.Node) -> list[tuple[nodes.Node, ...]]:
    """What each OR and AND of a tree joins, stopwords and all."""
    own = [node.operands] if isinstance(node, nodes.And | nodes.Or) else []
    return own + [found for child in node.children for found in _joined(child)]


# ---- values


def _has_value(document: Document, name: str) -> bool:
    return (
        document.fields[name].length > 0
        if name in document.fields
        else len(values_of(document.values.get(name))) > 0
    )
