"""One pass over one file: its bytes once, its rows one by one, and what was learnt on the way.

An open file gives Rows of raw fields and, once they are read, its digest, its number of bytes and its
encoding. Documents of plain formats are read whole, up to a limit; rows are streamed, whatever the size of
their file. Schemas and ids are not known here.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol, TextIO, cast

from ..errors import SearchlibError, SourceError, brief
from ..storage.blocks import MAX_DOCUMENT_BYTES
from .ahead import LookAhead
from .archives.compression import SUFFIXES, compression_of, unpacked
from .archives.limits import MAX_BYTES_IN_MEMORY, MAX_LAYERS, Budget
from .archives.streams import InFile, InMemory, Pieces, RandomAccess, Readable, skip
from .encodings import decode, detect
from .files import SourceFile
from .formats import BY_SUFFIX, of_mistaken, of_name, of_records, of_signature, of_text, of_whole
from .formats.contract import Member, Row
from .formats.declaration import Format
from .mended_lines import MendedLines, can_be_mended
from .mending import Errors, Mender
from .metered import Metered, metered
from .wide import is_wide

_SAMPLE_BYTES = 1024 * 1024
_SIGNATURE_BYTES = 16
_PROGRAMS, _END_OF_ZIP, _TAIL_BYTES = (b"MZ", b"\x7fELF"), b"PK\x05\x06", 66_000

UNFORESEEN = "what reads it failed"
"""How the refusal begins of a file that its format should have read, or refused with a reason of its own."""


def unforeseen(error: Exception) -> str:
    """That, with the error and the place in this program where it came up, for whoever mends it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f" in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
    return f"{UNFORESEEN} ({type(error).__name__}: {brief(str(error))}{place})"


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
            with _refusing(self):
                self._unpack()
                self._sample = self._bytes.look(_SAMPLE_BYTES)
                self._is_complete = len(self._sample) < _SAMPLE_BYTES and not self._bytes.is_broken
                self.format = of_name(file.format) if file.format else self._format_of_content()
                if self.format.has_members:
                    self._take_archive_in_truth()
                if document := of_whole(self.format, self):
                    self.format = document
                    self.notices.append(f"read as {document.described}, whatever its name says")
                if self.format.has_lines:
                    self._detect_by_row()
                self._look_again(self.encoding or self._forced or "utf-8")
                self.format = of_records(self.format, records) or self.format
                if self.format.has_lines and not self.encoding:
                    self._detect_by_row()
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
        with _refusing(self):
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
        with _refusing(self):
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

    def _take_archive_in_truth(self) -> None:
        """Where a .zip is a tar, or the other way round."""
        other = of_signature(self._sample)
        if other is not None and other.has_members and other is not self.format:
            self.format = other
            self.notices.append(f"read as {other.described}, whatever its name says")

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

    def _detect_by_row(self) -> None:
        if self._forced is None:
            encoding, self.how = detect(self._sample, complete=self._is_complete, by_row=True)
        else:
            marked = self._sample.startswith((b"\xff\xfe", b"\xfe\xff"))
            encoding, self.how = self._forced, "forced"
            if marked and encoding.startswith("utf-16"):
                encoding = "utf-16"
        self.encoding = "utf-8-sig" if encoding == "utf-8" else encoding

    def _look_again(self, encoding: str) -> None:
        """Take the format that the file begins like, where its name says a neighbour of it."""
        if not self.format.mistaken:
            return
        start = self._sample.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
        other = of_mistaken(self.format, start, self._is_complete)
        if other is not None:
            self.format = other
            aside = ", whatever its name says" if other.suffixes else ""
            self.notices.append(f"read as {other.described}{aside}")

    def _format_of_content(self) -> Format:
        """The format of standard input, or of a file whose name does not tell."""
        binary = of_signature(self._sample)
        if self._sample.startswith(_PROGRAMS) and _END_OF_ZIP in self._tail():
            binary = of_name("zip")  # it unpacks itself
        if binary is not None:
            return binary
        encoding = self._forced
        if encoding is None:
            encoding = detect(self._sample, complete=self._is_complete, by_row=True)[0]
        return of_text(self._sample.decode(encoding, "replace").lstrip("\ufeff \t\r\n"))


@contextmanager
def _refusing(reading: OpenFile) -> Iterator[None]:
    """Whatever goes wrong with a file is that file's refusal: no file ends a run."""
    try:
        yield
    except (SearchlibError, MemoryError):
        raise
    except UnicodeError as error:
        raise SourceError(f"not {reading.encoding or 'such'} text from here on: {error}") from None
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror or error}") from None
    except Exception as error:
        raise SourceError(f"{unforeseen(error)}; please report it, with the file") from error


def _is_called_compressed(name: str) -> bool:
    suffix = name[name.rfind(".") :].lower()
    return suffix in SUFFIXES or (suffix.startswith(".t") and suffix in BY_SUFFIX and suffix != ".txt")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
        return True
    except UnicodeDecodeError:
        return False
