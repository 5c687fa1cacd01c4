"""Keyword: exact strings. A source may have them as whole numbers, too: codes and years are written so."""

from __future__ import annotations

from typing import Any

from .base import StringKind, string_of


class KeywordKind(StringKind):
    """Strings, and whole numbers as their digits."""

    def read(self, raw: Any, cells: bool) -> str:
        return str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else string_of(raw)


KIND = KeywordKind()
