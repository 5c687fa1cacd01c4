"""Groups of RTF: what each inherits, whose text is no part of the document's, and where that goes instead.

Words that change the text within a group are rtf_reader.py's.
"""

from __future__ import annotations

from typing import NamedTuple

from ...errors import SourceError
from . import rtf_words as words
from .flow import Flow

MAX_DEPTH = 1_000


class _State(NamedTuple):
    """What a group inherits, and what ends with it."""

    skips: bool = False  # the group is no text
    hidden: bool = False
    deleted: bool = False
    raised: bool = False  # above the line
    doubled: bool = False  # said in the file's encoding, with ? for what that lacks, and then anew in Unicode
    num_after: int = 1  # how many characters stand behind a \\u for programs that do not know it
    font: int = -1
    kind: str = ""  # "note", "info", "title"…: whose text this is, if not the document's


class RtfGroups:
    """The text in the making. notes, margins: texts that were taken apart."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.notes: list[str] = []
        self.margins: list[str] = []
        self._state = _State()
        self._stack: list[tuple[_State, Flow | None]] = []  # with a flow: the group's text is taken apart
        self._num_apart = 0
        self._starred = False
        self._boxes: list[str] = []

    def _open(self) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise SourceError(f"its groups are nested more than {MAX_DEPTH:,} deep; open it and save it anew")
        self._stack.append((self._state, None))
        self._starred = False

    def _close(self) -> None:
        kind = self._state.kind
        self._state, flow = self._stack.pop()
        self._starred = False
        if flow is None:
            return
        self._num_apart -= 1
        said = self.flow.body().strip()
        self.flow = flow
        if not said:
            return
        if kind == "note":
            self.notes.append(said)
        elif kind == "margin" and not said.isdigit():
            self.margins.append(said)
        elif kind == "box":
            self._boxes.append(said)
        elif kind == "list" and any(map(str.isalnum, said)):
            self.flow.text(f"{said} ")

    def _take_apart(self, kind: str) -> None:
        if self._stack and self._stack[-1][1] is None:
            self._stack[-1] = (self._stack[-1][0], self.flow)
            self._num_apart += 1
            self.flow = Flow()
            self._state = self._state._replace(kind=kind)

    def _begins_group(self, word: str) -> bool:
        """Whether a word says what its group is, or is in one that is no text."""
        state = self._state
        if state.skips:
            return True
        if state.doubled:
            is_unicode = word == "ud"
            self._state = state._replace(doubled=not is_unicode, skips=not is_unicode)
        elif word == "upr":
            self._state = state._replace(doubled=True)
        elif state.kind == "info":
            if word not in words.INFO:
                return False
            self._state = state._replace(kind=word)
        elif kind := words.APART.get(word):
            self._take_apart(kind)
        elif word in ("info", "fonttbl", "stylesheet"):
            self._state = state._replace(kind=word)
        elif word in words.LEFT_OUT:
            self._state = state._replace(skips=True)
        else:
            return False
        return True

    @property
    def _is_silent(self) -> bool:
        state = self._state
        return state.skips or state.hidden or state.deleted or state.kind in words.NO_TEXT
