"""A slow, readable twin of the core's scanner and normalisation, for tests.

It shares no table and no code with the core; characters are characters_twin's, parts of words
parts_twin's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from characters_twin import (
    APOSTROPHES,
    DOTS,
    GROUP_SPACES,
    HYPHENS,
    Atom,
    atoms_of,
    is_invisible,
    plain_shape,
    script_of,
)
from parts_twin import (
    ADDRESS,
    GROUP,
    HUMP,
    HYPHEN,
    LENGTHS,
    LOOK_ALIKES,
    Leaf,
    groups_of,
    is_dot_net,
    is_model_letter,
    is_unit,
    joint_behind,
    leaves_of,
    number_size,
    settled,
)
from spaced_twin import spaced_whole

MAX_PARTS = 64
LATIN_TO_CYRILLIC = dict(zip("aceopxyiëïABCEHIKMOPTXYËÏ", "асеорхуіёїАВСЕНІКМОРТХУЁЇ", strict=True))
CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in LATIN_TO_CYRILLIC.items()}
LATIN_TO_CYRILLIC |= dict(zip("áéíóýÁÉÍÓÝèÈ", "аеіоуАЕІОУеЕ", strict=True))
CYRILLIC_TO_LATIN |= dict(zip("јЈѕЅһԁԛԝә", "jJsShdqwə", strict=True))


class Span(NamedTuple):
    start: int
    end: int
    position: int
    span: int


def spans(text: str, parts: bool = True) -> list[Span]:
    """What the scanner gives, in code points. parts: whether words are divided."""
    result: list[Span] = []
    covered = 0
    for found in words_of(text, parts):
        start = max(found[0].start, found[0].start + (text[found[0].start] == "."))  # of .NET
        whole = spaced_whole(text, start) if start >= covered else None
        if whole is not None:
            inside = [span for word in words_of(text[start : whole[1]], parts) for span in word]
            covered = whole[1]
            if (span := inside[-1].position + inside[-1].span) > 1:
                result.append(Span(*whole, found[0].position, span))
        result += found
    return result


def words_of(text: str, parts: bool) -> Iterator[list[Span]]:
    """The spans of each word: a whole and what it consists of."""
    atoms = atoms_of(text)
    at = position = 0
    while at < len(atoms):
        if atoms[at].kind not in "aA9ier":
            at += 1
            continue
        leaves: list[Leaf] = []
        dot = letter = False
        joint: tuple[int, int] | None = (at, ADDRESS)
        while joint is not None and len(leaves) < MAX_PARTS and (parts or not leaves or joint[1] != ADDRESS):
            first, level = joint
            at = token_end(text, atoms, first)
            dot = dot if leaves else is_dot_net(text, atoms[first].start, atoms[at - 1].end)
            words = [(first, at)]
            may_be_model = letter and level == HYPHEN and atoms[at].kind in "aA"
            if may_be_model and is_model_letter(text, atoms, first, at, token_end(text, atoms, at)):
                words.append((at, at + 1))
            for first, at in words:
                for leaf in leaves_of(text, atoms, first, at) if parts else [Leaf(first, at, HUMP)]:
                    if len(leaves) == MAX_PARTS:
                        leaves[-1] = leaves[-1]._replace(behind=leaf.behind)
                    else:
                        leaves.append(leaf if leaf.first != first else leaf._replace(level=level))
            kinds = [atom.kind for atom in atoms[first:at] if atom.kind in "aA9"]
            is_name = letter and level == HYPHEN
            letter = bool(kinds) and kinds[-1] in "aA"
            joint = joint_behind(text, atoms, first, at)
            if joint is not None and joint[1] == GROUP and is_name:
                joint = None  # COVID-19
        leaves = settled(leaves)
        result: list[Span] = []
        for first, last in groups_of(leaves, 0, len(leaves) - 1):
            start = atoms[leaves[first].first].start - (dot and first == 0)
            behind = leaves[last].behind if first == last else max(leaves[last].behind, leaves[last].reach)
            result.append(Span(start, atoms[behind - 1].end, position + first, last - first + 1))
        yield result
        position += len(leaves)


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
    at = first + number_size(text, atoms, first, len(atoms))
    number = "".join(atom.kind for atom in atoms[first:at])
    digits = len(number) if re.fullmatch("9{1,4}", number) else 5
    if at > first and atoms[at].kind in "aA" and is_unit(text, atoms, at, digits):
        return at
    at = segment = first
    while (following := joined(text, atoms, first, segment, at)) is not None:
        if atoms[at + 1].kind == ".":
            segment = following
        at = following
    kinds = "".join(atom.kind for atom in atoms[first : at + 1])
    initials = len(kinds) > 1 and set(kinds[::2]) <= set("aA") and set(kinds[1::2]) == {"."}
    if initials and atoms[at + 1].kind == ".":
        return at + 2
    letter = f"[A-Za-z{LOOK_ALIKES}]"
    signs = re.compile(f"(?:[A-Za-z]+|{letter})\\+\\+(?!\\+)|{letter}#(?!#)").match(text, atoms[first].start)
    if signs and (behind := at + 1 + signs.end() - atoms[at].end) > at + 1 and atoms[behind].kind not in "aA":
        return behind
    power = text[atoms[at].end : atoms[at].end + 1]
    if power and power in "²³" and atoms[at + 2].kind not in "aA9":
        plain = "".join(
            unicodedata.normalize("NFC", plain_shape(char)).casefold()
            for char in text[atoms[first].start : atoms[at].end]
            if not is_invisible(char)
        )
        if plain in LENGTHS:
            return at + 2
    return at + 1


def joined(text: str, atoms: list[Atom], first: int, segment: int, at: int) -> int | None:
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
    if joiner == "." and right in "aA9":
        if right == "A" and atoms[behind + 2].kind == "a":
            return None
        scripts = {script_of(text[atoms[place].start]) for place in (segment, behind + 1)} - {""}
        if (letters or digits) and len(scripts) < 2:
            return behind + 1
        joins = right in "aA" and dot_joins_name(text, atoms, first, at, behind + 1)
        return behind + 1 if joins else None
    if joiner == ":" and is_cyrillic(text[atoms[behind + 1].start]):
        return None
    joins = (letters and joiner in "':") or (digits and joiner in "',")
    return behind + 1 if joins or is_decade(text, atoms, first, at) else None


def dot_joins_name(text: str, atoms: list[Atom], first: int, at: int, behind: int) -> bool:
    """Whether a dot behind a digit, or between two alphabets, is that of a name: file1.txt, Отчёт.pdf."""
    digit = atoms[at].kind == "9"
    letters = [text[atom.start] for atom in atoms[first : at + 1] if atom.kind in "aA"]
    if not digit or not letters:
        return is_ending(text, atoms, behind, digit)
    after = script_of(text[atoms[behind].start])
    return after == script_of(letters[0]) or (after == "LATIN" and is_ending(text, atoms, behind, True))


def is_ending(text: str, atoms: list[Atom], at: int, capitals: bool) -> bool:
    behind = at
    while atoms[behind].kind in "aA9":
        behind += 1
    word = text[atoms[at].start : atoms[behind - 1].end]
    shape = "[a-z][a-z0-9]{1,4}|[A-Z][A-Z0-9]{1,4}" if capitals else "[a-z][a-z0-9]{1,4}"
    goes_on = text[atoms[behind].start : atoms[behind].end] == "." and atoms[behind + 1].kind in "aA"
    return re.fullmatch(shape, word) is not None and (goes_on or not is_unit(text, atoms, at))


def is_decade(text: str, atoms: list[Atom], first: int, at: int) -> bool:
    """1970's, 80's."""
    digits = "".join(atom.kind for atom in atoms[first : at + 1])
    behind = atoms[at + 2 : at + 4]
    return (
        digits in ("99", "9999")
        and atoms[at + 1].kind == "'"
        and text[atoms[at].end - 1] == "0"
        and text[behind[0].start : behind[0].end] == "s"
        and behind[1].kind not in "aA9"
    )


def form(token: str) -> str:
    """The form of a token where no dictionary is at hand; it keeps what divides the token: getUserName."""
    token = token.replace("²", "2").replace("³", "3")
    word = normalised(re.sub("(\u00ad|¬|)[ \\t]*[\r\n\f][ \\t\r\n\f]*", "¬", token))
    if len(word) > 1 and word.endswith("."):
        word = word[:-1]
    word = "".join(repaired(part) for part in re.split("([-/@._¬ ])", word))
    atoms = atoms_of(word)
    starts = {atoms[begin].start for begin in hump_leaves(word, atoms)}
    cuts = [0, *sorted(starts), len(word)]
    pieces = [word[begin:end] for begin, end in pairwise(cuts)]
    return "".join(
        folded(p) if cut not in starts else p[0] + folded(p[1:]) for cut, p in zip(cuts, pieces, strict=False)
    )


def hump_leaves(word: str, atoms: list[Atom]) -> Iterator[int]:
    """The atoms where a capital begins a part."""
    at = 0
    joint: tuple[int, int] | None = (0, ADDRESS)
    while joint is not None and atoms[joint[0]].kind in "aA9":
        at = token_end(word, atoms, joint[0])
        yield from (leaf.first for leaf in leaves_of(word, atoms, joint[0], at) if leaf.level == HUMP)
        joint = joint_behind(word, atoms, joint[0], at)


def folded(word: str) -> str:
    """Without capitals."""
    return normalised("".join("i" if char == "İ" else char.casefold() for char in word))


def lemmas(of_form: str) -> tuple[str, ...]:
    """What a form is posted under where no dictionary is at hand."""
    word = folded(of_form)
    if "¬" in word:
        joined = form(word.replace("-¬", "").replace("¬", "")).replace(" ", "").removeprefix(".")
        hyphenated = form(word.replace("¬", "")).replace(" ", "")
        found = (hyphenated, joined) if "-¬" in word else (joined,)
    else:
        found = (word.replace(" ", ""),)
    return tuple(dict.fromkeys(folded(lemma).replace("ё", "е") for lemma in found))


def normalised(word: str) -> str:
    """NFC without stress marks and invisible characters, with one apostrophe, hyphen and dot."""
    for members in (APOSTROPHES, HYPHENS, DOTS, GROUP_SPACES):
        word = "".join(members[0] if char in members else char for char in word)
    word = "".join(map(plain_shape, unicodedata.normalize("NFD", word)))
    word = "".join(char for char in word if not is_invisible(char))
    word = unicodedata.normalize("NFC", "".join(without_stress(unicodedata.normalize("NFD", word))))
    return unicodedata.normalize("NFC", word.replace("\u0301", "")) if "\u0301" in word else word


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
    if len(part) > 1 and part[-1] in "+#" and part[0] in LOOK_ALIKES:
        part = CYRILLIC_TO_LATIN[part[0]] + part[1:]
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
