"""Occurrences of a phrase among the positions of its words. All of it is plain numbers.

A phrase's words stand in order; word i is at least offsets[i] - offsets[i-1] positions after word i-1, and
the last at most slop positions later than offsets[-1] after the first. Of two occurrences, one inside the
other, only the inner one counts: in «to be to go», "to go"~2 is the last two words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """A token that a word of the phrase meets. A hyphenated whole stands at its first part's position."""

    position: int
    start: int
    end: int


def occurrences(
    columns: Sequence[Sequence[Place]], offsets: Sequence[int], slop: int
) -> list[tuple[int, int]]:
    """The (start, end) of each occurrence, by position; columns[i] holds the places of word i, by position.

    Linear in the number of places: as the first word moves on, the earliest place of each further word only
    moves on too.
    """
    if not all(columns):
        return []
    cursors = [0] * len(columns)
    windows: list[tuple[int, int, int, int]] = []  # first position, last position, start, end
    for first in columns[0]:
        last = _earliest_last(first, columns, offsets, cursors)
        if last is None:
            break
        if last.position - first.position - offsets[-1] > slop:
            continue
        window = (first.position, last.position, first.start, last.end)
        if windows and windows[-1][1] == last.position and windows[-1][0] < first.position:
            windows[-1] = window  # the same end from a later beginning: the tighter one
        else:
            windows.append(window)
    return [(start, end) for _, _, start, end in windows]


def _earliest_last(
    first: Place, columns: Sequence[Sequence[Place]], offsets: Sequence[int], cursors: list[int]
) -> Place | None:
    # Taking the earliest place of each word in turn leaves the most room for those that follow.
    place = first
    for slot in range(1, len(columns)):
        column, least = columns[slot], place.position + offsets[slot] - offsets[slot - 1]
        at = cursors[slot]
        while at < len(column) and column[at].position < least:
            at += 1
        cursors[slot] = at
        if at == len(column):
            return None
        place = column[at]
    return place
