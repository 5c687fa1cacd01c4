"""Borders of sentences, words and characters in English and Russian text: where a fragment may be cut.

Borders are looked for in a small window, and only that is read, however long the text is. The rules are for
cutting fragments, so in doubt there is no border: «в 1991 г. Ельцин» must not be cut, even if some sentence
does end in «г.».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from searchlib.analysis.language import ANYTHING, NAME, NUMBER
from searchlib.analysis.languages import dictionaries

# A sentence ends in . ! ? or … with what closes it («!»), a space, and no small letter; or at an empty line.
# The expression finds what may be one: sets with characters beyond ASCII would take longer to compile than a
# query takes to find its borders.
_CANDIDATE = re.compile(r"[^\w\s]+(?=\s)|\n[^\S\n]*\n\s*")
_STOPS = ".!?…"
_CLOSING = "»”’\"')]"
_OPENING = "«“„\"'([—–-"
_IN_WORD = "_.'’-"
# A window is read from a little earlier, so that the word before a full stop is seen whole.
_LOOK_BACK = 40


@cache
def _abbreviations() -> dict[str, str]:
    """What takes a full stop and then goes on: «5 тыс. руб.», "Gen. Petrov". Texts mix languages."""
    return {word: places for language in dictionaries() for word, places in language.abbreviations().items()}


def sentence_borders(text: str, low: int, high: int) -> list[int]:
    """The offsets in [low, high] where a sentence begins, or the text begins or ends."""
    begin = max(0, low - _LOOK_BACK)
    window = text[begin : high + _LOOK_BACK]
    borders = [begin + border for border in _borders(window)]
    if low == 0:
        borders.insert(0, 0)
    if high >= len(text):
        borders.append(len(text))
    return [border for border in borders if low <= border <= high]


def word_border_after(text: str, low: int, high: int) -> int:
    """The first offset in [low, high] where a word begins; where none does, low or the next safe offset."""
    if low <= 0 or text[low - 1].isspace():
        return low
    for offset in range(low, high):
        if text[offset].isspace():
            while offset < high and text[offset].isspace():
                offset += 1
            return offset
    return safe_after(text, low, high)


def word_border_before(text: str, low: int, high: int) -> int:
    """The last offset in [low, high] where a word ends; where none does, the safe offset before high."""
    if high >= len(text) or text[high].isspace():
        return high
    for offset in range(high, low, -1):
        if text[offset - 1].isspace():
            while offset > low and text[offset - 1].isspace():
                offset -= 1
            return offset
    return safe_before(text, low, high)


def safe_before(text: str, low: int, high: int) -> int:
    """The last offset in [low, high] that parts no character from its accents; low if there is none."""
    while high > low and not _is_safe(text, high):
        high -= 1
    return high


def safe_after(text: str, low: int, high: int) -> int:
    """The first offset in [low, high] that parts no character from its accents; high if there is none."""
    while low < high and not _is_safe(text, low):
        low += 1
    return low


def _borders(window: str) -> Iterator[int]:
    seen = 0  # the spaces behind a stop are looked at once
    for match in _CANDIDATE.finditer(window):
        start, end = match.span()
        if start < seen:
            continue
        if window[start] == "\n":
            yield end
            continue
        marks = match.group().rstrip(_CLOSING)
        words = marks.rstrip(_STOPS)
        if words == marks:
            continue
        after = window[end:]
        spaceless = after.lstrip()
        letters = spaceless.lstrip(_OPENING)
        following = letters[1:2] if letters[:1].isspace() else letters[:1]
        if not following.isalnum():
            continue
        seen = end + len(after) - len(spaceless)
        stop = marks[len(words) :]
        if not following.islower() and (
            stop != "." or not _is_abbreviation(window[: start + len(words)], following)
        ):
            yield seen


def _is_abbreviation(before: str, following: str) -> bool:
    begin, least = len(before), max(0, len(before) - _LOOK_BACK)
    while begin > least and (before[begin - 1].isalnum() or before[begin - 1] in _IN_WORD):
        begin -= 1
    *earlier, last = before[begin:].split(".")
    if earlier and len(last) <= 2 and last.isalpha():  # U.S., т.е., и т.д.
        return True
    if len(last) == 1 and last.isupper():  # А. С. Пушкин, J. Smith
        return True
    places = _abbreviations().get(last.strip("'’-").casefold(), "")
    return ANYTHING in places or (NUMBER if following in "0123456789" else NAME) in places


def _is_safe(text: str, offset: int) -> bool:
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if before.isascii() and after.isascii():
        return (before, after) != ("\r", "\n")
    import unicodedata  # most cuts are at a space, or at least between plain letters

    if unicodedata.category(after) in ("Mn", "Mc", "Me", "Cf") or "\ufe00" <= after <= "\ufe0f":
        return False
    if before == "\u200d" or "\U0001f3fb" <= after <= "\U0001f3ff":  # joined and toned pictograms
        return False
    if "\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff":
        return False
    return not (_is_flag_letter(before) and _is_flag_letter(after))


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
