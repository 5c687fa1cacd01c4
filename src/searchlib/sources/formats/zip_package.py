"""The members of a zip package (.docx, .odt, .epub …), read from memory and never written anywhere.

A package may be made to harm: the number of its members, what they unpack to and how much they grow have
limits, and what is damaged, encrypted or no package at all is a SourceError that says so. Names are keys and
nothing else. The bytes of a zip file are known to archives/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import SourceError
from ..archives.streams import InMemory
from ..archives.zip_directory import Entry, NoDirectory, read_directory
from ..archives.zip_members import pieces_of, why_not_read

MAX_PACKAGE_BYTES = 256 * 1024 * 1024
"""A file of pictures may be larger than its text: so much of one is taken into memory."""

MAX_MEMBERS = 65_536
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
"""What all members that are read may unpack to."""

_OLE = b"\xd0\xcf\x11\xe0"
_SAVE_ANEW = "if you trust it, open it in the program that it is of and save it anew"
_OTHER_KINDS = (
    (_OLE, "an old binary Office file; convert it: soffice --headless --convert-to odt FILE (or ods, odp)"),
    (b"{\\rtf", "RTF; name it .rtf"),
    (b"%PDF-", "a PDF; name it .pdf"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it"),
    (b"Rar!", "a RAR archive; unpack it"),
)


class Package:
    """A zip package in memory. what: how messages call such a file, "a Word document"."""

    def __init__(self, data: bytes, what: str) -> None:
        self._source, self._what = InMemory(data), what
        self._unpacked = 0
        self._members: dict[str, Entry] = {}
        try:
            directory = read_directory(self._source, MAX_MEMBERS)
        except NoDirectory:
            raise SourceError(self._no_package()) from None
        for entry in directory:
            if name := _clean(entry.name):
                self._members.setdefault(name, entry)
        self._by_small = {name.lower(): name for name in self._members}

    def __contains__(self, name: str) -> bool:
        return self._known(name) is not None

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes, unpacked piece by piece. Raises SourceError, also where it is not there."""
        known = self._known(name)
        if known is None:
            raise SourceError(f"is not {self._what}, or is damaged: it lacks {name!r}; {_SAVE_ANEW}")
        entry = self._members[known]
        if entry.method not in (0, 8) and "encrypted" not in why_not_read(entry):
            raise SourceError(
                f"its {known!r} is compressed by method {entry.method}, and only deflate (8) and none (0) "
                f"are read; save it anew"
            )
        for piece in pieces_of(self._source, entry, known, _SAVE_ANEW):
            self._unpacked += len(piece)
            if self._unpacked > MAX_UNPACKED_BYTES:
                raise SourceError(
                    f"unpacks to more than {MAX_UNPACKED_BYTES >> 20} MiB of text and marks; split it, or "
                    f"save it as plain text or .csv"
                )
            yield piece

    def read(self, name: str) -> bytes:
        """The whole of a member."""
        return b"".join(self.pieces(name))

    def _known(self, name: str) -> str | None:
        return name if name in self._members else self._by_small.get(name.lower())

    def _no_package(self) -> str:
        data = self._source.data
        if data.startswith(b"PK\x03\x04"):
            return f"is cut off: the directory at its end is missing ({len(data):,} bytes came); copy it anew"
        if data.startswith(_OLE) and is_encrypted(data):
            return "is encrypted with a password; open it and save it without one"
        for signature, kind in _OTHER_KINDS:
            if data.startswith(signature):
                return f"is not {self._what} but {kind}"
        return f"is not {self._what}, which is a zip package: " + (
            "it is empty" if not data else "its first bytes are of no type that is known; is its name right?"
        )


def is_encrypted(data: bytes) -> bool:
    """Whether an OLE container holds an Office file with a password."""
    return "EncryptedPackage".encode("utf-16-le") in data


def _clean(raw: bytes) -> str:
    """A member's name; "" of a folder, and of a name that leads out of the package."""
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        name = raw.decode("cp437")
    name = re.sub(r"^(?:\./)+", "", name.replace("\\", "/"))
    leads_out = name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"
    return "" if leads_out or name.endswith("/") else name
