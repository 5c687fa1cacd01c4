"""The encoding that source code says it is in, in a comment: PEP 263's, Emacs' and Vim's.

# -*- coding: koi8-r -*-
// vim: set fileencoding=cp1251 :
"""

from __future__ import annotations

import re

_COOKIE = re.compile(rb"^[ \t\f]*(?:#|//|/\*|--|;|%|<!--|\"|').*?coding[:=][ \t]*([-\w.]+)")
_LINES = 2
_MAX_BYTES = 1000
_LINE_ENDS = ("-unix", "-dos", "-mac")  # what Emacs adds


def declared_coding(data: bytes) -> str | None:
    """The encoding that one of the first two lines names, if Python knows it."""
    for line in data[:_MAX_BYTES].split(b"\n", _LINES)[:_LINES]:
        if match := _COOKIE.match(line):
            name = match[1].decode("ascii", "replace").lower()
            for end in _LINE_ENDS:
                name = name.removesuffix(end)
            try:
                "".encode(name)
            except (LookupError, ValueError):
                return None
            return None if name.startswith(("utf-16", "utf-32")) else name
    return None
