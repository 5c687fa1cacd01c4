"""Which title a document has: the first that says something, of those that it may have, else the file's name.

A number, a date, a rule of "=====", or marks alone name nothing: in a list of hits they would stand for a
document of which the file's name says more.
"""

from __future__ import annotations

import re

MAX_TITLE = 120
"""Characters of a heading or a first line; a longer one is a text and no title."""

MAX_OWN_TITLE = 1_000
"""Characters of a title that somebody gave."""

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"i|v|[ivxl]{2,7}")
_MONTHS = (
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday"
    " sunday mon tue wed thu fri sat sun st nd rd th of am pm utc gmt msk t z"
    " января февраля марта апреля мая июня июля августа сентября октября ноября декабря январь февраль март"
    " апрель май июнь июль август сентябрь октябрь ноябрь декабрь понедельник вторник среда четверг пятница"
    " суббота воскресенье пн вт ср чт пт сб вс г год года гг мск"
)
_OF_DATES = frozenset(_MONTHS.split())


def title_of(name: str, *own: str, heading: str = "") -> str:
    """The first of its own titles, or the heading, that says what a document is about; else its file's name.

    own: what stands where a title does, best first. heading: the first heading, or line, of the text.
    """
    for title in own:
        line = in_a_line(title)
        if len(line) <= MAX_OWN_TITLE and names_something(line):
            return line
    line = in_a_line(heading[: 20 * MAX_OWN_TITLE])[:MAX_TITLE].rstrip()
    return line if names_something(line) else name


def names_something(title: str) -> bool:
    """Whether a title has a word that belongs to no number and no date: not «1», "XIV." or "5 May 2026"."""
    words = _WORD.findall(title.lower())
    if not words:
        return False
    if len(words) == 1 and _ROMAN.fullmatch(words[0]) and title.isupper():
        return bool(title.strip(".:)(§ ") != words[0].upper())
    return not (all(word in _OF_DATES for word in words) and any(map(str.isdigit, title)))


def in_a_line(text: str) -> str:
    """Any white space in it is one space."""
    return _SPACES.sub(" ", text).strip()
