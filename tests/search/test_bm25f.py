"""BM25F over several fields: what its parts mean, that bounds bound, that pruning changes no bit."""

from __future__ import annotations

import math
import os
import random
from typing import Any

import numpy
import pytest
from bilingual import documents, queries, rankings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oracle import Oracle
from searchlib import Index, Keyword, Ranking, Schema, Text, _core
from searchlib.errors import SchemaError
from searchlib.plan import And, Boost, Max, Maybe, Not, Or, Phrase, PhraseField, PlanNode, Word, WordField
from searchlib.search.explanation import Explanation
from searchlib.search.ranking import BM25, RICH

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
SEED = int(os.environ.get("SEARCHLIB_SEED", "7"))
NUM_DOCS = 6_000
VOCABULARY = 300
_settings = settings(deadline=None, suppress_health_check=list(HealthCheck))

Hits = list[tuple[str, float]]


def index_of(schema: Schema, documents: dict[str, dict[str, Any]]) -> Index:
    index = Index.in_memory(schema)
    with index.writer() as writer:
        for name, fields in documents.items():
            writer.add({"id": name, **{field: value for field, value in fields.items() if field in schema}})
    index.refresh()
    return index


def hits(index: Index, query: str, **options: Any) -> dict[str, float]:
    return {hit.id: hit.score for hit in index.search(query, None, **{"ranking": "bm25", **options})}


# ---- what a score is

DOCS = {
    "both": {"title": "law water", "body": "water on water here", "tag": "law"},
    "body": {"title": "river", "body": "water water water law"},
    "title": {"title": "water", "body": "a quiet river there"},
    "none": {"title": "war", "body": "peace is not war"},
}


def by_hand(found: dict[str, tuple[int, float, float]], idf: float, k1: float = 1.2) -> float:
    """found: of each field its tf, weight and norm."""
    x = sum(weight * tf / norm for tf, weight, norm in found.values())
    return idf * x / (x + k1)


def idf_of(num_docs: int, df: int) -> float:
    return math.log(1 + (num_docs - df + 0.5) / (df + 0.5))


def test_x_adds_up_before_it_saturates() -> None:
    index = index_of(
        Schema(title=Text(languages=(), boost=3, b=0.5), body=Text(languages=(), b=0.0), tag=Keyword()), DOCS
    )
    found = hits(index, "water")
    idf = idf_of(4, 2)  # two titles, two bodies
    average = 5 / 4
    assert found["both"] == pytest.approx(
        by_hand({"title": (1, 3, 0.5 + 0.5 * 2 / average), "body": (2, 1, 1)}, idf), rel=1e-14
    )
    assert found["body"] == pytest.approx(by_hand({"body": (3, 1, 1)}, idf), rel=1e-14)
    assert found["title"] == pytest.approx(by_hand({"title": (1, 3, 0.5 + 0.5 / average)}, idf), rel=1e-14)
    assert found["both"] < idf  # however many fields, a word saturates once
    assert "none" not in found


def test_df_and_n_are_the_largest_over_the_fields() -> None:
    docs = {
        str(i): {"title": "rare" if i == 0 else "", "body": "rare common" if i < 3 else "common"}
        for i in range(8)
    }
    index = index_of(Schema(title=Text(languages=(), b=0.0), body=Text(languages=(), b=0.0)), docs)
    assert hits(index, "rare")["2"] == pytest.approx(idf_of(8, 3) / 2.2, rel=1e-14)
    assert hits(index, "title:rare")["0"] == pytest.approx(idf_of(1, 1) / 2.2, rel=1e-14)
    assert hits(index, "rare")["0"] == pytest.approx(idf_of(8, 3) * 2 / 3.2, rel=1e-14)


def test_one_field_without_a_weight_is_bm25_to_the_last_bit() -> None:
    chance = random.Random(SEED)
    texts = [" ".join(chance.choices("abcdefgh", k=chance.randrange(1, 30))) for _ in range(50)]
    index = index_of(
        Schema(text=Text(languages=(), b=0.6)), {str(i): {"text": t} for i, t in enumerate(texts)}
    )
    average = sum(len(text.split()) for text in texts) / len(texts)
    df = sum("a" in text for text in texts)
    for name, score in hits(index, "a").items():
        words = texts[int(name)].split()
        tf = words.count("a")
        assert score == idf_of(50, df) * (tf / (tf + 1.2 * (1 - 0.6 + 0.6 * len(words) / average)))


def test_a_named_field_keeps_its_weight() -> None:
    index = index_of(Schema(title=Text(languages=(), boost=3, b=0.0), body=Text(languages=(), b=0.0)), DOCS)
    assert hits(index, "title:water")["title"] == pytest.approx(idf_of(4, 2) * 3 / 4.2, rel=1e-14)
    assert hits(index, "water", fields=["body"])["body"] == pytest.approx(idf_of(4, 2) * 3 / 4.2, rel=1e-14)


