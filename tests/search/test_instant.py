"""Search while one types: what comes first, what a half-typed word finds, and what is mended."""

from __future__ import annotations

import asyncio
import os
import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instant_twin import Twin

from searchlib import Date, F, Index, Keyword, Number, Ranking, Schema, Text
from searchlib.errors import UnknownFieldError
from searchlib.search import typed_text
from searchlib.search.continuations import MAX_WORDS
from searchlib.search.mending import MAX_MENDED

SEED = int(os.environ.get("SEARCHLIB_SEED", "20262"))
EXAMPLES = 25 * int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))

# Of no common root, so that none is a relative of another: those count in search, and not in the twin.
WORDS = [
    "Токаев",
    "Токаева",
    "Токаевым",
    "токарь",
    "ташкент",
    "Ташкенте",
    "ташкентский",
    "река",
    "рекой",
    "реки",
    "река́",
    "море",
    "моря",
    "ran",
    "running",
    "run",
    "runner",
    "car",
    "cars",
    "card",
    "cards",
    "carpet",
    "ca",
    "tab",
    "table",
    "tables",
    "the",
    "then",
    "и",
    "или",
    "не",
]
TEXTS = st.dictionaries(
    st.integers(0, 40).map(str),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join),
    min_size=1,
)
TYPED = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).flatmap(
    lambda words: st.integers(1, len(" ".join(words)) + 1).map(lambda end: (" ".join(words) + " ")[:end])
)


def made(texts: dict[str, str], segment_size: int = 1000) -> Index:
    index = Index.in_memory(Schema(body=Text()))
    items = list(texts.items())
    with index.writer() as writer:
        for start in range(0, len(items), segment_size):
            writer.add_many({"id": name, "body": text} for name, text in items[start : start + segment_size])
            writer.commit(merge=False)
    index.refresh()
    return index


def ids(index: Index, text: str, **options) -> list[str]:
    return [hit.id for hit in index.instant(text, **options)]


@pytest.fixture(scope="module")
def index() -> Index:
    documents = [
        ("tokayev", "Визит", "Президент Токаев прибыл в Ташкент", 2020, "news"),
        ("astana", "Встреча", "Встреча с Токаевым прошла в Астане", 2021, "news"),
        ("district", "Район", "Он вёл ташкентский район", 2022, "old"),
        ("ran", "Sport", "He ran away from the others", 2020, "sport"),
        ("water", "Water", "Running water in the house", 2021, "house"),
        ("car", "Garage", "There was a car, seen by some on that long and rainy autumn day", 2022, "house"),
        ("cards", "Cards", "card card card card", 2023, "game"),
        ("cable", "Cable", "A usb-c cable for 1 000 roubles, write to bob@example.com", 2024, "house"),
    ]  # fmt: skip
    index = Index.in_memory(Schema(title=Text(boost=3.0), body=Text(), year=Number(), tag=Keyword()))
    with index.writer() as writer:
        for name, title, body, year, tag in documents:
            writer.add({"id": name, "title": title, "body": body, "year": year, "tag": tag})
    index.refresh()
    return index


# ---- against the twin


@settings(max_examples=EXAMPLES)
@given(TEXTS, TYPED, st.integers(1, 50))
def test_tiers_are_those_of_the_twin(texts: dict[str, str], typed: str, segment_size: int) -> None:
    index = made(texts, segment_size)
    for most in (0, typed_text.MAX_DOCS_OF_SOME):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(typed_text, "MAX_DOCS_OF_SOME", most)
            check_tiers(index, texts, typed, most > 0)


def check_tiers(index: Index, texts: dict[str, str], typed: str, all_ways: bool) -> None:
    results = index.instant(typed, limit=None, mend=False)
    found = [hit.id for hit in results]
    place = list(texts).index
    at = 0
    twin = Twin(texts, lambda word: {hit.id for hit in index.search(word, limit=None)})
    for tier in twin.tiers(typed, all_ways):
        some = results[at : at + len(tier)]
        assert {hit.id for hit in some} == tier, (typed, tier, found)
        keys = [(-hit.score, place(hit.id)) for hit in some]
        assert keys == sorted(keys)
        at += len(tier)
    assert at == len(found) == results.total


@settings(max_examples=EXAMPLES)
@given(TEXTS, TYPED, st.integers(0, 4), st.integers(0, 4))
def test_a_page_is_a_piece_of_all_hits(texts: dict[str, str], typed: str, limit: int, offset: int) -> None:
    index = made(texts, 7)
    everything = index.instant(typed, limit=None)
    page = index.instant(typed, limit, offset)
    expected = [(hit.id, hit.score) for hit in everything[offset : offset + limit]]
    assert [(hit.id, hit.score) for hit in page] == expected
    assert page.total == everything.total == index.instant(typed, 1, count=True).total
    for hit in everything:
        explained = everything.explain(hit.id)
        assert explained is not None and explained.value == hit.score


