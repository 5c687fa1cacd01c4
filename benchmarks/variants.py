"""Other ways to rank, through the same engine: what the default is measured against.

A variant says how an index is analysed and how a plan is changed before the core sees it; searching goes
through searchlib's own path all the while. None of it is in the library: the switches are here, around its
seams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from searchlib import Analyzer, Index, Ranking, Schema, Text, _core
from searchlib.analysis.stopwords import is_stopword
from searchlib.evaluation import SNOWBALL, Configuration, Run, search_queries
from searchlib.evaluation.runs import ONE
from searchlib.plan import (
    Boost,
    Combination,
    Constant,
    Filtered,
    Forms,
    Maybe,
    Not,
    Or,
    Phrase,
    PlanNode,
    Raised,
    Visitor,
    Word,
    WordField,
)
from searchlib.query import nodes
from searchlib.search.marks import Plan
from searchlib.search.plain import PlainPlanner
from searchlib.search.planner import Planner
from searchlib.search.ranking import RICH
from searchlib.search.scope import FieldScope

Change = Callable[[PlanNode], PlanNode]


class FirstLemma(Analyzer):
    """Both languages, but of each word only its most probable lemma."""

    def __init__(self) -> None:
        super().__init__(("en", "ru"))
        self._all = Analyzer(("en", "ru"))
        self.core = _core.Analyzer(python_scripts=["latin", "cyrillic"])

    def _lemmas_of_form(self, form: str) -> tuple[str, ...]:
        return self._all.lemmas(form)[:1] or (form,)


class EveryWord(Visitor[PlanNode]):
    """The plan with each of its words changed."""

    def __init__(self, change: Callable[[Word], PlanNode]) -> None:
        self._change = change

    def word(self, node: Word) -> PlanNode:
        return self._change(node)

    def boost(self, node: Boost) -> PlanNode:
        return Boost(node.factor, self.visit(node.child), node.reason)

    def combination(self, node: Combination) -> PlanNode:
        children = [self.visit(child) for child in node.children]
        if isinstance(node, Raised):
            return Raised(children[0], node.raises)
        return type(node)(*children) if isinstance(node, (Filtered, Not, Maybe)) else type(node)(children)

    def phrase(self, node: Phrase) -> PlanNode:
        return node

    def forms(self, node: Forms) -> PlanNode:
        return node

    def constant(self, node: Constant) -> PlanNode:
        return node


def summed(word: Word) -> PlanNode:
    """Each lemma of a word adds its score, where the default takes the best."""
    lemmas = dict.fromkeys(lemma for field in word.fields for lemma in field.lemmas)
    singles: list[PlanNode] = [
        Word(
            [WordField(field.field, field.weight, [lemma]) for field in word.fields if lemma in field.lemmas]
        )
        for lemma in lemmas
    ]
    return Or(singles) if len(singles) > 1 else word


@dataclass(frozen=True)
class Variant:
    """analyzer: in place of the configuration's.

    change: of the whole plan.
    """

    configuration: Configuration = field(default_factory=Configuration)
    analyzer: Callable[[], Analyzer] | None = None
    change: Change | None = None
    keeps_stopwords: bool = False

    @contextmanager
    def applied(self) -> Iterator[None]:
        """While it lasts, indexes are made and queries planned this way."""
        with ExitStack() as stack:
            if self.analyzer is not None:
                analyzer = self.analyzer()
                stack.enter_context(patch.object(Analyzer, "for_languages", lambda *given, **named: analyzer))
            # Plain forms have no stopwords of their own: they get the others', so that only words differ.
            stack.enter_context(patch.object(FieldScope, "is_stopword", self._is_stopword))
            # It keeps words that were planned: another variant's.
            stack.enter_context(patch.object(PlainPlanner, "plan", lambda planner, query: None))
            if self.change is not None:
                stack.enter_context(patch.object(Planner, "plan", self._planned(Planner.plan)))
            yield

    @property
    def _is_stopword(self) -> Callable[[FieldScope, str, str | None], bool]:
        def of_both_languages(scope: FieldScope, word: str, name: str | None = None) -> bool:
            return not self.keeps_stopwords and is_stopword(word, frozenset(("en", "ru")))

        return of_both_languages

    def _planned(self, plan: Callable[[Planner, nodes.Node], Plan]) -> Callable[[Planner, nodes.Node], Plan]:
        def changed(planner: Planner, node: nodes.Node) -> Plan:
            made = plan(planner, node)
            return made if self.change is None else made._replace(core=self.change(made.core))

        return changed

    def run(self, index: Index, queries: Mapping[str, str]) -> Run:
        """What it finds in an index that was made under `applied`."""
        with self.applied():
            how = self.configuration
            return search_queries(index, queries, ranking=how.used_ranking, expand=how.expand)


def each_field_alone(word: Word) -> PlanNode:
    """The BM25 of each field, times its boost, added up: what fields scored before they were one BM25F."""
    alone: list[PlanNode] = []
    for each in word.fields:
        single = WordField(each.field, 1.0, each.lemmas, each.related, each.form)
        alone.append(Boost(float(each.weight), Word([single], word.related, word.signals)))
    return Or(alone) if len(alone) > 1 else word


def one_field(languages: tuple[str, ...] = ("en", "ru"), ranking: str = "bm25") -> Configuration:
    """Title and text in one field, and BM25 alone."""
    return Configuration(languages, ranking=ranking, fields=ONE)


class TitleWeight(Configuration):
    """The fields that are inferred, with another weight of what is called a title."""

    weight: float = 2.0

    def schema(self, rows: Iterable[Mapping[str, Any]]) -> Schema:
        """A title is what the inference gives a boost."""
        return Schema(
            **{
                name: field.replace(boost=self.weight) if getattr(field, "boost", 1.0) != 1.0 else field
                for name, field in super().schema(rows).items()
            }
        )


class WithStems(Configuration):
    """Stems in a second field, at a lower weight."""

    stems: float = 0.25

    def schema(self, rows: Iterable[Mapping[str, Any]]) -> Schema:
        """Both fields."""
        stems = Text(languages=SNOWBALL, boost=self.stems, k1=self.k1, b=self.b, stored=False)
        return Schema(**super().schema(rows), stems=stems)


SURFACE, STEMS, FIRST, ONE_FIELD = (
    "surface forms, one field",
    "Snowball stems, one field",
    "first lemma, one field",
    "lemma sets, one field",
)
ADDED, FIELDED, DEFAULT, RICHEST = (
    "fields as indexed, BM25 of each added (title 2)",
    "searchlib: fields as indexed, BM25 alone",
    "searchlib: fields as indexed, the default",
    "searchlib: fields as indexed, ranking rich",
)
BASELINES = {
    SURFACE: Variant(one_field(())),
    STEMS: Variant(one_field(SNOWBALL)),
    FIRST: Variant(one_field(), FirstLemma),
    ONE_FIELD: Variant(one_field()),
}
FIELDS = {
    ADDED: Variant(TitleWeight(ranking="bm25", weight=2.0), change=EveryWord(each_field_alone).visit),
    FIELDED: Variant(Configuration(ranking="bm25")),
    DEFAULT: Variant(Configuration(ranking="default")),
    RICHEST: Variant(Configuration(ranking="rich")),
}
TITLE_WEIGHTS = (1.0, 2.0, 3.0, 5.0, 8.0)
"""The grid, written down before the first run (README.md)."""

WEIGHTS = {
    f"fields as indexed, BM25, title {weight:g}": Variant(TitleWeight(ranking="bm25", weight=weight))
    for weight in TITLE_WEIGHTS
}
EXPANDED = {
    "lemma sets, one field, expand bo1": Variant(one_field().replace(expand="bo1")),
    "fields as indexed, BM25, expand bo1": Variant(Configuration(ranking="bm25", expand="bo1")),
    "fields as indexed, rich, expand bo1": Variant(Configuration(ranking="rich", expand="bo1")),
}
RICH_ONE = one_field(ranking="rich")


def ranked(ranking: Ranking) -> Variant:
    """One field, and that ranking."""
    return Variant(RICH_ONE.replace(ranking=ranking))


def fielded(ranking: Ranking) -> Variant:
    """The fields that are inferred, and that ranking."""
    return Variant(Configuration(ranking=ranking))


STUDY = {
    "lemma sets, one field, summed": Variant(one_field(), change=EveryWord(summed).visit),
    "one field, rich": Variant(RICH_ONE),
    "surface forms, rich": Variant(one_field((), "rich")),
    "Snowball stems, rich": Variant(one_field(SNOWBALL, "rich")),
    "first lemma, rich": Variant(RICH_ONE, FirstLemma),
    "rich before: 0.7, 0.25, 0.1": ranked(Ranking(related=0.7, exact=0.25, adjacent=0.1)),
    "related 0.7 alone": ranked(Ranking(related=0.7)),
    "exact 0.25 alone": ranked(Ranking(exact=0.25)),
    "adjacent 0.1 alone": ranked(Ranking(adjacent=0.1)),
    "stems 0.25 alone": Variant(WithStems(ranking="bm25", fields=ONE)),
    "rich and stems 0.25": Variant(WithStems(ranking="rich", fields=ONE)),
    "rich without related": ranked(RICH.replace(related=0.0)),
    "rich without exact": ranked(RICH.replace(exact=0.0)),
    "rich without adjacent": ranked(RICH.replace(adjacent=0.0)),
    "rich, related 0.5": ranked(RICH.replace(related=0.5)),
    "rich, exact 0.25": ranked(RICH.replace(exact=0.25)),
    "rich, exact 0.5": ranked(RICH.replace(exact=0.5)),
    "rich, adjacent 0.2": ranked(RICH.replace(adjacent=0.2)),
    "rich, stopwords kept": Variant(RICH_ONE, keeps_stopwords=True),
    "rich, k1 0.9, b 0.4": Variant(RICH_ONE.replace(k1=0.9, b=0.4)),
    "rich, k1 0.9, b 0.75": Variant(RICH_ONE.replace(k1=0.9)),
    "rich, k1 1.5, b 0.75": Variant(RICH_ONE.replace(k1=1.5)),
    "rich, k1 2.0, b 0.75": Variant(RICH_ONE.replace(k1=2.0)),
    "rich, k1 1.2, b 0.5": Variant(RICH_ONE.replace(b=0.5)),
}
