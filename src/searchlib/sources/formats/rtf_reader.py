"""Words and characters of RTF to text: paragraphs, cells, headings, and what a document says of itself.

Groups are rtf_groups.py's; their characters are gathered in rtf_characters.py.
"""

from __future__ import annotations

import re

from ...errors import SourceError
from . import rtf_words as words
from .flow import raised
from .rtf_characters import Characters
from .rtf_groups import RtfGroups

MAX_WORDS = 10_000_000
"""Words, groups and runs of text: of a picture each line is one."""

_MAX_FIELD = 100_000
_MAX_STYLES = 10_000
_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)",
    re.DOTALL,
)
_DATE_PARTS = ("yr", "mo", "dy", "hr", "min")


class RtfReader(RtfGroups):
    """info: what the document says of itself; heading: its first one."""

    def __init__(self) -> None:
        super().__init__()
        self.info: dict[str, str] = {}
        self.heading = ""
        self._created: dict[str, int] = {}
        self._characters = Characters()
        self._default_font = -1
        self._outline, self._start = False, 0
        self._style, self._headings = -1, set[int]()  # the style that is described; those of headings
        self._cell = 0  # where the text of the cell begins

    def date(self) -> str:
        """When the document was made, as ISO has it; "" where it does not say."""
        parts = [self._created.get(name, 0) for name in _DATE_PARTS]
        return "{:04}-{:02}-{:02}T{:02}:{:02}".format(*parts) if all(parts[:3]) else ""

    def read(self, data: bytes) -> None:
        at = num_words = 0
        find, characters = _TOKEN.match, self._characters
        while match := find(data, at):
            at = match.end()
            num_words += 1
            if num_words > MAX_WORDS:
                raise SourceError(
                    f"has more than {MAX_WORDS:,} words and groups; split it, or save it as text"
                )
            word, number, code, symbol, brace, text = match.groups()
            if text is not None:
                self._put(characters.add_bytes(text))
            elif code is not None:
                self._put(characters.add_bytes(bytes((int(code, 16),))))
            elif word is not None:
                value = None if number is None else int(number)
                if word == b"bin":
                    at += max(value or 0, 0)
                else:
                    self._word(word.decode("ascii"), value)
            elif brace == b"{":
                self._flush()
                self._open()
            elif brace == b"}":
                if self._stack:
                    self._flush()
                    self._close()
                if not self._stack:
                    break  # what stands behind the document is none of it
            elif symbol is not None:
                self._symbol(symbol.decode("latin-1"))
        self._flush()
        while self._stack:
            self._close()
        self._add_boxes()

    # ---- words and characters

    def _word(self, word: str, number: int | None) -> None:
        state = self._state
        if word == "u":
            self._put(self._characters.add_unit(number or 0, state.font, state.num_after))
            return
        self._flush()
        starred, self._starred = self._starred, False
        if starred and word not in words.STARRED and word not in words.LEFT_OUT:
            self._state = state._replace(skips=True)
            return
        if self._begins_group(word):
            return
        if state.kind == "stylesheet":
            self._describe(word, number)
            return
        self._set(word, number)
        if self._is_silent:
            return
        if word in words.CHARACTERS:
            self.flow.text(words.CHARACTERS[word])
        elif word in ("par", "sect", "page", "column"):
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            if self.flow.mark() > self._cell:
                self.flow.cell()
            self._cell = self.flow.mark()
        elif word in ("row", "nestrow"):
            self.flow.line()
            self._cell = self.flow.mark()
        elif self._num_apart:
            pass  # a label, a note or a box has no headings of the document's, nor ends one
        elif word == "pard":
            self._outline = False
        elif (word == "outlinelevel" and _is_heading(number)) or (word == "s" and number in self._headings):
            self._outline, self._start = True, self.flow.mark()
            self.flow.blank()

    def _describe(self, word: str, number: int | None) -> None:
        """A word of the table of styles, of which those of headings are remembered."""
        if word == "s" and number is not None:
            self._style = number
        elif word == "outlinelevel" and _is_heading(number) and len(self._headings) < _MAX_STYLES:
            self._headings.add(self._style)

    def _set(self, word: str, number: int | None) -> None:
        """What a word changes of the text that follows."""
        state, characters = self._state, self._characters
        if word == "f" and number is not None:
            self._state = state._replace(font=number)
            if state.kind == "fonttbl":
                characters.begin_font(number)
        elif word == "plain":
            self._state = state._replace(font=self._default_font, hidden=False, raised=False)
        elif word in ("super", "nosupersub", "sub"):
            self._state = state._replace(raised=word == "super" and number != 0)
        elif word == "v":
            self._state = state._replace(hidden=number != 0)
        elif word == "deleted":
            self._state = state._replace(deleted=number != 0)
        elif word in words.PAGES:
            characters.page = words.PAGES[word]
        elif number is None:
            return
        elif word == "uc":
            self._state = state._replace(num_after=min(max(number, 0), 16))
        elif word == "fcharset":
            characters.set_charset(number)
        elif word == "deff":
            self._default_font = number
            self._state = state._replace(font=number)
        elif word == "ansicpg":
            characters.set_page(number)
        elif state.kind == "creatim" and word in _DATE_PARTS:
            self._created[word] = min(max(number, 0), 9_999)

    def _symbol(self, symbol: str) -> None:
        if symbol in words.SYMBOLS:
            if self._characters.passes_over():
                return
            self._flush()
            self._put(words.SYMBOLS[symbol])
        elif symbol == "*":
            self._flush()
            self._starred = True
        elif symbol in "\r\n":
            self._flush()
            if not self._is_silent:
                self._end_paragraph()

    def _flush(self) -> None:
        self._put(self._characters.flush(self._state.font))

    def _put(self, text: str) -> None:
        state = self._state
        if not text or state.skips or state.doubled:
            return
        if field := words.INFO.get(state.kind):
            if len(self.info.setdefault(field, "")) < _MAX_FIELD:
                self.info[field] += text
        elif not self._is_silent:
            text = text.replace("\f", " ")
            self.flow.text(raised(text) if state.raised else text)

    def _end_paragraph(self) -> None:
        if self._outline and not self._num_apart:
            self.heading = self.heading or self.flow.since(self._start)
            self.flow.blank()
            self._start = self.flow.mark()
        else:
            self.flow.line()
        if self._boxes and not self._num_apart:
            self._add_boxes()

    def _add_boxes(self) -> None:
        for box in self._boxes:
            self.flow.line()
            self.flow.text(box)
            self.flow.line()
        self._boxes.clear()


def _is_heading(level: int | None) -> bool:
    return level is not None and 0 <= level < 9
