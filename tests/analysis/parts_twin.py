"""A slow, readable twin of core/text/parts: what joins words, what divides one, and the wholes inside wholes.

Atoms and a word come in, its parts go out. What a word is, is the scanner's twin's to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from characters_twin import Atom, is_invisible, kind_of, plain_shape, script_of

UNITS = frozenset(
    """г гг год года году лет в вв ч мин сек с мс км м см мм мкм нм га кг гр мг т л мл р руб коп тыс млн млрд
    трлн шт чел кб мб гб тб гц кгц мгц ггц вт квт мвт ккал дж кдж km cm mm kg mg ml ft lb lbs oz mph kb mb
    gb tb hz khz mhz ghz kw kwh mw ms px dpi kbps mbps min mins sec secs hr hrs yr yrs mi usd eur bn fps bit
    pt am pm кв тг тенге сом долл атм ц час дм дб кпа мпа мач mah m l g h k дня дни день мая раз шаг нед мес
    сут тн уп эт day days week weeks month months year years hour hours minute minutes second seconds people
    meter meters metre metres mile miles million billion trillion percent pct dollar dollars euro euros
    pound pounds ton tons tonne tonnes inch inches feet mln mlrd tn gw kv kpa mpa gbps ccm mcg""".split()  # noqa: SIM905
)
LENGTHS = frozenset("м дм см мм км m dm cm mm km ft yd".split())  # noqa: SIM905
LOOK_ALIKES = "асеорхуіёїАВСЕНІКМОРТХУЁЇ"
NO_HUMPS = "".join(map(chr, (*range(0x400, 0x410), *range(0x470, 0x480))))
"""Capitals that begin no hump: Ё and its like."""


FIRST_WORDS = frozenset(
    """add base build check close convert create decode delete disable enable encode error file find
    format from get handle has init is list load local make map max min new num old on page parent
    parse print read remote remove render request response root run save send set show source start
    stop target to update use user validate with write""".split()  # noqa: SIM905
)
ACRONYMS = frozenset(
    """AJAX API ASCII CSS CSV DB DNS DOM FTP GUI GUID HTML HTTP HTTPS ID IO IP JPEG JS JSON PDF PNG
    RGB SSL TCP TLS UDP UI URI URL UTC UTF UUID XML YAML ZIP""".split()  # noqa: SIM905
)
"""What names of programs begin with, and the acronyms that they end in."""


class Leaf(NamedTuple):
    """A part that has none itself, as atoms; level: how closely it hangs on the part before it (JOINS)."""

    first: int
    behind: int
    level: int
    reach: int = 0
    """The atom behind a whole that ends with it, where that is more: the .7 of 3.11.7."""


JOINS = ADDRESS, ENDING, HYPHEN, GROUP, DOT, HUMP = 0, 1, 2, 3, 4, 5
"""What joins parts, the loosest first.

