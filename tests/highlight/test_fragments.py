"""Fragments: which are chosen, where they are cut, and what they must never do to a text."""

from __future__ import annotations

import itertools
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hang import must_end
from searchlib.highlight import Fragment, Span

from .native import fragments, sentence_borders


def spans_of(text: str, *words: str) -> list[Span]:
    found = [
        Span(start, start + len(word), mark)
        for mark, word in enumerate(words)
        for start in range(len(text))
        if text.startswith(word, start)
    ]
    return sorted(found)


def shown(text: str, *words: str, count: int = 3, size: int = 40) -> list[str]:
    return [part.text for part in fragments(text, spans_of(text, *words), count, size)]


FILLER = "Nothing here to see, move along now please. " * 5


def test_a_short_text_is_shown_whole() -> None:
    assert shown("One lynx. Two lynxes.", "lynx") == ["One lynx. Two lynxes."]


def test_sentences_are_shown_whole_where_they_fit() -> None:
    text = FILLER + "A lynx was seen. " + FILLER
    assert shown(text, "lynx", size=30) == ["A lynx was seen."]


def test_a_long_sentence_is_cut_between_words() -> None:
    text = "the committee that was to speak of the lynx did so at great length and without any result"
    (fragment,) = shown(text, "lynx", size=30)
    assert fragment in text and "lynx" in fragment and len(fragment) <= 30
    assert f" {fragment} " in text


def test_a_word_without_end_is_cut_anywhere() -> None:
    text = "x" * 500 + "lynx" + "x" * 500
    (fragment,) = shown(text, "lynx", size=30)
    assert len(fragment) == 30 and "lynx" in fragment


def test_different_marks_count_more_than_many() -> None:
    text = "lynx lynx lynx lynx. " + FILLER + "A lynx and a wolf. " + FILLER
    assert shown(text, "lynx", "wolf", count=1) == ["A lynx and a wolf."]


def test_then_the_number_of_matches_then_the_earlier() -> None:
    text = "one lynx. " + FILLER + "Lynx by lynx, by lynx. " + FILLER + "Last lynx. "
    assert shown(text, "lynx", count=1, size=25) == ["Lynx by lynx, by lynx."]
    assert shown(text, "lynx", count=2, size=25) == ["one lynx.", "Lynx by lynx, by lynx."]


def test_fragments_come_in_the_order_of_the_text() -> None:
    text = "a lynx. " + FILLER + "A lynx and a wolf. " + FILLER + "A wolf."
    assert shown(text, "lynx", "wolf", size=20) == ["a lynx.", "A lynx and a wolf.", "A wolf."]


def test_what_a_better_fragment_leaves_over_is_shown_too() -> None:
    text = "Lynx one is far, lynx and wolf and lynx. " + FILLER
    spans = spans_of(text.lower(), "lynx", "wolf")
    assert [part.text for part in fragments(text, spans, 2, 24)] == [
        "Lynx one is far,",
        "lynx and wolf and lynx.",
    ]


def test_a_fragment_ends_before_a_match_that_does_not_fit() -> None:
    text = "one two three four five six seven eight nine"
    three, four, rest = Span(8, 13, 0), Span(14, 18, 1), Span(19, 44, 0)
    assert fragments(text, [three, four, rest], 1, 24) == [Fragment("two three four", 4, 18, (three, four))]


def test_a_fragment_begins_after_a_match_that_does_not_fit() -> None:
    text = "a long ma t wolf, lynx lynx lynx lynx"
    spans = [Span(2, 11, 0), *spans_of(text, "lynx", "wolf")]  # «long ma t» is one match
    (part,) = fragments(text, spans, 1, 29)
    assert part.text == "wolf, lynx lynx lynx lynx"
    assert part.spans == tuple(spans[1:])


def test_without_a_match_the_beginning_is_shown() -> None:
    assert shown("\n  First sentence. Second sentence is here.", size=20) == ["First sentence."]
    assert shown("one two three four five six seven", size=15) == ["one two three"]
    assert shown("") == shown(" \n\t") == []


def test_an_empty_line_ends_a_sentence() -> None:
    text = "A headline without a stop\n\nThe lynx is here"
    assert shown(text, "lynx", size=20) == ["The lynx is here"]


def test_a_match_that_is_too_long_is_cut_and_said_to_be() -> None:
    text = "a" * 50
    assert fragments(text, [Span(0, 50, 3)], size=20) == [Fragment("a" * 20, 0, 20, (Span(0, 20, 3),))]


def test_spans_count_from_the_beginning_of_the_text() -> None:
    text = FILLER + "A lynx was seen. " + FILLER
    (part,) = fragments(text, spans_of(text, "lynx"), size=30)
    assert [text[span.start : span.end] for span in part.spans] == ["lynx"]
    assert text[part.start : part.end] == part.text


