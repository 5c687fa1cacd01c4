"""Text: running text. Its words go to the core; a source has it as a string, or as what is written in one."""

from __future__ import annotations

from typing import Any

from .base import StringKind, string_of


class TextKind(StringKind):
    """Strings; of a source numbers, true and false, too, as they are written there.

    A column of codes has 12 beside "12a", and a title may be 1984: neither row may be lost.
    """

    def read(self, raw: Any, cells: bool) -> str:
        if isinstance(raw, bool):
            return "true" if raw else "false"
        return str(raw) if isinstance(raw, int | float) else string_of(raw)


KIND = TextKind()
