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

if __name__ == "__main__" and len(sys.argv) != 2:  # before what needs a package
    sys.exit("usage: python tools/unicode_tables.py OUTPUT.inc")

import unicodedata2 as ucd

NUM_CODE_POINTS = 0x110000
BLOCK_BITS = 8
HANGUL = range(0xAC00, 0xAC00 + 11172)

# The classes of core/text/unicode.hpp, in its order.
OTHER, LETTER, DIGIT, EXTEND, FORMAT, DOT, MID_NUM, MID_LETTER = range(8)
APOSTROPHE, HYPHEN, UNDERSCORE, IDEOGRAPH, EMOJI, REGIONAL, GROUP_SPACE = range(8, 15)
UPPER, SPECIAL = 0x10, 0x80
SCRIPTS = {"LATIN": 0x20, "CYRILLIC": 0x40, "ARABIC": 0x60}

SINGLED_OUT = {
    **dict.fromkeys((0x2E, 0x2024, 0xFE52, 0xFF0E), DOT),
    **dict.fromkeys((0x2C, 0xD7, 0x066B, 0x066C), MID_NUM),
    # Catalan col·legi, Hebrew gershayim. Not the colon: "title:word" is two words to those who search.
    **dict.fromkeys((0xB7, 0x0387, 0x05F3, 0x05F4, 0x2027), MID_LETTER),
    # All that stands for the apostrophe of O'Brien, of Oʻzbekiston and of Baʿth in real text.
    **dict.fromkeys(
        (
            0x27,
            0x60,
            0xB4,
            0x02B9,
            *range(0x02BB, 0x02C0),
            0x0374,
            0x055A,
            0x2018,
            0x2019,
            0x201B,
            0x2032,
            0xA78B,
            0xA78C,
            0xFF07,
        ),
        APOSTROPHE,
    ),
    # Between letters or digits an en dash, a figure dash and a minus are hyphens to whoever searches
    # («премьер–министр», 10–12). An em dash stands between words.
    **dict.fromkeys((0x2D, 0x058A, 0x05BE, 0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63, 0xFF0D), HYPHEN),
    **dict.fromkeys(range(0x1F1E6, 0x1F200), REGIONAL),
    # What stands between thousands: a space, or a typesetter's: no-break, figure, thin, narrow no-break.
    **dict.fromkeys((0x20, 0xA0, 0x2007, 0x2009, 0x202F), GROUP_SPACE),
    **dict.fromkeys(range(0x2080, 0x208A), DIGIT),  # H₂O; a superscript may be a footnote's: word¹
}
# Marks and fillers that readers do not see or that writers may leave out: skin tones, the vowel points of
# Arabic and Hebrew (not the madda and hamza of letters), Arabic's tatweel.
DROPPED = {0x034F, 0x0640, 0x0670, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0, 0x05BF, 0x05C1, 0x05C2,
           0x05C4, 0x05C5, 0x05C7, *range(0x0591, 0x05BE), *range(0x0610, 0x061B), *range(0x064B, 0x0653),
           *range(0x0656, 0x0660), *range(0x06D6, 0x06DD), *range(0x06DF, 0x06E5), 0x06E7, 0x06E8,
           *range(0x06EA, 0x06EE), *range(0x1F3FB, 0x1F400)}  # fmt: skip
# Other shapes of the same letters, by the tag of their compatibility decomposition: ｆｕｌｌ, 𝐛𝐨𝐥𝐝, ﬁ, Ⅳ, and
# Arabic letters by place.
SHAPES = (
    "<font>",
    "<wide>",
    "<narrow>",
    "<compat>",
    "<sub>",
    "<isolated>",
    "<initial>",
    "<medial>",
    "<final>",
)
JAMO = range(0x1100, 0x1200)
# Scripts written without spaces: every character is a token.
SPACELESS = ("CJK ", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR",
             "TANGUT", "NUSHU", "YI SYLLABLE", "BOPOMOFO")  # fmt: skip
