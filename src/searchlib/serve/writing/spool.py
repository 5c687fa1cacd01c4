"""An upload on its way to the index: it comes to rest in a file, so that no slow client holds a writer."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from typing import IO, Any

import anyio.to_thread
import msgspec

from ..problems import ProblemError

_IN_MEMORY = 1 << 20
_MAX_ARRAY = 64 << 20
"""Bytes of a JSON array, which is read as a whole; lines of JSON have no such limit."""


async def spooled(pieces: AsyncIterator[bytes]) -> IO[bytes]:
    """The pieces in a file, from its beginning; small ones never reach the disk."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the job closes it)
    try:
        size = 0
        async for piece in pieces:
            size += len(piece)
            if size <= _IN_MEMORY:
                file.write(piece)
            else:
                await anyio.to_thread.run_sync(file.write, piece)
        if not size:
            raise ProblemError(
                400, "BadRequest", "The body is empty", "send a JSON object a line, or an array"
            )
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


class Line:
    """One document as it came. number: its line or its place in an array, from 1. error: why it is none."""

    __slots__ = ("document", "error", "number")

    def __init__(self, number: int, document: dict[str, Any] | None, error: str = "") -> None:
        self.number, self.document, self.error = number, document, error


def documents(file: IO[bytes]) -> Iterator[Line]:
    """The documents of an upload: an object a line, or one array, or one object."""
    file.seek(0)
    first = _first_byte(file)
    if first == b"[":
        yield from _array(file)
        return
    decoder = msgspec.json.Decoder()
    for number, line in enumerate(file, 1):
        if not line.isspace():
            found = _read(number, line, decoder)
            if found.error and number == 1 and first == b"{" and (whole := _one_object(file)) is not None:
                yield Line(1, whole)  # one document, over several lines
                return
            yield found


def _first_byte(file: IO[bytes]) -> bytes:
    start = file.read(4096)
    file.seek(3 if start.startswith(b"\xef\xbb\xbf") else 0)
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]


def _read(number: int, line: bytes, decoder: msgspec.json.Decoder[Any]) -> Line:
    try:
        return _checked(number, decoder.decode(line))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Line(number, None, f"not JSON: {error}")


def _checked(number: int, document: Any) -> Line:
    if not isinstance(document, dict):
        return Line(number, None, f"expected a JSON object, got {type(document).__name__}")
    return Line(number, document)


def _array(file: IO[bytes]) -> Iterator[Line]:
    data = file.read(_MAX_ARRAY + 1)
    if len(data) > _MAX_ARRAY:
        detail = f"an array has at most {_MAX_ARRAY:,} bytes; send a JSON object a line"
        raise ProblemError(413, "TooLarge", "The body is too large", detail)
    try:
        found = msgspec.json.decode(data, type=list[Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProblemError(400, "BadJson", "The body is not JSON", str(error)) from None
    for number, document in enumerate(found, 1):
        yield _checked(number, document)


def _one_object(file: IO[bytes]) -> dict[str, Any] | None:
    """The whole file as one object, if it is one."""
    place = file.tell()
    file.seek(0)
    try:
        found = msgspec.json.decode(file.read(_MAX_ARRAY), type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        file.seek(place)
        return None
    return found
