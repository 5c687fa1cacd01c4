"""A slow, readable twin of the core's scanner and normalisation, for tests.

It goes by the categories and names of characters in the standard library's unicodedata and shares no table
and no code with the core. Characters that this Python does not know are not for it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
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
MAX_PARTS = 64
LATIN_TO_CYRILLIC = dict(zip("aceopxyiëïABCEHIKMOPTXYËÏ", "асеорхуіёїАВСЕНІКМОРТХУЁЇ", strict=True))
CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in LATIN_TO_CYRILLIC.items()}
LATIN_TO_CYRILLIC |= dict(zip("áéíóýÁÉÍÓÝèÈ", "аеіоуАЕІОУеЕ", strict=True))
CYRILLIC_TO_LATIN |= dict(zip("јЈѕЅһԁԛԝә", "jJsShdqwə", strict=True))


class Atom(NamedTuple):
    """A character with the marks that belong to it."""

    kind: str
    start: int
    end: int


class Span(NamedTuple):
    start: int
    end: int
    position: int
    span: int


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


def spans(text: str) -> list[Span]:
    """What the scanner gives, in code points."""
    atoms = atoms_of(text)
    result: list[Span] = []
    at = position = 0
    while at < len(atoms):
        if atoms[at].kind not in "aA9ier":
            at += 1
            continue
        parts = [(at, at := token_end(text, atoms, at))]
        while is_compound(atoms, parts[-1][0], at) and len(parts) < MAX_PARTS:
            parts.append((at + 1, at := token_end(text, atoms, at + 1)))
        if len(parts) > 1:
            result.append(Span(atoms[parts[0][0]].start, atoms[at - 1].end, position, len(parts)))
        for first, behind in parts:
            result.append(Span(atoms[first].start, atoms[behind - 1].end, position, 1))
            position += 1
    return result


def is_compound(atoms: list[Atom], first: int, behind: int) -> bool:
    if atoms[first].kind not in "aA9":
        return False
    kinds = "".join(atom.kind for atom in atoms[first : behind + 5])
    size = behind - first
    return re.match("-[aA9]", kinds[size:]) is not None or (
        re.fullmatch("9{1,3}", kinds[:size]) is not None
        and re.match("s9{3}(?![aA9])", kinds[size:]) is not None
    )


def token_end(text: str, atoms: list[Atom], at: int) -> int:
    """The atom behind the token that begins at an atom."""
    kind = atoms[at].kind
    if kind == "i":
        return at + 1
    if kind == "r":
        lone = atoms[at].end - atoms[at].start > 1 or atoms[at + 1].kind != "r"
        return at + 1 if lone else at + 2
    if kind == "e":
        while text[atoms[at].end - 1] == "\u200d" and atoms[at + 1].kind == "e":
            at += 1
        return at + 1
    return word_end(text, atoms, at)


def word_end(text: str, atoms: list[Atom], first: int) -> int:
    at = segment = first
    while (following := joined(text, atoms, segment, at)) is not None:
        if atoms[at + 1].kind == ".":
            segment = following
        at = following
    kinds = "".join(atom.kind for atom in atoms[first : at + 1])
    initials = len(kinds) > 1 and set(kinds[::2]) <= set("aA") and set(kinds[1::2]) == {"."}
    if initials and atoms[at + 1].kind == ".":
        return at + 2
    signs = re.compile("[A-Za-z]+\\+\\+(?!\\+)|[A-Za-z]#(?!#)").match(text, atoms[first].start)
    if signs and (behind := at + 1 + signs.end() - atoms[at].end) > at + 1 and atoms[behind].kind not in "aA":
        return behind
    return at + 1


def joined(text: str, atoms: list[Atom], segment: int, at: int) -> int | None:
    """The next letter or digit of the word, or None at its end; `segment` is what follows its last dot."""
    behind = at + 1
    joiner = atoms[behind].kind
    if joiner in "aA9":
        return behind
    if joiner == "_":
        while atoms[behind].kind == "_":
            behind += 1
        return behind if atoms[behind].kind in "aA9" else None
    left, right = atoms[at].kind, atoms[behind + 1].kind
    letters, digits = left in "aA" and right in "aA", left == right == "9"
    if joiner == "." and (letters or digits):
        capitalised = right == "A" and atoms[behind + 2].kind == "a"
        scripts = {script_of(text[atoms[place].start]) for place in (segment, behind + 1)} - {""}
        return behind + 1 if not capitalised and len(scripts) < 2 else None
    joins = (letters and joiner in "':") or (digits and joiner in "',")
    return behind + 1 if joins else None


def script_of(char: str) -> str:
    """Latin, Cyrillic or Arabic, the scripts that a language is chosen by; empty for anything else."""
    name = unicodedata.name(char, "").split(" ")[0] if kind_of(char) in "aA" else ""
    return name if name in ("LATIN", "CYRILLIC", "ARABIC") else ""


def form(token: str) -> str:
    """The form of a token where no dictionary is at hand; a grouped number's has a space between groups."""
    return " ".join(map(form_of_group, re.split(f"[{GROUP_SPACES}]", token)))


def form_of_group(token: str) -> str:
    word = normalised(token)
    if len(word) > 1 and word.endswith("."):
        word = word[:-1]
    word = "-".join(repaired(part) for part in word.split("-"))
    return normalised("".join("i" if char == "İ" else char.casefold() for char in word))


def normalised(word: str) -> str:
    """NFC without stress marks and invisible characters, with one apostrophe, hyphen and dot."""
    for members in (APOSTROPHES, HYPHENS, DOTS):
        word = "".join(members[0] if char in members else char for char in word)
    word = "".join(map(plain_shape, unicodedata.normalize("NFD", word)))
    word = "".join(char for char in word if not is_invisible(char))
    word = unicodedata.normalize("NFC", "".join(without_stress(unicodedata.normalize("NFD", word))))
    return unicodedata.normalize("NFC", word.replace("\u0301", "")) if "\u0301" in word else word


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


def without_stress(decomposed: str) -> Iterator[str]:
    base = ""
    for char in decomposed:
        if unicodedata.combining(char) == 0:
            base = char
        is_stress = (char == "\u0301" and base not in "гкГК") or (char == "\u0300" and base not in "еиЕИ")
        if not (is_stress and is_cyrillic(base)):
            yield char


def is_cyrillic(char: str) -> bool:
    return char != "" and script_of(char) == "CYRILLIC"


def is_latin(char: str) -> bool:
    return script_of(char) == "LATIN"


def repaired(part: str) -> str:
    """The part in one script if its letters allow; of two readings, that of the script with more letters."""
    num_latin, num_cyrillic = sum(map(is_latin, part)), sum(map(is_cyrillic, part))
    if not num_latin or not num_cyrillic:
        return part
    latin = "".join(CYRILLIC_TO_LATIN.get(char, char) for char in part)
    cyrillic = "".join(LATIN_TO_CYRILLIC.get(char, char) for char in part)
    can_be_latin = not any(map(is_cyrillic, latin)) and not three_in_a_row(is_cyrillic, part)
    can_be_cyrillic = not any(map(is_latin, cyrillic)) and not three_in_a_row(is_latin, part)
    if can_be_latin and (num_latin > num_cyrillic or not can_be_cyrillic or set(latin) <= set("IVXLCDM")):
        return latin
    return cyrillic if can_be_cyrillic else part


def three_in_a_row(is_of_script: Callable[[str], bool], part: str) -> bool:
    """Whether someone typed in that script on purpose."""
    return any(all(map(is_of_script, part[at : at + 3])) for at in range(len(part) - 2))
