"""Where a word has alternatives ("healthcare", or "health care"), the best documents are chosen by sums that
bound what they score: they are those of the exhaustive search, to the last bit.

Enough documents that most are passed over; frequent and rare words, forms that take two positions, deletes,
segments, signals, neighbours, and filters.
"""

from __future__ import annotations

import random

from built_segments import TEXTS, deletes_of, segment_of, snapshot_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchlib import _core
from searchlib.plan import Boost, Filtered, Max, Maybe, Or, Phrase, PhraseField, PlanNode, Word, WordField

SIGNALS = (("exact", 0.1),)
LETTERS = "abcdefgh"  # each half as frequent as the one before

letters = st.sampled_from([*LETTERS, "nowhere"])
lemmas = st.lists(letters, min_size=1, max_size=2, unique=True)


@st.composite
def words(draw: st.DrawFn) -> PlanNode:
    own = draw(lemmas)
    form = draw(st.sampled_from(["", own[0]]))
    numbers = draw(st.sampled_from([[0], [0, 1]]))
    made = [WordField(number, [1.0, 3.0][number], own, form=form) for number in numbers]
    return Word(made, signals=SIGNALS if form else ())


@st.composite
def phrases(draw: st.DrawFn) -> PlanNode:
    slots = draw(st.lists(lemmas, min_size=2, max_size=3))
    offsets = list(range(len(slots)))
    numbers = draw(st.sampled_from([[0], [0, 1]]))
    fields = [PhraseField(number, [1.0, 3.0][number], offsets, slots, divides=True) for number in numbers]
    return Phrase(fields, draw(st.sampled_from([0, 0, 1])))


def boosted(node: st.SearchStrategy[PlanNode]) -> st.SearchStrategy[PlanNode]:
    return node | st.builds(Boost, st.sampled_from([0.5, 1.0, 2.0]), node)


@st.composite
def variants(draw: st.DrawFn) -> PlanNode:
    first = draw(words() | st.lists(words(), min_size=2, max_size=2).map(Or))
    return Max([first, *draw(st.lists(boosted(phrases() | words()), min_size=1, max_size=2))])


@st.composite
def plans(draw: st.DrawFn) -> PlanNode:
    clauses = draw(st.lists(words(), min_size=0, max_size=2)) + draw(
        st.lists(variants(), min_size=1, max_size=2)
    )
    whole: PlanNode = Or(clauses) if len(clauses) > 1 else clauses[0]
    own = [[one.fields[0].lemmas] for one in clauses if isinstance(one, Word)]
    if len(own) > 1 and draw(st.booleans()):
        neighbours = Phrase([PhraseField(0, 1.0, [0, 1], [own[0][0], own[1][0]], divides=True)])
        whole = Maybe(whole, Boost(0.15, neighbours))
    return whole


def text(rng: random.Random) -> str:
    """Some of it joined: a-b is a, b, and a word of two positions."""
    drawn = [LETTERS[min(int(rng.expovariate(0.7)), 7)] for _ in range(rng.randint(1, 12))]
    return "".join(letter + rng.choice(["  ", " ", " ", "-"]) for letter in drawn).rstrip(" -")


def snapshot(seed: int) -> _core.Snapshot:
    rng = random.Random(seed)
    made = []
    for _ in range(rng.randint(1, 3)):
        documents = [(text(rng), text(rng)) for _ in range(rng.choice([30, 300]))]
        segment = segment_of(documents, TEXTS)
        gone = {number: texts for number, texts in enumerate(documents) if rng.random() < 0.1}
        made.append((segment, deletes_of(segment, gone, TEXTS) if gone else None))
    return snapshot_of(*made)


@given(seed=st.integers(0, 2**32), asked=st.lists(plans(), min_size=4, max_size=8), filtering=letters)
@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
def test_they_are_those_of_the_exhaustive_search(seed: int, asked: list[PlanNode], filtering: str) -> None:
    whole = snapshot(seed)
    passes = _core.FilterPlan(Word([WordField(0, 1.0, [filtering])]))
    for plan in asked:
        for wanted in (plan, Filtered(plan, passes)):
            every = whole.search(wanted, whole.num_docs + 1, exhaustive=True)
            for limit in (1, 3, 10, 40):
                assert whole.search(wanted, limit) == every[:limit]
