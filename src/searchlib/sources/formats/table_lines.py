"""The lines of a table as csv.reader asks for them, and the first of them, looked at before.

Those of the record that is read are kept, so that they can be read anew.
"""

from __future__ import annotations

from typing import TextIO

from .contract import MAX_ROW_CHARACTERS
from .dialect import SAMPLE_CHARACTERS, SAMPLE_LINES


class OpenQuote(Exception):
    """A record has grown past the limit: some quote in it will not close."""


class TooLong(Exception):
    """A line is past the limit; it was read to its end and dropped."""


class Lines:
    """The lines that csv.reader asks for, and those of the record it is in, so that they can be read anew."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.doubtful = stream.errors != "strict"
        self._ahead: list[str] = []
        self._num_characters = 0
        self.record: list[str] = []
        self.number = 0  # of the last line
        self.ended = False

    def peek(self) -> list[str]:
        """The first lines, which are still to come."""
        room = SAMPLE_CHARACTERS
        while room > 0 and len(self._ahead) < SAMPLE_LINES:
            line = self._stream.readline(MAX_ROW_CHARACTERS)
            if not line:
                break
            self._ahead.append(line)
            room -= len(line)
            if len(line) >= MAX_ROW_CHARACTERS:
                break  # the rest of it is still in the stream
        self._ahead.reverse()
        return self._ahead[::-1]

    def start_record(self) -> None:
        self.record.clear()
        self._num_characters = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._ahead.pop() if self._ahead else self._stream.readline(MAX_ROW_CHARACTERS)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        if len(line) >= MAX_ROW_CHARACTERS and not line.endswith(("\n", "\r")):
            while (more := self._stream.readline(MAX_ROW_CHARACTERS)) and not more.endswith(("\n", "\r")):
                pass
            raise TooLong
        self.record.append(line)
        self._num_characters += len(line)
        if self._num_characters > MAX_ROW_CHARACTERS and len(self.record) > 1:
            raise OpenQuote
        return line
