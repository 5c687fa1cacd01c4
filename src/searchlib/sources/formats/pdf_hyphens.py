"""Words that a line's end divides: is the hyphen part of the word?

The document itself is asked first, which may have the word in the middle of a line; then the dictionaries. A
page's end inside a word stays as it is: searches know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_END = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*$")
_BEGIN = re.compile(r"[^\W_]+")
_PARTICLES = frozenset(("то", "либо", "нибудь", "таки", "ка", "де", "за", "под"))
"""What Russian joins to a word by a hyphen alone."""


class Hyphens:
    """How the words of a document are joined."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = lines
        self._words: frozenset[str] | None = None
        self._decided: dict[tuple[str, str], str] = {}

    def between(self, line: str, following: str) -> str:
        """What stands between the two parts of a word: "-", or nothing.

        line: a line's text up to the hyphen; following: that of the next one.
        """
        left, right = _END.search(line), _BEGIN.match(following)
        if left is None or right is None:
            return "-"
        parts = left.group(), right.group()
        if parts not in self._decided:
            self._decided[parts] = "-" if self._keeps_hyphen(*parts) else ""
        return self._decided[parts]

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        if left[-1].isdigit() or right[0].isdigit():
            return True  # a number, or a name with one
        if right[0].isupper() and not left.isupper():
            return True  # «Нью-Йорк»
        left, right = left.lower(), right.lower()
        words = self._all_words()
        if left + right in words:
            return False
        if f"{left}-{right}" in words:
            return True
        if right in _PARTICLES:
            return True
        return not _knows(left + right) and _is_compound(left, right)

    def _all_words(self) -> frozenset[str]:
        """The document's words, in small letters: those in the middle of lines, for others may be parts."""
        if self._words is None:
            found: set[str] = set()
            for line in self._lines:
                words = _WORD.findall(line.lower())
                found.update(word.replace("\u2010", "-").replace("\u2011", "-") for word in words[1:-1])
            self._words = frozenset(found)
        return self._words


def _is_compound(left: str, right: str) -> bool:
    """Whether both are words of their own: «финансово-промышленный», "well-known". «северо» is none, but what
    ends so begins a compound."""
    if len(right) < 2 or not _knows(right):
        return False
    last = left.replace("\u2010", "-").rpartition("-")[2]
    return (len(last) >= 4 and last[-1] in "ое" and len(right) >= 4) or (len(last) >= 2 and _knows(last))


def _knows(word: str) -> bool:
    from ...analysis.languages import dictionaries

    return any(language.knows(word) for language in dictionaries())