def test_a_boosted_clause_is_multiplied_after_saturation() -> None:
    index = index_of(Schema(title=Text(boost=3), body=Text()), DOCS)
    plain = hits(index, "water")
    assert hits(index, "water^3") == {name: 3 * score for name, score in plain.items()}


def test_a_phrase_adds_up_its_matches_over_the_fields() -> None:
    docs = {
        "two": {"title": "a b", "body": "a b a b"},
        "one": {"title": "b a", "body": "a b"},
        "off": {"body": "b a"},
    }
    index = index_of(Schema(title=Text(languages=(), boost=2, b=0.0), body=Text(languages=(), b=0.0)), docs)
    weight = 2 * idf_of(3, 3)
    found = hits(index, '"a b"')
    assert found == pytest.approx({"two": weight * 4 / 5.2, "one": weight * 1 / 2.2}, rel=1e-14)


def test_patterns_score_one_in_however_many_fields() -> None:
    index = index_of(Schema(title=Text(boost=3), body=Text()), DOCS)
    assert set(hits(index, "wat*").values()) == set(hits(index, "watr~").values()) == {1.0}


def test_fields_that_cut_a_text_otherwise_are_alternatives() -> None:
    docs = {"a": {"title": "node.js", "body": "node.js here"}, "b": {"title": "node", "body": "nothing"}}
    schema = Schema(title=Text(languages=(), boost=3), body=Text(languages=(), parts=False))
    index = index_of(schema, docs)
    found, title = hits(index, "node.js"), hits(index, "node.js", fields=["title"])
    body = hits(index, "node.js", fields=["body"])
    assert found == {"a": max(title["a"], body["a"])}


def test_a_keyword_is_searched_with_text_of_any_k1() -> None:
    schema = Schema(body=Text(languages=(), k1=0.7, b=0.0), title=Text(k1=0.7), tag=Keyword())
    index = index_of(schema, DOCS)
    found = hits(index, "law", fields=["body", "tag"])
    assert found["both"] == pytest.approx(idf_of(4, 1) / 1.7, rel=1e-14)


def test_fields_of_different_k1_are_refused() -> None:
    with pytest.raises(SchemaError, match=r"one k1.*0\.9 for title, 1\.2 for body.*same k1"):
        Schema(title=Text(k1=0.9), body=Text())
    Schema(title=Text(k1=0.9, b=0.3), body=Text(k1=0.9))
    segment = index_of(Schema(title=Text(), body=Text()), DOCS)._searcher.segments[0].core
    snapshot = _core.Snapshot([(segment, None)], [(1.2, 0.75), (0.9, 0.75)])
    for plan in (
        Word([WordField(0, 1.0, ["water"]), WordField(1, 1.0, ["water"])]),
        Phrase([PhraseField(n, 1.0, [0, 1], [["law"], ["water"]]) for n in range(2)]),
    ):
        with pytest.raises(ValueError, match="does not fit"):
            snapshot.search(plan, 10)
    assert snapshot.search(Word([WordField(1, 1.0, ["water"])]), 10)


@pytest.mark.parametrize("boost", [0, -1, math.nan, math.inf, 1e7])
def test_weights_have_a_range(boost: float) -> None:
    with pytest.raises(SchemaError, match="boost is a number above 0"):
        Text(boost=boost)


@pytest.mark.parametrize("k1", [0.0, 1e-300, 1e9])
@pytest.mark.parametrize("boost", [1e-6, 1.0, 1e6])
def test_extremes_are_numbers(k1: float, boost: float) -> None:
    schema = Schema(title=Text(boost=boost, k1=k1, languages=()), body=Text(k1=k1, languages=()))
    index = index_of(schema, DOCS)
    for query in ("water", "water law", "water AND law", '"water law"', '+water "law water"~3'):
        everything = index._searcher.core.search(index._searcher.plan(query).core, 10, exhaustive=True)
        assert all(math.isfinite(score) for score, _ in everything)
        assert index._searcher.core.search(index._searcher.plan(query).core, 2) == everything[:2]


# ---- bounds


@given(
    weight=st.one_of(st.sampled_from([1e-6, 0.01, 0.3, 1.0, 3.0, 1e6]), st.floats(1e-6, 1e6)),
    b=st.floats(0, 1),
    k1=st.floats(0, 10),
    stored=st.floats(1, 1e4),
    searched=st.floats(1, 1e4),
    length=st.integers(1, 100_000),
    tf=st.integers(1, 100_000),
)
@settings(_settings, max_examples=500 * DEPTH)
def test_a_bound_bounds_its_field(
    weight: float, b: float, k1: float, stored: float, searched: float, length: int, tf: int
) -> None:
    tf = min(tf, length)
    f = tf / (tf + k1 * (1 - b + b * length / stored))
    up, down = math.ceil(f * 65535) / 65535, math.floor(f * 65535) / 65535
    k = k1 * (1 - b + b * length / searched)
    true = weight * tf / (weight * tf + k)
    ratio = searched / stored
    _, upper, x, slack = _core.field_bounds(weight, ratio, float(numpy.float32(up)))
    lower = _core.field_bounds(weight, ratio, float(numpy.float32(down)))[0]
    assert 0 <= lower * (1 - slack) <= true <= upper * (1 + slack) and upper <= 1
    assert true <= x / (1 + x) * (1 + slack) and not math.isnan(x)