@settings(max_examples=EXAMPLES)
@given(TEXTS, st.text(max_size=12) | TYPED.map(lambda text: f'{text}"-+(:*~^ '))
def test_no_text_raises(texts: dict[str, str], typed: str) -> None:
    index = made(texts)
    for end in range(len(typed) + 1):
        results = index.instant(typed[:end], facets=())
        assert results.total >= len(results)
        results.highlights("body")


def test_the_same_again_and_in_another_process(index: Index) -> None:
    for text in ("тока", "car", "токаев таш", "nfirty"):
        first = [(hit.id, hit.score) for hit in index.instant(text)]
        assert first == [(hit.id, hit.score) for hit in index.instant(text)]
        kept = pickle.loads(pickle.dumps(index.instant(text)))
        assert [(hit.id, hit.score) for hit in kept] == first
        assert kept.instead == index.instant(text).instead


# ---- the last word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("токае", ["tokayev", "astana"]),
        ("ТОКАЕ", ["tokayev", "astana"]),
        ("runn", ["water", "ran"]),
        ("runn ", []),
        ("ташк", ["tokayev", "district"]),
        ("usb-", ["cable"]),
        ("usb-c", ["cable"]),
        ("1 00", ["cable"]),
        ("bob@ex", ["cable"]),
        ("title:wat", ["water"]),
        ("tag:ho", ["water", "car", "cable"]),
        ("tok*", []),
        ("runn*", ["water", "ran"]),
        ("Встреча-тока", ["astana", "tokayev"]),
    ],
)  # fmt: skip
def test_a_half_typed_word_finds_all_forms(index: Index, text: str, expected: list[str]) -> None:
    assert ids(index, text, mend=False) == expected


def test_a_word_that_is_whole_comes_before_what_it_begins(index: Index) -> None:
    assert ids(index, "car") == ["car", "cards"]  # though the cards' text scores more
    scores = [hit.score for hit in index.instant("car")]
    assert scores[0] < scores[1]


def test_a_slip_in_few_documents_is_no_whole_word() -> None:
    texts = {f"w{number}": "windows everywhere" for number in range(200)} | {"slip": "windo pane"}
    assert ids(made(texts), "windo")[0] == "w0"


def test_documents_with_all_words_come_first(index: Index) -> None:
    assert ids(index, "токаев таш")[0] == "tokayev"
    assert ids(index, "the card run") == ids(index, "card run")
    assert sorted(ids(index, "card OR car")) == ["car", "cards"]


def test_what_is_excluded_or_in_quotes_stays_as_it_is(index: Index) -> None:
    assert "cards" not in ids(index, "-card run")
    assert "cards" not in ids(index, "run car -card")
    assert ids(index, '"ran awa"', mend=False) == []
    assert ids(index, '"ran away"') == ["ran"]
    assert ids(index, '"ran awa')[0] == "ran"  # it is not closed yet: words
    assert index.instant('"ran awa').notes == ()


def test_a_note_that_quotes_the_text_is_kept() -> None:
    index = Index.in_memory(Schema(body=Text(), price=Number()))
    (note,) = index.instant('price:"the door is not closed" (door').notes
    assert note.startswith("field 'price' holds numbers")


def test_the_number_of_words_is_bounded() -> None:
    texts = {f"d{number}": f"ab{chr(97 + number // 26)}{chr(97 + number % 26)}x" for number in range(100)}
    results = made(texts).instant("ab", limit=None)
    assert len(results) == MAX_WORDS


def test_marks(index: Index) -> None:
    assert index.instant("токае")[1].highlight("body") == "Встреча с <mark>Токаевым</mark> прошла в Астане"
    assert index.instant("car")[1].highlight("title") == "<mark>Cards</mark>"


# ---- filters, orders, counts


def test_a_filter_facets_and_orders(index: Index) -> None:
    assert ids(index, "тока", filter=F.year >= 2021) == ["astana"]
    assert ids(index, "car", fields=["title"]) == ["cards"]
    results = index.instant("ca", facets="tag", count=True)
    assert results.facets["tag"].as_dict() == {"house": 2, "game": 1} and results.total == 3
    assert ids(index, "ca", sort="-year") == ["cable", "cards", "car"]
    assert ids(index, "токаев таш", sort="-year") == ["tokayev"]  # the one that has both
    assert ids(index, "токаев район", sort="year") == ["tokayev", "astana", "district"]  # none has
    assert index.instant("ca", sort="year").cursor is index.instant("ca").cursor is None


