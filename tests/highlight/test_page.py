"""A page of hits equals the twin, hit by hit: spans, fragments, and what is shown of them."""

from __future__ import annotations

import random
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Index, Keyword, Number, Results, Schema, Text, _core
from searchlib.analysis.analyzer import Analyzer
from searchlib.highlight import Ansi, Formatter, Fragment, Html, Mark, Plain, Span, WordMatch, join, mark

from . import native, twin

ANALYZER = Analyzer.for_languages(("en", "ru"))
FORMATTERS: list[Formatter] = [Html(), Html("b", 'x"y'), Ansi(), Ansi("1;31"), Plain(), Plain("**", "<<")]


# Words of parts, abbreviations, forms of one lemma, accents and joiners, signs that end sentences and do not.
def words(text: str) -> list[str]:
    return text.split()


WORDS = [
    *words("Люди людей человек шли шёл идти форма формы стали сталь выборы Ташкент ТАШКЕНТЕ ёлка"),
    *words("police forces force Police-force re-established wi-fi node.js US us U.S. getUserName don't"),
    *words("г. гг. тыс. т.е. и А. С. Пушкин 1 000 3.14 5км 2024.pdf alex@example.com Dr. No. 1991 °C"),
    *words(
        "SQL_BLOB SQLGetData GetUINT D3DX9Lib d3dx9 lParam1 LPARAM data-base e-mail E-Mail x2 O'Brien 1,000"
    ),
    *words("елка learned Mr. <b> & \" ' Tашкент MOCKва 🏽 ﬁ İ ß"),
    *(
        "1 000",
        "А. С. Пушкин",
        "лю\u0301ди",
        "лю\u00adди",
        "и\u0306",
        "👩\u200d👧",
        "🇷🇺",
        "\x00",
        "\u202e",
        "прези-\nдент",
        "\u2028",
    ),
]
SIGNS = [" "] * 5 + [". ", ". ", "! ", "?» ", "… ", ", ", " — ", "\n", "\n\n", "\r\n", "\t", "", ": «", " ("]
QUERIES = [
    *words("человек wi-fi node.js us US лю* *ор* forc~ u.s. 1000 тыс ташкент learn ёлка example 5км"),
    *words("sql data d3dx9 lparam blob mail base e-mail x2 obrien 1,000 sql_* d3d* get uint"),
    *words("alex@example.com президент 2024.pdf tag:люди tag:л*"),
    *("люди форма", "police forces", '"police force"', '"police force"~3', "getUserName user", "пушкин год"),
    *('"люди шли" сталь', '"а с пушкин"', "dr OR doctor", 'tag:"police force"', "идти -us"),
    '"шли идти" OR идти',
]


def texts(source: random.Random, count: int) -> str:
    pieces = []
    for _ in range(count):
        pieces += [source.choice(WORDS), source.choice(SIGNS)]
    return "".join(pieces)


QUERY_WORDS = [*WORDS, "AND", "OR", "-", '"', "*", "~"]


def make(languages: tuple[str, ...], seed: int, parts: bool = True) -> Index:
    source = random.Random(seed)
    index = Index.in_memory(
        Schema(body=Text(languages=languages, parts=parts), tag=Keyword(fold=True), year=Number())
    )
    for _ in range(3):  # segments
        with index.writer() as writer:
            for _ in range(40):
                values = [texts(source, source.randrange(60)) for _ in range(source.choice((1, 1, 1, 2, 3)))]
                tags = source.sample(["люди", "Люди", "police force", "law", "лес"], 2)
                writer.add({"body": values[0] if len(values) == 1 else values, "tag": tags, "year": seed})
    index.refresh()
    return index


INDEXES = [
    make(("en", "ru"), 1),
    make(("en", "ru"), 2, parts=False),
    make(("en", "ru", "de"), 3),
    make((), 4),
]