@pytest.mark.parametrize(("count", "size"), [(0, 10), (1, 0)])
def test_senseless_sizes_are_refused(count: int, size: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        fragments("a", [], count, size)


SENTENCES = [
    "It rained.| It stopped.",
    "Did it rain?| Yes!| No.",
    "“It rained.”| He left.",
    "Дождь кончился.| «Наконец-то!»| Все вышли.",
    "Он молчал…| Она ушла.",
    "Mr. Smith met Dr. Brown in the U.S. Senate.| They spoke.",
    "He wrote i.e. Nothing and e.g. Something.",
    "В 1991 г. Ельцин победил.| Прошло 30 лет.",
    "Это было в т.ч. Москвой и т.д. Потом.",
    "А. С. Пушкин и J. R. Tolkien.| Они писали.",
    "Цена 5 тыс. руб. За штуку.",
    "Версия 3.14.| Дальше.",
    "It cost $3.50 then.| Now more.",
    "see example.com now.| Then go.",
    "it stopped. and went on",
    "Title|\n\nBody text.| More.",
    "one line\nanother line",
    "Он пришёл.| — Здравствуйте.",
    "End.| 5 men came.",
]


@pytest.mark.parametrize("example", SENTENCES)
def test_sentences_of_both_languages(example: str) -> None:
    text = example.replace("|", "")
    expected, at = [0], 0
    for part in example.split("|")[:-1]:
        at += len(part)
        expected.append(at + len(text[at:]) - len(text[at:].lstrip()))
    assert sentence_borders(text, 0, len(text)) == [*expected, len(text)]


_ORDINARY = [
    "lynx",
    "wolf",
    "a",
    "word",
    "слово",
    ". ",
    "! ",
    " ",
    " ",
    "\n\n",
    "г. ",
    "U.S. ",
    "x" * 30,
    "\t",
    "\r\n",
]
_COMPOSED = ["e\u0301\u0323", "👩\u200d👧", "🇷🇺🇺🇿", "\ud83d\ude00", "й", "и\u0306", "👍🏽"]
pieces = st.sampled_from(_ORDINARY + _COMPOSED)
documents = st.lists(pieces, max_size=60).map("".join)


@given(documents, st.integers(1, 4), st.integers(1, 60), st.randoms(use_true_random=False))
def test_fragments_are_slices_that_cut_no_match_and_no_character(
    text: str, count: int, size: int, chance: random.Random
) -> None:
    cuts = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, 2 * chance.randrange(6))))
    spans = [Span(a, b, chance.randrange(3)) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    found = fragments(text, spans, count, size)
    assert len(found) <= count
    assert bool(found) == (bool(spans) or bool(text.strip()))
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start
    for part in found:
        assert part.text == text[part.start : part.end]
        assert 0 < len(part.text) <= size
        too_long = [span for span in spans if span.start == part.start and span.end - span.start > size]
        if too_long:
            assert part.spans == (Span(part.start, part.end, too_long[0].mark),)
            continue
        inside = [span for span in spans if span.start < part.end and span.end > part.start]
        assert list(part.spans) == inside
        assert all(part.start <= span.start and span.end <= part.end for span in inside)


@given(
    st.lists(st.sampled_from(["ab", "и\u0306", "e\u0301\u0323", "👍🏽", "👩\u200d👧"]), min_size=5).map(
        "".join
    ),
    st.integers(6, 20),
)
def test_no_cut_parts_a_character_from_its_accents(text: str, size: int) -> None:
    (part,) = fragments(text, [], 1, size)
    following = text[part.end : part.end + 1]
    assert not following or unicodedata.category(following) not in ("Mn", "Cf")
    assert following not in ("\U0001f3fd", "\u200d") and not part.text.endswith("\u200d")


def slow_best(spans: list[Span], size: int) -> tuple[int, int]:
    """The marks and matches of the best window, by trying every pair."""
    best = (0, 0)
    for first, last in itertools.combinations_with_replacement(range(len(spans)), 2):
        if first == last or spans[last].end - spans[first].start <= size:
            held = spans[first : last + 1]
            best = max(best, (len({span.mark for span in held}), len(held)))
    return best


@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(1, 9), st.integers(0, 3)), min_size=1, max_size=12),
    st.integers(10, 60),
)
def test_the_best_fragment_holds_as_much_as_any_window(steps: list[tuple[int, int, int]], size: int) -> None:
    spans, at = [], 0
    for gap, length, mark in steps:
        spans.append(Span(at + gap, at + gap + length, mark))
        at += gap + length
    (part,) = fragments("x" * (at + 50), spans, 1, size)
    assert (len({span.mark for span in part.spans}), len(part.spans)) >= slow_best(spans, size)


def test_ten_megabytes_with_100_000_matches() -> None:
    text = ("word " * 19 + "lynx. ") * 100_000
    spans = [Span(n * 101 + 95, n * 101 + 99, n % 7) for n in range(100_000)]
    assert text[spans[5].start : spans[5].end] == "lynx"
    with must_end():
        assert len(fragments(text, spans, 5)) == 5
