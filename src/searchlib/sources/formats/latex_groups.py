"""Groups of LaTeX, which are the arguments of commands: what is set where it stands, and what is taken apart.

The title, the author and the date are said; notes stand at the end, each under its number.
"""

from __future__ import annotations

from typing import NamedTuple

from .flow import Flow, raised
from .latex_commands import AUTHOR, DATE, DROP, HEADING, HIGH, KEEP, KEYWORDS, LINE, LOW, NOTE, OVER, TITLE
from .latex_symbols import HIGH as HIGH_LETTERS
from .latex_symbols import LOW as LOW_LETTERS

_CAPTURED = frozenset({DROP, TITLE, AUTHOR, DATE, KEYWORDS, NOTE, HIGH, LOW})


class _Group(NamedTuple):
    kind: str
    rest: tuple[str, ...]  # the arguments that come behind it
    mark: int
    outer: Flow


class LatexGroups:
    """The text in the making. said: title, author, date, keywords; heading: the first one of the text."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.heading = ""
        self._flow = Flow()
        self._groups: list[_Group] = []
        self._arguments: tuple[str, ...] = ()  # what the groups that come next are
        self._in_formula = False
        self._notes: list[str] = []

    def body(self) -> str:
        for group in reversed(self._groups):  # that never end
            self._flow = group.outer
        if self._notes:
            self._flow.blank()
        for number, note in enumerate(self._notes, 1):
            self._flow.text(f"{raised(str(number))} {note}")
            self._flow.line()
        return self._flow.body()

    def _open(self) -> None:
        kind, rest = (self._arguments[0], self._arguments[1:]) if self._arguments else (KEEP, ())
        self._arguments = ()
        if kind in (HEADING, LINE):
            self._flow.blank()
        self._groups.append(_Group(kind, rest, self._flow.mark(), self._flow))
        if kind in _CAPTURED:
            self._flow = Flow()

    def _close(self) -> None:
        if not self._groups:
            return
        group = self._groups.pop()
        inside, self._flow = self._flow, group.outer
        self._arguments = group.rest
        kind = group.kind
        if kind == HEADING:
            self.heading = self.heading or self._flow.since(group.mark)
            self._flow.blank()
        elif kind == LINE:
            self._flow.line()
        elif kind == OVER:
            self._flow.text("/")
        elif kind in _CAPTURED and kind != DROP:
            self._captured(kind, inside.body().strip("\n"))

    def _captured(self, kind: str, text: str) -> None:
        if kind == NOTE:
            self._notes.append(text)
            self._flow.text(raised(str(len(self._notes))))
        elif kind in (HIGH, LOW):
            letters = text.translate(HIGH_LETTERS if kind == HIGH else LOW_LETTERS)
            changed = not any(old == new for old, new in zip(text, letters, strict=True))
            mark = "" if changed or not self._in_formula else "^" if kind == HIGH else "_"
            self._flow.text(mark + (letters if changed else text))
        else:
            self.said.setdefault(kind, ", ".join(line.strip() for line in text.split("\n") if line.strip()))
            self._flow.line()
            self._flow.text(text)
            self._flow.line()

    def _begin_document(self) -> None:
        """What stands before it is not set, but for the title."""
        self._groups.clear()
        self._flow, self.heading, self._notes = Flow(), "", []
        for kind in (TITLE, AUTHOR):
            if said := self.said.get(kind):
                self._flow.text(said)
                self._flow.line()
        self._flow.blank()
