"""The lines of a stream with their numbers, none of them longer than a document may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from .contract import MAX_ROW_CHARACTERS, TOO_LONG


def numbered_lines(stream: TextIO) -> Iterator[tuple[int, str, str]]:
    """(number, line, reason); a line past the limit is read to its end and dropped: the reason says so."""
    number = 0
    while line := stream.readline(MAX_ROW_CHARACTERS):
        number += 1
        if len(line) < MAX_ROW_CHARACTERS or line.endswith("\n"):
            yield number, line, ""
            continue
        while (more := stream.readline(MAX_ROW_CHARACTERS)) and not more.endswith("\n"):
            pass
        yield number, "", TOO_LONG
