"""What is shown: escaped, marked, and free of whatever could act on a page or a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.highlight import Ansi, Fragment, Html, Plain, Span, join, mark, one_line, printable

from .native import fragments

TEXT = 'The <b>lynx</b> & "wolf"'
SPANS = [Span(7, 11, 0), Span(19, 23, 1)]


def test_html_is_escaped_and_marked() -> None:
    assert mark(TEXT, SPANS, Html()) == (
        "The &lt;b&gt;<mark>lynx</mark>&lt;/b&gt; &amp; &quot;<mark>wolf</mark>&quot;"
    )


def test_html_takes_a_tag_and_a_class() -> None:
    assert mark("a", [Span(0, 1, 0)], Html("b", 'x"y')) == '<b class="x&quot;y">a</b>'
    for tag in ("", "a b", "a>", "1"):
        with pytest.raises(ValueError, match="HTML element"):
            Html(tag)


def test_ansi_and_plain() -> None:
    assert mark("a b", [Span(2, 3, 0)], Ansi()) == "a \x1b[1;33mb\x1b[0m"
    assert mark("a b", [Span(2, 3, 0)], Ansi("1")) == "a \x1b[1mb\x1b[0m"
    assert mark("a b", [Span(2, 3, 0)], Plain()) == "a b"
    assert mark("a b", [Span(2, 3, 0)], Plain("**", "**")) == "a **b**"
    for style in ("", "m", "1;", "\x1b"):
        with pytest.raises(ValueError, match="SGR"):
            Ansi(style)


def test_a_formatter_of_ones_own() -> None:
    class Numbered:
        def plain(self, text: str) -> str:
            return text.upper()

        def marked(self, text: str, mark: int) -> str:
            return f"[{mark}:{text}]"

    assert mark(TEXT, SPANS, Numbered()) == 'THE <B>[0:lynx]</B> & "[1:wolf]"'


def test_fragments_are_joined_in_one_line() -> None:
    text = "A lynx\nwas \t seen. " + "Nothing else. " * 20 + "Another\r\nlynx."
    spans = [Span(found.start(), found.end(), 0) for found in re.finditer("lynx", text)]
    found = fragments(text, spans, size=20)
    assert join(found, Plain("[", "]")) == "A [lynx] was seen. … Another [lynx]."
    assert join(found, Html(), " <> ") == "A <mark>lynx</mark> was seen. &lt;&gt; Another <mark>lynx</mark>."
    assert join([], Plain()) == ""
    assert [text[span.start : span.end] for part in found for span in part.spans] == ["lynx", "lynx"]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x1b[31mb\x1b]0;c\x07", "a[31mb]0;c"),
        ("a\x00b\x7fc\x9bd", "abcd"),
        ("abc\u202edef\u2066g\u2069", "abcdefg"),
        ("a\r\nb\rc\x0bd\x85e\u2028f", "a\nb\nc\nd\ne\nf"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        ("й и\u0306 👍🏽 é \u200fעברית", "й и\u0306 👍🏽 é \u200fעברית"),
    ],
)
def test_control_characters_go_and_writing_stays(raw: str, clean: str) -> None:
    assert printable(raw) == clean
    for formatter in (Html(), Ansi(), Plain()):
        assert mark(raw, [], formatter) == clean


def test_a_title_is_one_line() -> None:
    assert one_line("a \n\t b\u2029c\x1b") == "a b c"


def test_a_match_of_control_characters_alone_leaves_no_mark() -> None:
    assert mark("a\x1bb", [Span(1, 2, 0)], Html()) == "ab"


@pytest.mark.parametrize(
    "spans",
    [[Span(2, 3, 0), Span(0, 1, 0)], [Span(0, 2, 0), Span(1, 3, 0)], [Span(1, 1, 0)], [Span(2, 9, 0)]],
)
def test_spans_that_are_none_are_refused(spans: list[Span]) -> None:
    with pytest.raises(ValueError, match="sorted, disjoint"):
        mark("abc", spans, Plain())


_ACTING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
strange = st.text(
    st.sampled_from("ab<&>\"' \n\t\r\x1b\x00\x9b\u202e\u2066\u2028\ud800й\u0306[m") | st.characters()
)


@given(strange, st.lists(st.integers(0, 30), max_size=6))
def test_nothing_that_acts_reaches_the_reader(text: str, cuts: list[int]) -> None:
    cuts = sorted({min(cut, len(text)) for cut in cuts})
    spans = [Span(a, b, 0) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    whole = [Fragment(text, 0, len(text), tuple(spans))]
    for shown in (
        mark(text, spans, Plain()),
        join(whole, Plain()),
        mark(text, spans, Html()),
        join(whole, Html()),
    ):
        assert not _ACTING.search(shown)
        shown.encode("utf-8")
    terminal = re.sub(r"\x1b\[(1;33|0)m", "", mark(text, spans, Ansi()))
    assert not _ACTING.search(terminal)
    html = mark(text, spans, Html())
    assert not re.search("[<>]", html.replace("<mark>", "").replace("</mark>", ""))
    assert "\n" not in join(whole, Plain())
