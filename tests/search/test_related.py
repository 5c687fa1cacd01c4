"""Words of one root and the parts of hyphenated words: found where nobody insists, below the word itself."""

from __future__ import annotations

import pytest

from searchlib import Index, Ranking, Schema, Text
from searchlib.search.relatives import MAX_RELATIVES

RELATED = Ranking(related=0.7)

TEXTS = {
    "theory": "a theory of everything",
    "theories": "many theories were proposed here",
    "theorist": "the theorist proposed nothing",
    "other": "nothing of the kind, a wave",
    "shock": "shock and wave apart",
    "phrase": "the shock wave itself",
    "whole": "a shock-wave it was",
}


def _index(languages: tuple[str, ...] = ("en", "ru")) -> Index:
    index = Index.in_memory(Schema(text=Text(languages=languages)))
    with index.writer() as writer:
        writer.add_many({"id": name, "text": text} for name, text in TEXTS.items())
    index.refresh()
    return index


def _ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query, None, ranking=RELATED)]


def test_a_related_word_is_found_below_the_word() -> None:
    assert _ids(_index(), "theory") == ["theory", "theories", "theorist"]


@pytest.mark.parametrize(
    "query", ["+theory", '"theory"', "theory AND theory", "theory AND (theory OR nowhere)"]
)
def test_who_insists_gets_the_word_alone(query: str) -> None:
    assert sorted(_ids(_index(), query)) == ["theories", "theory"]


@pytest.mark.parametrize("query", ["nothing -theory", "nothing NOT theory"])
def test_excluding_a_word_keeps_its_relatives(query: str) -> None:
    assert _ids(_index(), query) == ["theorist", "other"]


def test_deleting_by_query_spares_relatives() -> None:
    index = _index()
    with index.writer() as writer:
        assert writer.delete_by_query("theory") == 2
        assert writer.delete_by_query("shock-wave") == 2  # not the one with both words apart
    index.refresh()
    assert sorted(_ids(index, "*:*")) == ["other", "shock", "theorist"]


def test_fields_without_english_have_no_relatives() -> None:
    assert _ids(_index(()), "theory") == ["theory"]
    assert _ids(_index(("ru",)), "theory") == ["theory"]
    assert _ids(_index(("en",)), "уступить") == []


def test_a_rare_relative_weighs_no_more_than_the_word() -> None:
    index = Index.in_memory(Schema(text=Text(b=0.0)))
    with index.writer() as writer:
        writer.add_many({"id": str(number), "text": "theory"} for number in range(20))
        writer.add({"id": "rare", "text": "theorist"})
    index.refresh()
    hits = {hit.id: hit.score for hit in index.search("theory", None, ranking=RELATED)}
    assert hits["rare"] == pytest.approx(RELATED.related * hits["0"], rel=1e-12)


def test_explanations_name_the_relative_and_add_up() -> None:
    index = _index()
    for hit in index.search("theory proposed", None, ranking=RELATED):
        explanation = hit.explain()
        assert explanation.value == hit.score
        assert sum(part.value for part in explanation.parts) == pytest.approx(hit.score, rel=1e-12)
    text = str(next(hit for hit in index.search("theory", ranking=RELATED) if hit.id == "theorist").explain())
    assert f"{RELATED.related:g} times, for the related word «theorist»" in text


def test_relatives_are_marked() -> None:
    hit = next(hit for hit in _index().search("theory", ranking=RELATED) if hit.id == "theorist")
    assert hit.highlight("text") == "the <mark>theorist</mark> proposed nothing"


def test_the_parts_of_a_hyphenated_word() -> None:
    index = _index()
    assert set(_ids(index, "shock-wave")) == {"whole", "phrase", "shock", "other"}
    assert set(_ids(index, "shock-wave")[:2]) == {"whole", "phrase"}  # "shock" has both words too
    assert set(_ids(index, "+shock-wave")) == {"whole", "phrase"}


def test_nothing_is_related_to_bm25() -> None:
    index = _index()
    assert [hit.id for hit in index.search("theory", None, ranking="bm25")] == ["theory", "theories"]
    assert {hit.id for hit in index.search("shock-wave", None, ranking="bm25")} == {"whole", "phrase"}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("уступить", "Это была <mark>уступка</mark> защиты"),
        ("ташкентский", "Жители <mark>Ташкента</mark>"),
        ("посетила", "Во время <mark>посещения</mark> музея"),
    ],
)
def test_russian_relatives_are_found_and_marked(query: str, text: str) -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add({"id": "1", "text": text.replace("<mark>", "").replace("</mark>", "")})
    index.refresh()
    assert len(index.search(query, ranking="bm25")) == 0
    (hit,) = index.search(query, ranking=RELATED)
    assert hit.highlight("text") == text
    assert "times, for the related word" in str(hit.explain())


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("compressible", "what he compressed"),
        ("happiness", "a happy man"),
        ("connective", "two connections"),
        ("operative", "who operates it"),
        ("probability", "the probable cause"),
        ("государственность", "государственный переворот"),
    ],
)
def test_words_of_one_stem_are_found(query: str, text: str) -> None:
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        writer.add_many({"id": text, "text": text} for text in [text, "something else", "что-то другое"])
    index.refresh()
    assert [hit.id for hit in index.search(query, None)] == [text]
    assert len(index.search(query, ranking="bm25")) == len(index.search(f"+{query}")) == 0


def test_a_word_has_so_many_relatives_at_most_the_most_frequent_ones() -> None:
    endings = "ion ive ing edly edness ively ional ings ingly iveness edmost able"
    words = [f"connect{ending}" for ending in endings.split()]
    index = Index.in_memory(Schema(text=Text()))
    with index.writer() as writer:
        for number, word in enumerate(words):
            writer.add_many({"id": f"{word} {copy}", "text": word} for copy in range(number + 1))
    index.refresh()
    core = index._searcher.core
    found = index._searcher._relatives(0, ("en", "ru"), ["connect"])
    every = core.relatives(0, "english", ["connect"], 1000)
    assert len(found) == min(MAX_RELATIVES, len(every)) >= 4
    least = min(core.df(0, word) for word in found)
    assert all(core.df(0, word) <= least for word in every if word not in found)