These are / and @; a dot between a digit and a letter; hyphens and line ends; the spaces of thousands; dots
and _; capitals and '.
"""


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
    is_group = re.fullmatch("9{1,3}", kinds[:size]) and re.match("s9{3}", kinds[size:])
    goes_on = kinds[size + 4 : size + 5] in ("a", "A", "9")
    if is_group and (not goes_on or is_unit(text, atoms, behind + 4)):
        return behind + 1, GROUP
    letters = [atom.kind for atom in atoms[first:behind] if atom.kind in "aA9"]
    start = next_of_divided(text, atoms[behind - 1].end) if letters[-1] in "aA" else None
    if start is None:
        return None
    found = next(number for number in range(behind, len(atoms)) if atoms[number].start == start)
    return (found, HYPHEN) if atoms[found].kind in "aA" else None


def next_of_divided(text: str, end: int) -> int | None:
    """Where a word goes on that the end of a line divides, or ¬."""
    line = "(?:(?:\\r\\n|\\r|\\n)\\f?|\\f)"
    next_line = f"(?=.{{0,127}}[^ \\t\\r\\n\\f])[ \\t]*{line}[ \\t]*(?=[^ \\t\\r\\n])"
    patterns = [f"[-\u2010]{next_line}", f"[-\u2010]?¬{next_line}", "[-\u2010]?¬(?=[^ \\t\\r\\n])"]
    if text[end - 1] == "\u00ad":
        patterns.insert(0, next_line)
    for pattern in patterns:
        if (match := re.compile(pattern, re.DOTALL).match(text, end)) and len(match[0]) < 128:
            return match.end()
    return None


def is_unit(text: str, atoms: list[Atom], at: int, digits: int = 5) -> bool:
    """Whether a unit stands at an atom, right behind a number; digits: how many that has, up to four."""
    unit = ""
    large = atoms[at].kind == "A"
    while atoms[at].kind in "aA" and len(unit) < 25:
        char, marks = text[atoms[at].start], text[atoms[at].start + 1 : atoms[at].end]
        marks = "".join(mark for mark in marks if not is_invisible(mark))
        if marks and unicodedata.normalize("NFC", char + marks) not in ("й", "Й", "ё", "Ё"):
            return False
        if marks:
            char = unicodedata.normalize("NFC", char + marks)
        unit += unicodedata.normalize("NFC", plain_shape(char)).casefold()
        at += 1
    has_power = unit in LENGTHS and text[atoms[at].start : atoms[at].start + 1] in ("2", "3", "²", "³")
    at += has_power
    kinds = "".join(atom.kind for atom in atoms[at : at + 2])
    if has_power:
        return not text[atoms[at - 1].start + 1 : atoms[at - 1].end] and not re.match(
            "[aA9]|_[aA9]|'[aA]", kinds
        )
    if len(unit) == 1:
        if (unit in ("с", "g", "k") and digits == 1) or (unit == "k" and digits == 4):
            return False
        if large and re.match("-[aA9]", kinds):
            return False
        named = large and unit not in "вvw" and not (unit == "г" and digits == 4)
        known = unit in UNITS or (large and unit in "vw")
        return known and not named and re.match("[aA9]|_[aA9]|'[aA]", kinds) is None
    word = re.fullmatch("[а-яё]{4,24}", unit) is not None
    return (unit in UNITS or word) and re.match("[aA9]|_[aA9]|'[aA]", kinds) is None


def leaves_of(text: str, atoms: list[Atom], first: int, behind: int) -> Iterator[Leaf]:
    """A word's parts; the first one's level is for others to say."""
    level = ADDRESS
    for segment in split(atoms, first, behind, "_"):
        for begin, end in sections(atoms, *segment) if atoms[first].kind not in "ier" else [segment]:
            dots = [] if atoms[first].kind in "ier" else list(split(atoms, begin, end, "."))
            if begin != segment[0]:
                level = ENDING
            if is_initials(atoms, dots):
                yield Leaf(begin, end, level)
                level = DOT
                continue
            if len(dots) > 2 and all(re.fullmatch("9+", kinds_of(atoms, *dot)) for dot in dots):
                yield from parts_of_number(dots, begin, end, level)
                level = DOT
                continue
            for piece_begin, piece_end in dots if is_divided(text, atoms, dots) else [(begin, end)]:
                yield from pieces_of(text, atoms, piece_begin, piece_end, level, len(dots) > 1)
                level = DOT


def kinds_of(atoms: list[Atom], first: int, behind: int) -> str:
    return "".join(atom.kind for atom in atoms[first:behind])


def parts_of_number(dots: list[tuple[int, int]], first: int, behind: int, level: int) -> Iterator[Leaf]:
    """Of 3.11.7 are 3 and 11: one digit behind a dot is no part."""
    pieces = [dots[0], *(piece for piece in dots[1:] if piece[1] - piece[0] > 1)]
    if len(pieces) < 2:
        yield Leaf(first, behind, level)
        return
    for number, (begin, end) in enumerate(pieces):
        yield Leaf(begin, end, DOT if number else level, behind if number + 1 == len(pieces) else end)


def sections(atoms: list[Atom], first: int, behind: int) -> Iterator[tuple[int, int]]:
    """Between dots that stand behind a digit and before a letter."""
    kinds = "".join(atom.kind for atom in atoms[first:behind])
    begin = 0
    for match in re.finditer(r"(?<=9)\.(?=[aA])", kinds):
        yield first + begin, first + match.start()
        begin = match.end()
    yield first + begin, behind


def settled(leaves: list[Leaf]) -> list[Leaf]:
    """The dot of an ending is the loosest joint, but no looser than a hyphen behind it."""
    found = list(leaves)
    hyphen = False
    for number in range(len(leaves) - 1, 0, -1):
        level = leaves[number].level
        hyphen = level == HYPHEN or (hyphen and level != ADDRESS)
        if level == ENDING and hyphen:
            found[number] = leaves[number]._replace(level=DOT)
    return found


def is_model_letter(text: str, atoms: list[Atom], first: int, at: int, next_end: int) -> bool:
    """Whether the letter behind a number that letters and a hyphen stand before is no unit: Ту-154М."""
    number = text[atoms[first].start : atoms[at - 1].end]
    letter = atoms[at]
    short = len(number.encode()) < 4 and number[0] in "0123456789"
    return letter.kind in "aA" and short and next_end == at + 1 and letter.end - letter.start == 1


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
    """Whether a dot divides what is no number."""
    if len(dots) < 2:
        return False
    runs = ["".join(atom.kind for atom in atoms[begin:end]) for begin, end in dots]
    return any(re.search("[aA]", run) for run in runs)


def pieces_of(
    text: str, atoms: list[Atom], first: int, behind: int, level: int, dotted: bool
) -> Iterator[Leaf]:
    """The humps of an identifier, the halves of O'Reilly, or the piece itself."""
    kinds = "".join(atom.kind for atom in atoms[first:behind])
    letter = text[atoms[first].start : atoms[first].end]
    letter = "".join(char for char in letter if not is_invisible(char))
    whole_name = not hump_begins(text, atoms, first + 2, behind)
    if re.match("[aA]'Aa", kinds) and whole_name and re.fullmatch("[ODLodlОДЛодл]", letter):
        yield Leaf(first, first + 1, level)
        yield Leaf(first + 2, behind, HUMP)
        return
    size = number_size(text, atoms, first, behind)
    digits = re.fullmatch("9[9.,'aA]*", kinds[:size]) if kinds[size : size + 1] in ("a", "A") else None
    piece = [*atoms[first:behind], Atom(" ", 0, 0), Atom(" ", 0, 0)]
    is_grade = re.fullmatch("[WV]-[0-9]", text[atoms[behind - 1].start : atoms[behind - 1].end + 2])
    if (
        digits
        and not (is_grade and size == behind - first - 1)
        and is_unit(text, piece, size, size if re.fullmatch("9{1,4}", digits[0]) else 5)
    ):
        yield Leaf(first, first + size, level)
        yield Leaf(first + size, behind, DOT)
        return
    begins = hump_begins(text, atoms, first, behind)
    if not begins or not is_identifier(text, atoms, first, behind, begins):
        name = re.fullmatch("([aA]{3,})9{1,4}", kinds)
        if name:
            yield Leaf(first, first + len(name[1]), level)
            yield Leaf(first + len(name[1]), behind, HUMP)
        else:
            yield Leaf(first, behind, level)
        return
    yield Leaf(first, begins[0], level)
    for begin, end in zip(begins, [*begins[1:], behind], strict=True):
        yield Leaf(begin, end, HUMP)


