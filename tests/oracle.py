"""The slow, readable truth about a search: what matches, and what BM25F makes of it, by plain dictionaries.

It answers a query over some documents with (id, score) pairs, the best first. The query is parsed and the
text tokenised by searchlib, whose parser and analyzer have oracles of their own; whatever lies between is
written here once more, from the design alone, one document at a time. It knows no segments, blocks, cursors
or plans.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from oracle_documents import Document, analysed, values_of
from oracle_filters import filter_test
from oracle_queries import Group, Pair, Slot, asked_tree, form_test, groups_of, neighbouring, range_test
from oracle_rules import Rule, best_of, clauses, constant, sum_of, times
from roots_twin import root_of
from searchlib.analysis.derivations import derivations
from searchlib.analyzers import field_analyzers
from searchlib.query import nodes
from searchlib.query.parser import parse
from searchlib.schema import Schema, Text
from searchlib.search.ranking import BM25, DEFAULT, Ranking
from searchlib.search.relatives import MAX_RELATIVES
from searchlib.search.words import APART_WEIGHT
from spellings_twin import is_met
from stems_twin import english_stem, russian_stem

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
        self._k1 = next((field.k1 for field in schema.values() if isinstance(field, Text)), 1.2)
        self._statistics: dict[tuple[str, ...], float] = {}
        self._vocabularies: dict[str, set[str]] = {}
        self._families: dict[tuple[str, Callable[[str], str]], dict[str, set[str]]] = {}
        for document in documents:
            self.add(document)
        self._ranking = BM25
        self._values = [name for name, field in schema.items() if not field.searched]

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
        self._families.clear()

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

    def idf(self, names: Iterable[str], its: Iterable[str], lemma: str) -> float:
        """ln(1 + (N − df + 0.5) / (df + 0.5)), 0 for a lemma that is nowhere.

        names: the fields of its word, for N; its: those in which the lemma stands for the word, for df. Of
        each the largest counts. Ghosts may make df more than N: then it stands for N too.
        """
        df = max(self.df(name, lemma) for name in its)
        num_docs = max(df, *map(self.num_docs, names))
        return math.log(1 + (num_docs - df + 0.5) / (df + 0.5)) if df else 0.0

    def norm(self, document: Document, name: str) -> float:
        """1 − b + b · len / avglen; a keyword's length does not matter."""
        schema_field = self.schema[name]
        b = schema_field.b if isinstance(schema_field, Text) else 0.0
        return 1 - b + b * document.fields[name].rounded_length / self.average_length(name)

    def weight(self, name: str) -> float:
        """What a place in the field counts."""
        schema_field = self.schema[name]
        return schema_field.boost if isinstance(schema_field, Text) else 1.0

    def saturated(self, document: Document, places: Mapping[str, float], first: str) -> float:
        """x / (x + K), x = Σ weight · places · norm(first) / norm, over the fields in their order."""
        norm = self.norm(document, first)
        x = 0.0
        for name, number in places.items():
            scale = 1.0 if name == first else norm / self.norm(document, name)
            x += self.weight(name) * number * scale
        return x / (x + self._k1 * norm)

    # ---- queries

    def search(
        self,
        query: str | nodes.Node,
        limit: int | None = 10,
        offset: int = 0,
        fields: Sequence[str] | None = None,
        ranking: Ranking = DEFAULT,
        filter: Any = None,
    ) -> list[tuple[str, float]]:
        """The best documents and their scores; of equal ones, the document added first."""
        passes = (lambda document: True) if filter is None else filter_test(filter, self)
        self._ranking = ranking
        names = tuple(fields or self.schema.default_fields)
        parsed = parse(query, self.schema) if isinstance(query, str) else query
        tree = asked_tree(parsed, self.schema, names, lambda leaf: self._asks(leaf, names))
        if tree is None:
            return []
        self._joined = _joined(parsed)
        rule = self._rule(tree, names)
        scored = ((document.id, rule(document)) for document in self.documents.values())
        found = [
            (document_id, score)
            for document_id, score in scored
            if score is not None and passes(self.documents[document_id])
        ]
        found.sort(key=lambda pair: -pair[1])  # stable: equal scores keep the order of insertion
        return found[offset:] if limit is None else found[offset : offset + limit]

    def _asks(self, leaf: nodes.Node, names: tuple[str, ...]) -> bool:
        if not isinstance(leaf, nodes.Word | nodes.Phrase) or leaf.field in ("id", *self._values):
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
        elif isinstance(node, nodes.Variants):
            others = [times(one.weight, self._rule(one.node, names, False)) for one in node.variants]
            rule = best_of([self._rule(node.node, names, loosely), *others])
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
            if word.field in ("id", *self._values):
                return {}
            return {n: a for n, a in self._analyzers_of(word, names).items() if a is not None}

        pairs = neighbouring(operands, kept, analyzers)
        return [times(self._ranking.adjacent * pair.boost, self._pair(pair)) for pair in pairs]

    def _pair(self, pair: Pair) -> Rule:
        left, right = pair.lemmas
        shared = [name for name in left if name in right]
        slots = {name: [Slot(0, left[name], ""), Slot(pair.gap, right[name], "")] for name in shared}
        return self._phrase({name: slots[name] for name in shared}, 0)

    def _leaf(self, leaf: Any, names: tuple[str, ...], loosely: bool) -> Rule:
        name = leaf.field
        if isinstance(leaf, nodes.Everything):
            return constant(lambda document: name in (None, "id") or _has_value(document, name))
        if name == "id":
            return constant(lambda document: document.id == leaf.text)
        if name in self._values or isinstance(leaf, nodes.Range):
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
        cuts = groups_of(leaf, analyzers)
        return best_of([sum_of([best_of(self._readings(group, loosely)) for group in cut]) for cut in cuts])

    def _readings(self, group: Group, loosely: bool) -> list[Rule]:
        """A word of parts has several: wholes, the phrase of the parts; loosely another, the parts' sum."""
        readings = []
        for way in group.ways:
            words = {name: slots[0] for name, slots in way.items() if len(slots) == 1}
            readings.append(self._word(words, loosely) if words else self._phrase(way, group.slop))
        parts = group.ways[-1]
        num_parts = len(next(iter(parts.values())))
        wholes = {lemma for slots in group.ways[0].values() if len(slots) == 1 for lemma in slots[0].lemmas}
        hyphenated = any(
            re.fullmatch(r"[^-\d]+(-[^-\d]+)" + f"{{{num_parts - 1}}}", lemma) for lemma in wholes
        )
        if loosely and group.is_word and len(group.ways) > 1 and hyphenated:
            columns = zip(*parts.values(), strict=True)
            apart = [self._word(dict(zip(parts, column, strict=True)), True) for column in columns]
            readings.append(times(APART_WEIGHT, sum_of(apart)))
        return readings

    def _word(self, words: Mapping[str, Slot], loosely: bool) -> Rule:
        """max over the lemmas of idf · (x / (x + K) + exact · n / (n + K)), n like x, of the form's places.

        Loosely, also over words of their root, at a lower weight; their form does not matter.
        """
        exact = self._ranking.exact
        own = _by_lemma({name: word.lemmas for name, word in words.items()})
        related = _by_lemma(
            {name: self._relatives(name, word.lemmas) for name, word in words.items()} if loosely else {}
        )
        idfs = {lemma: self.idf(words, its, lemma) for lemma, its in own.items()}
        known = [idf for idf in idfs.values() if idf]

        def places(document: Document, lemma: str, its: Sequence[str]) -> dict[str, Mapping[int, str]]:
            found = {name: document.fields[name].positions.get(lemma) for name in its}
            return {name: held for name, held in found.items() if held}

        def score(document: Document, lemma: str) -> float | None:
            held = places(document, lemma, own[lemma])
            if not held:
                return None
            first = next(iter(held))
            as_asked = {
                name: sum(form == words[name].form != "" for form in forms.values())
                for name, forms in held.items()
            }
            counted = {name: len(forms) for name, forms in held.items()}
            raised = 0.0
            if exact and any(as_asked.values()):
                raised = exact * self.saturated(document, as_asked, first)
            return idfs[lemma] * (self.saturated(document, counted, first) + raised)

        def related_score(document: Document, lemma: str) -> float | None:
            held = places(document, lemma, related[lemma])
            if not held:
                return None
            weight = self._ranking.related * min([self.idf(words, related[lemma], lemma), *known])
            counted = {name: len(forms) for name, forms in held.items()}
            return weight * self.saturated(document, counted, next(iter(held)))

        def rule(document: Document) -> float | None:
            scores = [score(document, lemma) for lemma in own]
            scores += [related_score(document, lemma) for lemma in related]
            return max((found for found in scores if found is not None), default=None)

        return rule

    def _relatives(self, name: str, lemmas: Sequence[str]) -> set[str]:
        """The other lemmas in the field that WordNet derives from these, or that have their stem or Russian
        root.

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
        if (name, left_of) not in self._families:
            families: dict[str, set[str]] = defaultdict(set)
            for lemma in self._vocabulary(name):
                families[left_of(lemma)].add(lemma)
            self._families[name, left_of] = families
        wanted = set(map(left_of, lemmas)) - {""}
        return {lemma for left in wanted for lemma in self._families[name, left_of].get(left, ())}

    def _vocabulary(self, name: str) -> set[str]:
        if name not in self._vocabularies:
            fields = (document.fields[name] for document in self.documents.values())
            self._vocabularies[name] = {lemma for field in fields for lemma in field.positions}
        return self._vocabularies[name]

    def _phrase(self, by_field: Mapping[str, Sequence[Slot]], slop: int) -> Rule:
        """Σ over the words of the idf of their most frequent lemma · x / (x + K), x of the matches."""
        weight = 0.0
        for slots in zip(*by_field.values(), strict=True):
            lemmas = _by_lemma({name: slot.lemmas for name, slot in zip(by_field, slots, strict=True)})
            known = [idf for lemma, its in lemmas.items() if (idf := self.idf(by_field, its, lemma))]
            weight += min(known, default=0.0)

        def frequency(document: Document, name: str) -> float:
            field, slots = document.fields[name], by_field[name]
            columns = [
                {place for lemma in slot.lemmas for place in field.ends.get(lemma, {}).items()}
                for slot in slots
            ]
            return phrase_frequency(columns, [slot.gap for slot in slots], slop) if all(columns) else 0.0

        def rule(document: Document) -> float | None:
            found = {name: number for name in by_field if (number := frequency(document, name))}
            return weight * self.saturated(document, found, next(iter(found))) if found else None

        return rule


def _by_lemma(lemmas: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The fields of each lemma, in their order."""
    found: dict[str, list[str]] = {}
    for name, of_field in lemmas.items():
        for lemma in dict.fromkeys(of_field):
            found.setdefault(lemma, []).append(name)
    return found


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
