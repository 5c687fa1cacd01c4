"""What a person sees who types something that is not there: suggestions, hits at once, marks and reasons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchlib import Index

RUSSIAN = {
    "visit": "Президент Белоруссии Александр Лукашенко прилетел в Ташкент. Привет, сказал ему посол.",
    "summit": "ОДКБ собралась в столице Узбекистана. Организация Договора о коллективной безопасности…",
    "sea": "Аральское море высыхает. Любовь к морю осталась; бюджет области мал, объезд закрыт.",
    "quake": "Землетрясение 1966 года разрушило город. Об этом пишут в Ёлкине и в Самарканде.",
    "world": "Миру нужен мир: в мире живут люди. О мире говорили и в 1967 году, и в мае.",
    "tokayev": "Касым-Жомарт Токаев выступил в парламенте. Шавкат Мирзиёев ответил ему.",
    "shop": "Эквадор продаёт бананы. Магазины ввозят хлеб, бутылки и хорошие яблоки.",
}
ENGLISH = {
    "visit": "Alexander Lukashenko, the president of Belarus, landed in Tashkent. Hello, said the envoy.",
    "summit": "The CSTO summit ended. The United Nations sent nobody, the police force stood by.",
    "sea": "The Aral Sea dries up; see the maps. The government counts on the Silk Road and its markets.",
    "quake": "The earthquake of 1966 destroyed the city. Newton would have liked the nation's laws.",
    "code": "Call GetLastError after CreateFile; the registry keeps the rest. Doctors use it too.",
    "carpets": "Paris showed carpets from Bukhara; a carpet market is what the bazaar is.",
}


@pytest.fixture(scope="module")
def indexes(make_index) -> dict[str, Index]:
    both = {f"ru-{name}": text for name, text in RUSSIAN.items()}
    both |= {f"en-{name}": text for name, text in ENGLISH.items()}
    return {"ru": make_index(RUSSIAN), "en": make_index(ENGLISH), "both": make_index(both, 2)}


def meant(index: Index, query: str) -> str | None:
    found = index.suggest(query)
    assert all(one.reason for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    return found[0].query if found else None


def marked(index: Index, query: str) -> dict[str, list[str]]:
    """Of each hit at once, what is marked in its text."""
    return {
        hit.id: [hit["body"][span.start : span.end] for span in hit.spans("body")]
        for hit in index.search(query, cross_script=True)
    }


@pytest.mark.parametrize(
    ("language", "query", "expected"),
    [
        # the other keyboard layout, its letters among punctuation, and both ways
        ("ru", "ghbdtn", "привет"),
        ("ru", "Ghbdtn", "Привет"),
        ("ru", "GHBDTN", "ПРИВЕТ"),
        ("ru", "k.,jdm", "любовь"),
        ("ru", ",enskrb", "бутылки"),
        ("ru", "]", None),
        ("ru", "j,]tpl pfrhsn", "объезд закрыт"),
        ("ru", "{jhjibt z,kjrb", "Хорошие яблоки"),
        ("ru", "'rdfljh", "эквадор"),
        ("ru", "vfufpbys, ,fyfys!", "магазины, бананы!"),
        ("ru", "vbh,", "мир,"),
        ("ru", "(nfirtyn)", "(ташкент)"),
        ("ru", '"fhfkmcrjt vjht"', '"аральское море"'),
        ("ru", "body:ghbdtn", "body:привет"),
        ("ru", "body:;bden", "body:живут"),
        ("ru", "body:bden", None),  # the colon is no Ж
        ("ru", "ghbdtn AND gjcjk", "привет AND посол"),
        ("ru", "ghbdtn^2 +vbh", "привет^2 +мир"),
        ("en", "руддщ", "hello"),
        ("en", "зщдшсу ащксу", "police force"),
        ("both", "nfirtyn csto", "ташкент csto"),
        # through the layout to what the documents say
        ("en", "nfirtyn", "Tashkent"),
        ("en", "ghtpbltyn", "president"),
        ("en", "jlr,", "CSTO"),
        # typos
        ("en", "Tashknt", "Tashkent"),
        ("en", "TASHKNT", "TASHKENT"),
        ("en", "earthquak", "earthquake"),
        ("en", "goverment polcie", "government police"),
        ("en", "policeforce", "police force"),
        ("en", "GetLastEror", "GetLastError"),
        ("en", "creatFile", "createFile"),
        ("en", "+body:Tashknt -Paris", "+body:Tashkent -Paris"),
        ("en", '"silk raod"', '"silk road"'),
        ("en", "Tashknt's", "Tashkent"),
        ("ru", "Лукашенка", "Лукашенко"),
        ("ru", "лукашэнко", "лукашенко"),
        ("ru", "землитрясение", "землетрясение"),
        ("ru", "землитрясением", "землетрясение"),
        ("ru", "хароший хлеп", "хорошие хлеб"),
        ("ru", "елкино", "ёлкине"),
        ("ru", "Токаева", "Токаев"),
        ("ru", "ОДКП", "ОДКБ"),
        # of equal slips, what stands beside the other words
        ("ru", "аральское мре", "аральское море"),
        ("en", "aral sae", "aral sea"),
        ("en", "carpet markte", "carpet market"),
        ("en", "tash kent csto", "tashkent csto"),
        ("ru", "Лука шенко", "Лукашенко"),
        ("en", "a like", None),
        # names across scripts
        ("ru", "Lukashenka", "Лукашенко"),
        ("ru", "Lukashenko", "Лукашенко"),
        ("ru", "Tokayev", "Токаев"),
        ("ru", "Mirziyoyev", "Мирзиёев"),
        ("ru", "Samarqand", "Самарканд"),
        ("en", "Лукашенки", "Lukashenko"),
        ("en", "Ньютона", "Newton"),
        ("en", "саммиту", "summit"),
        # synonyms
        ("en", "Ташкенту", "Tashkent"),
        ("en", "ОДКБ", "CSTO"),
        ("en", "ООН", '"United Nations"'),
        ("en", '"ООН"', '"United Nations"'),
        ("en", "Парижем и Бухарой", "Paris и Bukhara"),
        ("en", "Организация Объединённых Наций", '"United Nations"'),
        ("en", "саммит организации объединённых наций", 'summit "United Nations"'),
        ("ru", '"Collective Security Treaty Organization" мир', '"ОДКБ" мир'),
        ("ru", "CSTO", "ОДКБ"),
        ("ru", "Belarus", "Белоруссия"),
        # right, if rare or absent: nothing to mend
        ("ru", "2016", None),
        ("ru", "1966", None),
        ("en", "Doctor", None),
        ("ru", "бананов", None),
        ("ru", "кот", None),
        ("en", "war", None),
        ("ru", "-ghbdtn мир", None),
        ("ru", "NOT ghbdtn мир", None),
        ("ru", "прив* мир", None),
        ("both", "Tashkent Ташкент", None),
        ("en", "qwrtpsdfg", None),
        ("en", "C++ x86 :-)", None),
    ],
)
def test_what_was_meant(indexes: dict[str, Index], language: str, query: str, expected: str | None) -> None:
    index = indexes[language]
    assert meant(index, query) == expected
    if expected is not None:
        assert index.search(expected).total


@pytest.mark.parametrize(
    ("language", "query", "expected"),
    [
        ("ru", "Lukashenka", {"visit": ["Лукашенко"]}),
        ("ru", "лукашенко", {"visit": ["Лукашенко"]}),
        ("ru", "Tokayev", {"tokayev": ["Токаев"]}),
        ("ru", "Токаева", {"tokayev": ["Токаев"]}),
        ("ru", "Mirziyoyev", {"tokayev": ["Мирзиёев"]}),
        ("ru", "ghbdtn", {"visit": ["Привет"]}),
        ("ru", "CSTO", {"summit": ["ОДКБ", "Организация Договора о коллективной безопасности"]}),
        ("ru", "Osaka", {}),
        ("en", "Ташкенту", {"visit": ["Tashkent"]}),
        ("en", "Лукашенки", {"visit": ["Lukashenko"]}),
        ("en", "ООН", {"summit": ["United Nations"]}),
        ("en", "руддщ", {"visit": ["Hello"]}),
        ("en", "саммит", {"summit": ["summit"]}),
        ("en", "президентом", {"visit": ["president"]}),
        ("both", "Ташкент", {"ru-visit": ["Ташкент"], "en-visit": ["Tashkent"]}),
        (
            "both",
            "Организация Договора о коллективной безопасности",
            {
                "ru-summit": ["ОДКБ", "Организация", "Договора", "коллективной", "безопасности"],
                "en-summit": ["CSTO"],
            },
        ),
        ("both", "+Лукашенко -Tashkent", {"ru-visit": ["Лукашенко"]}),
        ("both", '+Лукашенко -"в Ташкент"', {"en-visit": ["Lukashenko"]}),
        ("both", "body:Lukashenka AND посол", {"ru-visit": ["Лукашенко", "посол"]}),
        ("both", '"Lukashenka"', {}),
        (
            "both",
            "CSTO^3",
            {
                "en-summit": ["CSTO"],
                "ru-summit": ["ОДКБ", "Организация Договора о коллективной безопасности"],
            },
        ),
    ],
)
def test_what_is_found_at_once_and_marked(
    indexes: dict[str, Index], language: str, query: str, expected: dict[str, list[str]]
) -> None:
    found = marked(indexes[language], query)
    assert found.keys() == expected.keys()
    for name, marks in expected.items():
        assert set(marks) <= set(found[name]), found


@pytest.mark.parametrize(
    ("language", "query", "expected"),
    [
        ("en", "tashknt~", {"visit": ["Tashkent"]}),
        ("en", "carpt~2", {"carpets": ["carpets", "carpet"]}),
        ("en", "lukash*", {"visit": ["Lukashenko"]}),
        ("en", "earth?uake", {"quake": ["earthquake"]}),
        ("ru", "лукашенк*", {"visit": ["Лукашенко"]}),
        ("ru", "людьми", {"world": ["люди"]}),
        ("ru", "Тaшкeнт", {"visit": ["Ташкент"]}),  # two Latin letters
        ("ru", "МИРЗИЕЕВ", {"tokayev": ["Мирзиёев"]}),
        ("ru", "касым", {"tokayev": ["Касым"]}),
        ("en", "getlasterror", {"code": ["GetLastError"]}),
    ],
)
def test_other_forms_are_marked_too(
    indexes: dict[str, Index], language: str, query: str, expected: dict[str, list[str]]
) -> None:
    found = {
        hit.id: [hit["body"][span.start : span.end] for span in hit.spans("body")]
        for hit in indexes[language].search(query)
    }
    assert found == expected


def test_synonyms_are_no_forms_of_other_words(make_index) -> None:
    index = make_index({"town": "Semipalatinsk, a town.", "families": "Пять семей."})
    assert meant(index, "Semey") == "Semipalatinsk"
    assert marked(index, "Semey") == {"town": ["Semipalatinsk"]}
    assert marked(index, "семья") == {"families": ["семей"]}


def test_a_right_word_gives_way_only_to_its_company(make_index) -> None:
    index = make_index(
        {
            "1": "Крепостные пушки стреляли.",
            "2": "Прошли сутки.",
            "3": "Крепостные стены.",
            "4": "Сутки и пушки.",
        }
    )
    assert index.suggest("сушки") == []
    assert [one.query for one in index.suggest("крепостные сушки")] == ["крепостные пушки"]
    assert [one.query for one in index.suggest("прошли сушки")] == ["прошли сутки"]


def explanations(index: Index, query: str) -> Iterator[str]:
    yield str(index.explain(query, cross_script=True))
    yield from (str(hit.explain()) for hit in index.search(query, cross_script=True))


@pytest.mark.parametrize(
    ("language", "query", "understood", "scored"),
    [
        (
            "ru",
            "Lukashenka",
            "0.7 × name лукашенко → {лукашенко}, in 1 document",
            "0.7 times, for the name лукашенко",
        ),
        (
            "en",
            "Ташкенту",
            "0.8 × synonym Tashkent → {tashkent}, in 1 document",
            "0.8 times, for the synonym Tashkent",
        ),
        ("en", "ООН", '0.8 × synonym "United Nations" → {', "0.8 times, for the synonym United Nations"),
        (
            "ru",
            "ghbdtn",
            "0.9 × keyboard layout привет → {привет}",
            "0.9 times, for the keyboard layout, привет",
        ),
    ],
)
def test_the_reason_is_to_be_seen(
    indexes: dict[str, Index], language: str, query: str, understood: str, scored: str
) -> None:
    first, *hits = explanations(indexes[language], query)
    assert understood in first and f"{query} → {{" in first
    assert hits and all(scored in hit for hit in hits)


def test_a_word_of_the_other_layout_is_named_even_if_no_document_has_it(indexes: dict[str, Index]) -> None:
    (suggestion,) = indexes["ru"].suggest("gfvznm vjht")
    assert suggestion.query == "память море"
    absent, present = suggestion.corrections
    assert (absent.num_docs, present.num_docs) == (0, 1)
    assert suggestion.reason == (
        "keyboard layout: gfvznm → память, which no document has, keyboard layout: vjht → море"
    )


def test_the_way_through_the_layout_is_told(indexes: dict[str, Index]) -> None:
    (correction,) = indexes["en"].suggest("nfirtyn")[0].corrections
    assert (correction.typed, correction.via, correction.meant) == ("nfirtyn", "ташкент", "Tashkent")
    assert str(correction) == "keyboard layout and synonym: nfirtyn → ташкент → Tashkent"


def test_alternatives_in_order(indexes: dict[str, Index]) -> None:
    found = indexes["both"].suggest("Lukashenka Tashknt")
    assert found[0].query == "Lukashenko Tashkent"
    assert {one.query for one in found[1:]} == {"Лукашенко Tashkent", "Lukashenko Ташкент"}
    assert [one.typed for one in found[0].corrections] == ["Lukashenka", "Tashknt"]