def expected_spans(values: list[str], marks: list[Mark], analyzer: Analyzer | None, fold: bool) -> list[Span]:
    """As a page of plain Python finds them: value by value."""
    found: list[Span] = []
    at = 0
    for value in values:
        if analyzer is not None:
            spans = twin.spans(value, marks, analyzer)
        else:
            whole = _core.keyword_key(value) if fold else value
            met = [n for n, one in enumerate(marks) if isinstance(one, WordMatch) and whole in one.lemmas]
            spans = [Span(0, len(value), number) for number in met[:1] if value]
        found += (Span(at + span.start, at + span.end, span.mark) for span in spans)
        at += len(value) + 1
    return found


def check(results: Results, field: str, count: int, size: int) -> None:
    searcher = results._searcher
    marks = results.marks_of(field)
    values = [hit.fields.get(field) for hit in results]
    lists = [value if isinstance(value, list) else [] if value is None else [str(value)] for value in values]
    joined = ["\n".join(map(str, each)) for each in lists]
    spans = [expected_spans(each, marks, searcher.analyzers.get(field), field == "tag") for each in lists]
    fragments = [twin.fragments(text, found, count, size) for text, found in zip(joined, spans, strict=True)]
    assert [hit.spans(field) for hit in results] == spans  # each on a page of its own
    assert results.texts(field) == joined
    assert results.fragments(field, count, size) == fragments
    for formatter in FORMATTERS:
        shown = [join(found, formatter) for found in fragments]
        assert results.highlights(field, formatter, fragments=count, size=size) == shown
        whole = [mark(text, found, formatter) for text, found in zip(joined, spans, strict=True)]
        assert results.highlights(field, formatter, fragments=None) == whole
    assert [hit.spans(field) for hit in results] == spans  # and on the page of all
    assert [hit.fragments(field, count, size) for hit in results] == fragments
    assert [hit.text(field) for hit in results] == joined
    assert [hit.highlight(field) for hit in results] == results.highlights(field)


@pytest.mark.parametrize("query", QUERIES)
def test_all_kinds_of_marks_equal_the_twins(query: str) -> None:
    found = 0
    for index in INDEXES:
        for limit in (10, 40):
            results = index.search(query, limit)
            found += len(results)
            check(results, "body", 3, 160 if limit == 10 else 30)
            check(results, "tag", 1, 20)
    assert found


@settings(deadline=None)
@given(
    st.sampled_from(INDEXES),
    st.lists(st.sampled_from(QUERY_WORDS), min_size=1, max_size=4).map(" ".join),
    st.integers(1, 5),
    st.integers(1, 200),
)
def test_any_query_equals_the_twin(index: Index, query: str, count: int, size: int) -> None:
    check(index.search(query, 7), "body", count, size)


STRANGE = " .!?…»\"'()[]«„—–-\n\r\t\u2028_а.бВг1Ёё\u0301\u200d\U0001f1e6\U0001f3fd\ud83d\ude00"
strange = st.text(
    st.sampled_from(STRANGE) | st.characters().filter(lambda one: unicodedata.category(one) != "Cn")
)
pieces = st.lists(st.sampled_from([one + sign for one in WORDS for sign in (" ", ". ", "\n\n")]), max_size=40)
documents = strange | pieces.map("".join)


# The index may list iPhone13 alone under the lemma of both, for they stand at one place.
@pytest.mark.parametrize("query", ['"iphone 13"', "iphone", '"слово 5"', "слово 5", "13"])
def test_a_part_that_stands_nowhere_else_is_marked(query: str) -> None:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        writer.add({"body": "An iPhone13 pro, слово5 за словом5."})
    index.refresh()
    results = index.search(query)
    assert len(results) == 1 and results[0].spans("body")
    check(results, "body", 3, 40)


