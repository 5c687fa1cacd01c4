"""The lines of a text file, numbered, whatever compressed and encoded it.

Each line is decoded and without its end. gzip, bzip2 and xz are told by their first bytes, encodings as
`searchlib index` tells them. What a line means is not known here.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from ..errors import SourceError
from ..sources.ahead import LookAhead
from ..sources.encodings import check_encoding, detect

PathLike: TypeAlias = str | os.PathLike[str]

_SAMPLE_BYTES = 1024 * 1024
_COMPRESS = b"\x1f\x9d"
_UNPACKERS = {b"\x1f\x8b": "gzip", b"BZh": "bz2", b"\xfd7zXZ\x00": "lzma"}


class _TornError(Exception):
    """Packed bytes cannot be read: what the module for them says."""


def numbered_lines(path: PathLike, encoding: str | None = None) -> Iterator[tuple[int, str]]:
    """Each line and its number, from 1. The file is read once, so it may be a pipe.

    encoding: of the whole file; if None it is told from the first MiB. Raises SourceError, which names file
    and line, for bytes that are no text and for torn archives; OSError.
    """
    number = 0
    with ExitStack() as opened:
        try:
            stream = _unpacked(path, opened)
            try:
                name = _encoding_of(stream, encoding)
            except SourceError as error:
                raise SourceError(f"{os.fspath(path)}: {error}") from error
            for number, line in enumerate(_decoded(stream, name, opened), 1):
                yield number, line.rstrip("\r\n")
        except UnicodeDecodeError as error:
            remedy = "name its encoding, for example --encoding cp1252"
            raise source_error(path, number + 1, f"not {error.encoding} text; {remedy}") from None
        except _TornError as error:
            raise source_error(path, number + 1, f"the compressed file is torn: {error}") from error


def source_error(path: PathLike, number: int, message: str) -> SourceError:
    """A SourceError that says where."""
    return SourceError(f"{os.fspath(path)}, line {number}: {message}")


class _Unpacking(LookAhead):
    def _read(self, size: int) -> bytes:
        try:
            return super()._read(size)
        except Exception as error:  # each of the modules has errors of its own
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the disk's, not the bytes'
            raise _TornError(str(error)) from error


def _unpacked(path: PathLike, opened: ExitStack) -> LookAhead:
    file = opened.enter_context(Path(path).open("rb"))  # noqa: SIM115 (the stack closes it)
    packed = LookAhead(file)
    head = packed.look(6)
    if head.startswith(_COMPRESS):
        raise source_error(path, 1, "compressed by compress (.Z), which is not read; gzip -d unpacks it")
    for magic, module in _UNPACKERS.items():
        if head.startswith(magic):  # not every Python has all of the modules
            return _Unpacking(opened.enter_context(import_module(module).open(io.BufferedReader(packed))))
    return packed


def _encoding_of(stream: LookAhead, forced: str | None) -> str:
    sample = stream.look(_SAMPLE_BYTES)
    if forced is not None:
        name = check_encoding(forced)
    else:
        name, _ = detect(sample, complete=len(sample) < _SAMPLE_BYTES, by_row=True)
    return "utf-8-sig" if name == "utf-8" else name


def _decoded(stream: LookAhead, encoding: str, opened: ExitStack) -> Iterator[str]:
    """Lines end at \\n only. One at a time, so that a broken one has its number, unless a line feed is more
    than a byte."""
    lines = io.BufferedReader(stream, 1 << 18)
    if encoding.startswith(("utf-16", "utf-32")):
        yield from opened.enter_context(io.TextIOWrapper(lines, encoding=encoding, newline="\n"))
        return
    for number, line in enumerate(lines):
        yield line.decode(encoding if number == 0 else encoding.removesuffix("-sig"))
