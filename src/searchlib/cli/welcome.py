"""What `searchlib` alone prints: how to begin, on one screen, and which index it would use."""

from __future__ import annotations

import os

from . import places
from .output import Style, one_line, write

_LINES = (
    ("searchlib index ~/Documents", "read files into your index"),
    ("searchlib идти", "find them by any form: шёл, шла, идут"),
    ("searchlib 'police force -protest'", "one word or the other, and without a word"),
    ("searchlib '\"police force\" title:выборы'", "a phrase, a field"),
    ("", ""),
    ("searchlib list", "what is in the index"),
    ("searchlib watch ~/Documents", "keep it up to date"),
    ("searchlib rm ~/Documents/old", "take something out"),
    ("", ""),
    ("searchlib -h", "all commands"),
    ("searchlib query -h", "how one is used, with examples"),
)


def welcome() -> None:
    """Print it."""
    style = Style()
    width = max(len(command) for command, _ in _LINES)
    lines = [f"{style.bold('searchlib')} finds words in all their forms, in English and Russian.", ""]
    for command, what in _LINES:
        lines.append(f"  {command}{' ' * (width - len(command))}  {style.dim(what)}" if command else "")
    named = os.environ.get(places.VARIABLE)
    path = named or places.default_index()
    is_there = places.is_url(path) or os.path.exists(os.path.join(path, "manifest"))  # noqa: PTH110, PTH118
    state = "" if is_there else " (not there yet: searchlib index makes it)"
    source = f", by {places.VARIABLE}" if named else ""
    lines += ["", style.dim(f"index: {one_line(places.shown(path))}{source}{state}")]
    write("\n".join(lines))
