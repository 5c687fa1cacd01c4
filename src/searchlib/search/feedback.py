"""expand="bo1": the best documents say which further words belong to a query. Loaded when it is asked for.

A query's ten best documents are read again, as they are stored, and the words that they have in common join
the query, each at a small weight of its own. What is searched then is a plan like others. How documents are
ranked is not known here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..analysis.analyzer import Analyzer, Token
from ..analysis.stopwords import is_stopword
from ..errors import QueryError
from ..plan import Boost, Max, Maybe, Or, Phrase, PlanNode, Word
from ..schema import Text
from .words import WordPlans

if TYPE_CHECKING:
    from .marks import Plan
    from .scope import FieldScope
    from .searcher import Searcher

NUM_DOCUMENTS = 10
NUM_WORDS = 20
BETA = 0.2
"""The weight of the best expanded word, where a word of the query has 1."""

MIN_DOCUMENTS = 2
"""A word that fewer of the documents have is one document's, and not the subject's."""

REASON = "expanded word"
EXPANSIONS = ("bo1",)


class _Group(NamedTuple):
    """Fields that read a text alike: a lemma of one is a lemma of the others."""

    analyzer: Analyzer
    fields: tuple[str, ...]


def checked_expansion(expand: str) -> None:
    """ValueError for one that is not known."""
    if expand not in EXPANSIONS:
        raise ValueError(f"expand is None or {', '.join(map(repr, EXPANSIONS))}, got {expand!r}")


def with_feedback(searcher: Searcher, scope: FieldScope, plan: Plan, timeout: float | None) -> Plan:
    """The plan with the words that its best documents have in common; as it is, if they have none.

    Bo1, the Bose–Einstein model of G. Amati ("Probability Models for Information Retrieval based on
    Divergence from Randomness", 2003): a word that stands tf times in the best documents, and in df of all N
    documents, has the weight

        w = tf · log2((1 + P) / P) + log2(1 + P)        P = df / N

    (Amati counts the word's places in all documents for df. What an index knows exactly, also after deletes,
    is df.) The best 20 by w join the query at β · w / w of the best, β = 0.2. They are first lemmas, that two
    of the ten documents have; no function words, and nothing with a digit. A word of the query that is among
    them counts more by that.

    Raises QueryError if none of the fields that are searched is stored, SearchTimeout.
    """
    groups = _groups(searcher, scope)
    docs = [doc for _, doc in searcher.core.search(plan.core, NUM_DOCUMENTS, timeout=timeout)]
    if len(docs) < MIN_DOCUMENTS:
        return plan
    stored = [searcher.stored(doc) for doc in docs]
    weighed: list[tuple[float, str, _Group]] = []
    for group in groups:
        places, holders = _counted(group, stored)
        weighed += _weighed(searcher, scope, group, places, holders)
    weighed.sort(key=lambda found: (-found[0], found[1]))
    best = weighed[:NUM_WORDS]
    if not best:
        return plan
    planner = WordPlans(scope, None, lambda name, mark: None)  # nothing of them is marked
    expanded: list[tuple[str, float, PlanNode]] = []
    for weight, lemma, group in best:
        token = Token(lemma, (lemma,), 0, 0, len(lemma), 1)
        word = planner.group([(name, [token]) for name in group.fields])
        expanded.append((lemma, BETA * (weight / best[0][0]), word))
    words = [Boost(factor, word, REASON) for _, factor, word in expanded]
    return plan._replace(core=_joined(plan.core, words), asked=plan.core, expanded=expanded)


def _groups(searcher: Searcher, scope: FieldScope) -> list[_Group]:
    """The text fields that are searched, by their analyzers, where one of them at least is stored."""
    fields = scope.fields_of(None)
    by_analyzer: dict[int, tuple[Analyzer, list[str]]] = {}
    for name in fields:
        analyzer = searcher.analyzers[name]
        if analyzer is not None and isinstance(searcher.schema[name], Text):
            by_analyzer.setdefault(id(analyzer), (analyzer, []))[1].append(name)
    found = [
        _Group(analyzer, tuple(names))
        for analyzer, names in by_analyzer.values()
        if any(searcher.schema[name].stored for name in names)
    ]
    if not found:
        raise QueryError(
            f"expand='bo1' reads the texts of the best documents again, and none of the text fields that are "
            f"searched is stored ({', '.join(fields)}); index one with Text(stored=True), as is the default"
        )
    return found


def _counted(group: _Group, stored: Iterable[dict[str, object]]) -> tuple[Counter[str], Counter[str]]:
    """How many places first lemmas have in these documents, and how many documents have them."""
    places: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    for document in stored:
        own: Counter[str] = Counter()
        for name in group.fields:
            value = document.get(name)
            for text in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(text, str):
                    own.update(token.lemmas[0] for token in group.analyzer.tokens(text))
        places.update(own)
        holders.update(own.keys())
    return places, holders


def _weighed(
    searcher: Searcher, scope: FieldScope, group: _Group, places: Counter[str], holders: Counter[str]
) -> list[tuple[float, str, _Group]]:
    core, languages = searcher.core, frozenset(group.analyzer.languages)
    numbers = [scope.number(name) for name in group.fields]
    num_docs = max(core.totals(number)[0] for number in numbers)
    found = []
    for lemma, num_holders in holders.items():
        if num_holders < MIN_DOCUMENTS or any(map(str.isdigit, lemma)) or is_stopword(lemma, languages):
            continue
        df = max(core.df(number, lemma) for number in numbers)
        if df:
            share = df / num_docs
            weight = places[lemma] * math.log2((1 + share) / share) + math.log2(1 + share)
            found.append((weight, lemma, group))
    return found


def _joined(core: PlanNode, words: Sequence[PlanNode]) -> PlanNode:
    """The plan and the words: of any words, they find documents, too; where more was asked for (all of
    several, a phrase, a filter), they only rank what it finds.
    """
    if isinstance(core, Or):
        return Or([*core.children, *words])
    if isinstance(core, Maybe) and isinstance(core.children[0], Or) and _are_phrases(core.children[1]):
        return Maybe(_joined(core.children[0], words), core.children[1])  # words, and neighbours among them
    if isinstance(core, (Word, Max, Boost)):
        return Or([core, *words])
    return Maybe(core, Or(words))


def _are_phrases(node: PlanNode) -> bool:
    if isinstance(node, Or):
        return all(map(_are_phrases, node.children))
    return isinstance(node, Phrase) or (isinstance(node, Boost) and _are_phrases(node.child))
