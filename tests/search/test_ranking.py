"""What may count besides BM25: exact forms and neighbours raise a text; names and weights are checked."""

from __future__ import annotations

import math

import pytest

from searchlib import Index, Ranking, Schema, Text
from searchlib.search.ranking import BM25, DEFAULT, RICH, SIGNALS, ranking_of

TEXTS = {
    "apart": "the force of law and the police",
    "forms": "police forces",
    "asked": "police force",
    "swapped": "force police",
    "gap": "president of the country",
    "no gap": "president country",
}


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(text=Text(b=0.0)))  # of equal length, so to say
    with index.writer() as writer:
        writer.add_many({"id": name, "text": text} for name, text in TEXTS.items())
    index.refresh()
    return index


def scores(index: Index, query: str, ranking: Ranking | str) -> dict[str, float]:
    return {hit.id: hit.score for hit in index.search(query, None, ranking=ranking)}


def test_related_words_and_exact_forms_are_the_default(index: Index) -> None:
    found = {hit.id: hit.score for hit in index.search("police force", None)}
    assert found == scores(index, "police force", "default") == scores(index, "police force", DEFAULT)
    assert DEFAULT.related and DEFAULT.exact and not DEFAULT.adjacent
    assert found["asked"] > found["forms"]


def test_bm25_alone_is_to_be_had(index: Index) -> None:
    found = scores(index, "police force", "bm25")
    assert found == scores(index, "police force", Ranking()) and len(set(found.values())) == 1


def test_the_form_of_the_query_counts_more(index: Index) -> None:
    found = scores(index, "police force", Ranking(exact=0.25))
    assert found["asked"] == found["apart"] > found["forms"]
    asked = scores(index, "forces", Ranking(exact=0.25))
    plain = scores(index, "forces", "bm25")
    assert asked["forms"] == pytest.approx(1.25 * plain["forms"], rel=1e-12)
    assert asked["asked"] == plain["asked"]


def test_neighbours_count_at_the_distance_of_the_query(index: Index) -> None:
    found = scores(index, "police force", Ranking(adjacent=0.2))
    assert found["asked"] == found["forms"] > found["apart"] == found["swapped"]
    across = scores(index, "president of the country", Ranking(adjacent=0.2))
    assert across["gap"] > across["no gap"]
    assert scores(index, "president country", Ranking(adjacent=0.2))["no gap"] > across["no gap"]


def test_words_with_variants_are_neighbours_too() -> None:
    index = Index.in_memory(Schema(text=Text(b=0.0)))
    with index.writer() as writer:
        writer.add_many(
            [{"id": "near", "text": "Tashkent talks"}, {"id": "far", "text": "talks in Tashkent"}]
        )
        writer.add({"id": "other", "text": "Ташкент"})
    index.refresh()
    hits = index.search("Tashkent talks", ranking=Ranking(adjacent=1.0), cross_script=True)
    assert [hit.id for hit in hits] == ["near", "far", "other"]
    assert hits[0].score > hits[1].score


@pytest.mark.parametrize("query", ["police force", "police AND force", "president of the country"])
def test_only_related_words_change_what_is_found(index: Index, query: str) -> None:
    ranking = Ranking(exact=1.0, adjacent=1.0)
    assert scores(index, query, ranking).keys() == scores(index, query, "bm25").keys()


def test_explanations_add_up_and_name_what_counted(index: Index) -> None:
    for hit in index.search("police force", None, ranking=RICH):
        explanation = hit.explain()
        assert explanation.value == hit.score
        assert sum(part.value for part in explanation.parts) == pytest.approx(hit.score, rel=1e-12)
    text = str(next(iter(index.search("police force", ranking="rich"))).explain())
    assert f"{RICH.exact:g} · n / (n + K): n 1" in text and "1 as asked for, «police»" in text
    assert f"{RICH.adjacent:g} times, for the neighbouring words" in text


def test_many_queries_at_once(index: Index) -> None:
    (results,) = index.search_many(["police force"], ranking="rich")
    assert {hit.id: hit.score for hit in results} == scores(index, "police force", "rich")


def test_each_signal_is_a_weight_and_counts_places_in_the_core(index: Index) -> None:
    assert SIGNALS.keys() <= set(Ranking.field_names())
    assert RICH.signals == (("exact", RICH.exact),) and Ranking(adjacent=1.0).signals == ()
    core = index._searcher.core
    for name in SIGNALS:
        found = core.occurrence(0, "police", 0, [(name, 1.0)], "police")
        assert found is not None and found[1].keys() == {name}
        assert core.occurrence(0, "police", 0, [(name, 0.0)], "police") == (found[0], {})


def test_names_and_weights_are_checked() -> None:
    assert ranking_of("bm25") is None and ranking_of(Ranking()) is None
    assert (
        ranking_of("rich") == RICH
        and str(RICH) == "rich"
        and str(DEFAULT) == "default"
        and str(BM25) == "bm25"
    )
    assert str(Ranking(exact=0.5)) == "exact=0.5"
    with pytest.raises(ValueError, match="one of default, rich, bm25"):
        ranking_of("best")
    with pytest.raises(TypeError, match="or a Ranking"):
        ranking_of(0.5)  # type: ignore[arg-type]
    for weight in (-1, math.nan, math.inf, "1"):
        with pytest.raises(ValueError, match="adjacent is a number from 0 on"):
            Ranking(adjacent=weight)  # type: ignore[arg-type]
