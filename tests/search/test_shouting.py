"""Capitals, and punctuation at the edges of words: what a word is said to be, whatever clings to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index, Keyword, Schema, Text
from searchlib.analysis.stopwords import bare, is_stopword

TEXTS = {
    "org": "The World Health Organization, WHO, warned Tashkent.",
    "who": "who is who in the city",
    "us": "US policy and the IT sector",
    "minsk": "встреча Лукашенко с прессой",
    "what": "что делать и кто виноват",
    "csto": "саммит ОДКБ на юге",
    "un": "резолюция ООН",
}


@pytest.fixture(scope="module")
def index() -> Index:
    index = Index.in_memory(Schema(title=Text(boost=2.0), body=Text(), tag=Keyword()))
    with index.writer() as writer:
        writer.add_many({"id": name, "body": text, "tag": name.upper()} for name, text in TEXTS.items())
    index.refresh()
    return index


SHOUTED = [
    ("WHO IS WHO", "who is who"),
    ("WHO IS WHO IN TASHKENT", "who is who in tashkent"),
    ("WHO IS WHO?", "who is who?"),
    ("US POLICY", "us policy"),
    ("THE POLICY OF THE CITY", "the policy of the city"),
    ("ЧТО ДЕЛАТЬ", "что делать"),
    ("КТО ВИНОВАТ И ЧТО ДЕЛАТЬ", "кто виноват и что делать"),
    ("ВСТРЕЧА С ПРЕССОЙ", "встреча с прессой"),
    ("ОДКБ НА САММИТЕ", "ОДКБ на саммите"),
    ("WHAT IS IT", "what is it"),
    ("WHO AND WHAT AND TASHKENT", "who AND what AND tashkent"),
    ("+POLICY -THE US", "+policy -the us"),
    ('"WHO IS WHO"', '"who is who"'),
    ('WHO "IS WHO"', 'who "is who"'),
    ("(WHO IS WHO) TASHKENT", "(who is who) tashkent"),
    ("NOT WHO AND TASHKENT", "NOT who AND tashkent"),
]

NOT_SHOUTED = [
    ("WHO", ["org", "who"]),
    ("US", ["us"]),
    ("IT", ["us"]),
    ("US UK", ["us"]),
    ("US UK EU", ["us"]),
    ("US AND IT", ["us"]),
    ("WHO US", ["org", "us", "who"]),
    ("tag:WHO", ["who"]),
    ("ОДКБ", ["csto"]),
    ("ОДКБ США", ["csto"]),
    ("the WHO", ["org", "who"]),
    ("What is the WHO", ["org", "who"]),
]


@pytest.mark.parametrize(("shouted", "said"), SHOUTED)
def test_what_is_shouted_is_what_is_said(index: Index, shouted: str, said: str) -> None:
    loud, quiet = index.search(shouted), index.search(said)
    assert [(hit.id, hit.score) for hit in loud] == [(hit.id, hit.score) for hit in quiet]
    assert str(index.explain(shouted)) == str(index.explain(said))
    assert [results.total for results in index.search_many([shouted, said])] == [quiet.total] * 2


@pytest.mark.parametrize(("query", "ids"), NOT_SHOUTED)
def test_acronyms_stay(index: Index, query: str, ids: list[str]) -> None:
    results = index.search(query)
    assert sorted(hit.id for hit in results) == ids
    assert not {"WHO", "US", "IT", "who", "us", "it"} & set(results.dropped)


def test_keywords_are_values_however_loud(index: Index) -> None:
    assert [hit.id for hit in index.search("tag:WHO TASHKENT CITY")][:1] == ["who"]
    assert index.search("WHO IS WHO", fields=["tag"]).total == 1


EDGES = [
    ("what?", "what"), ("«what»", "what"), ("“как”", "как"), ("„как“", "как"), ("‘как’", "как"),
    ("(the", "the"),
    ("the)", "the"), ("[the]", "the"), ("{the}", "the"), ("<the>", "the"), ("the,", "the"), ("the.", "the"),
    ("the;", "the"), ("the:", "the"), ("the!", "the"), ("the?!", "the"), ("the…", "the"), ("the...", "the"),
    ("—the", "the"), ("the—", "the"), ("–the–", "the"), ('"the"', "the"), ("'the'", "the"), ("`the`", "the"),
    ("¿the?", "the"), ("¡the!", "the"), ("«(the)»,", "the"), ("как?", "как"), ("«как»?", "как"),
    ("Как,", "Как"),
    ("Лукашенко,", "Лукашенко"), ("«Лукашенко»", "Лукашенко"), ("don't,", "don't"),
    ("кому-нибудь?", "кому-нибудь"),
    ("wi-fi", "wi-fi"), ("C++", "C++"), ("C++,", "C++"), ("C#", "C#"), (".NET", ".NET"), (".NET,", ".NET"),
    ("-5", "-5"), ("U.S.", "U.S"), ("3,14", "3,14"), ("the", "the"), ("", ""), ("?!", "?!"), ("—", "—"),
    ("@user", "@user"), ("#tag", "#tag"), ("$5,", "$5"), ("5%", "5%"), ("a/b", "a/b"), ("'tis", "tis"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "word"), EDGES)
def test_a_word_without_its_edges(typed: str, word: str) -> None:
    assert bare(typed) == word


@given(st.text(max_size=20))
def test_a_bare_word_is_part_of_what_was_typed(text: str) -> None:
    assert bare(text) in text and bool(bare(text)) == bool(text)
    assert bare(bare(text)) == bare(text) or not any(map(str.isalnum, text))


@pytest.mark.parametrize("typed", [typed for typed, word in EDGES if word in ("what", "the", "как", "Как")])
def test_punctuation_is_no_part_of_a_stopword(index: Index, typed: str) -> None:
    assert is_stopword(typed)
    if typed.strip("\"(){}[]<>'`") == typed:  # those are syntax to a query, or its neighbours' in one
        assert len(index.search(f"{typed} Tashkent").dropped) == 1


@pytest.mark.parametrize(
    "typed", ["US?", "IT,", "«WHO»", "May.", "Tashkent?", "«президент»", "C++", "?", "—"]
)
def test_what_is_no_stopword_with_punctuation(typed: str) -> None:
    assert not is_stopword(typed)


@pytest.mark.parametrize(
    "typed",
    ["Lukashenka", "Lukashenka,", "Lukashenka?", "Lukashenka!", "«Lukashenka»", "“Lukashenka”",
     "(Lukashenka)", "Lukashenka…",
     "Lukashenka.", "Lukashenka;", "—Lukashenka", "‘Lukashenka’,", "«Lukashenka»?"],
)  # fmt: skip
def test_nor_of_a_name_in_the_other_script(index: Index, typed: str) -> None:
    assert [hit.id for hit in index.search(typed, cross_script=True)] == ["minsk"]
    assert index.search(typed).total == 0


@pytest.mark.parametrize("typed", ["United Nations", "United Nations?", "«United Nations»"])
def test_nor_of_a_term_of_several_words(index: Index, typed: str) -> None:
    assert [hit.id for hit in index.search(typed, cross_script=True)] == ["un"]


LITTLE = {
    "land": "The US army left",
    "dots": "a U.S. senator",
    "we": "we came",
    "i": "I saw",
    "be": "they are there",
    "court": "решение ВАС по делу",
    "you": "вы там",
    "state": "IS fighters",
    "med": "an ID of HIM staff",
    "men": "men at work",
}
NAMES = [
    ("US", {"land", "dots"}), ("the US", {"land", "dots"}), ("US army", {"land", "dots"}),
    ('"US army"', {"land"}),
    ("US?", {"land", "dots"}), ("army of the US", {"land", "dots"}), ("U.S.", {"land", "dots"}),
    ("US OR senator", {"land", "dots"}), ("+US", {"land", "dots"}), ("(US)", {"land", "dots"}),
    ("us", {"land", "dots", "we"}), ("we", {"we"}), ("We", {"we"}), ("Us", {"land", "dots", "we"}),
    ("IS", {"state"}), ("is", {"be"}), ("IS fighters", {"state"}), ("HIM", {"med"}), ("ME", set()),
    ("ВАС", {"court"}), ("вас", {"you"}), ("решение ВАС", {"court"}), ("вы", {"you"}),
    ("MEN", {"men"}), ("man", {"men"}), ("US UK", {"land", "dots"}), ("US ARE", {"land", "dots"}),
    ("WE SAW US COMING", {"we", "i"}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "ids"), NAMES)
def test_a_little_word_in_capitals_is_a_name(query: str, ids: set[str]) -> None:
    """In small letters it is the pronoun, and in a query all in capitals that is shouted."""
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        writer.add_many({"id": name, "body": text} for name, text in LITTLE.items())
    index.refresh()
    assert {hit.id for hit in index.search(query, limit=None)} == ids


@pytest.fixture(scope="module")
def pages() -> Index:
    index = Index.in_memory(Schema(body=Text()))
    texts = {
        "page": "the page",
        "found": "a page that was found",
        "error": "error: page not found",
        "us": "US policy in the EU",
    }
    with index.writer() as writer:
        writer.add_many({"id": name, "body": text} for name, text in texts.items())
    index.refresh()
    return index


@pytest.mark.parametrize(
    "text",
    ["PAGE NOT FOUND", "ERROR PAGE NOT FOUND", "PAGE NOT FOUND.", "ERROR: PAGE NOT FOUND!",
     "404 - PAGE NOT FOUND", "NOT FOUND", "FOUND NOT", "ERROR NOT A PAGE", "PAGE AND ERROR NOT FOUND",
     "PAGE FOUND OR NOT", "PAGE NOT NOT FOUND", "СТРАНИЦА NOT FOUND"],
)  # fmt: skip
def test_operators_are_words_where_all_is_shouted(pages: Index, text: str) -> None:
    loud, quiet = pages.search(text), pages.search(text.lower())
    assert [(hit.id, hit.score) for hit in loud] == [(hit.id, hit.score) for hit in quiet] != []
    assert "were read as words" in " ".join(loud.notes)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("US NOT EU", []),
        ("POLICY AND US", ["us"]),
        ("PAGE AND NOT FOUND", ["page"]),
        ("ERROR AND PAGE AND FOUND", ["error"]),
        ("PAGE OR US", ["error", "found", "page", "us"]),
        ("PAGE ANDNOT FOUND", ["page"]),
        ("PAGE NOT (FOUND)", ["page"]),
        ('"PAGE" NOT FOUND', ["page"]),
        ("PAGE -FOUND", ["page"]),
        ("page NOT found", ["page"]),
    ],
)
def test_operators_stay_where_they_are_meant(pages: Index, text: str, ids: list[str]) -> None:
    results = pages.search(text)
    assert sorted(hit.id for hit in results) == ids
    assert "were read as words" not in " ".join(results.notes)


def test_a_strict_search_reads_operators_however_loud(pages: Index) -> None:
    assert [hit.id for hit in pages.search("PAGE NOT FOUND", strict=True)] == ["page"]