def test_a_full_bound_is_one_and_a_number() -> None:
    for weight in (1e-6, 0.5, 1.0, 3.0):
        lower, upper, x, _ = _core.field_bounds(weight, 2.0, 1.0)
        assert upper == 1.0 and x / (1 + x) == 1.0 and lower == pytest.approx(1.0, rel=1e-5 / weight)


# ---- pruning


@pytest.fixture(scope="module")
def index() -> Index:
    """Three fields: weights above and below 1, each with its b; three segments, deletes, empty values."""
    print(f"SEARCHLIB_SEED={SEED}")
    chance = random.Random(SEED)
    words = [f"w{number}" for number in range(VOCABULARY)]
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    made = Index.in_memory(
        Schema(
            title=Text(languages=(), boost=3, b=0.3),
            body=Text(languages=()),
            note=Text(languages=(), boost=0.2, b=0.0),
        )
    )
    with made.writer() as writer:
        for number in range(NUM_DOCS):
            length = 200 if number % 499 == 0 else chance.randrange(1, 25)
            writer.add(
                {
                    "id": str(number),
                    "title": " ".join(chance.choices(words, weights, k=chance.randrange(0, 5))),
                    "body": " ".join(chance.choices(words, weights, k=length)),
                    "note": " ".join(chance.choices(words, k=chance.randrange(0, 9))),
                }
            )
            if number in (700, 3_000):
                writer.commit(merge=False)
        writer.commit(merge=False)
        for number in chance.sample(range(NUM_DOCS), 400):
            writer.delete(str(number))
        writer.commit(merge=False)
    made.refresh()
    return made


_terms = st.one_of(st.integers(0, 8), st.integers(0, VOCABULARY - 1)).map("w{}".format)
_groups = st.lists(_terms, min_size=1, max_size=3, unique=True)
_fields = st.lists(st.integers(0, 2), min_size=1, max_size=3, unique=True)
_weights = st.sampled_from([0.01, 0.2, 1.0, 1.0, 3.0, 50.0])


@st.composite
def _word_plans(draw: st.DrawFn) -> PlanNode:
    """The same lemmas in all fields, mostly; sometimes others, and related ones."""
    lemmas = draw(_groups)
    others = st.one_of(st.just(lemmas), st.just(lemmas), _groups)
    related = draw(st.sampled_from([0.0, 0.0, 0.7]))
    return Word(
        [
            WordField(number, draw(_weights), draw(others), draw(_groups) if related else [])
            for number in draw(_fields)
        ],
        related,
    )


@st.composite
def _phrase_plans(draw: st.DrawFn) -> PlanNode:
    slots = draw(
        st.lists(
            st.lists(st.integers(0, 6).map("w{}".format), min_size=1, max_size=2), min_size=2, max_size=3
        )
    )
    fields = [PhraseField(number, draw(_weights), range(len(slots)), slots) for number in draw(_fields)]
    return Phrase(fields, draw(st.sampled_from([0, 0, 0, 1, 3])))


_leaves = st.one_of(_word_plans(), _word_plans(), _phrase_plans())
_plans = st.one_of(
    _word_plans(),
    _phrase_plans(),
    st.builds(Or, st.lists(_word_plans(), min_size=1, max_size=5)),
    st.builds(And, st.lists(_word_plans(), min_size=1, max_size=4)),
    st.builds(
        Or, st.lists(st.builds(Boost, st.sampled_from([0.3, 7.0]), _word_plans()), min_size=1, max_size=4)
    ),
    st.builds(Or, st.lists(_leaves, min_size=2, max_size=3)),
    st.builds(Maybe, _leaves, _leaves),
    st.builds(Not, _leaves, _leaves),
    st.builds(Max, st.lists(_leaves, min_size=2, max_size=3)),
)


@given(plan=_plans, limit=st.sampled_from([1, 10, 10, 100, 1000]))
@settings(_settings, max_examples=250 * DEPTH)
def test_the_best_k_are_the_first_of_all(index: Index, plan: PlanNode, limit: int) -> None:
    snapshot = index._searcher.core
    everything = snapshot.search(plan, NUM_DOCS, exhaustive=True)
    assert everything == sorted(everything, key=lambda hit: (-hit[0], hit[1]))
    assert snapshot.search(plan, limit) == everything[:limit]
    assert snapshot.count(plan) == len(everything)


