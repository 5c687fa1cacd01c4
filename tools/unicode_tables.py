"""Writes the core's Unicode tables as C++: `python tools/unicode_tables.py OUTPUT.inc`.

The facts come from the package unicodedata2, so that every wheel has the same Unicode whatever Python builds
it. It gives no case mappings: those come from str.casefold, which Unicode promises never to change for a
character that exists, and from the character's name where this Python is older than the character.
"""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import unicodedata2 as ucd

NUM_CODE_POINTS = 0x110000
BLOCK_BITS = 8
HANGUL = range(0xAC00, 0xAC00 + 11172)

# The classes of core/text/unicode.hpp, in its order.
OTHER, LETTER, DIGIT, EXTEND, FORMAT, DOT, MID_NUM, MID_LETTER = range(8)
APOSTROPHE, HYPHEN, UNDERSCORE, IDEOGRAPH, EMOJI, REGIONAL = range(8, 14)
UPPER, SPECIAL = 0x10, 0x80
SCRIPTS = {"LATIN": 0x20, "CYRILLIC": 0x40, "ARABIC": 0x60}

SINGLED_OUT = {
    **dict.fromkeys((0x2E, 0x2024, 0xFE52, 0xFF0E), DOT),
    **dict.fromkeys((0x2C, 0x066B, 0x066C), MID_NUM),
    # Catalan col·legi, Hebrew gershayim. Not the colon: "title:word" is two words to those who search.
    **dict.fromkeys((0xB7, 0x0387, 0x05F3, 0x05F4, 0x2027), MID_LETTER),
    # All that stands for the apostrophe of O'Brien and of Oʻzbekiston in real text.
    **dict.fromkeys((0x27, 0x60, 0xB4, 0x02BB, 0x02BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07), APOSTROPHE),
    **dict.fromkeys((0x2D, 0x2010, 0x2011), HYPHEN),
    **dict.fromkeys(range(0x1F3FB, 0x1F400), EXTEND),  # skin tones
    **dict.fromkeys(range(0x1F1E6, 0x1F200), REGIONAL),
    0x200B: OTHER,  # zero width space: a word border, as in UAX #29
}
# Scripts written without spaces: every character is a token.
SPACELESS = ("CJK ", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR",
             "TANGUT", "NUSHU", "YI SYLLABLE", "BOPOMOFO")  # fmt: skip
EMOJI_RANGES = ((0x231A, 0x231C), (0x23E9, 0x23FB), (0x2600, 0x27C0), (0x2B1B, 0x2B1D), (0x2B50, 0x2B56),
                (0x1F000, 0x1FB00))  # fmt: skip


def word_class(code: int) -> int:
    """How a code point takes part in words."""
    if code in SINGLED_OUT:
        return SINGLED_OUT[code]
    category = ucd.category(chr(code))
    if category[0] == "L" or category == "Nl":
        name = ucd.name(chr(code), "CJK " if category == "Lo" else "")
        return IDEOGRAPH if name.startswith(SPACELESS) else LETTER
    if any(low <= code < high for low, high in EMOJI_RANGES) and category in ("So", "Sm", "Po", "Cn"):
        return EMOJI
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:  # variation selectors
        return FORMAT
    classes = {"Nd": DIGIT, "Mn": EXTEND, "Mc": EXTEND, "Me": EXTEND, "Cf": FORMAT, "Pc": UNDERSCORE}
    return classes.get(category, OTHER)


def case_fold(code: int) -> str:
    """Full case folding, with one departure: İ folds to i, so that İstanbul is found as Istanbul."""
    char = chr(code)
    if code == 0x130:
        return "i"
    folded = char.casefold()
    if folded == char and unicodedata.category(char) == "Cn" and ucd.category(char) in ("Lu", "Lt"):
        try:
            return str(ucd.lookup(ucd.name(char).replace("CAPITAL", "SMALL")))
        except KeyError:
            return char
    return folded


