"""Spans, by example and against a slow twin that tries every combination of tokens."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hang import must_end
from searchlib.highlight import Mark, PhraseMatch, Span, WordMatch

from .native import spans
from .simple import Match, SimpleAnalyzer, Token, meets, tokens, word

ANALYZER = SimpleAnalyzer()
A, B, C = word("a"), word("b"), word("c")


def phrase(*words: WordMatch, slop: int = 0, offsets: tuple[int, ...] | None = None) -> PhraseMatch:
    return PhraseMatch(words, offsets or tuple(range(len(words))), slop)


def marked(text: str, *marks: Mark) -> list[tuple[str, int]]:
    return [(text[span.start : span.end], span.mark) for span in spans(text, marks, ANALYZER)]


EXAMPLES = [
    ("a word", "A b as c", [A], [("A", 0), ("as", 0)]),
    ("two words", "a b", [B, A], [("a", 1), ("b", 0)]),
    ("the first of equal marks", "a", [A, A], [("a", 0)]),
    ("forms", "a as", [word("a", forms={"as"})], [("as", 0)]),
    ("no match", "c", [A], []),
    ("no mark", "a", [], []),
    ("a phrase is one span", "c a  b c", [phrase(A, B)], [("a  b", 0)]),
    ("its words alone are none", "a c b a", [phrase(A, B)], []),
    ("unless they are marks too", "a c a b", [phrase(A, B), A], [("a", 1), ("a b", 0)]),
    ("order matters", "b a", [phrase(A, B, slop=5)], []),
    ("a gap from the query", "a c b", [phrase(A, B, offsets=(0, 2))], [("a c b", 0)]),
    ("slop", "a c b a c c b", [phrase(A, B, slop=1)], [("a c b", 0)]),
    ("slop is shared", "a c b c a x a c b a", [phrase(A, B, A, slop=1)], [("a c b a", 0)]),
    ("the tighter occurrence", "a a c b", [phrase(A, B, slop=3)], [("a c b", 0)]),
    ("repeated words", "a a a", [phrase(A, A)], [("a a a", 0)]),
    ("neighbours stay apart", "a b a b", [phrase(A, B)], [("a b", 0), ("a b", 0)]),
    ("the longest names the union", "a b c d", [phrase(A, B), phrase(B, C, word("d"))], [("a b c d", 1)]),
    ("of equals the first names it", "a b c", [phrase(B, C), phrase(A, B)], [("a b c", 1)]),
    ("parts of a hyphenated word", "x a-b y", [phrase(A, B)], [("a-b", 0)]),
    ("one part", "x-a-b", [A], [("a", 0)]),
    ("the whole", "a-b a b", [word("a-b")], [("a-b", 0)]),
    ("the whole and a part", "a-b", [A, word("a-b")], [("a-b", 1)]),
    ("a whole in a phrase", "c a-b c", [phrase(C, word("a-b"), C, offsets=(0, 1, 2))], [("c a-b c", 0)]),
    ("a phrase of one word", "b a", [phrase(A)], [("a", 0)]),
]


@pytest.mark.parametrize(
    ("text", "marks", "expected"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES]
)
def test_examples(text: str, marks: list[Mark], expected: list[tuple[str, int]]) -> None:
    assert marked(text, *marks) == expected


words = st.builds(
    lambda lemmas, form: word(*lemmas, forms=form),
    st.sets(st.sampled_from(["a", "b", "c", "a-b"]), min_size=1, max_size=2),
    st.sampled_from([None, None, None, {"a", "bs"}]),
)
gaps = st.lists(st.sampled_from([1, 1, 1, 2, 3]), min_size=0, max_size=3)
phrases = gaps.flatmap(
    lambda steps: st.builds(
        PhraseMatch,
        st.tuples(*[words] * (len(steps) + 1)),
        st.just(tuple(itertools.accumulate(steps, initial=0))),
        st.integers(0, 4),
    )
)
marks_lists = st.lists(st.one_of(words, phrases), max_size=4)
texts = st.lists(
    st.sampled_from(
        ["a", "b", "c", "as", "bs", "x", "A", "a-b", "b-c-a", "-", ", ", "  ", "\n", "ё", "e\u0301"]
    ),
    max_size=14,
).map(" ".join)


@given(texts, marks_lists)
def test_spans_equal_the_slow_twins(text: str, marks: list[Mark]) -> None:
    found = spans(text, marks, ANALYZER)
    assert found == slow_spans(text, marks)
    assert all(span.start < span.end for span in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


def slow_spans(text: str, marks: Sequence[Mark]) -> list[Span]:
    """Every match of every mark, then unions, each by trying all pairs."""
    matches: list[Span] = []
    for index, mark in enumerate(marks):
        if isinstance(mark, PhraseMatch):
            matches += [Span(start, end, index) for start, end in slow_occurrences(text, mark)]
        else:
            matches += [Span(token.start, token.end, index) for token in tokens(text) if meets(token, mark)]
    clusters: list[list[Span]] = []
    for match in sorted(matches):
        touched = [
            c for c in clusters if any(match.start < other.end and other.start < match.end for other in c)
        ]
        clusters = [c for c in clusters if c not in touched] + [[match, *itertools.chain(*touched)]]
    result = []
    for cluster in clusters:
        longest = min(cluster, key=lambda span: (span.start - span.end, span.start, span.mark))
        result.append(Span(min(s.start for s in cluster), max(s.end for s in cluster), longest.mark))
    return sorted(result)


def slow_occurrences(text: str, mark: PhraseMatch) -> list[tuple[int, int]]:
    """All combinations of tokens, one for each word; of each first one the nearest; then those that hold no
    other one inside."""
    columns = [[token for token in tokens(text) if meets(token, slot)] for slot in mark.words]
    gaps = [after - before - 1 for before, after in itertools.pairwise(mark.offsets)]
    nearest: dict[Token, tuple[int, int, tuple[Token, ...]]] = {}
    for chosen in itertools.product(*columns):
        skipped = [
            b.position - a.position - a.span - gap
            for (a, b), gap in zip(itertools.pairwise(chosen), gaps, strict=True)
        ]
        if all(each >= 0 for each in skipped) and sum(skipped) <= mark.slop:
            way = (sum(skipped), chosen[-1].position, chosen)
            nearest[chosen[0]] = min(nearest.get(chosen[0], way), way, key=lambda way: way[:2])
    found = [chosen for _, _, chosen in nearest.values()]
    windows = {(chosen[0].position, chosen[-1].position) for chosen in found}
    tightest = {
        (first, last)
        for first, last in windows
        if not any((f, e) != (first, last) and first <= f and e <= last for f, e in windows)
    }
    result = []
    for first, last in tightest:
        # A whole and its first part can both stand at a position; the whole comes first.
        ends = [c for c in found if (c[0].position, c[-1].position) == (first, last)]
        result.append((min(c[0].start for c in ends), ends[0][-1].end))
    return result


def test_phrases_that_cannot_be_are_refused() -> None:
    for words_, offsets, slop in [
        ((A,), (0, 1), 0),
        ((), (), 0),
        ((A, B), (1, 2), 0),
        ((A, B), (0, 0), 0),
        ((A,), (0,), -1),
    ]:
        with pytest.raises(ValueError, match=r"phrase|slop"):
            PhraseMatch(words_, offsets, slop)


class _Prepared:
    """Gives the same tokens for any text: what is measured is the search for phrases."""

    def __init__(self, found: list[Match]) -> None:
        self._found = found

    def find(self, text: str, groups: Sequence[WordMatch]) -> list[Match]:
        return self._found


def test_matches_that_touch_stay_apart() -> None:
    touching = [Match(0, 1, 0, 1, (0,)), Match(1, 2, 1, 1, (0,))]
    assert spans("ab", [A], _Prepared(touching)) == [Span(0, 1, 0), Span(1, 2, 0)]


def test_a_long_text_full_of_matches_is_marked_in_linear_time() -> None:
    found = [Match(100 * n, 100 * n + 5, n, 1, (0, 1) if n % 3 else (2,)) for n in range(200_000)]
    marks = [A, phrase(A, B, C, slop=20), phrase(B, C)]
    with must_end():
        assert len(spans("", marks, _Prepared(found))) > 50_000
