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
MID_NUMBER = ",٫٬"
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
UNITS = frozenset(
    "г гг год года году лет в вв ч мин сек с мс км м см мм мкм нм га кг гр мг т л мл р руб коп тыс млн млрд трлн шт "
    "чел кб мб гб тб гц кгц мгц ггц вт квт мвт ккал дж кдж km cm mm kg mg ml ft lb lbs oz mph kb mb gb tb hz khz "
    "mhz ghz kw kwh mw ms px dpi kbps mbps".split()
)
NO_HUMPS = "".join(map(chr, (*range(0x400, 0x410), *range(0x470, 0x480))))
"""Capitals that begin no hump: Ё and its like."""
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


class Leaf(NamedTuple):
    """A part that has none itself, as atoms; level: how closely it hangs on the part before it (JOINS)."""

    first: int
    behind: int
    level: int


JOINS = ADDRESS, HYPHEN, DOT, HUMP = 0, 1, 2, 3
"""What joins parts, the loosest first: / and @; hyphens, spaces and line ends; dots and _; capitals and '."""


def spans(text: str, parts: bool = True) -> list[Span]:
    """What the scanner gives, in code points. parts: whether words are divided."""
    atoms = atoms_of(text)
    result: list[Span] = []
    at = position = 0
    while at < len(atoms):
        if atoms[at].kind not in "aA9ier":
            at += 1
            continue
        leaves: list[Leaf] = []
        dot = False
        joint: tuple[int, int] | None = (at, ADDRESS)
        while joint is not None and len(leaves) < MAX_PARTS and (parts or not leaves or joint[1] != ADDRESS):
            first, level = joint
            at = token_end(text, atoms, first)
            dot = dot if leaves else is_dot_net(text, atoms[first].start, atoms[at - 1].end)
            for leaf in leaves_of(text, atoms, first, at) if parts else [Leaf(first, at, HUMP)]:
                if len(leaves) == MAX_PARTS:
                    leaves[-1] = leaves[-1]._replace(behind=leaf.behind)
                else:
                    leaves.append(leaf if leaf.first != first else leaf._replace(level=level))
            joint = joint_behind(text, atoms, first, at)
        for first, last in groups_of(leaves, 0, len(leaves) - 1):
            start = atoms[leaves[first].first].start - (dot and first == 0)
            result.append(Span(start, atoms[leaves[last].behind - 1].end, position + first, last - first + 1))
        position += len(leaves)
    return result