def class_byte(code: int, seconds: set[int]) -> int:
    """Class, capital, script and whether the character makes normalisation leave its short way."""
    char = chr(code)
    cls = word_class(code)
    value = cls
    if ucd.category(char) in ("Lu", "Lt"):
        value |= UPPER
    if cls == LETTER:
        value |= SCRIPTS.get(ucd.name(char, "").split(" ")[0], 0)
    plain = ucd.combining(char) == 0 and ucd.normalize("NFC", char) == char and code not in seconds
    if not plain or cls in (FORMAT, EXTEND) or (cls in (APOSTROPHE, HYPHEN) and code > 0x7F):
        value |= SPECIAL
    return value


def compositions() -> list[tuple[int, int, int]]:
    """(first, second, composed), sorted; Hangul is computed by the core."""
    found = []
    for code in range(NUM_CODE_POINTS):
        decomposition = "" if code in HANGUL else ucd.decomposition(chr(code))
        if decomposition and "<" not in decomposition and " " in decomposition:
            first, second = (int(part, 16) for part in decomposition.split())
            if ucd.normalize("NFC", chr(first) + chr(second)) == chr(code):
                found.append((first, second, code))
    return sorted(found)


def two_stage(values: Sequence[int]) -> tuple[list[int], list[int]]:
    """Stage one: the block of each 256 code points; stage two: the distinct blocks, one after the other."""
    size = 1 << BLOCK_BITS
    blocks: dict[tuple[int, ...], int] = {}
    stage_one = []
    for start in range(0, len(values), size):
        block = tuple(values[start : start + size])
        stage_one.append(blocks.setdefault(block, len(blocks)))
    return stage_one, [value for block in blocks for value in block]


def array(declaration: str, values: Iterable[object]) -> str:
    """A C++ array, wrapped."""
    text, line = [f"inline constexpr {declaration} = {{"], ""
    for value in map(str, values):
        if len(line) + len(value) > 104:
            text.append(line)
            line = ""
        line += value + ","
    return "\n".join([*text, line, "};"])


def pool(strings: Sequence[str]) -> tuple[dict[str, int], list[int]]:
    """Short strings of code points, each written as its length and its code points; offset 0 is no string."""
    offsets: dict[str, int] = {}
    flat = [0]
    for text in sorted(set(strings)):
        offsets[text] = len(flat)
        flat += [len(text), *map(ord, text)]
    return offsets, flat


def render() -> str:
    """The whole file."""
    pairs = compositions()
    # Vowels and trailing consonants of Hangul compose with what stands before them.
    seconds = {second for _, second, _ in pairs} | set(range(0x1161, 0x1176)) | set(range(0x11A8, 0x11C3))
    codes = range(NUM_CODE_POINTS)
    classes = [class_byte(code, seconds) for code in codes]
    folds = {code: fold for code in codes if (fold := case_fold(code)) != chr(code)}
    splits = {
        code: split
        for code in codes
        if code not in HANGUL and not 0xD800 <= code < 0xE000
        if (split := ucd.normalize("NFD", chr(code))) != chr(code)
    }
    offsets, flat = pool([*folds.values(), *splits.values()])
    rows: dict[tuple[int, int, int], int] = {(0, 0, 0): 0}
    row_ids = []
    for code in codes:
        row = (
            ucd.combining(chr(code)),
            offsets.get(folds.get(code, ""), 0),
            offsets.get(splits.get(code, ""), 0),
        )
        row_ids.append(rows.setdefault(row, len(rows)))
    class_index, class_blocks = two_stage(classes)
    row_index, row_blocks = two_stage(row_ids)
    body = "\n".join(
        [
            array("uint8_t kClassIndex[]", class_index),
            array("uint8_t kClassBlocks[]", class_blocks),
            array("uint8_t kRowIndex[]", row_index),
            array("uint16_t kRowBlocks[]", row_blocks),
            array("Row kRows[]", (f"{{{c},{f},{d}}}" for c, f, d in rows)),
            array("uint32_t kStrings[]", flat),
            array("Composition kCompositions[]", (f"{{{a},{b},{c}}}" for a, b, c in pairs)),
        ]
    )
    digest = hashlib.sha256(body.encode()).hexdigest()[:16]
    version = f'inline constexpr char kTablesVersion[] = "{ucd.unidata_version}-{digest}";'
    origin = f"// Generated by tools/unicode_tables.py from unicodedata2 {ucd.unidata_version}."
    return f"{origin}\n{body}\n{version}\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/unicode_tables.py OUTPUT.inc")
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