EMOJI_RANGES = ((0x231A, 0x231C), (0x23E9, 0x23FB), (0x2600, 0x27C0), (0x2B1B, 0x2B1D), (0x2B50, 0x2B56),
                (0x1F000, 0x1FB00))  # fmt: skip


def word_class(code: int) -> int:
    """How a code point takes part in words."""
    if code in SINGLED_OUT:
        return SINGLED_OUT[code]
    if code in DROPPED:
        return FORMAT
    category = ucd.category(chr(code))
    if category[0] == "L" or category == "Nl":
        name = ucd.name(chr(code), "CJK " if category == "Lo" else "")
        return IDEOGRAPH if name.startswith(SPACELESS) else LETTER
    if any(low <= code < high for low, high in EMOJI_RANGES) and category in ("So", "Sm", "Po", "Cn"):
        return EMOJI
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:  # variation selectors
        return FORMAT
    classes = {"Nd": DIGIT, "Mn": EXTEND, "Mc": EXTEND, "Me": FORMAT, "Cf": FORMAT, "Pc": UNDERSCORE}
    return classes.get(category, OTHER)


def plain_shape(char: str) -> str:
    """A letter or digit in another shape as the plain ones that it stands for, decomposed: Ａ → A, ﬁ → fi,
    ٣ → 3. Any other character is its own.
    """
    if word_class(ord(char)) not in (LETTER, DIGIT):
        return char
    value = ucd.decimal(char, None)
    if value is not None:
        return str(value)
    if not ucd.decomposition(char).startswith(SHAPES):
        return char
    plain = ucd.normalize("NFKD", char)
    is_word = all(
        word_class(ord(part)) in (LETTER, DIGIT, EXTEND) and ord(part) not in JAMO for part in plain
    )
    return plain if is_word else char


def decomposed(code: int) -> str:
    """The canonical decomposition, its letters and digits in their plain shapes."""
    return "".join(map(plain_shape, ucd.normalize("NFD", chr(code))))


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
    plain = plain and ucd.normalize("NFD", char) == decomposed(code)
    if not plain or cls in (FORMAT, EXTEND, GROUP_SPACE) or (cls in (APOSTROPHE, HYPHEN) and code > 0x7F):
        value |= SPECIAL
    return value


def facts_byte(code: int) -> int:
    """The bits of core/text/char_facts.hpp. Where this Python is older than a character, its category says
    whether it is small."""
    char = chr(code)
    category, known = ucd.category(char), unicodedata.category(char) != "Cn"
    is_number = any(of(char, None) is not None for of in (ucd.decimal, ucd.digit, ucd.numeric))
    facts = (
        category == "Zs" or ucd.bidirectional(char) in ("WS", "B", "S"),
        category[0] == "L" or is_number,
        char.islower() if known else category == "Ll",
        char.isupper() if known else category == "Lu",
        category[0] == "L",
        category in ("Mn", "Mc", "Me", "Cf") or 0xFE00 <= code <= 0xFE0F,
    )
    return sum(1 << bit for bit, holds in enumerate(facts) if holds)


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
    splits = {
        code: split
        for code in codes
        if code not in HANGUL and not 0xD800 <= code < 0xE000 and (split := decomposed(code)) != chr(code)
    }
    classes = [class_byte(code, seconds) for code in codes]
    folds = {code: fold for code in codes if (fold := case_fold(code)) != chr(code)}
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
    # No analysis asks for these: they stand outside the version.
    facts_index, facts_blocks = two_stage([facts_byte(code) for code in codes])
    facts = "\n".join(
        [array("uint8_t kFactIndex[]", facts_index), array("uint8_t kFactBlocks[]", facts_blocks)]
    )
    origin = f"// Generated by tools/unicode_tables.py from unicodedata2 {ucd.unidata_version}."
    return f"{origin}\n{body}\n{version}\n{facts}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")
