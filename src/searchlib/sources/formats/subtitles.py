"""Subtitles, SubRip and WebVTT: what is said, without numbers, moments and marks of style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .contract import Content, Row
from .inline import without_entities
from .text import normalise_line_ends

_MOMENT = re.compile(r"[ \t]*(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}[ \t]*-->")
_MARK = re.compile(r"</?[A-Za-z0-9][^<>\n]*>|\{(?:\\|[A-Za-z]:)[^{}\n]*\}")
_BREAK = re.compile(r"\\N|\\[nh](?![a-zа-яё])")
_SPACES = " \t\u00a0\u200e\u200f"
_BLOCKS = ("NOTE", "STYLE", "REGION")


def read(content: Content) -> Iterator[Row]:
    """The one row of a file."""
    yield Row(
        0, {"title": content.name.rpartition(".")[0] or content.name, "body": read_cues(content.text())}
    )


def read_cues(text: str) -> str:
    """What is said, a line for each line of a cue; a line that stays on over the next cue is there once."""
    said: list[str] = []
    for block in normalise_line_ends(text).split("\n\n"):
        lines = block.strip("\n").split("\n")
        at = next((number for number, line in enumerate(lines) if _MOMENT.match(line)), -1)
        first = lines[0].partition(" ")[0]
        if at < 0 and (first in _BLOCKS or first.startswith("WEBVTT") or block.strip().isdigit()):
            continue
        for line in lines[at + 1 :]:
            readable = without_entities(_BREAK.sub(" ", _MARK.sub("", line))).strip(_SPACES)
            if readable and not _MOMENT.match(readable) and readable not in said[-2:]:
                said.append(readable)
    return "\n".join(said) + "\n" if said else ""
