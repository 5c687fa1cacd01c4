"""The core's highlighting for one text at a time, in the shape of the twin's functions."""

from __future__ import annotations

from collections.abc import Sequence

from searchlib import _core
from searchlib.analysis.analyzer import Analyzer
from searchlib.highlight import Fragment, Mark, PhraseMatch, Span, WordMatch
from searchlib.highlight.fragments import abbreviations

from .twin.spans import Finder


def spans(text: str, marks: Sequence[Mark], finder: Finder) -> list[Span]:
    """The spans of a text whose tokens any finder gives."""
    numbers: dict[WordMatch, int] = {}
    marks_of_groups: dict[int, int] = {}
    phrases = []
    for index, mark in enumerate(marks):
        if isinstance(mark, PhraseMatch):
            words = [numbers.setdefault(word, len(numbers)) for word in mark.words]
            phrases.append((index, words, mark.offsets, mark.slop))
        else:
            marks_of_groups.setdefault(numbers.setdefault(mark, len(numbers)), index)
    found = finder.find(text, list(numbers)) if numbers else []
    tokens = [(token.start, token.end, token.position, token.span, token.groups) for token in found]
    of_groups = [marks_of_groups.get(number) for number in range(len(numbers))]
    return _core.spans_of(tokens, of_groups, phrases, Span)


def analyzed_spans(values: Sequence[str], marks: Sequence[Mark], analyzer: Analyzer) -> list[Span]:
    """The spans of the values of a field, as a page of one document finds them."""
    texts = _core.empty_texts(1)
    texts.put(0, values)
    (found,) = _core.mark_texts(texts, marks, analyzer.core, analyzer.resolve).spans(Span)
    return found


def fragments(text: str, spans: Sequence[Span], count: int = 3, size: int = 160) -> list[Fragment]:
    """The fragments of a text with those spans."""
    return _core.fragments_of(text, spans, count, size, abbreviations(), Fragment, Span)


def sentence_borders(text: str, low: int, high: int) -> list[int]:
    """The offsets in [low, high] where a sentence begins, or the text begins or ends."""
    return _core.sentence_borders(text, low, high, abbreviations())
