"""A collection of any number of shards answers as one index of the same documents does, bit for bit."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from collections_here import collection_of, one_index
from hypothesis import given, settings
from hypothesis import strategies as st
from random_collections import SCHEMA, World, asked

import searchlib
from searchlib import Index, Integer, Keyword, Schema, Text
from searchlib.cluster.collection import Collection
from searchlib.cluster.shard.words import Words
from searchlib.errors import QueryError

SEEDS = {1: 11, 2: 12, 4: 13, 7: 14, 16: 15}
"""By the number of shards."""

WORDS = ["лес", "wood", "стать", "стали", "sea", "ran", "run"]
ASKED = ["лес", "леса", "wood", "стал", "sea", "run", "running", "n:1"]

QUERIES = 200
"""Of each: 1,000 in all."""


@pytest.mark.parametrize("num_shards", SEEDS)
def test_a_thousand_searches_of_all_kinds(tmp_path: Path, num_shards: int) -> None:
    world = World(SEEDS[num_shards], num_docs=150)
    steps = world.steps(merged=False)
    index = one_index(tmp_path / "one", SCHEMA, steps)
    with collection_of(tmp_path / "several", SCHEMA, steps, num_shards) as collection:
        assert len(collection) == len(index)
        assert list(collection.ids()) == list(index.ids())
        answered = 0
        for _ in range(QUERIES):
            text, arguments = world.text(), world.arguments()
            expected = asked(index, text, arguments)
            found = asked(cast(Index, collection), text, arguments)
            assert found == expected, f"seed {SEEDS[num_shards]}: {text!r}, {arguments}"
            answered += not isinstance(expected[0], str)
        assert answered > QUERIES * 0.8


def test_everything_else_that_is_asked_of_words_and_documents(both: tuple[Index, Collection]) -> None:
    index, collection = both
    questions = {
        "instant": lambda one: [(hit.id, hit.score) for hit in one.instant("парламен выбор")],
        "instant, begun": lambda one: [(hit.id, hit.score) for hit in one.instant("presid")],
        "instant, the wrong layout": lambda one: (
            (one.instant("ghtpbltyn").instead or None) and [hit.id for hit in one.instant("ghtpbltyn")]
        ),
        "suggest": lambda one: one.suggest("parlament of Tashkentt"),
        "complete": lambda one: one.complete("pre"),
        "complete a Russian word": lambda one: one.complete("пра"),
        "terms": lambda one: list(one.terms("body", "с", places=True)),
        "more like a document": lambda one: [
            (hit.id, hit.score) for hit in one.more_like("d7", filter="ok:true")
        ],
        "more like a text": lambda one: one.more_like(text="elections of the president").expanded,
        "explain": lambda one: str(one.explain("президента elections -war", cross_script=True)),
        "why nothing": lambda one: list(map(str, one.why_nothing("президент AND qqqq AND zzz"))),
        "words missing": lambda one: one.words_missing("d3", "президент elections"),
        "many": lambda one: [
            [(hit.id, hit.score) for hit in found] for found in one.search_many(["выборы", "treaty", "(", ""])
        ],
        "get": lambda one: (one.get("d5"), one.get("nowhere"), "d5" in one, 3 in one),
        "all documents": list,
        "a document's explanation": lambda one: str(one.search("президент").explain("d9")),
        "an unknown document's": lambda one: one.search("президент").explain("nowhere"),
    }
    for name, ask in questions.items():
        expected = ask(index)
        assert ask(collection) == expected, name
        assert expected not in ([], ""), f"{name}: nothing to compare"


@pytest.fixture
def both(tmp_path: Path) -> Any:
    world = World(21, num_docs=120)
    steps = world.steps(merged=True)
    index = one_index(tmp_path / "one", SCHEMA, steps)
    with collection_of(tmp_path / "several", SCHEMA, steps, 5) as collection:
        yield index, collection


def test_results_of_a_collection_are_pickled_and_copied(both: tuple[Index, Collection]) -> None:
    import pickle

    index, collection = both
    expected = index.search("президент elections", facets=["tags"])
    found = pickle.loads(pickle.dumps(collection.search("президент elections", facets=["tags"])))
    assert found.to_dicts() == expected.to_dicts()
    assert found.highlights("body") == expected.highlights("body")


def test_what_shards_cannot_answer_together_is_refused_by_name(both: tuple[Index, Collection]) -> None:
    _, collection = both
    with pytest.raises(QueryError, match="expand is not for a collection"):
        collection.search("президент", expand="bo1")


@settings(max_examples=25, deadline=None)
@given(
    num_shards=st.integers(1, 5),
    history=st.lists(
        st.one_of(
            st.tuples(
                st.just("add"),
                st.fixed_dictionaries(
                    {
                        "id": st.integers(0, 12).map(str),
                        "body": st.lists(st.sampled_from(WORDS)).map(" ".join),
                        "n": st.integers(-2, 2),
                        "tag": st.sampled_from(["a", "б", "Б"]),
                    }
                ),
            ),
            st.tuples(st.just("delete"), st.integers(0, 12).map(str)),
            st.just(("commit", None)),
            st.just(("merge", None)),
        ),
        max_size=40,
    ),
    query=st.lists(st.sampled_from(ASKED), min_size=1, max_size=3).map(" ".join),
    sort=st.sampled_from([None, "n", "-n", ["tag", "_score"]]),
)
def test_any_history_of_a_small_index(
    tmp_path_factory: pytest.TempPathFactory, num_shards: int, history: Any, query: str, sort: Any
) -> None:
    schema = Schema(body=Text(), n=Integer(), tag=Keyword(column=True))
    folder = tmp_path_factory.mktemp("history")
    index = one_index(folder / "one", schema, history)
    with collection_of(folder / "several", schema, history, num_shards) as collection:
        arguments = {"sort": sort, "facets": ["tag", searchlib.Stats("n")], "limit": 3}
        assert asked(cast(Index, collection), query, arguments) == asked(index, query, arguments)
        assert list(collection) == list(index)


def test_what_is_forgotten_meanwhile_is_asked_again(
    both: tuple[Index, Collection], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A router remembers so many answers, then none: also in the midst of a search."""
    index, collection = both
    monkeypatch.setattr("searchlib.cluster.routing.asking._MAX_KEPT", 3)
    world = World(22, num_docs=1)
    for _ in range(40):
        text = world.text()
        arguments = {"limit": 10, "cross_script": True}
        assert asked(cast(Index, collection), text, arguments) == asked(index, text, arguments), text


def test_a_word_that_a_shard_leaves_out_of_the_relatives_counts(
    both: tuple[Index, Collection], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of very many words that begin alike a shard names some; who is named by another is counted in all."""
    index, collection = both
    words, own = collection._searcher.remote, index._searcher.core
    field = list(SCHEMA.searched_fields).index("body")
    named = Words.relatives

    def some_of_them(shard: Words, *asked: Any) -> list[str]:
        return [] if shard._shard.number == 0 else named(shard, *asked)

    monkeypatch.setattr(Words, "relatives", some_of_them)
    lemmas = {word.lower() for word in World(21, num_docs=1).words}
    asked = [(field, kind, [lemma], 10_000) for lemma in lemmas for kind in ("english", "russian")]
    words.warm([], asked)
    akin = {lemma for one in asked for lemma in words.relatives(*one)}
    assert len(akin) > 20
    assert {lemma: words.df(field, lemma) for lemma in akin} == {
        lemma: own.df(field, lemma) for lemma in akin
    }
