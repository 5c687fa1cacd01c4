"""cross_script=True and synonyms: what is found, at what score, marked, and explained."""

from __future__ import annotations

import pytest

from searchlib import Index, Synonyms
from searchlib.query.nodes import Variants, Word
from searchlib.query.parser import parse


def ids(index: Index, query: str, **options: object) -> list[str]:
    return sorted(hit.id for hit in index.search(query, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Lukashenka", ["en-minsk", "ru-minsk", "ru-tashkent"]),
        ("лукашенка", ["en-minsk", "ru-minsk", "ru-tashkent"]),
        ("Ташкенту", ["en-summit", "ru-tashkent"]),
        ("tashkent", ["en-summit", "ru-tashkent"]),
        ("ОДКБ", ["en-summit", "ru-tashkent"]),
        ("CSTO", ["en-summit", "ru-tashkent"]),
        ("Париже", ["en-paris"]),
        ("президент", ["en-minsk", "en-summit", "ru-minsk"]),
        ("United States", ["ru-force"]),
        ("Соединённых Штатах", ["ru-force"]),
        ("+Ташкент -ОДКБ", ["en-summit"]),
        ("body:Lukashenko AND послы", ["ru-minsk"]),
        ('"Lukashenka"', []),
        ("who", []),
        ("ghbdtn", ["ru-minsk"]),
        ("k.,jdm", ["ru-love"]),
        ("руддщ", ["en-police"]),
        ("Tashknt", ["en-summit", "ru-tashkent"]),
    ],
)
def test_what_is_found(mixed: Index, query: str, found: list[str]) -> None:
    assert ids(mixed, query, cross_script=True) == found


def test_it_is_off_by_default(mixed: Index) -> None:
    assert ids(mixed, "Lukashenka") == []
    assert ids(mixed, "CSTO") == ["en-summit"]


def test_a_variant_weighs_less_and_a_word_counts_once(mixed: Index) -> None:
    plain = mixed.search("ОДКБ")[0]
    found = {hit.id: hit.score for hit in mixed.search("ОДКБ", cross_script=True)}
    assert found["ru-tashkent"] == plain.score
    assert found["en-summit"] == pytest.approx(0.8 * mixed.search("CSTO")[0].score)
    names = {hit.id: hit.score for hit in mixed.search("Lukashenka", cross_script=True)}
    assert names["en-minsk"] == pytest.approx(0.7 * mixed.search("Lukashenko body:Lukashenko")[0].score / 2)


def test_explain_names_the_reason(mixed: Index) -> None:
    explained = str(mixed.search("ОДКБ Lukashenka", cross_script=True)[0].explain())
    assert "0.7 times, for the name лукашенко" in explained
    assert "lemma «лукашенко»" in explained
    only = next(hit for hit in mixed.search("ОДКБ", cross_script=True) if hit.id == "en-summit")
    assert "0.8 times, for the synonym CSTO" in str(only.explain())
    assert only.explain().value == pytest.approx(only.score)


def test_a_word_that_was_helped_is_not_missing(make_index) -> None:
    index = make_index({str(n): "news of the day" for n in range(60)} | {"minsk": "Lukashenko spoke"})
    assert index.search("Лукашенка").has_missing_words
    assert not index.search("Лукашенка", cross_script=True).has_missing_words
    assert index.search("Лукашенка qqqq", cross_script=True).has_missing_words
    assert index.search("Lukashenko").has_missing_words  # itself, it is rare


READ_OTHERWISE = [
    ("Lukashenka", "'Lukashenka' as lukashenko (name) or лукашенко (name)"),
    ("ghbdtn", "'ghbdtn' as привет (keyboard layout)"),
    ("Соединённых Штатах", "'Соединённых Штатах' as"),
    ("Tashknt", "'Tashknt' as"),
    ("ghbdtn Ташкент Париже", "'ghbdtn' as привет (keyboard layout), 'Париже' as Paris (synonym)"),
    ('"Lukashenka visited"', None),
    ("Ташкент", None),  # it is there, and so are others
    ("ОДКБ", None),
    ("qqqqq", None),
    ("Ташкент -ghbdtn", None),
]


