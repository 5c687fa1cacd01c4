"""What abbreviations of a query stand for, by the words beside them. Loaded where a text may have some."""

from __future__ import annotations

import re

from .. import _core

# Jan Feb, but not Jan Hus.
_DATE = (
    r"\w+\s+(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)\b"
)


def readings(text: str) -> dict[int, tuple[str, ...]]:
    """The words that each stands for, by where it begins; an empty one for a name, which stands for none."""
    dates = re.compile(_DATE)
    return {
        start: tuple(words.split(" "))
        for start, words in _core.readings(text)
        if words or not dates.match(text, start)
    }