def test_errors_are_those_of_arguments(index: Index) -> None:
    with pytest.raises(UnknownFieldError):
        index.instant("a", fields=["nope"])
    with pytest.raises(TypeError):
        index.instant(7)  # type: ignore[arg-type]


def test_it_can_be_awaited(index: Index) -> None:
    assert [hit.id for hit in asyncio.run(index.ainstant("runn"))] == ["water", "ran"]


# ---- what was meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nfirtyn", "ташкент"),
        ("nfirty", "ташкен"),
        ("ташкн", "ташкен"),
        ("ташкант", "ташкент"),
        ("Wateer", "Water"),
        ("президнт токае", "президент токае"),
        ("ghtpbltyn njrf", "президент тока"),
        ("prezident ", "президент "),
        ("title:wtaer", "title:water"),
        ("runing wat", "running wat"),
        ("wtaer", "water"),
    ],
)
def test_words_that_find_nothing_are_read_as_what_was_meant(index: Index, text: str, meant: str) -> None:
    results = index.instant(text)
    assert results.instead is not None and results.instead.query == meant
    assert [hit.id for hit in results] == ids(index, meant, mend=False) != []
    assert results.notes[0].endswith(f"«{meant}»")
    as_typed = index.instant(text, mend=False)
    assert as_typed.instead is None and not as_typed.notes


@pytest.mark.parametrize(
    "text", ["токае", "car", "ran ca", "", "  ", "qwe", "x" * 300, "12", "-qqq", '"zzz"']
)
def test_words_that_are_there_or_mean_nothing_stay(index: Index, text: str) -> None:
    assert index.instant(text).instead is None


def test_many_words_take_bounded_work(index: Index) -> None:
    typed = " ".join(f"ташкн{letter}{other}" for letter in "бвгдж" for other in "бвгджзик")
    kept = index._searcher.instant(None).mending._kept
    before = len(kept)
    index.instant(typed)
    assert len(kept) <= before + MAX_MENDED


def test_a_long_text_is_searched_for_as_any_other(index: Index) -> None:
    text = " ".join(["running", "ташкн", *["others"] * typed_text.MAX_TYPED_WORDS, "tok"])
    expected = [(hit.id, hit.score) for hit in index.search(text)]
    assert [(hit.id, hit.score) for hit in index.instant(text)] == expected != []
    assert index.instant(text).instead is None


def test_typing_letter_by_letter_never_loses_what_was_typed() -> None:
    """Each document is among the hits for every beginning of a word of it, if few words begin so."""
    chance = random.Random(SEED)
    texts = {str(number): " ".join(chance.sample(WORDS[:16], 4)) for number in range(30)}
    index = made(texts)
    for name, text in texts.items():
        word = text.split()[-1]
        for end in range(1, len(word) + 1):
            assert name in ids(index, word[:end], limit=None, mend=False), (text, word[:end])


def test_an_index_without_documents() -> None:
    assert ids(Index.in_memory(Schema(body=Text())), "nfirty tok") == []


def test_threads_do_not_disturb_one_another(index: Index) -> None:
    texts = [text[:end] for text in ("nfirtyn", "президнт тока", "wateer car") for end in range(1, len(text))]
    alone = [ids(index, text) for text in texts]
    searcher = index._searcher
    searcher._instant.clear()  # nothing is remembered
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: ids(index, text), texts)) == alone


def test_relatives_come_after_the_words_themselves() -> None:
    index = made(
        {"related": "theorist theorist theorist", "itself": "a theory of much else, and more of that"}
    )
    assert ids(index, "theory ") == [hit.id for hit in index.search("theory ", ranking=Ranking(related=0.7))]


@pytest.mark.parametrize(
    "query", ["id:abc", "id:ab", "id:абв", "id:abc hel", "id:", "-id:abc", "k:ne", "n:1", "d:20"]
)
def test_any_field_may_be_named(query: str) -> None:
    index = Index.in_memory(Schema(body=Text(), k=Keyword(), n=Number(), d=Date()))
    with index.writer() as writer:
        writer.add({"id": "abc", "body": "hello", "k": "new", "n": 1, "d": date(2020, 1, 1)})
        writer.add({"id": "x", "body": "bye"})
    found = {hit.id for hit in index.instant(query)}
    assert found == ({"x"} if query.startswith("-") else {"abc"} if index.search(query).total else found)
