"""A CIFF file, read message by message in bounded memory. Nothing in it is believed before it is checked.

The reader gives the header, the documents, and the postings in the order of their terms, as plain values.
Documents stand behind the postings in the file, and who writes an index needs them first: so a first pass
skims the heads of the postings, and the postings themselves are read afterwards. Nothing is known of indexes.
"""

from __future__ import annotations

import gzip
import mmap
import os
import shutil
import struct
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from ..errors import SourceError
from .messages import VERSION, DocRecord, Header, PostingsList
from .wire import BYTES, VARINT, TornError, field, fields, varint

_GZIP = b"\x1f\x8b"
_MAX_INT32 = 2**31 - 1
_TERM, _POSTING = 1 << 3 | BYTES, 4 << 3 | BYTES
_GAP, _FREQUENCY = 1 << 3 | VARINT, 2 << 3 | VARINT


class CiffReader:
    """An open file; use it as a context manager. Raises SourceError where it is torn or is something else."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._name = os.fspath(path)
        with ExitStack() as opened, self._damage():
            self._data = opened.enter_context(self._mapped(path))
            self.header, at = self._read_header()
            self._postings, self._ascending, self._documents = self._skim(at)
            self._opened = opened.pop_all()

    def __enter__(self) -> CiffReader:
        return self

    def __exit__(self, *exception: object) -> None:
        self._opened.close()

    def doc_records(self) -> Iterator[DocRecord]:
        """The documents, in the order of the file."""
        at = self._documents
        for _ in range(self.header.num_docs):
            start, at = self._message(at, "a document's record")
            with self._damage():
                record = self._doc_record(self._data[start:at])
            yield record
        if at != len(self._data):
            raise self._wrong(f"more follows than the {self.header.num_docs} documents of its header")

    def postings_lists(self) -> Iterator[PostingsList]:
        """The terms with their documents, in the order of their bytes, whatever order they are written in."""
        previous = ""
        for offset in self._postings if self._ascending else self._by_term():
            start, end = self._message(offset, "a postings list")
            with self._damage():
                found = self._postings_list(self._data[start:end])
            if found.term == previous:
                raise self._wrong(f"the term {found.term!r} comes twice" if previous else "a term is empty")
            previous = found.term
            if found.docs:
                yield found

    # ---- the file and its messages

    def _mapped(self, path: str | os.PathLike[str]) -> mmap.mmap:
        """The file, mapped; what is packed or comes through a pipe is copied to a temporary file first."""
        with ExitStack() as opened:
            stream: IO[bytes] = opened.enter_context(Path(path).open("rb"))
            if not stream.seekable():
                stream = opened.enter_context(_copied(stream))
            packed = stream.read(2) == _GZIP
            stream.seek(0)
            try:
                if packed:
                    stream = opened.enter_context(_copied(gzip.GzipFile(fileobj=stream)))
            except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                raise self._torn("the rest of it (gzip)") from error
            if not stream.seek(0, os.SEEK_END):
                raise self._torn("a header")
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)

    def _message(self, at: int, what: str) -> tuple[int, int]:
        """Where the message that begins here has its first byte and its end."""
        try:
            length, start = varint(self._data, at)
        except TornError:
            raise self._torn(what) from None
        if length > len(self._data) - start:
            raise self._torn(what)
        return start, start + length

    def _read_header(self) -> tuple[Header, int]:
        numbers: dict[int, int] = {}
        average, description = 0.0, ""
        start, end = self._message(0, "a header")
        for number, value in fields(self._data[start:end]):
            if number == 7 and isinstance(value, bytes) and len(value) == 8:
                average = struct.unpack("<d", value)[0]
            elif number == 8 and isinstance(value, bytes):
                description = self._string(value)
            elif isinstance(value, int):
                numbers[number] = value
        if numbers.get(1) != VERSION:
            raise SourceError(f"{self._name} is no CIFF file of version {VERSION}")
        if max(numbers.get(2, 0), numbers.get(3, 0)) > _MAX_INT32:
            raise self._wrong("its header counts below 0")
        lists, docs, total_lists, total_docs, total_terms = (numbers.get(number, 0) for number in range(2, 7))
        return Header(lists, docs, total_lists, total_docs, total_terms, average, description), end

    def _skim(self, at: int) -> tuple[Sequence[int], bool, int]:
        """Where each postings list stands, whether their terms ascend, and where the documents begin."""
        offsets, ascending, previous = array("Q"), True, b""
        for _ in range(self.header.num_postings_lists):
            offsets.append(at)
            start, at = self._message(at, "a postings list")
            term = self._term(start, at)
            ascending = ascending and previous <= term
            previous = term
        return offsets, ascending, at

    def _by_term(self) -> list[int]:
        spans = ((self._message(offset, "a postings list"), offset) for offset in self._postings)
        return [offset for _, offset in sorted((self._term(*span), offset) for span, offset in spans)]

    # ---- one message

    def _term(self, start: int, end: int) -> bytes:
        """The term alone: it is the first field, wherever protobuf's own classes wrote it."""
        if start < end and self._data[start] == _TERM:
            length, at = varint(self._data, start + 1)
            if at + length <= end:
                return self._data[at : at + length]
        term = b""
        for number, value in fields(self._data[start:end]):
            if number == 1 and isinstance(value, bytes):
                term = value
        return term

    def _postings_list(self, message: bytes) -> PostingsList:
        term, df = "", 0
        docs, frequencies = list[int](), list[int]()
        at = doc = 0
        while at < len(message):
            if message[at] != _POSTING:
                number, value, at = field(message, at)
                if number == 1 and isinstance(value, bytes):
                    term = self._string(value)
                elif number == 2 and isinstance(value, int):
                    df = value
                continue
            gap, frequency, at = self._posting(message, at + 1)
            doc += gap
            if doc >= self.header.num_docs or frequency > _MAX_INT32 or not frequency or (docs and not gap):
                what = f"document {doc} of {self.header.num_docs} after {docs[-1:]}, frequency {frequency}"
                raise self._wrong(f"term {term!r} has a posting that cannot be: {what}")
            docs.append(doc)
            frequencies.append(frequency)
        if df != len(docs):  # cf is not believed either, and not needed: some exporters leave it out
            raise self._wrong(f"term {term!r} says {df} documents and has {len(docs)}")
        return PostingsList(term, docs, frequencies)

    def _posting(self, message: bytes, at: int) -> tuple[int, int, int]:
        """Gap, frequency, and where the next field begins. This is the loop that takes the time."""
        size, at = varint(message, at)
        end = at + size
        if end > len(message):
            raise TornError("a posting")
        gap = frequency = 0
        while at < end:
            tag = message[at]
            if tag != _GAP and tag != _FREQUENCY:
                _, _, at = field(message, at)
                continue
            if at + 1 < end and message[at + 1] < 128:
                value, at = message[at + 1], at + 2
            else:
                value, at = varint(message, at + 1)
            if tag == _GAP:
                gap = value
            else:
                frequency = value
        if at != end:
            raise TornError("a posting")
        return gap, frequency, at

    def _doc_record(self, message: bytes) -> DocRecord:
        doc = length = 0
        document_id = ""
        for number, value in fields(message):
            if number == 2 and isinstance(value, bytes):
                document_id = self._string(value)
            elif number == 1 and isinstance(value, int):
                doc = value
            elif number == 3 and isinstance(value, int):
                length = value
        if length > _MAX_INT32:
            raise self._wrong(f"document {document_id!r} is shorter than nothing")
        return DocRecord(doc, document_id, length)

    def _string(self, value: bytes) -> str:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._wrong(str(error)) from error

    @contextmanager
    def _damage(self) -> Iterator[None]:
        try:
            yield
        except TornError as error:
            raise self._torn(str(error)) from None

    def _torn(self, what: str) -> SourceError:
        return SourceError(f"{self._name} is no CIFF file, or is torn: {what} was expected")

    def _wrong(self, what: str) -> SourceError:
        return SourceError(f"{self._name} is no CIFF file, or is damaged: {what}")


def _copied(source: IO[bytes] | gzip.GzipFile) -> IO[bytes]:
    copy = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    try:
        shutil.copyfileobj(source, copy, 1 << 20)
        copy.seek(0)
    except BaseException:
        copy.close()
        raise
    return copy
