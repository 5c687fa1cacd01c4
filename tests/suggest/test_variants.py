"""Another spelling of a name, which a dictionary has, is mended where nobody writes it; right words are not.

A dictionary has Kazakstan and Taskent beside Kazakhstan and Tashkent; an index has the latter alone.
"""

from __future__ import annotations

import pytest

NAMES = (
    "Kazakhstan Tashkent Bishkek Kyrgyzstan Samarkand Tajikistan Turkmenistan Dushanbe Romania Brussels "
    "Kathmandu Bukhara Khartoum Afghanistan"
)
MENDED = [
    ("Kazakstan", "Kazakhstan"), ("kazakstan", "kazakhstan"), ("KAZAKSTAN", "KAZAKHSTAN"),
    ("Taskent", "Tashkent"), ("taskent", "tashkent"), ("Biskek", "Bishkek"), ("biskek", "bishkek"),
    ("Kirgizstan", "Kyrgyzstan"), ("kirgizstan", "kyrgyzstan"), ("Samarcand", "Samarkand"),
    ("samarcand", "samarkand"), ("Tadjikistan", "Tajikistan"), ("Katmandu", "Kathmandu"),
    ("Bokhara", "Bukhara"), ("Afganistan", "Afghanistan"), ("Kartoum", "Khartoum"),
]  # fmt: skip
LEFT = [
    "house", "mouse", "water", "stone", "table", "Berlin", "Paris", "London", "Warsaw", "Baghdad", "Tehran",
    "Moscow", "Pakistan", "Russia", "Britain", "Austria", "person", "history", "window", "garden",
]  # fmt: skip
BOTH = [query for query, _ in MENDED]


@pytest.mark.parametrize(("query", "meant"), MENDED)
@pytest.mark.parametrize("copies", [1, 30])
def test_a_known_variant_is_mended(make_index, query: str, meant: str, copies: int) -> None:
    index = make_index({str(n): NAMES for n in range(copies)})
    assert index.search(query).total == 0
    assert [one.query for one in index.suggest(query)][:1] == [meant]


@pytest.mark.parametrize(
    "query", ["Kazakstan", "kazakstan", "Kazachstan", "Tashkeent", "Samarcand", "Taskent"]
)
def test_the_same_script_goes_before_the_other(make_index, query: str) -> None:
    texts = {str(n): "Қазақстан Казахстан Ташкент Самарканд" for n in range(20)} | {"en": NAMES}
    first = make_index(texts).suggest(query)[0].query
    assert first.casefold() in NAMES.casefold().split()


@pytest.mark.parametrize("word", LEFT)
def test_other_words_that_a_dictionary_has_are_left(make_index, word: str) -> None:
    index = make_index({"1": NAMES, "2": "horse, moose, wafer, store, cable, parish"})
    assert index.suggest(word) == []


def test_a_right_word_gives_way_alone_only_to_a_frequent_one(make_index) -> None:
    assert make_index({"1": "horse"}).suggest("house") == []
    index = make_index({str(n): "a horse" for n in range(10)})
    assert [one.query for one in index.suggest("house")] == ["horse"]
    assert index.suggest("hose") == []
    assert index.search("house").total == 0


@pytest.mark.parametrize("copies", [1, 30])
def test_desert_where_only_dessert_is(make_index, copies: int) -> None:
    index = make_index({str(n): "a dessert" for n in range(copies)})
    assert [one.query for one in index.suggest("desert")] == ["dessert"]
    assert index.search("desert").total == 0


@pytest.mark.parametrize(
    "query",
    ["peace-keepers", "Peace-Keepers", "peace-keeper", "peacekeepers", "wi-fi", "e-mail"],
)
def test_what_a_hyphen_finds_needs_no_suggestion(make_index, query: str) -> None:
    index = make_index({"1": "peacekeepers, wifi, email and cooperation", "2": "peacekeepers"})
    assert index.search(query).total
    assert index.suggest(query) == []
