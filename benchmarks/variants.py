"""Other ways to rank, through the same engine: what the default is measured against.

A variant says how an index is analysed and how a plan is changed before the core sees it; searching goes
through searchlib's own path all the while. None of it is in the library: the switches are here, around its
seams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from searchlib import Analyzer, Index, Ranking, Schema, Text, _core
from searchlib.analysis.stopwords import is_stopword
from searchlib.evaluation import SNOWBALL, Configuration, Run, search_queries
from searchlib.plan import (
    Boost,
    Combination,
    Constant,
    Forms,
    Maybe,
    Not,
    Or,
    Phrase,
    PlanNode,
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
        return type(node)(*children) if isinstance(node, (Not, Maybe)) else type(node)(children)

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
                stack.enter_context(
                    patch.object(Analyzer, "for_languages", lambda languages, parts=True: analyzer)
                )
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
            return search_queries(index, queries, ranking=self.configuration.used_ranking)


def bm25(languages: tuple[str, ...] = ("en", "ru"), k1: float = 1.2, b: float = 0.75) -> Configuration:
    """BM25 alone."""
    return Configuration(languages, k1, b, "bm25")


class WithStems(Configuration):
    """Stems in a second field, at a lower weight."""

    stems: float = 0.25

    @property
    def schema(self) -> Schema:
        """Both fields."""
        stems = Text(languages=SNOWBALL, boost=self.stems, k1=self.k1, b=self.b, stored=False)
        return Schema(**super().schema, stems=stems)


DEFAULT = "searchlib: lemma sets, the default"
BASELINES = {
    "surface forms": Variant(bm25(())),
    "Snowball stems": Variant(bm25(SNOWBALL)),
    "first lemma": Variant(bm25(), FirstLemma),
}
SETS = {
    "lemma sets, summed": Variant(bm25(), change=EveryWord(summed).visit),
    "searchlib: lemma sets, BM25 alone": Variant(bm25()),
    DEFAULT: Variant(),
    "searchlib: lemma sets, ranking rich": Variant(Configuration(ranking="rich")),
}
STUDY = {
    "surface forms, ranking rich": Variant(Configuration((), ranking="rich")),
    "Snowball stems, ranking rich": Variant(Configuration(SNOWBALL, ranking="rich")),
    "first lemma, ranking rich": Variant(Configuration(ranking="rich"), FirstLemma),
    "rich before: 0.7, 0.25, 0.1": Variant(
        Configuration(ranking=Ranking(related=0.7, exact=0.25, adjacent=0.1))
    ),
    "related 0.7 alone": Variant(Configuration(ranking=Ranking(related=0.7))),
    "exact 0.25 alone": Variant(Configuration(ranking=Ranking(exact=0.25))),
    "adjacent 0.1 alone": Variant(Configuration(ranking=Ranking(adjacent=0.1))),
    "stems 0.25 alone": Variant(WithStems(ranking="bm25")),
    "rich and stems 0.25": Variant(WithStems(ranking="rich")),
    "rich without related": Variant(Configuration(ranking=RICH.replace(related=0.0))),
    "rich without exact": Variant(Configuration(ranking=RICH.replace(exact=0.0))),
    "rich without adjacent": Variant(Configuration(ranking=RICH.replace(adjacent=0.0))),
    "rich, related 0.5": Variant(Configuration(ranking=RICH.replace(related=0.5))),
    "rich, exact 0.25": Variant(Configuration(ranking=RICH.replace(exact=0.25))),
    "rich, exact 0.5": Variant(Configuration(ranking=RICH.replace(exact=0.5))),
    "rich, adjacent 0.2": Variant(Configuration(ranking=RICH.replace(adjacent=0.2))),
    "rich, stopwords kept": Variant(Configuration(ranking="rich"), keeps_stopwords=True),
    "rich, k1 0.9, b 0.4": Variant(Configuration(ranking="rich", k1=0.9, b=0.4)),
    "rich, k1 0.9, b 0.75": Variant(Configuration(ranking="rich", k1=0.9)),
    "rich, k1 1.5, b 0.75": Variant(Configuration(ranking="rich", k1=1.5)),
    "rich, k1 2.0, b 0.75": Variant(Configuration(ranking="rich", k1=2.0)),
    "rich, k1 1.2, b 0.5": Variant(Configuration(ranking="rich", b=0.5)),
}
