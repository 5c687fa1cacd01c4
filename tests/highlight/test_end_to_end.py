"""Real hits of a real index: what was found is marked, and every span slices the stored text exactly."""

from __future__ import annotations

from itertools import pairwise

import pytest

from searchlib import Index, Keyword, Number, Schema, Text
from searchlib.highlight import Plain
from searchlib.search.hit import Hit

STARS = Plain("[", "]")
DOCUMENTS = [
    {
        "id": "en",
        "title": "Lessons learned: the police force",
        "body": "The army re-established itself into a police force. Forces & <b>laws</b>: “police — force”. "
        "US saw us.",
        "tag": ["police force", "law"],
    },
    {
        "id": "ru",
        "title": "Выборы президента",
        "body": "Люди шли на выборы президента. Человек шёл в ле\u0301с, где ёлки\u00ad-палки; "
        "премьер-министру сказали: «Лесов нет».",
        "tag": "люди",
    },
    {
        "id": "list",
        "body": ["one police", "force two", "", "police force <i>"],
        "tag": ["a", "b", "a b"],
        "year": 3,
    },
]


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index.in_memory(Schema(title=Text(), body=Text(), tag=Keyword(), year=Number()))
    with made.writer() as writer:
        writer.add_many(DOCUMENTS)
    made.refresh()
    return made


def hit_of(index: Index, query: str, document_id: str) -> Hit:
    hits = {hit.id: hit for hit in index.search(query, None)}
    assert document_id in hits, f"{query!r} found {list(hits)}"
    return hits[document_id]


def marked(index: Index, query: str, document_id: str, field: str = "body") -> list[str]:
    hit = hit_of(index, query, document_id)
    text = hit.text(field)
    return [text[start:end] for start, end, _ in hit.spans(field)]


@pytest.mark.parametrize(
    "query, document_id, expected",
    [
        ("force", "en", ["force", "Forces", "force"]),
        ('"police forces"', "en", ["police force", "police — force"]),
        ('"re-established itself into a police force"', "en", ["re-established itself into a police force"]),
        ("re-established", "en", ["re-established"]),
        ("re-establish", "en", ["re-established"]),
        ('"established police"~3', "en", ["established itself into a police"]),
        ("US", "en", ["US"]),
        ("us", "en", ["US", "us"]),
        ("see", "en", ["saw"]),
        ("polic*", "en", ["police", "police"]),
        ("law?", "en", ["laws"]),
        ("pollice~", "en", ["police", "police"]),
        ("police NOT tag:law army", "list", ["police", "police"]),
        ("title:lesson", "en", []),
        ("*:*", "en", []),
        ("человек", "ru", ["Люди", "Человек"]),
        ("люд*", "ru", ["Люди"]),
        ("лес*", "ru", ["ле\u0301с", "Лесов"]),
        ("лес", "ru", ["ле\u0301с", "Лесов"]),
        ("идти", "ru", ["шли", "шёл"]),
        ("ёлка-палка OR елка", "ru", ["ёлки\u00ad-палки"]),
        ("премьер-министр", "ru", ["премьер-министру"]),
        ('"выборов президентов"', "ru", ["выборы президента"]),
        ("и в лес", "ru", ["ле\u0301с", "Лесов"]),
        ("+в лес", "ru", ["в", "ле\u0301с", "Лесов"]),
    ],
)
def test_what_was_found_is_marked(index: Index, query: str, document_id: str, expected: list[str]) -> None:
    assert marked(index, query, document_id) == expected


def test_spans_are_sorted_disjoint_and_in_code_points(index: Index) -> None:
    for query in ("police force us re-established", 'выборы лес "ёлки палки" сказать', "*о* *e*"):
        for hit in index.search(query, None):
            for field in ("title", "body", "tag"):
                spans, text = hit.spans(field), hit.text(field)
                assert all(0 <= span.start < span.end <= len(text) for span in spans)
                assert all(a.end <= b.start for a, b in pairwise(spans))
                for fragment in hit.fragments(field, 5, 60):
                    assert fragment.text == text[fragment.start : fragment.end]
                    assert len(fragment.text) <= 60
                    assert list(fragment.spans) == [
                        s for s in spans if fragment.start <= s.start < fragment.end
                    ]


def test_the_field_of_a_word_is_the_one_that_is_marked(index: Index) -> None:
    hit = hit_of(index, "title:police body:army", "en")
    assert hit.highlight("title", STARS) == "Lessons learned: the [police] force"
    assert hit.highlight("body", STARS, fragments=None).count("[") == 1


def test_keywords_are_marked_whole(index: Index) -> None:
    assert marked(index, 'tag:"police force"', "en", "tag") == ["police force"]
    assert marked(index, "tag:a", "list", "tag") == ["a"]
    assert marked(index, 'tag:"a b"', "list", "tag") == ["a b"]
    assert marked(index, "tag:люди", "ru", "tag") == ["люди"]
    assert marked(index, "police", "en", "tag") == []
    hit = hit_of(index, 'tag:b OR tag:"a b"', "list")
    assert hit.highlight("tag", STARS, fragments=None) == "a\n[b]\n[a b]"


def test_patterns_mark_keywords_too(index: Index) -> None:
    assert marked(index, "tag:pol*", "en", "tag") == ["police force"]
    assert marked(index, "tag:a*", "list", "tag") == ["a", "a b"]


def test_a_list_is_one_text_of_lines_and_no_phrase_crosses_them(index: Index) -> None:
    hit = hit_of(index, '"police force"', "list")
    assert hit.text("body") == "one police\nforce two\n\npolice force <i>"
    assert hit.highlight("body", STARS, fragments=None) == "one police\nforce two\n\n[police force] <i>"
    assert index.search('"one police force"').total == 0


def test_html_is_escaped(index: Index) -> None:
    html = hit_of(index, "law force", "en").highlight("body", fragments=None)
    assert "<mark>Forces</mark> &amp; &lt;b&gt;<mark>laws</mark>&lt;/b&gt;" in html
    assert "<b>" not in html
    assert hit_of(index, "two", "list").highlight("body", fragments=None).endswith("&lt;i&gt;")


def test_no_match_in_a_field_shows_its_beginning(index: Index) -> None:
    hit = hit_of(index, "title:lesson", "en")
    assert hit.spans("body") == []
    assert hit.highlight("body", STARS, size=40).startswith("The army")


def test_fields_that_are_missing_or_no_text_have_no_spans(index: Index) -> None:
    hit = hit_of(index, "police year:3", "list")
    assert hit.spans("title") == [] and hit.text("title") == "" and hit.highlight("title") == ""
    assert hit.spans("year") == []
