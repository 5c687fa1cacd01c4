"""Occurrences of a phrase among the places of its words. All of it is plain numbers.

A phrase's words stand in order: each begins where the one before ends, and as many positions later as the
phrase has a gap there, or beyond. What is skipped beyond those gaps is an occurrence's distance, at most the
slop (core/search/phrase_count.hpp has the same mathematics). Of all occurrences that begin with a place the
nearest counts, and of two, one inside the other, only the inner one: in «to be to go», "to go"~2 is the last
two words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple


class Place(NamedTuple):
    """A token that a word of the phrase meets: its first position, the one behind it, its characters.

    A compound's whole stands at its first part's position and takes those of all its parts.
    """

    position: int
    behind: int
    start: int
    end: int


class _Way(NamedTuple):
    """From a place to the phrase's last word, by the nearest way, or from any place behind it.

    least: where the last word would stand if only skipped positions counted. last: where it stands; end: its
    last character.
    """

    position: int
    least: int
    last: int
    end: int


class _Occurrence(NamedTuple):
    first: int
    last: int
    start: int
    end: int


def occurrences(
    columns: Sequence[Sequence[Place]], offsets: Sequence[int], slop: int
) -> list[tuple[int, int]]:
    """The (start, end) of each occurrence, by position; columns[i] holds the places of word i, by position.

    Nearly linear in the number of places: from the last word back to the first, each place needs only the
    nearest way on, and those are found one after the other.
    """
    if not all(columns):
        return []
    ways: list[_Way] = []  # those of the word behind, the last place first
    for place in reversed(columns[-1]):
        ways.append(_nearer(_Way(place.position, place.position, place.position, place.end), ways))
    gaps = [after - before - 1 for before, after in pairwise(offsets)]
    for column, gap in zip(columns[-2:0:-1], gaps[:0:-1], strict=True):
        found = _ways_from(column, gap, slop, ways)
        ways = []
        for _, way in found:
            ways.append(_nearer(way, ways))
    if len(columns) == 1:
        return [(place.start, place.end) for place in columns[0]]
    whole = [
        _Occurrence(way.position, way.last, place.start, way.end)
        for place, way in _ways_from(columns[0], gaps[0], slop, ways)
    ]
    return [(one.start, one.end) for one in reversed(_innermost(whole))]


def _ways_from(
    column: Sequence[Place], gap: int, slop: int, ways: Sequence[_Way]
) -> list[tuple[Place, _Way]]:
    """The places that one of the ways goes on from, the last first; each with its own."""
    found = []
    at = 0  # so many ways begin at or behind the place's end
    for place in reversed(column):
        behind = place.behind + gap
        while at < len(ways) and ways[at].position >= behind:
            at += 1
        while at > 0 and ways[at - 1].position < behind:
            at -= 1
        if at == 0:
            continue
        on = ways[at - 1]
        if on.least - behind <= slop:
            least = place.position + on.least - behind
            found.append((place, _Way(place.position, least, on.last, on.end)))
    return found


def _nearer(way: _Way, behind: Sequence[_Way]) -> _Way:
    """The way, or a nearer one that begins behind it, as the best from its position on."""
    if not behind or (way.least, way.last) <= (behind[-1].least, behind[-1].last):
        return way
    return behind[-1]._replace(position=way.position)


def _innermost(found: Sequence[_Occurrence]) -> list[_Occurrence]:
    """Without those that hold another one; the last first, as they come."""
    kept: list[_Occurrence] = []
    for _, same in groupby(found, key=lambda one: one.first):
        candidates = list(same)
        last = min(one.last for one in candidates)
        if not kept or last < kept[-1].last:
            kept += [one for one in candidates if one.last == last]
    return kept