@pytest.mark.parametrize(("query", "said"), READ_OTHERWISE)
def test_what_a_missing_word_was_read_as_is_said(mixed: Index, query: str, said: str | None) -> None:
    notes = " ".join(mixed.search(query, cross_script=True).notes)
    assert (said in notes) if said else not notes
    assert said is None or notes.startswith("in no document as written, and read otherwise: ")
    assert not any("otherwise" in note for note in mixed.search(query).notes)


def test_many_words_that_were_read_otherwise_are_one_short_note(mixed: Index) -> None:
    (note,) = mixed.search("ghbdtn " * 40, cross_script=True).notes
    assert note.endswith(" and 35 more") and len(note) < 400


def test_a_slip_is_told_though_something_in_the_other_script_sounds_so(make_index) -> None:
    there = {"ru": "президент приехал", "en": "The president came"}
    index = make_index({str(n): "news of the day" for n in range(10, 70)} | there)
    slip = index.search("президнт", cross_script=True)
    assert [hit.id for hit in slip] == ["en"] and "'президнт' as president (name)" in slip.notes[0]
    assert slip.has_missing_words
    assert next(iter(index.suggest("президнт"))).query == "президент"
    without = make_index({str(n): "news of the day" for n in range(60)} | {"en": "The president came"})
    assert not without.search("президнт", cross_script=True).has_missing_words  # nothing better is there


def test_variants_are_marked(mixed: Index) -> None:
    hits = {hit.id: hit for hit in mixed.search("Лукашенки Tashkent", cross_script=True)}
    assert "<mark>Lukashenko</mark>" in hits["en-minsk"].highlight("body")
    assert "<mark>Лукашенко</mark>" in hits["ru-minsk"].highlight("body")
    assert "в <mark>Ташкенте</mark>" in hits["ru-tashkent"].highlight("body")


def test_pruned_search_equals_exhaustive(mixed: Index) -> None:
    searcher = mixed._searcher
    for query in ("Lukashenka ОДКБ президент", "Tashkent AND CSTO", "США police Лукашенко"):
        core = searcher.plan(query, None, True).core
        for limit in (1, 3, 8):
            assert searcher.core.search(core, limit) == searcher.core.search(core, limit, True)


def test_synonyms_of_ones_own(mixed: Index) -> None:
    own = Synonyms.parse("cop, police officer, полиция\nбацька => Лукашенко")
    assert ids(mixed, "cops") == []
    assert ids(mixed, "cops", synonyms=own) == ["ru-force"]
    assert ids(mixed, "бацьку", synonyms=own) == ["ru-minsk", "ru-tashkent"]
    assert ids(mixed, "бацьку", synonyms=own, cross_script=True) == ["ru-minsk", "ru-tashkent"]
    assert ids(mixed, "Лукашенко", synonyms=own) == ["ru-minsk", "ru-tashkent"]
    assert ids(mixed, "CSTO", synonyms=own) == ["en-summit"]


def test_a_synonym_of_several_words_is_a_phrase(mixed: Index) -> None:
    own = Synonyms.parse("cops, police force")
    hit = mixed.search("cop", synonyms=own)[0]
    assert hit.id == "en-police"
    assert "<mark>police force</mark>" in hit.highlight("body")
    assert ids(mixed, "cop", synonyms=Synonyms.parse("cop, force police")) == []


def test_a_name_is_no_common_word(make_index) -> None:
    index = make_index(
        {"a": "The price rose.", "b": "He won the prize.", "c": "Цена выросла", "d": "Прайс-лист"}
    )
    assert ids(index, "price", cross_script=True) == ["a"]


def test_variants_as_text() -> None:
    word = Word("ОДКБ")
    from searchlib.query.nodes import Variant

    node = Variants(word, (Variant(Word("CSTO"), 0.8, "synonym"),))
    assert str(node) == "ОДКБ OR CSTO^0.8"
    assert node.variants[0].label == "synonym CSTO"
    assert node.children == (word, Word("CSTO"))


def test_a_long_query_is_bounded(mixed: Index) -> None:
    query = " ".join(["Lukashenka", "Ташкент"] * 300)
    assert ids(mixed, query, cross_script=True)
    assert parse(query, mixed.schema)
