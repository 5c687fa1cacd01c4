"""Designations of letters and digits as the other script writes them: Т-34 and T-34, С-300 and S-300.

Letters are replaced as those of names are, by their sound and never by their looks: С is S. No vocabulary is
known here; most of what is made is written nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_DESIGNATION = re.compile(r"([^\W\d_]{1,5})([-‐‑–]?)(\d{1,5})([^\W\d_]{0,3})")
_MAX_MADE = 32

_TO_LATIN = {
    **dict(zip("абвгдзиклмнопрстуф", ([letter] for letter in "abvgdziklmnoprstuf"), strict=True)),
    "е": ["e"],
    "ё": ["e", "yo"],
    "ж": ["zh"],
    "й": ["y"],
    "х": ["kh", "h"],
    "ц": ["ts"],
    "ч": ["ch"],
    "ш": ["sh"],
    "щ": ["shch"],
    "ы": ["y"],
    "э": ["e"],
    "ю": ["yu"],
    "я": ["ya"],
}
_TO_CYRILLIC: dict[str, list[str]] = {}
for _letter, _sounds in _TO_LATIN.items():
    for _sound in _sounds:
        _TO_CYRILLIC.setdefault(_sound, []).append(_letter)
_MAX_SOUND = max(map(len, _TO_CYRILLIC))


def in_other_script(text: str) -> list[str]:
    """A designation in the other script, in all ways to write it; none of what is no designation."""
    found = _DESIGNATION.fullmatch(text)
    if found is None:
        return []
    letters, hyphen, digits, more = found.groups()
    table = _TO_LATIN if letters[0].lower() in _TO_LATIN else _TO_CYRILLIC
    made = (
        first + hyphen + digits + last
        for first in _readings(letters, table, len(letters) > 1 and letters.isupper())
        for last in _readings(more, table, len(more) > 1 and more.isupper())
    )
    return list(dict.fromkeys(islice(made, _MAX_MADE)))


def _readings(letters: str, table: dict[str, list[str]], is_shouted: bool) -> Iterator[str]:
    """All ways to write the letters; Х alone is Kh, and ХА is KHA."""
    if not letters:
        yield ""
    for length in range(min(_MAX_SOUND, len(letters)), 0, -1):
        sound = letters[:length]
        for other in table.get(sound.lower(), ()):
            if sound[0].isupper():
                other = other.upper() if is_shouted else other.capitalize()
            yield from (other + rest for rest in _readings(letters[length:], table, is_shouted))
