"""What the registry declares of a format, and how its module is called, which is loaded at the first call."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from .contract import Content, Member, Row


class Format(NamedTuple):
    """A format: its name, the ends of its files' names in lower case, and what reads it.

    reader: "module:function", given a Content; it yields a Row for each row, or one of line 0 for a file that
        is one document; of an archive, a Member for each member.
    has_rows: a file is many documents, each with fields of its own, so a schema may be inferred from them.
    has_cells: values are strings, whatever they mean.
    has_fields: a file that is one document may have fields beside its title and body.
    signature: the first bytes of a binary format, by which a file is known whose name does not tell.
    signature_at: where they stand.
    has_members: a file is an archive of files.
    whole: "module:function", given the Content of an archive that may be one document in truth; it returns
        the name of that document's format.
    is_like: "module:function", given the first characters of a text whose name does not tell its format.
    mistaken: "module:function", given the first characters and whether they are all, of a file whose name
        says this format; it returns the name of another one where the file is of that.
    described: how messages call it.
    entries: the format that reads lines or blocks of such a file, where records ask for them.
    elements: the format that reads what records name, where that is something else.
    reads_bytes: its rows are no lines, and their encoding is its module's to find.
    isolated: it is read by a process of its own, which may die of what it reads: of files that a library of
        native code reads.
    ms_per_mb: milliseconds that a megabyte takes to be read (`python -m benchmarks formats`), where that is
        dear enough for other processes to read ahead; 0 where it is not.
    """

    name: str
    suffixes: tuple[str, ...]
    reader: str
    has_rows: bool = False
    has_cells: bool = False
    has_fields: bool = False
    signature: bytes = b""
    is_like: str = ""
    mistaken: str = ""
    described: str = ""
    isolated: bool = False
    ms_per_mb: int = 0
    signature_at: int = 0
    has_members: bool = False
    whole: str = ""
    entries: str = ""
    elements: str = ""
    reads_bytes: bool = False

    @property
    def has_lines(self) -> bool:
        """Whether its rows are read from text, whose encoding is found before."""
        return self.has_rows and not self.signature and not self.reads_bytes

    def members(self, content: Content) -> Iterator[Member]:
        """The members of an archive of this format."""
        members: Iterator[Member] = call(self.reader, content)
        return members

    def read(self, content: Content) -> Iterator[Row]:
        """The rows of a file of this format."""
        rows: Iterator[Row] = call(self.reader, content)
        return rows


def call(reference: str, *arguments: Any) -> Any:
    """What a function of a format's module returns; reference: "module:function"."""
    module, _, name = reference.partition(":")
    return getattr(import_module(f".{module}", __package__), name)(*arguments)
