"""The numbers of lists and headings in documents of LibreOffice, which it counts when it shows them.

The styles of lists say how each level is written; they stand in styles.xml and before the text. What is
counted is known here, and where is not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from .shown_numbers import LATIN, RUSSIAN, letters, roman
from .xml_names import Attributes, value_of, whole_number

_MAX_LABEL = 50
_MAX_STYLES = 20_000
_NUM_LEVELS = 10
_OUTLINE = "\0"
"""The name under which the style of headings is kept."""


class _Level(NamedTuple):
    """kind: "1", "a", "I" …, "" of one that has no number; shown: of how many levels the number is made."""

    kind: str = ""
    before: str = ""
    behind: str = ""
    shown: int = 1
    start: int = 1
    pattern: str = ""  # "%1%.%2%.", which goes before the rest


class _List:
    """An open list. waiting: an item of it has begun that has no paragraph yet."""

    __slots__ = ("counts", "start", "style", "waiting")

    def __init__(self, style: str, counts: list[int]) -> None:
        self.style, self.counts = style, counts
        self.waiting, self.start = False, -1


class Numbers:
    """Styles of lists, the lists that are open, and how far each has been counted.

    starts, ends: what a reader does at the elements of lists.
    """

    def __init__(self) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        self._style = ""
        self._open: list[_List] = []
        self._lists: dict[str, list[int]] = {}  # those that others may continue, by their ids
        self._last: dict[str, list[int]] = {}  # and by their styles
        self._headings: list[int] = []
        self.starts: dict[str, Callable[[Attributes], object]] = {
            "text:list-style": lambda attributes: self._begin_style(value_of(attributes, "name")),
            "text:outline-style": lambda _: self._begin_style(_OUTLINE),
            "text:list-level-style-number": self._level,
            "text:outline-level-style": self._level,
            "text:list": self._begin_list,
            "text:list-item": partial(self._begin_item, True),
            "text:list-header": partial(self._begin_item, False),
        }
        self.ends: dict[str, Callable[[], object]] = {
            "text:list": lambda: self._open.pop() if self._open else None,
        }

    # ---- styles

    def _begin_style(self, name: str) -> None:
        self._style = name
        if len(self._styles) < _MAX_STYLES:
            self._styles[name] = {}

    def _level(self, attributes: Attributes) -> None:
        level = whole_number(value_of(attributes, "level"), 0)
        levels = self._styles.get(self._style)
        if levels is not None and 0 < level <= _NUM_LEVELS:
            levels[level] = _Level(
                value_of(attributes, "num-format"),
                value_of(attributes, "num-prefix")[:_MAX_LABEL],
                value_of(attributes, "num-suffix")[:_MAX_LABEL],
                whole_number(value_of(attributes, "display-levels", "1"), 1),
                whole_number(value_of(attributes, "start-value", "1"), 1),
                value_of(attributes, "num-list-format")[:_MAX_LABEL],
            )

    # ---- lists

    def _begin_list(self, attributes: Attributes) -> None:
        outer = self._open[-1] if self._open else None
        style = value_of(attributes, "style-name") or (outer.style if outer else "")
        if outer is not None:
            counts = outer.counts
        elif other := value_of(attributes, "continue-list"):
            counts = self._lists.get(other, [])
        elif value_of(attributes, "continue-numbering") == "true":
            counts = self._last.get(style, [])
        else:
            counts = []
        self._open.append(_List(style, counts))
        if outer is None and len(self._lists) < _MAX_STYLES:
            self._last[style] = counts
            if name := attributes.get("http://www.w3.org/XML/1998/namespace}id", ""):
                self._lists[name] = counts

    def _begin_item(self, counts: bool, attributes: Attributes) -> None:
        if self._open:
            self._open[-1].waiting = counts
            self._open[-1].start = whole_number(value_of(attributes, "start-value"), -1)

    def of_paragraph(self) -> str:
        """What stands before the paragraph that begins now: "3.2.", or "" where that is a mark or nothing."""
        if not self._open or not self._open[-1].waiting:
            return ""
        inner = self._open[-1]
        inner.waiting = False
        return self._next(inner.style, inner.counts, len(self._open), inner.start)

    def of_heading(self, level: int) -> str:
        """The same of a heading that stands in no list."""
        return self.of_paragraph() if self._open else self._next(_OUTLINE, self._headings, level, -1)

    def _next(self, style: str, counts: list[int], level: int, start: int) -> str:
        levels = self._styles.get(style)
        if not levels or not 0 < level <= _NUM_LEVELS:
            return ""
        del counts[level:]
        while len(counts) < level:
            counts.append(levels.get(len(counts) + 1, _Level()).start - (len(counts) == level - 1))
        counts[-1] = counts[-1] + 1 if start < 0 else start
        return _label(levels, counts)


def _label(levels: dict[int, _Level], counts: list[int]) -> str:
    level = levels.get(len(counts), _Level())
    if not level.kind:
        return ""
    if label := level.pattern:
        for number, count in enumerate(counts, 1):
            label = label.replace(f"%{number}%", _shown(count, levels.get(number, _Level()).kind))
        return label.strip()
    shown = (
        _shown(counts[number - 1], levels.get(number, _Level()).kind)
        for number in range(max(len(counts) - level.shown, 0) + 1, len(counts) + 1)
    )
    return f"{level.before}{'.'.join(part for part in shown if part)}{level.behind}".strip()


def _shown(number: int, kind: str) -> str:
    if kind in ("i", "I"):
        return roman(number) if kind == "i" else roman(number).upper()
    for first, alphabet in (("a", LATIN), ("а", RUSSIAN)):
        if kind[:1].lower() == first:
            text = letters(number, alphabet)
            return text.upper() if kind[0].isupper() else text
    return str(number) if kind else ""
