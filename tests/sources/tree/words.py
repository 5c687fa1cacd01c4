"""Words that nobody uses, of regular form, one for each file; and the words of a text, to compare it by."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_ENGLISH = tuple(a + b for a in "bdfgklmnprstvz" for b in "aeiou")
_RUSSIAN = tuple(a + b for a in "бдгклмнпрстфвз" for b in "аеиоу")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")


def word_of(name: str, language: str) -> tuple[str, str]:
    """The word of a file, and another form of it: "gemilundor" and "gemilundors"."""
    syllables = _RUSSIAN if language == "ru" else _ENGLISH
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
    stem = ""
    for _ in range(4):
        number, at = divmod(number, len(syllables))
        stem += syllables[at]
    return (f"{stem}ндровка", f"{stem}ндровкой") if language == "ru" else (f"{stem}ndor", f"{stem}ndors")


def words_of(text: str) -> list[str]:
    """The words of a text, as texts are compared: runs of letters and of digits, without what is not seen.

    Compatible forms are one (NFKC: ² and 2, ligatures), and so are large and small letters. A letter and a
    digit are two words: a witness may show the number of a note right behind one.
    """
    return _WORD.findall(unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold())
