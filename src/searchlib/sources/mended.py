"""What was mended of one file's text, and how that is said: which lines, and what they are read as.

It is filled by what mends, and read at the end of the file. Bytes are not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

_MAX_TOLD = 10  # numbers of lines


class Mended:
    """Lines by what was done to them; they are counted from 1. encoding: the file's, as it is told."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._read_as: dict[str, list[int]] = {}  # encoding -> lines
        self._lost: dict[str, list[int]] = {}  # what became of bytes -> lines
        self._twice: list[int] = []
        self._nuls: list[int] = []
        self._num_nuls = 0
        self._is_cut = False

    def read_as(self, encoding: str, number: int) -> None:
        """A line was read in that encoding."""
        _add(self._read_as.setdefault(encoding, []), number)

    def replaced(self, number: int) -> None:
        """A line has U+FFFD in place of bytes."""
        _add(self._lost.setdefault("read as U+FFFD", []), number)

    def left_out(self, number: int) -> None:
        """A line has less than its bytes."""
        _add(self._lost.setdefault("left out", []), number)

    def nuls(self, count: int, number: int) -> None:
        """A line had so many NUL bytes."""
        self._num_nuls += count
        _add(self._nuls, number)

    def twice(self, number: int) -> None:
        """A line looks as if it had been encoded twice."""
        _add(self._twice, number)

    def cut(self) -> None:
        """The end of the file is the beginning of a character."""
        self._is_cut = True

    def notices(self) -> Iterator[str]:
        """A sentence for each kind of damage."""
        for encoding, numbers in self._read_as.items():
            was = "line was" if len(numbers) == 1 else "lines were"
            were = was.rpartition(" ")[2]
            yield (
                f"{len(numbers):,} {was} not {self._encoding} and {were} read as {encoding}: {_told(numbers)}"
            )
        for became, numbers in self._lost.items():
            yield f"bytes that are not {self._encoding} were {became} in {_lines(numbers)}"
        if self._num_nuls:
            what = "a NUL byte was" if self._num_nuls == 1 else f"{self._num_nuls:,} NUL bytes were"
            yield f"{what} left out in {_lines(self._nuls)}"
        if self._twice:
            yield (
                f"read as it stands, but looks as if it had been encoded twice: {_lines(self._twice)}; "
                f"mend that, for example with ftfy"
            )
        if self._is_cut:
            yield "it ends within a character, which was left out"


def _add(numbers: list[int], number: int) -> None:
    if not numbers or numbers[-1] != number:
        numbers.append(number)


def _lines(numbers: list[int]) -> str:
    return f"{'line' if len(numbers) == 1 else 'lines'} {_told(numbers)}"


def _told(numbers: list[int]) -> str:
    """The first numbers; they may be a million."""
    shown = ", ".join(map(str, numbers[:_MAX_TOLD]))
    return shown + (f" and {len(numbers) - _MAX_TOLD:,} more" if len(numbers) > _MAX_TOLD else "")
