"""The two keyboards on one: what was typed with the wrong layout on, «ghbdtn» for «привет».

Only keys are known here, no words.
"""

from __future__ import annotations

_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`" + 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
_JCUKEN = "йцукенгшщзхъфывапролджэячсмитьбюё" + "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ"
_TO_CYRILLIC = str.maketrans(_QWERTY, _JCUKEN)
_TO_LATIN = str.maketrans(_JCUKEN, _QWERTY)

PUNCTUATION = frozenset("[];',.`{}:\"<>~")
"""The keys that are letters on the Russian keyboard alone: х ъ ж э б ю ё, and their capitals."""


def swapped(text: str) -> str | None:
    """The text under the other layout; None if its letters are not all of one layout, or there are none."""
    letters = [char for char in text if char.isalpha()]
    if letters and all("a" <= char.lower() <= "z" for char in letters):
        return text.translate(_TO_CYRILLIC)
    if letters and all(char in _JCUKEN for char in letters):
        return text.translate(_TO_LATIN)
    return None