# What the pages' filter of forms takes for granted (core/analysis/form_filter.hpp).
@given(st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9'.,_/@-]{0,20}[A-Za-z0-9])?", fullmatch=True))
def test_the_form_of_a_plain_word_is_that_word(word: str) -> None:
    for index in INDEXES:
        analyzer = index.search("x")._searcher.analyzers["body"]
        form, _ = analyzer.core.analyze(word)
        assert _core.match_key(form) == word.lower()


@settings(deadline=None)
@given(documents, st.integers(1, 4), st.integers(1, 80), st.randoms(use_true_random=False))
def test_fragments_of_any_text_equal_the_twins(
    text: str, count: int, size: int, chance: random.Random
) -> None:
    cuts = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, 2 * chance.randrange(9))))
    spans = [Span(a, b, chance.randrange(3)) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    assert native.fragments(text, spans, count, size) == twin.fragments(text, spans, count, size)


@settings(deadline=None)
@given(documents, st.integers(0, 200), st.integers(0, 200))
def test_borders_of_any_text_equal_the_twins(text: str, low: int, high: int) -> None:
    low, high = min(low, len(text)), min(max(low, high), len(text))
    low = min(low, high)
    assert native.sentence_borders(text, low, high) == twin.sentence_borders(text, low, high)


@settings(deadline=None)
@given(st.lists(documents, max_size=3), st.lists(st.sampled_from(WORDS), max_size=3))
def test_marks_of_any_values_equal_the_twins(values: list[str], asked: list[str]) -> None:
    marks = [WordMatch(frozenset(token.lemmas)) for word in asked for token in ANALYZER.tokens(word)]
    assert native.analyzed_spans(values, marks, ANALYZER) == expected_spans(values, marks, ANALYZER, False)


def test_characters_are_what_python_says_of_them() -> None:
    # Those that this Python does not know yet are left out.
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Cn":
            continue
        attached = category in ("Mn", "Mc", "Me", "Cf") or 0xFE00 <= code <= 0xFE0F
        facts = (char.isspace(), char.isalnum(), char.islower(), char.isupper(), char.isalpha(), attached)
        assert _core.character_facts(code) == facts, hex(code)
    assert _core.character_facts(2**32 - 1) == (False,) * 6


def test_values_that_are_no_strings_are_shown_as_python_has_them() -> None:
    index = Index.in_memory(Schema(body=Text(), year=Number()))
    with index.writer() as writer:
        writer.add({"body": "lynx", "year": [1, 2.5]})
        writer.add({"body": "a lynx"})
    index.refresh()
    results = index.search("lynx")
    assert sorted(results.texts("year")) == ["", "1\n2.5"]
    assert results.texts("id") == [hit.id for hit in results]
    assert results.highlights("year", fragments=None) == results.texts("year")
    assert results.stored() == [hit.fields for hit in results]


def test_a_page_of_nothing_and_numbers_that_cannot_be() -> None:
    index = INDEXES[0]
    empty = index.search("nosuchword")
    assert empty.texts("body") == empty.highlights("body") == empty.fragments("body") == empty.stored() == []
    results = index.search("люди", 5)
    for count, size in ((0, 10), (1, 0), (-1, 5)):
        with pytest.raises(ValueError, match="1 or more"):
            results.highlights("body", fragments=count, size=size)
        with pytest.raises(ValueError, match="1 or more"):
            results[0].fragments("body", count, size)
    assert results.highlights("body", fragments=10**30, size=10**30)
    with pytest.raises(ValueError, match="formatter is one of"):
        results.highlights("body", "markdown")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no field"):
        results.texts("nothing")


def test_large_documents_are_not_kept_and_are_the_same() -> None:
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        for number in range(4):
            writer.add({"id": str(number), "body": "Nothing here. " * 40_000 + f"A lynx {number}."})
    index.refresh()
    results = index.search("lynx")
    shown = results.highlights("body", "plain")
    assert not results._pages[0].is_kept
    assert shown == [hit.highlight("body", "plain") for hit in results]
    assert all(text.endswith(f"A lynx {hit.id}.") for text, hit in zip(shown, results, strict=True))


def test_an_own_formatter_gets_the_same_pieces() -> None:
    class Numbered:
        def plain(self, text: str) -> str:
            return text

        def marked(self, text: str, mark: int) -> str:
            return f"[{mark}:{text}]"

    results = INDEXES[0].search("люди police")
    expected = [join(found, Numbered()) for found in results.fragments("body")]
    assert results.highlights("body", Numbered()) == expected
    assert [hit.highlight("body", Numbered()) for hit in results] == expected
    assert all(isinstance(one, Fragment) for found in results.fragments("body") for one in found)
