"""How a row is called after its file: by its line, and by its own id where another document has that one.

A line's name is `a.csv#3`, that of a taken id `a.csv#id=3`, and `a.csv#id2=3` where that is taken. So the
two kinds never meet, whatever the ids are. Who has which name is not known here.
"""

from __future__ import annotations

import re

_BY_ID = re.compile(r"#id[0-9]*=")


def by_line(name: str, line: int, key: str = "") -> str:
    """That of a row without an id: its line, or the key that its format gives it; the file's for line 0."""
    return f"{name}{key or f'#{line}' * (line > 0)}"


def by_id(name: str, own_id: str, number: int = 1) -> str:
    """That of a row whose own id is taken; number: the first such row of its file, the second, …"""
    return f"{name}#id{number if number > 1 else ''}={own_id}"


def file_of(document_id: str) -> str:
    """The file in a row's name, as far as it can be told: a path and an id may hold anything. Else ""."""
    found = _BY_ID.search(document_id)
    return document_id[: found.start()] if found else document_id.rpartition("#")[0]
