"""What characters do in words, for the scanner's slow twin: letters, digits, joiners, marks, borders.

It goes by the categories and names of characters in the standard library's unicodedata and shares no table
and no code with the core. Characters that this Python does not know are not for it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

APOSTROPHES = "'`´\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u0374\u055a‘’‛′\ua78b\ua78c＇"
HYPHENS = "-\u058a\u05be\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
DOTS = ".․﹒．"
MID_NUMBER = ",×٫٬"
MID_LETTER = "\u00b7\u0387׳״‧"
GROUP_SPACES = " \u00a0\u2007\u2009\u202f"
SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
# Vowel points, tatweel, fillers, skin tones: marks that a form is without.
DROPPED = re.compile(
    "[\u034f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u180b-\u180d\u180f\u3164\uffa0\U0001f3fb-\U0001f3ff]"
)
SHAPES = ("font", "wide", "narrow", "compat", "sub", "isolated", "initial", "medial", "final")
SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR",
             "TANGUT", "NUSHU", "YI SYLLABLE", "BOPOMOFO")  # fmt: skip


EMOJI = ((0x231A, 0x231B), (0x23E9, 0x23FA), (0x2600, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B55),
         (0x1F000, 0x1FAFF))  # fmt: skip


class Atom(NamedTuple):
    """A character with the marks that belong to it."""

    kind: str
    start: int
    end: int


def kind_of(char: str) -> str:
    """What a character does in words: a, A letter, 9 digit, m mark, i ideograph, e emoji, r half a flag."""
    for kind, members in (
        ("'", APOSTROPHES),
        ("-", HYPHENS),
        (".", DOTS),
        (",", MID_NUMBER),
        (":", MID_LETTER),
        ("s", GROUP_SPACES),
        ("9", SUBSCRIPTS),
    ):
        if char in members:
            return kind
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return "r"
    if DROPPED.match(char):
        return "m"
    category = unicodedata.category(char)
    if category[0] == "L" or category == "Nl":
        name = unicodedata.name(char, "CJK" if category == "Lo" else "")
        return "i" if name.startswith(SPACELESS) else "A" if category in ("Lu", "Lt") else "a"
    if category in ("So", "Sm", "Po") and any(low <= ord(char) <= high for low, high in EMOJI):
        return "e"
    return {"Nd": "9", "Mn": "m", "Mc": "m", "Me": "m", "Cf": "m", "Pc": "_"}.get(category, " ")


def atoms_of(text: str) -> list[Atom]:
    """The text as atoms; a mark with nothing to stand on is a border."""
    atoms: list[Atom] = []
    for at, char in enumerate(text):
        kind = kind_of(char)
        if kind == "m" and atoms and atoms[-1].kind in "aA9ier":
            atoms[-1] = atoms[-1]._replace(end=at + 1)
        else:
            atoms.append(Atom(" " if kind == "m" else kind, at, at + 1))
    return [*atoms, Atom(" ", len(text), len(text)), Atom(" ", len(text), len(text))]


def script_of(char: str) -> str:
    """Latin, Cyrillic or Arabic, the scripts that a language is chosen by; empty for anything else."""
    name = unicodedata.name(char, "").split(" ")[0] if kind_of(char) in "aA" else ""
    return name if name in ("LATIN", "CYRILLIC", "ARABIC") else ""


def is_invisible(char: str) -> bool:
    selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
    is_mark = kind_of(char) == "m" and unicodedata.category(char) in ("Cf", "Me")
    return selector or is_mark or DROPPED.match(char) is not None


def plain_shape(char: str) -> str:
    """Ａ → A, ﬁ → fi, Ⅳ → IV, ₂ and ٢ → 2."""
    if kind_of(char) not in "aA9":
        return char
    if (value := unicodedata.digit(char, None)) is not None:
        return str(value)
    tag, _, _ = unicodedata.decomposition(char).partition(">")
    plain = unicodedata.normalize("NFKD", char) if tag[1:] in SHAPES else char
    fits = all(kind_of(part) in "aA9m" and not is_invisible(part) for part in plain)
    return plain if fits and not re.search("[\u1100-\u11ff]", plain) else char
