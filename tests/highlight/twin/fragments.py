"""The fragments of a text that show best why it was found, as slices of it.

A fragment is chosen by the matches that it holds and cut where sentences or words end. What a mark looks like
is the formatters' concern.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from searchlib.highlight import Fragment, Span

from .sentences import safe_before, sentence_borders, word_border_after, word_border_before


def fragments(text: str, spans: Sequence[Span], count: int = 3, size: int = 160) -> list[Fragment]:
    """At most `count` disjoint fragments of at most `size` code points each, in the order of the text.

    spans: as `searchlib.highlight.spans` gives them: sorted and disjoint. The fragment with the most
    different marks comes first, then the one with the most matches, then the earlier one. Without a match the
    beginning of the text is shown; a text of spaces gives none. A match longer than `size` is cut. n log n in
    the number of spans.
    """
    if count < 1 or size < 1:
        raise ValueError(f"count and size are at least 1, got count={count}, size={size}")
    if not spans:
        return _beginning(text, size)
    starts = [span.start for span in spans]
    windows = sorted(_Chooser(spans, size).best(count))
    result: list[Fragment] = []
    for number, (first, last) in enumerate(windows):
        low = result[-1].end if result else 0
        high = spans[windows[number + 1][0]].start if number + 1 < len(windows) else len(text)
        result.append(_Cut(text, spans, starts, size).fragment(first, last, low, high))
    return result


def _beginning(text: str, size: int) -> list[Fragment]:
    start = len(text) - len(text.lstrip())
    if start == len(text):
        return []
    end = _end_of(text, start, start + 1, min(start + size, len(text)))
    return [Fragment(text[start:end], start, end, ())]


class _Chooser:
    """Picks runs of neighbouring spans, spans[first..last], that fit into one fragment."""

    def __init__(self, spans: Sequence[Span], size: int) -> None:
        self._spans = spans
        self._size = size

    def best(self, count: int) -> list[tuple[int, int]]:
        heap = self._candidates()
        heapq.heapify(heap)
        chosen: list[tuple[int, int]] = []
        while heap and len(chosen) < count:
            _, _, first, last = heapq.heappop(heap)
            rest = self._without(chosen, first, last)
            if rest == last:
                chosen.append((first, last))
            elif rest >= first:  # its end belongs to a better one: it stands for what is left of it
                heapq.heappush(heap, self._rated(first, rest))
        return chosen

    def _candidates(self) -> list[tuple[int, int, int, int]]:
        # One for each span, the longest run that begins there; two indices move on, so this is linear.
        spans, candidates = self._spans, []
        held: Counter[int] = Counter()
        last = -1
        for first, span in enumerate(spans):
            while last + 1 < len(spans) and (last < first or spans[last + 1].end - span.start <= self._size):
                last += 1
                held[spans[last].mark] += 1
            candidates.append((-len(held), first - last, first, last))
            held[span.mark] -= 1
            if not held[span.mark]:
                del held[span.mark]
        return candidates

    def _rated(self, first: int, last: int) -> tuple[int, int, int, int]:
        distinct = len({self._spans[index].mark for index in range(first, last + 1)})
        return -distinct, first - last, first, last

    @staticmethod
    def _without(chosen: list[tuple[int, int]], first: int, last: int) -> int:
        # The last span of the run that is not in a chosen run; first - 1 if the run begins inside one.
        for chosen_first, chosen_last in chosen:
            if chosen_first <= first <= chosen_last:
                return first - 1
            if first < chosen_first <= last:
                last = chosen_first - 1
        return last


class _Cut:
    """Gives a run of spans its surroundings."""

    def __init__(self, text: str, spans: Sequence[Span], starts: Sequence[int], size: int) -> None:
        self._text = text
        self._spans = spans
        self._starts = starts
        self._size = size

    def fragment(self, first: int, last: int, low: int, high: int) -> Fragment:
        """The fragment around spans[first..last], within text[low:high]."""
        begin, stop = self._spans[first].start, self._spans[last].end
        if stop - begin > self._size:
            return self._long(first, begin)
        start = self._start(begin, stop, low)
        end = _end_of(self._text, start, stop, min(start + self._size, high), self._outside(stop, high))
        return self._made(start, end)

    def _long(self, index: int, begin: int) -> Fragment:
        end = max(safe_before(self._text, begin, begin + self._size), begin + 1)
        return Fragment(self._text[begin:end], begin, end, (Span(begin, end, self._spans[index].mark),))

    def _start(self, begin: int, stop: int, low: int) -> int:
        low = max(low, stop - self._size)
        room = max(begin - (self._size - (stop - begin)) // 2, low)
        borders = sentence_borders(self._text, low, begin)
        end = sentence_borders(self._text, stop, min(stop + self._size, len(self._text)))
        whole = [border for border in borders if end and end[0] - border <= self._size]
        near = [border for border in borders if border >= room]
        start = (whole or near or [word_border_after(self._text, room, begin)])[-1]
        return self._past_spans(start, begin)

    def _past_spans(self, start: int, begin: int) -> int:
        # A fragment must not begin inside a match that it does not show.
        before = bisect_right(self._starts, start) - 1
        if before >= 0 and self._spans[before].start < start < self._spans[before].end:
            return word_border_after(self._text, min(self._spans[before].end, begin), begin)
        return start

    def _outside(self, stop: int, high: int) -> list[Span]:
        # The matches that follow within reach: the end must not cut one.
        return list(
            self._spans[bisect_left(self._starts, stop) : bisect_left(self._starts, stop + self._size)]
        )

    def _made(self, start: int, end: int) -> Fragment:
        held = self._spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return Fragment(self._text[start:end], start, end, tuple(held))


def _end_of(text: str, start: int, least: int, most: int, ahead: Sequence[Span] = ()) -> int:
    """Where a fragment from `start` ends: within [least, most], at a sentence's end if there is one."""
    borders = [border for border in sentence_borders(text, least, most) if border > start]
    end = borders[-1] if borders else word_border_before(text, least, most)
    for span in ahead:
        if span.start < end < span.end:
            end = span.start
    while end > least and text[end - 1].isspace():
        end -= 1
    return end
