"""One pass over one file: its bytes once, its rows one by one, and what was learnt on the way.

An open file gives Rows of raw fields and, once they are read, its digest, its number of bytes and its
encoding. Documents of plain formats are read whole, up to a limit; rows are streamed, whatever the size of
their file. Schemas and ids are not known here.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol, TextIO, cast

from ..errors import SourceError
from ..storage.blocks import MAX_DOCUMENT_BYTES
from .ahead import LookAhead
from .archives.compression import SUFFIXES, compression_of, unpacked
from .archives.limits import MAX_BYTES_IN_MEMORY, MAX_LAYERS, Budget
from .archives.streams import InFile, InMemory, Pieces, RandomAccess, Readable, skip
from .beginning import Beginning
from .encodings import decode
from .files import SourceFile
from .formats import BY_SUFFIX, of_name, of_records, of_whole
from .formats.contract import Member, Row
from .formats.declaration import Format
from .mended_lines import MendedLines, can_be_mended
from .mending import Errors, Mender
from .metered import Metered, metered
from .unforeseen import refusing
from .wide import is_wide

_SIGNATURE_BYTES = 16
_TAIL_BYTES = 66_000


class ReadsApart(Protocol):
    """What reads a format in a process of its own: workers/pool.py."""

    def rows_of(self, reading: OpenFile, /) -> Iterator[Row]: ...


class OpenFile:
    """An open file, which its format reads (the Content of formats/contract.py).

    Use it as a context manager, go through `rows()` once, then ask for the rest.
    """

    def __init__(
        self,
        file: SourceFile,
        encoding: str | None = None,
        records: str | None = None,
        member: tuple[OpenFile, Metered] | None = None,
        *,
        stream: BinaryIO | None = None,
        workers: ReadsApart | None = None,
        errors: Errors = "mend",
    ) -> None:
        """Opens the file and looks at its first bytes; SourceError says why they hold no documents.

        records: the dotted path of the rows in a JSON file. member: the open archive that it lies in, and its
        bytes. stream: the file's bytes, instead of its path. workers: what reads formats that are not safe to
        be read here; without it they are. errors: what becomes of bytes that are not text.
        """
        self.file = file
        self.records = records
        self.notices: list[str] = []  # what cost no row
        self.unread: list[str] = []  # rows that were passed over, in a few words
        self.encoding, self.how = "", ""  # known when the text was asked for
        self.errors = errors
        self._forced, self._workers = encoding, workers
        self._mender: Mender | None = None
        if member is not None:
            self._metered = member[1]
        else:
            self._metered = metered(file) if stream is None else Metered(stream, owned=True)
        self.budget: Budget = Budget(self._size_on_disk) if member is None else member[0].budget
        self._bytes: LookAhead = self._metered
        self._anywhere: RandomAccess | None = None
        self._is_opened_by_path = False
        try:
            with refusing(self):
                self._unpack()
                self.format = self._found_format(file.format, Beginning.of(self._bytes, encoding))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> OpenFile:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        self._metered.close()

    @property
    def num_bytes(self) -> int:
        """How many bytes were read so far."""
        read = self._anywhere.num_read if isinstance(self._anywhere, InFile) else 0
        return max(self._metered.num_bytes, min(read, self.file.size_bytes))

    @property
    def digest(self) -> str:
        """BLAKE2b of the bytes that were read, in hex."""
        return self._metered.hash.hexdigest()

    def rows(self) -> Iterator[Row]:
        """The raw fields of each row, or of the one document (line 0).

        Raises SourceError where it must end early.
        """
        with refusing(self):
            if self.format.has_members:
                raise SourceError("is an archive, which is not one document")
            if self._workers is not None and self.format.isolated:
                yield from self._workers.rows_of(self)
            else:
                yield from self.format.read(self)
            if self._mender is not None:
                self.notices += self._mender.mended.notices()
            self.finish()

    def members(self) -> Iterator[Member]:
        """The members of an archive; what is asked for of one comes before the next.

        Raises SourceError where it must end early.
        """
        with refusing(self):
            yield from self.format.members(self)
            self.finish()

    def finish(self) -> None:
        """Read what nobody asked for, so that the digest is that of the whole file."""
        if self._bytes is not self._metered or self.format.has_members or self._is_opened_by_path:
            skip(self._metered)

    # ---- what a process that reads it instead is given

    @property
    def forced_encoding(self) -> str | None:
        """The one that was asked for."""
        return self._forced

    def pieces(self, at_most: int) -> Iterator[bytes]:
        """The bytes that are left, so many at most."""
        while at_most and (piece := self._bytes.read(min(at_most, 1 << 20))):
            at_most -= len(piece)
            yield piece

    # ---- what formats ask for

    @property
    def name(self) -> str:
        return self.file.name.rpartition("/")[2]

    @property
    def folder(self) -> str:
        folders = self.file.name.rpartition("/")[0] or self.file.root
        return folders.rstrip("/").rpartition("/")[2]

    def say(self, notice: str) -> None:
        self.notices.append(notice)

    def refuse(self, reason: str) -> None:
        self.unread.append(reason)

    def data(self, at_most: int | None = None) -> bytes:
        limit = MAX_DOCUMENT_BYTES if at_most is None else at_most
        data = self._anywhere.data if isinstance(self._anywhere, InMemory) else self._bytes.read(limit + 1)
        if at_most is not None and len(data) > at_most:
            raise SourceError(
                f"bigger than the {at_most >> 20} MiB that are read of a file of its type; split it"
            )
        if len(data) > limit:
            raise SourceError(
                f"bigger than the {MAX_DOCUMENT_BYTES >> 20} MiB that one document may have; split it, for "
                f"example into a .jsonl file of one object a chapter"
            )
        return data

    def text(self, declared: Callable[[bytes], str | None] | None = None) -> str:
        data = self.data()
        said = declared(data) if declared is not None and self._forced is None else None
        if said and not _is_utf8(data):
            try:
                text, self.encoding, _ = decode(data, said)
                self.how = "declared"
                return text
            except SourceError:
                pass  # the file is wrong about itself
        text, self.encoding, self.how = decode(data, self._forced, errors=self.errors, say=self.say)
        return text

    def lines(self, *, any_line_end: bool = False, as_they_are: bool = False) -> TextIO:
        newline = "" if any_line_end else "\n"
        raw = io.BufferedReader(self._bytes, 1 << 18)
        if as_they_are or self.errors == "strict" or not can_be_mended(self.encoding):
            wide = is_wide(self.encoding)
            errors = "surrogatepass" if wide else "surrogateescape"
            return io.TextIOWrapper(raw, encoding=self.encoding, errors=errors, newline=newline)
        self._mender = Mender(self.encoding.removesuffix("-sig"), self.errors)
        return cast(TextIO, MendedLines(raw, self.encoding, self._mender, newline))

    def stream(self) -> Readable:
        return self._bytes

    def anywhere(self) -> RandomAccess:
        if self._anywhere is None:
            descriptor = self._metered.descriptor() if self._bytes is self._metered else None
            if descriptor is not None:
                self._anywhere = InFile(descriptor)
            else:
                self._anywhere = InMemory(self.data(MAX_BYTES_IN_MEMORY))
        return self._anywhere

    def path(self) -> str:
        is_plain_file = self._bytes is self._metered and self._metered.descriptor() is not None
        self._is_opened_by_path = is_plain_file
        return self.file.path if self._is_opened_by_path else ""

    # ----

    def _found_format(self, named: str, beginning: Beginning) -> Format:
        """What reads it. named: the format by its name, "" if that does not tell."""
        format = of_name(named) if named else beginning.format(self._tail)
        other = beginning.other_archive(format) or format
        found = of_whole(other, self) or other
        if found is not format:
            self._is_not_as_named(found)
        if found.has_lines:
            self.encoding, self.how = beginning.encoding_of_rows()
        mistaken = beginning.other_format(found, self.encoding)
        if mistaken is not None:
            found = mistaken
            self._is_not_as_named(found)
        found = of_records(found, self.records) or found
        if found.has_lines and not self.encoding:
            self.encoding, self.how = beginning.encoding_of_rows()
        return found

    def _is_not_as_named(self, found: Format) -> None:
        aside = ", whatever its name says" if found.suffixes else ""
        self.notices.append(f"read as {found.described}{aside}")

    def _tail(self) -> bytes:
        if self._metered.descriptor() is None:
            return b""  # what is no file is not taken into memory for that
        source = self.anywhere()
        return source.at(max(0, source.size - _TAIL_BYTES), _TAIL_BYTES)

    def _size_on_disk(self) -> int:
        return max(self.file.size_bytes, self._metered.num_bytes)

    def _unpack(self) -> None:
        """What is compressed is read as what it holds."""
        for _ in range(MAX_LAYERS):
            kind = compression_of(self._bytes.look(_SIGNATURE_BYTES))
            if not kind:
                break
            if self._bytes is self._metered and not _is_called_compressed(self.file.name):
                self.notices.append(f"is compressed by {kind}, whatever its name says")
            self._bytes = LookAhead(Pieces(unpacked(kind, self._bytes, self.say, self.budget)))
        else:
            if compression_of(self._bytes.look(_SIGNATURE_BYTES)):
                raise SourceError(
                    f"is compressed more than {MAX_LAYERS} times, one around the other; unpack it yourself"
                )


def _is_called_compressed(name: str) -> bool:
    suffix = name[name.rfind(".") :].lower()
    return suffix in SUFFIXES or (suffix.startswith(".t") and suffix in BY_SUFFIX and suffix != ".txt")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
        return True
    except UnicodeDecodeError:
        return False
