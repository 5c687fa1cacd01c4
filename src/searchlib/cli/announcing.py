"""Which index a command has chosen, said where that is not obvious."""

from __future__ import annotations

import os
import sys

from .errors import say
from .places import HERE, personal, shown


def announce(path: str) -> None:
    """Say which index is used: to whoever sits there, and to all where it may be another than they think."""
    other = personal()
    if path == HERE and os.path.isdir(other):  # noqa: PTH112
        say(f"index: {HERE} (not {shown(other)}; --index DIR chooses)")
    elif sys.stderr is not None and sys.stderr.isatty():
        say(f"index: {shown(path)}")
