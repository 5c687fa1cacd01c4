"""Targets, and whether they are met: one line each, so that one command can gather those of others."""

from __future__ import annotations

from typing import NamedTuple

_MARKS = {True: "met   ", False: "MISSED"}


class Verdict(NamedTuple):
    """met: whether the target is reached. text: what was measured, and the target."""

    met: bool
    text: str

    def __str__(self) -> str:
        return f"{_MARKS[self.met]} {self.text}"


def verdict_of(line: str) -> Verdict | None:
    """The verdict that was printed as this line; None if the line is none."""
    for met, mark in _MARKS.items():
        if line.startswith(f"{mark} "):
            return Verdict(met, line.removeprefix(f"{mark} ").rstrip())
    return None
