"""Texts on the way: a letter of the next word, an operator without what follows it, digits being typed."""

from __future__ import annotations

import gzip
import json
import pickle

import pytest

from searchlib import Index, Keyword, Schema, Text
from shared_data import needed

TEXTS = {
    "apps": "Отладка приложений. Отладка: точки останова, потоки, трассировка",
    "remote": "Удалённая отладка через сеть, тестирование и так далее, и т. д.",
    "r": "Отладка R и среда для него",
    "build": "Сборка приложений, требования, типы и таблицы",
    "english": "Debugging of types, tables and tests in January and June",
}
PHONES = {
    "full": "Call +49 30 1234567 in Berlin",
    "part": "The codes are 49 and 30",
    "moscow": "Call 8 (495) 123-45-67 in Moscow",
    "other": "12345 people and 30 cars, 1 000 000 roubles",
}


def made(texts: dict[str, str], **fields: object) -> Index:
    index = Index.in_memory(Schema(body=Text(), **fields))  # type: ignore[arg-type]
    with index.writer() as writer:
        writer.add_many({"id": name, "body": text} for name, text in texts.items())
    index.refresh()
    return index


def ids(index: Index, text: str, **options: object) -> list[str]:
    return [hit.id for hit in index.instant(text, **options)]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def index() -> Index:
    return made(TEXTS)


@pytest.fixture(scope="module")
def phones() -> Index:
    return made(PHONES)


# ---- a letter or two


@pytest.mark.parametrize("letters", ["т", "п", "с", "тр", "те", "о", "j"])
def test_a_letter_of_the_next_word_finds_what_was_found_without_it(index: Index, letters: str) -> None:
    before = index.instant("отладка ")
    results = index.instant(f"отладка {letters}", mend=False)
    assert {hit.id for hit in results} == {hit.id for hit in before}
    assert results.total == before.total == 3


def test_a_word_of_one_letter_is_first_right_behind_the_one_before(index: Index) -> None:
    assert ids(index, "отладка R")[0] == "r" != ids(index, "отладка ")[0]
    assert set(ids(index, "среда r")) == {"r"}


def test_the_third_letter_chooses() -> None:
    texts = {f"d{number}": "president speaks" for number in range(30)} | {"zeman": "a president named Zeman"}
    index = made(texts)
    before = ids(index, "president ")
    assert ids(index, "president z") == ids(index, "president ze") == before
    assert ids(index, "president zem")[0] == "zeman" != before[0]


def test_a_short_word_that_is_mostly_itself_is_a_word() -> None:
    index = made({"go": "code in go", "c": "code in golang", "rust": "code in rust"})
    assert ids(index, "code go") == ["go", "c", "rust"]


def test_a_short_value_is_a_value() -> None:
    index = Index.in_memory(Schema(body=Text(), lang=Keyword()))
    with index.writer() as writer:
        writer.add({"id": "ru", "body": "река", "lang": "ru"})
        writer.add({"id": "en", "body": "река", "lang": "en"})
    index.refresh()
    results = index.instant("река lang:ru")
    assert results[0].id == "ru" and results.total_with_all == 1


def test_a_short_word_alone_finds_what_begins_so(index: Index) -> None:
    assert "apps" in ids(index, "т") and "build" in ids(index, "т")
    assert set(ids(index, "и т")) >= {"apps", "build"}  # function words choose nothing


def test_filters_facets_orders_and_pickles_hold(index: Index) -> None:
    assert ids(index, "отладка т", filter="body:среда") == ["r"]
    results = index.instant("отладка т", count=True)
    again = pickle.loads(pickle.dumps(results))
    assert again.total_with_all == results.total_with_all == 3


def test_total_with_all_leaves_out_documents_with_some_of_the_words(index: Index) -> None:
    results = index.instant("отладка приложений", limit=1)
    assert results.total_with_all == 1 < results.total == 4
    assert results.highlights("body") and index.search("отладка").total_with_all is None
    assert index.instant("отладка приложений", filter=None, sort=None, count=True).total_with_all == 1
    assert index.instant("zzzz qqqq").total_with_all == 0


def test_manuals_keep_their_first_hits_through_the_next_letter() -> None:
    path = needed("collections", "known_ru_vsdocs", "docs.jsonl.gz")
    index = Index.in_memory(Schema(title=Text(boost=3.0), body=Text()))
    with gzip.open(path, "rt", encoding="utf-8") as lines, index.writer() as writer:
        for number, line in enumerate(lines):
            document = json.loads(line)
            if number % 4 == 0:
                writer.add({"id": document["id"], "title": document["title"], "body": document["text"]})
    index.refresh()
    for word in ("отладка", "проект", "тест"):
        before = ids(index, f"{word} ", limit=3)
        for letter in "абгдежзлмнпртфцчшэ":
            after = index.instant(f"{word} {letter}")
            assert [hit.id for hit in after][:3] == before, (word, letter)
            assert after.total == index.instant(f"{word} ").total


# ---- operators


@pytest.mark.parametrize(
    "end", ["OR", "OR ", "AND", "NOT", "AND NOT", "ANDN", "ANDNOT", "ANDMAYBE ", "OR NOT ", "O", "AN"]
)
def test_an_operator_joins_nothing_before_its_other_side_is_there(index: Index, end: str) -> None:
    expected = [hit.id for hit in index.instant("отладка ")]
    results = index.instant(f"отладка {end}")
    assert [hit.id for hit in results] == expected and results.instead is None


def test_an_operator_alone_or_before_a_word_is_what_it_was(index: Index) -> None:
    assert set(ids(index, "сборка OR debugging")) == {"build", "english"}
    assert ids(made({"or": "Portland, OR", "no": "Salem"}), "OR") == ["or"]


# ---- digits


@pytest.mark.parametrize(
    ("number", "name"), [("+49 30 1234567", "full"), ("8 (495) 123-45-67", "moscow"), ("1 000 000", "other")]
)
def test_a_number_is_found_at_each_of_its_digits(phones: Index, number: str, name: str) -> None:
    for end in range(1, len(number) + 1):
        typed = number[:end]
        if any(map(str.isdigit, typed)):
            results = phones.instant(typed)
            assert name in [hit.id for hit in results], typed
            assert results.instead is None
    assert ids(phones, number)[0] == name


def test_groups_of_digits_are_no_word_cut_in_two(phones: Index) -> None:
    assert phones.instant("8 495 123 45 ").instead is None
    assert phones.suggest("8 495 123 45") == []
    assert ids(phones, '"+49 30 123456"', mend=False) == []  # in quotes it is whole


# ---- what was meant


def test_a_letter_behind_a_word_of_the_other_layout_is_of_that_too(index: Index) -> None:
    results = index.instant("jnkflrf n")
    assert results.instead is not None and results.instead.query == "отладка т"
    assert [hit.id for hit in results] == ids(index, "отладка т")
    assert index.instant("jnkflrf r").instead.query == "отладка к"  # type: ignore[union-attr]
    assert index.instant("отладка r").instead is None


def test_what_was_meant_has_to_be_there() -> None:
    index = made({"d": "совсем другое", "e": "something else"})
    results = index.instant("ntktajy")  # телефон, which a dictionary has and no document
    assert len(results) == 0 and results.instead is None and results.notes == ()
    filtered = made(TEXTS).instant("jnkflrf", filter="body:debugging")
    assert len(filtered) == 0 and filtered.instead is None
