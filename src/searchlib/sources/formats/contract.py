"""What a format's module is given, and what it gives.

It is given an open file as Content and yields Rows, each with its line number and either its raw fields or
the reason why it is refused; a bad row never ends the file. Values stay as they are written. An archive's
yields Members in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TextIO

from ...storage.blocks import MAX_DOCUMENT_BYTES
from ..archives.limits import Budget
from ..archives.streams import RandomAccess, Readable

MAX_ROW_CHARACTERS = MAX_DOCUMENT_BYTES
"""A longer line is refused: it would be no document, and one line without an end must not fill the memory."""

SURROGATE = re.compile("[\ud800-\udfff]")
"""What a byte becomes that is no text in the file's encoding."""

UNDECODABLE = "holds bytes that are not text in the file's encoding"
TOO_LONG = f"longer than {MAX_ROW_CHARACTERS // 1024 // 1024} million characters"


LINE, BLOCK = "line", "block"
ENTRIES = (LINE, BLOCK)
"""What records may say of a text: each line, or what stands between empty lines, is a document."""


class Row(NamedTuple):
    """One row: its line (1 is the first), and its fields or else the reason why it has none.

    Line 0 is that of a file which is one document, or of a reason for which the rest is not read.
    key: what stands behind the file's name in the row's id, where that is not "#line": "/books#7". No field
        of such a row is called id.
    """

    line: int
    fields: dict[str, Any] | None
    reason: str = ""
    key: str = ""


class Member(NamedTuple):
    """A file in an archive.

    name: its path there, with "/", which never leads out. size_bytes, mtime_ns: as the archive says. stamp:
    changes with its bytes, "" if only they can tell. passed_over: why it is nothing to be read, as a walk
    calls it. refused: why it cannot be read. opened: its bytes, before the next member is asked for.
    """

    name: str
    size_bytes: int
    mtime_ns: int
    stamp: str
    opened: Callable[[], Readable]
    passed_over: str = ""
    refused: str = ""


class Content(Protocol):
    """An open file; one of its methods is called once."""

    @property
    def name(self) -> str:
        """The file's name without its folders."""

    @property
    def folder(self) -> str:
        """The name of the folder or the archive that holds it."""

    @property
    def records(self) -> str | None:
        """The dotted path of the rows within a file, as the user gave it."""

    @property
    def forced_encoding(self) -> str | None:
        """The encoding that the user named."""

    @property
    def budget(self) -> Budget:
        """What may still be unpacked of the file on disk."""

    def data(self, at_most: int | None = None) -> bytes:
        """The whole file. Raises SourceError if it is bigger than one document may be.

        at_most: the bytes that a file may have whose text is a small part of it.
        """

    def text(self, declared: Callable[[bytes], str | None] | None = None) -> str:
        """The whole file as text. Raises SourceError if it is too big, or no text.

        declared: finds the encoding that a file says it is in, where its format has such a thing.
        """

    def lines(self, *, any_line_end: bool = False, as_they_are: bool = False) -> TextIO:
        """The file as a stream of text, mended as the user wants it: see Mender.

        What is no text in its encoding is surrogates where that is to be refused. any_line_end: \\r and
        \\r\\n end a line too, and all ends stay as they are. as_they_are: nothing is mended.
        """

    def stream(self) -> Readable:
        """The file as bytes that only go forward; a read may stop short."""

    def anywhere(self) -> RandomAccess:
        """The file as bytes that can be read anywhere. What is not a file on disk is taken into memory.

        Raises SourceError if it is too big for that.
        """

    def path(self) -> str:
        """Where the file lies, for a library that opens it itself.

        "" for what is no file of its own, or compressed.
        """

    def refuse(self, reason: str) -> None:
        """Tell the user of rows that are not read, so that the file counts as one with a fault."""

    def say(self, notice: str) -> None:
        """Tell the user what cost no row."""
