"""Letters of a PDF as text has them: ligatures taken apart, combining marks composed, Russian that its font
calls Latin mended.

Fonts of old Russian documents (TeX without cmap, cp1251 written as Latin-1) say «Ñîöèàëüíî» for «Социально»:
no language has words of such letters alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufff9-\uffff\u200b\u2060\ufeff]")
_PRESENTED = re.compile("[\ufb00-\ufb4f\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "▫", "\uf0d8": "➢", "\uf0fc": "✓"})
"""What Word writes in the fonts Symbol and Wingdings."""

_ACCENTS = str.maketrans("´¨ˆ˜ˇ˘˙˚˝¯", "\u0301\u0308\u0302\u0303\u030c\u0306\u0307\u030a\u030b\u0304")
_ACCENTED = re.compile("([´¨ˆ˜ˇ˘˙˚˝¯]) ?([A-Za-zıȷ])")
"""TeX's old fonts have an accent as a character of its own, before the letter that it stands over."""

_DOTLESS = str.maketrans("ıȷ", "ij")
_HIGH_WORD = re.compile("(?<![A-Za-z])[À-ÿ¸¨¼œ]+(?![A-Za-z])")
_LONG_HIGH_WORD = re.compile("(?<![A-Za-z])[À-ÿ¸¨¼œ]{4,}(?![A-Za-z])")
_MIXED_WORD = re.compile("[A-Za-z][À-ÖØ-öø-ÿ]|[À-ÖØ-öø-ÿ][A-Za-z]")
_OF_TEX = str.maketrans("¼œ", "¸¨")
"""TeX's encoding T2A has ё and Ё elsewhere than cp1251, and all other letters where that has them."""


def clean(text: str) -> str:
    """Without characters that show nothing, in NFC, any white space one space."""
    text = _CONTROLS.sub("", text)
    if not text.isascii():
        if _SURROGATE.search(text):  # 𝑥, as pdfium gives it
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        text = _PRESENTED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
        text = unicodedata.normalize("NFC", _ACCENTED.sub(_composed, text.translate(_BULLETS)))
    return _SPACES.sub(" ", text).strip()


def _composed(match: re.Match[str]) -> str:
    accent, letter = match.groups()
    found = unicodedata.normalize("NFC", letter.translate(_DOTLESS) + accent.translate(_ACCENTS))
    return found if len(found) == 1 else match.group()


def is_right_to_left(text: str) -> bool:
    """Whether most of its letters are Hebrew, Arabic or their like."""
    if text.isascii():
        return False
    return 2 * len(_RIGHT_TO_LEFT.findall(text)) > sum(map(str.isalpha, text))


def is_latin_for_russian(lines: Iterable[str]) -> bool:
    """Whether a page has words of four letters and more of which each has an accent, and more of these than
    of words that mix such letters with plain ones, as French does."""
    num_high = num_mixed = 0
    for line in lines:
        num_high += len(_LONG_HIGH_WORD.findall(line))
        num_mixed += len(_MIXED_WORD.findall(line))
    return num_high > 0 and num_high > 3 * num_mixed


def as_russian(text: str) -> str:
    """Its words of accented letters alone, as cp1251 has those bytes."""
    return _HIGH_WORD.sub(_in_cp1251, text)


def _in_cp1251(match: re.Match[str]) -> str:
    return match.group().translate(_OF_TEX).encode("latin-1").decode("cp1251")


_MIN_READABLE = 0.4


def is_readable(text: str) -> bool:
    """Whether what a font of unnamed letters gave looks like words: letters beside letters, small ones among
    them."""
    tokens = text.split()
    letters = [each for each in text if each.isalpha()]
    if not tokens or not letters:
        return False
    if len(letters) >= 20 and not any(not each.isupper() for each in letters):
        return False
    num_words = sum(_is_like_word(token.strip(".,;:!?()[]«»“”\"'„…—–-")) for token in tokens)
    num_plain = sum(1 for token in tokens if any(map(str.isalpha, token)) or not token.isalnum())
    return num_words >= _MIN_READABLE * max(1, num_plain)


def _is_like_word(token: str) -> bool:
    return all(part.isalpha() and (part[1:].islower() or part.isupper() or not part.isascii())
               for part in re.split("[-'’]", token))  # fmt: skip
