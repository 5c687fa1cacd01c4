"""Did you mean: what a person would expect, first, with its reason."""

from __future__ import annotations

import pytest

from searchlib import Index, Suggestion, errors


def first(index: Index, query: str) -> Suggestion | None:
    found = index.suggest(query)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("query", "meant", "reason"),
    [
        ("ghbdtn", "привет", "keyboard layout: ghbdtn → привет"),
        ("Ghbdtn", "Привет", "keyboard layout: Ghbdtn → Привет"),
        (",enskrf", "бутылка", "keyboard layout: ,enskrf → бутылка"),
        ("k.,jdm", "любовь", "keyboard layout: k.,jdm → любовь"),
        ("j,]tpl", "объезд", "keyboard layout: j,]tpl → объезд"),
        (".,bktq", "юбилей", "keyboard layout: .,bktq → юбилей"),
        (";tyf, ghbdtn", "жена, привет", "keyboard layout: ;tyf → жена, keyboard layout: ghbdtn → привет"),
        ('"ghbdtn dctv"', '"привет всем"', "keyboard layout: ghbdtn → привет, keyboard layout: dctv → всем"),
        ("Лукошенко", "Лукашенко", "typo: Лукошенко → Лукашенко"),
        ("Lukashenka", "Лукашенко", "name: Lukashenka → Лукашенко"),
        ("+body:призедент -foo^2", "+body:президент -foo^2", "typo: призедент → президент"),
        ("митинк столица", "митинг столица", "typo: митинк → митинг"),
        ("белорусии саммит", "белоруссии саммит", "typo: белорусии → белоруссии"),
    ],
)
def test_in_a_russian_corpus(russian: Index, query: str, meant: str, reason: str) -> None:
    suggestion = first(russian, query)
    assert suggestion is not None
    assert (suggestion.query, suggestion.reason) == (meant, reason)
    assert russian.search(suggestion.query).total


@pytest.mark.parametrize(
    ("query", "meant", "reason"),
    [
        ("Tashknt", "Tashkent", "typo: Tashknt → Tashkent"),
        ("TASHKNT", "TASHKENT", "typo: TASHKNT → TASHKENT"),
        ("goverment", "government", "typo: goverment → government"),
        ("teh polcie", "the police", "typo: teh → the, typo: polcie → police"),
        ("policeforce", "police force", "words run together: policeforce → police force"),
        ("руддщ", "hello", "keyboard layout: руддщ → hello"),
        ("Лукашенко", "Lukashenko", "name: Лукашенко → Lukashenko"),
        ("Ташкенту", "Tashkent", "synonym: Ташкенту → Tashkent"),
        ("ОДКБ", "CSTO", "synonym: ОДКБ → CSTO"),
        ("Париж", "Paris", "synonym: Париж → Paris"),
    ],
)
def test_in_an_english_corpus(english: Index, query: str, meant: str, reason: str) -> None:
    suggestion = first(english, query)
    assert suggestion is not None
    assert (suggestion.query, suggestion.reason) == (meant, reason)
    assert english.search(suggestion.query).total


@pytest.mark.parametrize(
    "query",
    [
        "президента",
        "Tashkent ОДКБ",
        '"police force"',
        "",
        "!!!",
        "-ghbdtn привет",
        "teh*",
        "ghbdtn~",
        "c",
        "*:*",
    ],
)
def test_nothing_is_suggested_where_nothing_is_wrong(mixed: Index, query: str) -> None:
    assert mixed.suggest(query) == []


def test_words_that_resemble_nothing_stay(english: Index) -> None:
    assert english.suggest("qxqxqxqx") == []
    suggestion = first(english, "qxqxqxqx goverment")
    assert suggestion is not None and suggestion.query == "qxqxqxqx government"


def test_further_suggestions_change_one_word_at_a_time(make_index) -> None:
    index = make_index(
        {"1": "carpet market", "2": "a carpet and a market", "3": "marker pens", "4": "market"}
    )
    found = index.suggest("carpt markel", limit=5)
    assert [suggestion.query for suggestion in found] == ["carpet market", "carpet marker"]
    assert found[0].score > found[1].score
    assert index.suggest("carpt markel", limit=1) == found[:1]
    assert index.suggest("carpt markel", limit=0) == []


def test_forms_of_one_word_are_one_suggestion(english: Index) -> None:
    # "presidents" is one edit away, too, and finds the same.
    assert [suggestion.query for suggestion in english.suggest("presidens")] == ["president"]


def test_a_rare_word_gives_way_to_a_frequent_neighbour(make_index) -> None:
    texts = {str(number): "the government of the people" for number in range(200)}
    index = make_index(texts | {"slip": "the goverment of the people", "name": "a bat"})
    suggestion = first(index, "goverment")
    assert suggestion is not None and suggestion.query == "government"
    assert index.suggest("bat") == []


def test_a_field_has_its_own_words(make_index) -> None:
    index = make_index({"1": "government"})
    assert index.suggest("title:goverment") == []
    assert [suggestion.query for suggestion in index.suggest("goverment", fields=["body"])] == ["government"]
    assert index.suggest("goverment", fields=["title"]) == []
    with pytest.raises(errors.UnknownFieldError):
        index.suggest("x", fields=["nothing"])


def test_deleted_words_are_not_suggested(make_index) -> None:
    index = make_index({"1": "government", "2": "a police car"})
    with index.writer() as writer:
        writer.delete("1")
    index.refresh()
    assert index.suggest("goverment") == []


@pytest.mark.parametrize(
    ("text", "query", "meant"),
    [
        ("frontend", "front end", "frontend"),
        ("frontend", "front-end", "frontend"),
        ("readonly", "read-only", "readonly"),
        ("readonly", "read only files", "readonly files"),
        ("бизнесплан", "бизнес план", "бизнесплан"),
        ("tashkent", "tash kent", "tashkent"),
        ("tashkent", "tash-kent", None),
        ("front end", "frontend", "front end"),
        ("front-end", "frontend", "front-end"),
        ("read-only", "readonly", "read-only"),
        ("front-end", "front end", None),
        ("front end", "front-end", None),
        ("frontend", "front and end", None),
        ("frontend", "front, end", None),
        ("frontend", "back-end", None),
        ("inform", "in form", None),
        ("another", "an other", None),
        ("front door at the end", "front end", None),
        ("front door at the end", "front-end", None),
    ],
)
def test_words_that_are_one_in_the_documents(make_index, text: str, query: str, meant: str | None) -> None:
    index = make_index(
        {
            "1": f"the {text} here",
            "2": text,
            "3": "a front, a door: an end. Read it, only it. Files. In a form an other",
        }
    )
    suggested = [one.query for one in index.suggest(query)]
    assert (
        (meant in suggested) if meant else "".join(query.split()) not in suggested and text not in suggested
    )
