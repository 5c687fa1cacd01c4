"""One pass over one file: its bytes once, its rows one by one, and what was learnt on the way.

An open file gives Rows of raw fields and, once they are read, its digest, its number of bytes and its
encoding. Documents of plain formats are read whole, up to a limit; rows are streamed, whatever the size of
their file. Schemas and ids are not known here.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from ..errors import SearchlibError, SourceError, brief
from ..storage.blocks import MAX_DOCUMENT_BYTES
from .ahead import LookAhead
from .encodings import decode, detect
from .files import STDIN, SourceFile
from .formats import Format, of_name, of_signature, of_text
from .formats.contract import Row

_SAMPLE_BYTES = 1024 * 1024

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


class OpenFile:
    """An open file, which its format reads (the Content of formats/contract.py).

    Use it as a context manager, go through `rows()` once, then ask for the rest.
    """

    def __init__(self, file: SourceFile, encoding: str | None = None, records: str | None = None) -> None:
        """Opens the file and looks at its first bytes; SourceError says why they hold no documents.

        records: the dotted path of the rows in a JSON file.
        """
        self.file = file
        self.records = records
        self.notices: list[str] = []  # what cost no row
        self.unread: list[str] = []  # rows that were passed over, in a few words
        self.encoding, self.how = "", ""  # known when the text was asked for
        self._forced = encoding
        self._is_opened_by_path = False
        self._metered = _metered(file)
        try:
            with _refusing(self):
                self._sample = self._metered.look(_SAMPLE_BYTES)
                self.format = of_name(file.format) if file.format else self._format_of_content()
                if self.format.has_lines:
                    self._detect_by_row()
                self._look_again(self.encoding or self._forced or "utf-8")
                self.format = self.format.of_records(records) or self.format
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
        return self._metered.num_bytes

    @property
    def digest(self) -> str:
        """BLAKE2b of the bytes that were read, in hex."""
        return self._metered.hash.hexdigest()

    def rows(self) -> Iterator[Row]:
        """The raw fields of each row, or of the one document (line 0).

        Raises SourceError where it must end early.
        """
        with _refusing(self):
            yield from self.format.read(self)
            if self._is_opened_by_path:  # its bytes have not passed here, and their digest is asked for
                while self._metered.read(1 << 20):
                    pass

    # ---- what formats ask for

    @property
    def name(self) -> str:
        return self.file.name.rpartition("/")[2]

    @property
    def forced_encoding(self) -> str | None:
        return self._forced

    def say(self, notice: str) -> None:
        self.notices.append(notice)

    def refuse(self, reason: str) -> None:
        self.unread.append(reason)

    def data(self, at_most: int | None = None) -> bytes:
        limit = MAX_DOCUMENT_BYTES if at_most is None else at_most
        data = self._metered.read(limit + 1)
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
        text, self.encoding, self.how = decode(data, self._forced)
        return text

    def lines(self, *, any_line_end: bool = False) -> io.TextIOWrapper:
        wide = self.encoding.startswith(("utf-16", "utf-32"))
        return io.TextIOWrapper(
            io.BufferedReader(self._metered, 1 << 18),
            encoding=self.encoding,
            errors="surrogatepass" if wide else "surrogateescape",
            newline="" if any_line_end else "\n",
        )

    def stream(self) -> BinaryIO:
        return io.BufferedReader(self._metered, 1 << 18)

    def path(self) -> str:
        self._is_opened_by_path = self.file.path != STDIN
        return self.file.path if self._is_opened_by_path else ""

    # ----

    def _detect_by_row(self) -> None:
        complete = len(self._sample) < _SAMPLE_BYTES
        if self._forced is None:
            encoding, self.how = detect(self._sample, complete=complete, by_row=True)
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
        other = self.format.other_than_named(start, len(self._sample) < _SAMPLE_BYTES)
        if other is not None:
            self.format = other
            aside = ", whatever its name says" if other.suffixes else ""
            self.notices.append(f"read as {other.described}{aside}")

    def _format_of_content(self) -> Format:
        """The format of standard input, or of a file whose name does not tell."""
        binary = of_signature(self._sample)
        if binary is not None:
            return binary
        encoding = self._forced
        if encoding is None:
            complete = len(self._sample) < _SAMPLE_BYTES
            encoding = detect(self._sample, complete=complete, by_row=True)[0]
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


class _Metered(LookAhead):
    """Raw bytes, hashed and counted as they pass."""

    def __init__(self, raw: BinaryIO, *, owned: bool) -> None:
        """owned: whether closing this closes `raw` too; standard input is the caller's."""
        super().__init__(raw)
        self._owned = owned
        self.num_bytes = 0
        self.hash = hashlib.blake2b(digest_size=16)

    def readinto(self, buffer: Any) -> int:
        size = super().readinto(buffer)
        self.hash.update(memoryview(buffer)[:size])
        self.num_bytes += size
        return size

    def read(self, size: int = -1, /) -> bytes:
        """All of `size` bytes, or what there is (a raw read may stop short)."""
        chunks = [b""]
        while size and (chunk := super().read(min(size, 1 << 24))):
            chunks.append(chunk)
            size -= len(chunk)
        return b"".join(chunks)

    def close(self) -> None:
        if not self.closed:
            super().close()
            if self._owned:
                self._below.close()


def digest_of(file: SourceFile) -> str:
    """The digest that reading the file would give; SourceError if it cannot be read."""
    with _metered(file) as metered:
        buffer = bytearray(1 << 18)
        try:
            while metered.readinto(buffer):
                pass
        except OSError as error:
            raise SourceError(f"cannot be read: {error.strerror or error}") from None
        return metered.hash.hexdigest()


def _metered(file: SourceFile) -> _Metered:
    if file.path != STDIN:
        return _Metered(open_file(file), owned=True)
    if sys.stdin is None:
        raise SourceError("standard input is closed")
    return _Metered(sys.stdin.buffer, owned=False)


def open_file(file: SourceFile) -> BinaryIO:
    """The file, open; not blocked by a pipe that took its name in the meantime."""
    try:
        descriptor = os.open(file.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise SourceError(f"cannot be opened: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SourceError("not a file any more")
    return open(descriptor, "rb", buffering=0)  # noqa: PTH123 (not a path)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
        return True
    except UnicodeDecodeError:
        return False
