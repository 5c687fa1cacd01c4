"""The numbers of lists and headings, which Word counts when it shows them: "3.2." of a contract's clause.

A document says how each level of a list is written; what is counted is known here, and where is not.
"""

from __future__ import annotations

from typing import NamedTuple

from .shown_numbers import LATIN, RUSSIAN, letters, roman
from .xml_names import Attributes, value_of, whole_number
from .xml_reader import XmlReader

_MAX_LABEL = 50
_MAX_LISTS = 20_000
_NUM_LEVELS = 9
_LETTERS = {"Letter": LATIN, "russian": RUSSIAN}


class _Level(NamedTuple):
    kind: str = "decimal"
    label: str = ""
    start: int = 1


class Numbering(XmlReader):
    """The lists of a document, and how far each has been counted."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: dict[str, dict[int, _Level]] = {}  # of the kinds of lists
        self._kinds: dict[str, str] = {}  # of lists
        self._starts: dict[str, dict[int, int]] = {}  # where a list begins anew
        self._counts: dict[str, list[int]] = {}
        self._list, self._level, self._kind = "", 0, ""
        self.starts = {
            "w:abstractNum": self._begin_kind,
            "w:lvl": self._begin_level,
            "w:start": lambda attributes: self._set(start=whole_number(value_of(attributes, "val"), 1)),
            "w:numFmt": lambda attributes: self._set(kind=value_of(attributes, "val")),
            "w:lvlText": lambda attributes: self._set(label=value_of(attributes, "val")[:_MAX_LABEL]),
            "w:num": self._begin_list,
            "w:abstractNumId": self._of_kind,
            "w:lvlOverride": self._begin_override,
            "w:startOverride": self._start_anew,
        }

    def _begin_kind(self, attributes: Attributes) -> None:
        self._kind, self._list = value_of(attributes, "abstractNumId"), ""
        if len(self._levels) < _MAX_LISTS:
            self._levels[self._kind] = {}

    def _begin_level(self, attributes: Attributes) -> None:
        self._level = whole_number(value_of(attributes, "ilvl"), 0)
        self._set()

    def _set(self, kind: str = "", label: str = "", start: int = -1) -> None:
        levels = self._levels.get(self._kind)
        if levels is not None and not self._list and 0 <= self._level < _NUM_LEVELS:
            known = levels.get(self._level, _Level())
            levels[self._level] = _Level(
                kind or known.kind, label or known.label, known.start if start < 0 else start
            )

    def _begin_list(self, attributes: Attributes) -> None:
        self._list = value_of(attributes, "numId")

    def _of_kind(self, attributes: Attributes) -> None:
        if self._list and len(self._kinds) < _MAX_LISTS:
            self._kinds[self._list] = value_of(attributes, "val")

    def _begin_override(self, attributes: Attributes) -> None:
        self._level = whole_number(value_of(attributes, "ilvl"), 0)

    def _start_anew(self, attributes: Attributes) -> None:
        if self._list in self._kinds:
            start = whole_number(value_of(attributes, "val"), 1)
            self._starts.setdefault(self._list, {})[self._level] = start

    def next(self, of_list: str, level: int) -> str:
        """What stands before the next paragraph of a list: "3.2.", or "" where that is a mark."""
        kind = self._kinds.get(of_list, "")
        levels = self._levels.get(kind)
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(kind, [])
        starts = self._starts.get(of_list)
        if starts and level in starts:  # each level begins anew where the list first comes to it
            del counts[level:]
            levels[level] = levels[level]._replace(start=starts.pop(level))
        del counts[level + 1 :]
        while len(counts) <= level:
            counts.append(levels.get(len(counts), _Level()).start - (len(counts) == level))
        counts[level] += 1
        if levels[level].kind in ("bullet", "none"):
            return ""
        label = levels[level].label
        for number in range(level + 1):
            shown = _shown(counts[number], levels.get(number, _Level()).kind)
            label = label.replace(f"%{number + 1}", shown)
        return label


def _shown(number: int, kind: str) -> str:
    if kind.endswith("Roman"):
        text = roman(number)
        return text.upper() if kind[0] == "u" else text
    for name, alphabet in _LETTERS.items():
        if name in kind:
            text = letters(number, alphabet)
            return text.upper() if "pper" in kind else text
    return f"{number:02}" if kind == "decimalZero" else str(number)
