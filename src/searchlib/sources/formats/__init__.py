"""How a format is found: by its name, a file's name, its first bytes, or what another one says of a file.

The formats are the registry's. How one is read is known to its module alone, which is loaded when a file of
it is opened.
"""

from __future__ import annotations

import re

from ...errors import SourceError
from ..archives.compression import SUFFIXES as COMPRESSED
from .contract import ENTRIES, Content
from .declaration import Format, call
from .registry import FORMATS

_BY_NAME = {format.name: format for format in FORMATS}
BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}
_LONG_SUFFIXES = tuple(suffix for suffix in BY_SUFFIX if suffix.count(".") > 1)
_ROTATED = re.compile(r".(\.log)(?:[.-]\d+)+\Z", re.IGNORECASE | re.ASCII)


def suffix_of(name: str) -> str:
    """The end of a file's name by which its format is known, in small letters; "" if it has none.

    The same as Path(name).suffix.lower(), and faster, but for .fb2.zip and its like, for files
    that are compressed: .csv of rows.csv.gz, and .gz of a file whose name says no more; and for logs that are
    numbered or dated when they are full: app.log.1, app.log-20240531.
    """
    dot = name.rfind(".")
    suffix = name[dot:].lower() if 0 < dot < len(name) - 1 else ""
    if suffix in COMPRESSED:
        return suffix_of(name[:dot].rpartition("/")[2]) or suffix
    if suffix[-1:].isdigit() and (rotated := _ROTATED.search(name)):
        return rotated[1].lower()
    if suffix and name[:dot].count("."):
        return next((long for long in _LONG_SUFFIXES if name.lower().endswith(long)), suffix)
    return suffix


def of_name(name: str) -> Format:
    """The format of that name, or of files that end so: markdown, md and .md are one. Raises SourceError,
    which lists the names.
    """
    found = _BY_NAME.get(name) or BY_SUFFIX.get(f".{name.removeprefix('.').lower()}")
    if found is None or (found.name == "unreadable" and found.name != name):
        raise SourceError(f"unknown format {name!r}; known: {', '.join(_BY_NAME)}")
    return found


def of_signature(first_bytes: bytes) -> Format | None:
    """The binary format whose signature a file begins with."""
    for format in FORMATS:
        at = format.signature_at
        if format.signature and first_bytes.startswith(format.signature, at):
            return format
    return None


def of_text(start: str) -> Format:
    """The format that a text without a telling name is like."""
    return next((format for format in FORMATS if format.is_like and call(format.is_like, start)), FORMATS[-1])


def of_whole(archive: Format, content: Content) -> Format | None:
    """The format of the one document that an archive is in truth, if it is one."""
    name = call(archive.whole, content) if archive.whole else None
    return None if name is None else _BY_NAME[name]


def of_records(format: Format, records: str | None) -> Format | None:
    """The format that reads what records ask for of a file of this one, if it is another."""
    name = "" if records is None else format.entries if records in ENTRIES else format.elements
    return _BY_NAME[name] if name else None


def of_mistaken(format: Format, start: str, complete: bool) -> Format | None:
    """The format that a file begins like whose name says this one, if it is another."""
    name = call(format.mistaken, start, complete) if format.mistaken else None
    return None if name is None else _BY_NAME[name]
