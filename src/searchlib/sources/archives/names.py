"""How members are called: in which encoding their names are, and as which harmless paths they are read.

Nothing is ever written by a member's name. But it becomes an id, so it never leads out of its archive.
"""

from __future__ import annotations

import math
import re
import unicodedata
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from ..cyrillic import cost_of, guess_page
from .zip_directory import IS_UTF8, Entry, fields_of

_RUSSIAN_PAGES = ("cp866", "cp1251")
_WESTERN_PAGES = ("cp437", "cp1252")
"""What zip writes in Windows: the console's page comes first, and cp437 is what the specification says."""

_ENOUGH = 60
_MAX_SAMPLE = 1 << 16
_UNICODE_PATH = 0x7075
_DRIVE = re.compile(r"[A-Za-z]:(?=/|[^/]*/)")
_BOTH_SCRIPTS = re.compile(r"[A-Za-z][\u0400-\u045f]|[\u0400-\u045f][A-Za-z]")
_LATIN = re.compile("[\u00c0-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e]")
_STRANGE_CATEGORIES = frozenset(("Cc", "Cs", "Zl", "Zp"))
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
"""What turns the direction of what stands behind it, so that a name reads as another one."""


class HarmlessName(NamedTuple):
    """A path within the archive, "" if nothing is left of it; and what was wrong with the one that it had."""

    path: str
    fault: str = ""


def harmless(name: str) -> HarmlessName:
    """A member's name as a relative path of "/" and printable characters."""
    parts = name.split("/")
    fault = ""
    if drive := _DRIVE.match(name):
        parts = name[drive.end() :].split("/")
        fault = "leads out of the archive"
    elif name.startswith("/") or ".." in parts:
        fault = "leads out of the archive"
    path = "/".join(part for part in parts if part not in ("", ".", ".."))
    if not path.isprintable():
        clean = "".join(map(_printable, path))
        fault = fault or ("" if clean == path else "has characters that cannot be shown")
        path = clean
    return HarmlessName(path, fault)


def _printable(character: str) -> str:
    strange = character in _TURNING or unicodedata.category(character) in _STRANGE_CATEGORIES
    return "\N{REPLACEMENT CHARACTER}" if strange else character


class NameDecoder:
    """The names of one archive, which were written by one program: they are guessed at together."""

    def __init__(self, raw_names: Iterable[bytes] = ()) -> None:
        """raw_names: those that are known by now; a name that is UTF-8 says nothing."""
        sample, size = [], 0
        for raw in raw_names:
            if not raw.isascii() and not _is_utf8(raw) and size < _MAX_SAMPLE:
                sample.append(raw.replace(b"/", b" "))
                size += len(raw)
        self._page = page_of(b"\n".join(sample)) if sample else ""

    def text(self, raw: bytes) -> str:
        """The name, in UTF-8 if it can be, else in the page of all."""
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode(self._page or page_of(raw), "replace")

    def of_entry(self, entry: Entry) -> str:
        """The name of a zip's entry: what it says in Unicode counts first, if it is of that very name."""
        for kind, content in fields_of(entry.extra):
            if kind == _UNICODE_PATH and content[:1] == b"\x01" and len(content) > 5:
                of_this_name = int.from_bytes(content[1:5], "little") == zlib.crc32(entry.name)
                if of_this_name and _is_utf8(content[5:]):
                    return content[5:].decode()
        if entry.flags & IS_UTF8:
            return entry.name.decode("utf-8", "replace")
        return self.text(entry.name)


def page_of(raw: bytes) -> str:
    """The code page of names that are no UTF-8: Cyrillic or Western, DOS's where both read as well.

    A few letters are too few for letter statistics alone, so only the pages that archivers write are tried.
    """
    if len(raw) > _ENOUGH and (page := guess_page(raw)):
        return page
    texts = {page: raw.decode(page, "replace") for page in (*_RUSSIAN_PAGES, *_WESTERN_PAGES)}
    costs = {page: cost_of(texts[page]) for page in _RUSSIAN_PAGES if not _BOTH_SCRIPTS.search(texts[page])}
    best = min(costs, key=costs.__getitem__, default="")
    if best and costs[best] < math.inf:
        return best
    return max(_WESTERN_PAGES, key=lambda page: len(_LATIN.findall(texts[page])))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
        return True
    except UnicodeDecodeError:
        return False
