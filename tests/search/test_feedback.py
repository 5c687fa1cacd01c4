"""expand="bo1": the words that are added, the scores with them, and what stays as it was."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import feedback_twin
import pytest
from bilingual import sample
from hypothesis import given, settings
from hypothesis import strategies as st
from twins import Twins

from searchlib import Index, Keyword, Plain, Ranking, Schema, Text
from searchlib.errors import QueryError, SearchTimeout
from searchlib.query import Word
from searchlib.search.ranking import BM25, RICH

ENGLISH = ["force", "police", "us", "saw", "learned", "lesson", "state-owned", "re-established", "the", "of"]
RUSSIAN = ["лес", "людей", "человек", "стали", "шли", "МИД", "ёлка", "премьер-министр", "министра", "и"]
WORDS = ENGLISH + RUSSIAN
_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5, unique=True)
QUERIES = st.one_of(
    _words.map(" ".join),
    _words.map(" ".join),
    _words.map(" AND ".join),
    st.builds("+{} {} -{}".format, *[st.sampled_from(["force", "лес", "lesson", "людей"])] * 3),
    st.sampled_from(
        ['"police force"', '"лес людей"~3', "body:force", "tag:wood", "year:1991", "for*", "zilch"]
    ),
)


@pytest.fixture(scope="module", params=[False, True], ids=["texts", "vectors"])
def standing(request: pytest.FixtureRequest) -> Twins:
    """Three segments, some documents deleted."""
    twins = Twins(True, request.param)
    made = [{**document, "id": str(number)} for number, document in enumerate(sample(120))]
    gone = [str(number) for number in range(0, 120, 13)]
    twins.apply([made[:80], made[80:110], [*made[110:], *gone]])
    return twins


@given(query=QUERIES, ranking=st.sampled_from([BM25, RICH, Ranking(adjacent=0.2)]))
@settings(deadline=None, max_examples=80)
def test_it_equals_the_twin(standing: Twins, query: str, ranking: Ranking) -> None:
    hits, words = feedback_twin.search(standing.oracle, query, ranking)
    results = standing.index.search(query, None, ranking=ranking, expand="bo1")
    assert list(results.expanded.items()) == words, query
    assert [(hit.id, hit.score) for hit in results] == hits, query
    assert results.total == len(hits)
    best = standing.index.search(query, 7, ranking=ranking, expand="bo1")
    assert [(hit.id, hit.score) for hit in best] == hits[:7]  # pruned as exhaustive
    plan = best.plan.core
    core = standing.index._searcher.core
    assert core.search(plan, 7) == core.search(plan, 7, exhaustive=True)


SUBJECT = {
    "a": "Wings in a slipstream: lift and drag of wings.",
    "b": "The drag of wings at high speed, and their lift in 1958.",
    "c": "Aerofoils: lift and drag.",
    "d": "A history of libraries.",
    "e": "Speed limits of 1958 in towns.",
}


def made(schema: Schema | None = None) -> Index:
    index = Index.in_memory(schema or Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": name, "text": text} for name, text in SUBJECT.items())
    index.refresh()
    return index


@pytest.fixture(scope="module")
def index() -> Index:
    return made()


def test_words_in_common_are_added(index: Index) -> None:
    results = index.search("wing", expand="bo1")
    assert [hit.id for hit in results] == ["a", "b", "c"]  # c has no wings
    assert [hit.id for hit in index.search("wing")] == ["a", "b"]
    assert list(results.expanded) == [
        "wing",
        "drag",
        "lift",
    ]  # no function words, no 1958, nothing of one text
    assert max(results.expanded.values()) == results.expanded["wing"] == 0.2
    assert all(0 < factor <= 0.2 for factor in results.expanded.values())
    assert index.search("wing").expanded == {} == index.search("slipstream", expand="bo1").expanded


def test_nothing_of_them_is_marked(index: Index) -> None:
    by_id = {hit.id: hit for hit in index.search("wing", expand="bo1")}
    assert (
        by_id["a"].highlight("text")
        == "<mark>Wings</mark> in a slipstream: lift and drag of <mark>wings</mark>."
    )
    assert by_id["c"].spans("text") == []


def test_what_was_insisted_on_still_holds(index: Index) -> None:
    for query, ids in {
        "+wing lift": ["a", "b"],
        "wing AND drag": ["a", "b"],
        '"drag of wings"': ["a", "b"],
        "wing -slipstream": ["b"],
        "wi*": ["a", "b"],
        "id:a": ["a"],
    }.items():
        results = index.search(query, expand="bo1")
        assert sorted(hit.id for hit in results) == ids, query
        assert results.total == len(ids)


def test_explanations_say_what_was_added(index: Index) -> None:
    told = str(index.explain("wing", expand="bo1"))
    assert told.splitlines()[1:3] == ["  wing → {wing}, in 2 documents", "  expanded by"]
    assert "0.2 × expanded word wing → {wing}, in 2 documents" in told
    assert "expanded word lift → {lift}, in 3 documents" in told
    part = index.explain("wing", expand="bo1").parts[1]
    found = index.search("wing", expand="bo1")
    assert {each.text: each.weight for each in part.parts} == found.expanded
    assert "for the expanded word" in str(found[0].explain()) and found[0].explain().value == found[0].score
    assert "expanded" not in str(index.explain("slipstream", expand="bo1"))


def test_suggestions_look_at_what_was_asked(index: Index) -> None:
    assert index.search("wingz wing", expand="bo1").has_missing_words
    assert not index.search("wing", expand="bo1").has_missing_words


def test_rankings_batches_and_plain_text(index: Index) -> None:
    for query in ("wing", Plain("NOT wing"), Word("wing")):
        for ranking in ("bm25", "rich"):
            one = index.search(query, ranking=ranking, expand="bo1")
            (many,) = index.search_many([query], ranking=ranking, expand="bo1")
            assert [(hit.id, hit.score) for hit in one] == [(hit.id, hit.score) for hit in many]
            assert one.expanded == many.expanded != {}
    page = index.search("wing", 1, 2, expand="bo1")
    assert [hit.id for hit in page] == ["c"]


def test_other_fields_and_languages() -> None:
    german = made(Schema(text=Text(languages=("de",))))
    assert "lift" in german.search("wings", expand="bo1").expanded
    plain = made(Schema(text=Text(languages=())))
    assert {"lift", "drag"} <= plain.search("wings", expand="bo1").expanded.keys()
    both = made(Schema(text=Text(), stems=Text(languages=("en-snowball",), stored=False)))
    assert {"lift", "drag"} <= both.search("wing", expand="bo1").expanded.keys()
    folded = made(Schema(text=Text(), more=Text()))
    assert "lift" in folded.search("wing", fields=["text"], expand="bo1").expanded


def test_what_is_not_stored_is_an_error() -> None:
    index = made(Schema(text=Text(stored=False), tag=Keyword()))
    with pytest.raises(QueryError, match=r"none of the text fields that are searched is stored \(text\)"):
        index.search("wing", expand="bo1")
    (results,) = index.search_many(["wing"], expand="bo1")
    assert results.error is not None and list(results) == []


def test_arguments(index: Index) -> None:
    with pytest.raises(ValueError, match="expand is None or 'bo1', got 'rm3'"):
        index.search("wing", expand="rm3")
    with pytest.raises(SearchTimeout):
        index.search("wing", expand="bo1", timeout=1e-9)
    assert index.search("wing", expand="bo1", timeout=60.0).expanded
    assert Index.in_memory(Schema(text=Text())).search("wing", expand="bo1").expanded == {}


@pytest.mark.parametrize("languages", [("en", "ru"), ("de",)], ids="-".join)
def test_threads_share_what_was_read(languages: tuple[str, ...]) -> None:
    """Of stems, too, for which the core asks Python in the middle of a text."""
    texts = {str(n): f"wing lift drag {' '.join(f'word{n + m}s' for m in range(9))}" for n in range(200)}
    index = Index.in_memory(Schema(text=Text(languages=languages)))
    with index.writer() as writer:
        writer.add_many({"id": name, "text": text} for name, text in texts.items())
    index.refresh()
    queries = [f"word{n}s" for n in range(40)]

    def expanded(query: str) -> dict[str, float]:
        return index.search(query, expand="bo1").expanded

    expected = [expanded(query) for query in queries]
    index._searcher._feedback.clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(expanded, queries * 3)) == expected * 3


def test_a_long_document_costs_no_more_than_its_beginning() -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": str(n), "text": "wing lift " + "drag " * 500_000 + "tail"} for n in range(3))
    index.refresh()
    started = time.perf_counter()
    assert set(index.search("wing", expand="bo1").expanded) == {"wing", "lift", "drag"}
    assert time.perf_counter() - started < 5


@given(
    query=st.sampled_from(
        ["lesson force us saw", "лес OR людей OR шли", "police AND force", "lesson", "стали министра"]
    ),
    ranking=st.sampled_from([BM25, RICH, Ranking(adjacent=0.2)]),
    guessed=st.lists(st.integers(0, 119), max_size=30),
    limit=st.integers(1, 12),
)
@settings(deadline=None, max_examples=80)
def test_a_guess_changes_no_hit(
    standing: Twins, query: str, ranking: Ranking, guessed: list[int], limit: int
) -> None:
    """Whatever is guessed: documents that are deleted, that do not match, several times, in any order."""
    searcher = standing.index._searcher
    plan = searcher.plan(query, ranking=ranking).core
    found = searcher.core.search(plan, limit, guessed=guessed)
    assert found == searcher.core.search(plan, limit, exhaustive=True)


def test_a_guess_of_no_document_is_an_error(standing: Twins) -> None:
    core = standing.index._searcher.core
    plan = standing.index._searcher.plan("force").core
    with pytest.raises(IndexError, match="no document of that number"):
        core.search(plan, 1, guessed=[core.num_docs])
