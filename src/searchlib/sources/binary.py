"""Is a file no text at all? Told from its first bytes and from bytes that no text has.

A NUL byte alone makes no file binary: a log has a run of them where a machine lost its power, and lists are
kept with NULs between their entries.
"""

from __future__ import annotations

import re

from ..errors import SourceError

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive, as .docx and .xlsx are too"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"(\xb5/\xfd", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ\x00", "xz-compressed"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)  # "GIF8" and "BZh" may well begin a text
_CERTAIN = ((b"%PDF-", "a PDF; name it .pdf"),)
_TAR = b"ustar"
_TAR_AT = 257
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_NULS = re.compile(rb"\x00+")
_SAMPLE_BYTES = 65_536
_MIN_ENTRY_BYTES = 8
"""Between two runs of NULs, on average: lists have paths there, and UTF-16 a letter."""


def refuse_binary(data: bytes, *, certain: bool = False) -> None:
    """Raises SourceError for what is no text. certain: the rest of it is valid UTF-8."""
    for signature, what in _CERTAIN if certain else (*_CERTAIN, *_SIGNATURES):
        if data.startswith(signature):
            raise SourceError(f"a binary file ({what}), not text; convert it to text first")
    if data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        raise SourceError("a binary file (a tar archive), not text; unpack it first")
    if _share_of_controls(data) > 0.05:
        raise SourceError("a binary file, not text; convert it to text first")


def is_text_but_for_nuls(data: bytes) -> bool:
    """Whether a file with NUL bytes, and not of UTF-16, would be text without them."""
    for signature, _ in (*_CERTAIN, *_SIGNATURES):
        if data.startswith(signature):
            return False
    if data[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return False
    rest = _NULS.sub(b"", data)
    num_runs = len(_NULS.findall(data))
    few = num_runs * _MIN_ENTRY_BYTES <= len(rest)
    if not few or _share_of_controls(rest) > 0.001:
        return False
    try:
        rest.decode()
        return True
    except UnicodeDecodeError:
        return num_runs * 100 <= len(rest)


def _share_of_controls(data: bytes) -> float:
    sample = data[:_SAMPLE_BYTES]
    return len(_CONTROLS.findall(sample)) / len(sample) if sample else 0.0