_query_words = st.lists(_terms, min_size=1, max_size=5)
_queries = st.one_of(
    _query_words.map(" ".join),
    _query_words.map(" AND ".join),
    _query_words.map(lambda words: f'"{" ".join(words[:3])}"'),
    _query_words.map(lambda words: f"+{words[0]} " + " ".join(words)),
    _query_words.map(lambda words: " ".join([*words, "title:w1", "note:w2^0.5"])),
)


@given(query=_queries, limit=st.sampled_from([1, 10, 10, 100]), ranking=rankings)
@settings(_settings, max_examples=150 * DEPTH)
def test_queries_over_several_fields(index: Index, query: str, limit: int, ranking: Ranking) -> None:
    searcher = index._searcher
    for asked in (BM25, ranking):
        plan = searcher.plan(query, ranking=asked).core
        assert searcher.core.search(plan, limit) == searcher.core.search(plan, limit, exhaustive=True)


# ---- the oracle

_alternatives = st.sampled_from(
    [
        Schema(title=Text(boost=3, b=0.2), body=Text()),
        Schema(title=Text(boost=0.05), body=Text(boost=0.4, b=1.0), plain=Text(languages=(), boost=40)),
        Schema(title=Text(boost=3), body=Text(parts=False), plain=Text(languages=("ru",)), tag=Keyword()),
        Schema(title=Text(k1=0.0, b=0.0), body=Text(k1=0.0)),
        Schema(body=Text(k1=2.5, b=0.1), title=Text(boost=2, k1=2.5, b=0.9)),
    ]
)


@given(
    schema=_alternatives,
    batches=st.lists(st.lists(documents(), min_size=1, max_size=6), min_size=1, max_size=3),
    asked=st.lists(queries, min_size=2, max_size=8),
    ranking=rankings,
)
@settings(_settings, max_examples=40 * DEPTH)
def test_any_fields_equal_the_oracle(
    schema: Schema, batches: list[list[dict[str, Any]]], asked: list[str], ranking: Ranking
) -> None:
    index, oracle = Index.in_memory(schema), Oracle(schema)
    with index.writer() as writer:
        for batch in batches:
            for document in batch:
                kept = {name: value for name, value in document.items() if name == "id" or name in schema}
                writer.add(kept)
                oracle.add(kept)
            writer.commit(merge=False)
    index.refresh()
    for query in asked:
        for used in (BM25, ranking, RICH):
            expected = oracle.search(query, None, ranking=used)
            assert [(hit.id, hit.score) for hit in index.search(query, None, ranking=used)] == expected, query


# ---- explanations


def leaves_of(explanation: Explanation) -> list[Explanation]:
    """The lemmas and phrases that a score is made of; a word's value is that of its best lemma."""
    if explanation.description.startswith("phrase"):
        return [explanation]
    if explanation.description.startswith("word"):
        (best,) = explanation.parts
        assert best.value == explanation.value
        return [best]
    return [leaf for part in explanation.parts for leaf in leaves_of(part)]


def recomputed(explanation: Explanation) -> float:
    """A lemma's or phrase's value from its parts: idf, and what is multiplied by it, added up."""
    idf, *raises = explanation.parts
    total = 0.0
    for part in raises:
        total += part.value
    return idf.value * total


@given(query=_queries, ranking=rankings)
@settings(_settings, max_examples=60 * DEPTH)
def test_explanations_add_up_exactly(index: Index, query: str, ranking: Ranking) -> None:
    for hit in index.search(query, 2, ranking=ranking):
        explanation = hit.explain()
        assert explanation.value == hit.score
        found = [leaf for leaf in leaves_of(explanation) if leaf.value]
        assert found or hit.score == 0
        for leaf in found:
            if "related word" not in leaf.description:
                assert leaf.value == recomputed(leaf), str(leaf)
            for part in leaf.parts:
                if part.description.startswith("x / (x + K)"):
                    assert len(part.parts) >= 1 and "in '" in part.parts[0].description


def test_an_explanation_shows_each_field(index: Index) -> None:
    made = index_of(Schema(title=Text(boost=3), body=Text()), DOCS)
    text = str(next(hit for hit in made.search("water", ranking="bm25") if hit.id == "both").explain())
    assert "word {water}" in text and "lemma «water», idf · x / (x + K)" in text
    assert "df 2 of N 4 documents" in text
    assert "in 'title': tf 1, boost 3, length 2" in text and "in 'body': tf 2, length 4" in text
    assert "of one in 'title'" in text
    text = str(next(iter(made.search('"law water"', ranking="bm25"))).explain())
    assert "phrase \"law water\" in 'title' and 'body'" in text
    assert "in 'title': matches 1, boost 3" in text