def groups_of(leaves: list[Leaf], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Each whole and part, as its first and last leaf, a whole before what it consists of."""
    yield first, last
    if first == last:
        return
    loosest = min(leaf.level for leaf in leaves[first + 1 : last + 1])
    begins = [number for number in range(first + 1, last + 1) if leaves[number].level == loosest]
    for begin, end in zip([first, *begins], [*begins, last + 1], strict=True):
        yield from groups_of(leaves, begin, end - 1)


def is_dot_net(text: str, start: int, end: int) -> bool:
    """Whether the dot before a word is .NET's own."""
    if text[start:end].lower() != "net" or not text[start:end].isascii() or text[max(start - 1, 0)] != ".":
        return False
    before = text[max(start - 2, 0) : start - 1]
    return before.isascii() and not before.isalnum() and before not in (".", "_")


def joint_behind(text: str, atoms: list[Atom], first: int, behind: int) -> tuple[int, int] | None:
    """The atom where the next word of a whole begins, and what joins it."""
    if atoms[first].kind not in "aA9":
        return None
    mark, following = atoms[behind], atoms[behind + 1 : behind + 2]
    if text[mark.start : mark.end] in ("/", "@"):
        return (behind + 1, ADDRESS) if following and following[0].kind in "aA9" else None
    if mark.kind == "-" and following[0].kind in "aA9":
        return behind + 1, HYPHEN
    kinds = "".join(atom.kind for atom in atoms[first : behind + 5])
    size = behind - first
    if re.fullmatch("9{1,3}", kinds[:size]) and re.match("s9{3}", kinds[size:]):
        if kinds[size + 4 : size + 5] not in ("a", "A", "9") or is_unit(text, atoms, behind + 4):
            return behind + 1, HYPHEN
    letters = [atom.kind for atom in atoms[first:behind] if atom.kind in "aA9"]
    start = next_of_divided(text, atoms[behind - 1].end) if letters[-1] in "aA" else None
    if start is None:
        return None
    found = next(number for number in range(behind, len(atoms)) if atoms[number].start == start)
    return (found, HYPHEN) if atoms[found].kind in "aA" else None


def next_of_divided(text: str, end: int) -> int | None:
    """Where a word goes on that the end of a line divides, or ¬."""
    next_line = "(?=.{0,127}[^ \\t\\r\\n])[ \\t]*(?:\\r\\n|\\r|\\n)[ \\t]*(?=[^ \\t\\r\\n])"
    patterns = [f"[-\u2010]{next_line}", f"[-\u2010]?¬{next_line}", "[-\u2010]?¬(?=[^ \\t\\r\\n])"]
    if text[end - 1] == "\u00ad":
        patterns.insert(0, next_line)
    for pattern in patterns:
        if (match := re.compile(pattern, re.DOTALL).match(text, end)) and len(match[0]) < 128:
            return match.end()
    return None


def is_unit(text: str, atoms: list[Atom], at: int) -> bool:
    """Whether a unit stands at an atom, right behind a number."""
    unit = ""
    while atoms[at].kind in "aA" and len(unit) < 5:
        char, marks = text[atoms[at].start], text[atoms[at].start + 1 : atoms[at].end]
        if not all(is_invisible(mark) for mark in marks):
            return False
        unit += unicodedata.normalize("NFC", plain_shape(char)).casefold()
        at += 1
    kinds = "".join(atom.kind for atom in atoms[at : at + 2])
    return unit in UNITS and re.match("[aA9]|_[aA9]|'[aA]", kinds) is None


def leaves_of(text: str, atoms: list[Atom], first: int, behind: int) -> Iterator[Leaf]:
    """A word's parts; the first one's level is for others to say."""
    level = ADDRESS
    for begin, end in split(atoms, first, behind, "_"):
        dots = [] if atoms[first].kind in "ier" else list(split(atoms, begin, end, "."))
        if is_initials(atoms, dots):
            yield Leaf(begin, end, level)
            level = DOT
            continue
        for piece_begin, piece_end in dots if is_divided(text, atoms, dots) else [(begin, end)]:
            yield from pieces_of(text, atoms, piece_begin, piece_end, level, len(dots) > 1)
            level = DOT


def split(atoms: list[Atom], first: int, behind: int, kind: str) -> Iterator[tuple[int, int]]:
    """Between atoms of a kind; one at the end is no border."""
    kinds = "".join(atom.kind for atom in atoms[first:behind])
    for match in re.finditer(f"(?:[^{re.escape(kind)}]|[{re.escape(kind)}]$)+", kinds):
        yield first + match.start(), first + match.end()


def is_initials(atoms: list[Atom], dots: list[tuple[int, int]]) -> bool:
    """U.S., т.е., ph.d: one or two letters between dots, somewhere one."""
    runs = ["".join(atom.kind for atom in atoms[begin:end]).removesuffix(".") for begin, end in dots]
    return len(runs) > 1 and all(re.fullmatch("[aA]{1,2}", run) for run in runs) and min(map(len, runs)) == 1


def is_divided(text: str, atoms: list[Atom], dots: list[tuple[int, int]]) -> bool:
    """Whether a dot divides: not in a number (3.14) but for those like 228.1."""
    if len(dots) < 2:
        return False
    runs = ["".join(atom.kind for atom in atoms[begin:end]) for begin, end in dots]
    if any(re.search("[aA]", run) for run in runs):
        return True
    if not all(re.fullmatch("9+", run) for run in runs):
        return False
    last = text[atoms[dots[-1][0]].start]
    return len(runs) > 2 or (len(runs[0]) in (3, 4) and len(runs[1]) == 1 and plain_shape(last) != "0")


def pieces_of(
    text: str, atoms: list[Atom], first: int, behind: int, level: int, dotted: bool
) -> Iterator[Leaf]:
    """The humps of an identifier, the halves of O'Reilly, or the piece itself."""
    kinds = "".join(atom.kind for atom in atoms[first:behind])
    letter = text[atoms[first].start : atoms[first].end]
    letter = "".join(char for char in letter if not is_invisible(char))
    whole_name = not hump_begins(text, atoms, first + 2, behind)
    if re.match("[aA]'Aa", kinds) and whole_name and re.fullmatch("[ODLodl]", letter):
        yield Leaf(first, first + 1, level)
        yield Leaf(first + 2, behind, HUMP)
        return
    digits = re.match("9+(?:[.,\']9+)*(?=[aA])", kinds)
    piece = [*atoms[first:behind], Atom(" ", 0, 0), Atom(" ", 0, 0)]
    if digits and is_unit(text, piece, digits.end()):
        yield Leaf(first, first + digits.end(), level)
        yield Leaf(first + digits.end(), behind, DOT)
        return
    begins = hump_begins(text, atoms, first, behind)
    if not begins or not is_identifier(text, atoms, first, behind, begins):
        yield Leaf(first, behind, level)
        return
    yield Leaf(first, begins[0], level)
    for begin, end in zip(begins, [*begins[1:], behind], strict=True):
        yield Leaf(begin, end, HUMP)


def hump_begins(text: str, atoms: list[Atom], first: int, behind: int) -> list[int]:
    """get|User|Name, parse|XML|Doc; but API|s is one."""
    kinds = hump_kinds(text, atoms, first, behind)
    found = {match.start(1) for match in re.finditer("(?<=a)(?=[^aA]*(A))", kinds)}
    for match in re.finditer("A(?=[^aA9]*(A)[^aA9]*(a))", kinds):
        atom = atoms[first + match.start(2)]
        small = "".join(char for char in text[atom.start : atom.end] if not is_invisible(char))
        if small != "s" or kinds[match.end(2) : match.end(2) + 1] == "a":
            found.add(match.start(1))
    return [first + begin for begin in sorted(found)]


def hump_kinds(text: str, atoms: list[Atom], first: int, behind: int) -> str:
    """The kinds of atoms, A where a hump may begin."""
    return "".join(
        "a" if atom.kind == "A" and text[atom.start] in NO_HUMPS else atom.kind for atom in atoms[first:behind]
    )


def is_identifier(text: str, atoms: list[Atom], first: int, behind: int, begins: list[int]) -> bool:
    """Whether it begins small, has three humps, or a bracket, a dot or an underscore beside it."""
    letters = [atom for atom in atoms[first:behind] if atom.kind in "aA"]
    if any(atom.kind not in "aA9" for atom in atoms[first : begins[-1]]) or (
        re.search("A[^aA9]+a", hump_kinds(text, atoms, begins[-1], behind))
        and any(atoms[begin - 1].kind == "A" for begin in begins[-1:])
    ):
        return False
    if not all(script_of(text[atom.start]) in ("LATIN", "CYRILLIC") for atom in letters):
        return False
    if atoms[first].kind == "9" or "\u0345" in text[atoms[first].start : atoms[behind - 1].end]:
        return False
    head = [atom.kind for atom in atoms[first : begins[0]] if atom.kind in "aA"]
    if (len(head) > 1 and "A" not in head) or (len(begins) > 1 and len(letters) >= 8):
        return True
    start, end = atoms[first].start, atoms[behind - 1].end
    before = re.search("[^\x00-/:-@\\[-`{-\x7f][._]$|_[._]$", text[max(start - 2, 0) : start]) is not None
    following = (kind_of(text[end + 1]) if end + 1 < len(text) else " ") if text[end : end + 1] in (".", "_") else " "
    doubled = text[end : end + 1] == "_" and text[end + 1 : end + 2] == "_"
    return len(head) > 1 and (before or text[end : end + 1] == "(" or following in "aA9" or doubled)


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
    at = first
    while atoms[at].kind == "9" or (at > first and atoms[at].kind in ".,'" and atoms[at + 1].kind == "9"):
        at += 1
    if at > first and atoms[at].kind in "aA" and is_unit(text, atoms, at):
        return at
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
    """The form of a token where no dictionary is at hand; it keeps what divides the token: getUserName."""
    word = normalised(re.sub("(\u00ad|¬|)[ \\t]*[\r\n][ \\t\r\n]*", "¬", token))
    if len(word) > 1 and word.endswith("."):
        word = word[:-1]
    word = "".join(repaired(part) for part in re.split("([-/@._¬ ])", word))
    atoms = atoms_of(word)
    starts = {atoms[begin].start for begin in hump_leaves(word, atoms)}
    cuts = [0, *sorted(starts), len(word)]
    pieces = [word[begin:end] for begin, end in zip(cuts, cuts[1:], strict=False)]
    return "".join(folded(p) if cut not in starts else p[0] + folded(p[1:]) for cut, p in zip(cuts, pieces, strict=False))


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
