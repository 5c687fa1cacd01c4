"""Text: running text. Its words go to the core; a source has it as a string."""

from __future__ import annotations

from typing import Any

from .base import StringKind, string_of


class TextKind(StringKind):
    """Strings, and nothing that would have to be turned into one."""

    def read(self, raw: Any, cells: bool) -> str:
        return string_of(raw)


KIND = TextKind()