def number_size(text: str, atoms: list[Atom], first: int, behind: int) -> int:
    """How many atoms a number has that begins there: digits, what divides them, and a times sign: 10x15."""
    at = first
    while at < behind and (
        atoms[at].kind == "9"
        or (
            at > first
            and at + 1 < behind
            and atoms[at + 1].kind == "9"
            and (atoms[at].kind in ".,'" or text[atoms[at].start : atoms[at].end] in ("x", "X", "х", "Х"))
        )
    ):
        at += 1
    return at - first


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
        "a" if atom.kind == "A" and begins_no_hump(text[atom.start : atom.end]) else atom.kind
        for atom in atoms[first:behind]
    )


def begins_no_hump(capital: str) -> bool:
    """Ё and its like, in one character or in two."""
    seen = "".join(char for char in capital if not is_invisible(char))
    return capital[0] in NO_HUMPS or unicodedata.normalize("NFC", seen)[0] in NO_HUMPS[:16]


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
    if len(begins) > 1 and len(letters) >= 8:
        return True
    if len(head) > 1 and "A" not in head and not is_name(text, atoms, first, behind, begins):
        return True
    start, end = atoms[first].start, atoms[behind - 1].end
    before = re.search("[^\x00-/:-@\\[-`{-\x7f][._]$|_[._]$", text[max(start - 2, 0) : start]) is not None
    following = (
        (kind_of(text[end + 1]) if end + 1 < len(text) else " ") if text[end : end + 1] in (".", "_") else " "
    )
    doubled = text[end : end + 1] == "_" and text[end + 1 : end + 2] == "_"
    return len(head) > 1 and (before or text[end : end + 1] == "(" or following in "aA9" or doubled)


def is_name(text: str, atoms: list[Atom], first: int, behind: int, begins: list[int]) -> bool:
    """macOS, siRNA: small letters and then capitals alone, and neither is a word of programs."""
    if len(begins) > 1:
        return False
    word = text[atoms[first].start : atoms[begins[0]].start]
    rest = text[atoms[begins[0]].start : atoms[behind - 1].end]
    match = re.fullmatch("([A-Z]{2,})[0-9]*(.?)s?", rest, re.DOTALL)
    if match is None or match[1] in ACRONYMS or word in FIRST_WORDS:
        return False
    return not match[2] or match[2] == "s" or (kind_of(match[2]) == "'" and rest.endswith("s"))
