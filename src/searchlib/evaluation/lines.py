"""The lines of a text file, numbered, whatever compressed and encoded it.

Each line is decoded and without its end. What a file is compressed by and its encoding are told as
`searchlib index` tells them. What a line means is not known here.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

from ..errors import SourceError
from ..sources.ahead import LookAhead
from ..sources.archives.compression import SIGNATURE_BYTES, compression_of, unpacked
from ..sources.archives.limits import Budget
from ..sources.archives.streams import Pieces
from ..sources.encodings import check_encoding, detect
from ..sources.metered import Metered

PathLike: TypeAlias = str | os.PathLike[str]

_SAMPLE_BYTES = 1024 * 1024
_COMPRESS = b"\x1f\x9d"


def numbered_lines(path: PathLike, encoding: str | None = None) -> Iterator[tuple[int, str]]:
    """Each line and its number, from 1. The file is read once, so it may be a pipe.

    encoding: of the whole file; if None it is told from the first MiB. Raises SourceError, which names file
    and line, for bytes that are no text, what is damaged, and what was made to fill the memory; OSError.
    """
    number = 0
    with ExitStack() as opened:
        stream = _unpacked(path, opened)
        try:
            name = _encoding_of(stream, encoding)
        except SourceError as error:
            raise SourceError(f"{os.fspath(path)}: {error}") from error
        try:
            for number, line in enumerate(_decoded(stream, name, opened), 1):
                yield number, line.rstrip("\r\n")
        except UnicodeDecodeError as error:
            remedy = "name its encoding, for example --encoding cp1252"
            raise source_error(path, number + 1, f"not {error.encoding} text; {remedy}") from None
        except SourceError as error:  # of what is compressed
            raise source_error(path, number + 1, str(error)) from None


def source_error(path: PathLike, number: int, message: str) -> SourceError:
    """A SourceError that says where."""
    return SourceError(f"{os.fspath(path)}, line {number}: {message}")


def _unpacked(path: PathLike, opened: ExitStack) -> LookAhead:
    file = opened.enter_context(Path(path).open("rb"))  # noqa: SIM115 (the stack closes it)
    packed = Metered(file, owned=False)
    head = packed.look(SIGNATURE_BYTES)
    if head.startswith(_COMPRESS):
        raise source_error(path, 1, "compressed by compress (.Z), which is not read; gzip -d unpacks it")
    kind = compression_of(head)
    if not kind:
        return packed
    return LookAhead(Pieces(unpacked(kind, packed, _refuse, Budget(lambda: packed.num_bytes))))


def _refuse(reason: str) -> None:
    raise SourceError(reason)


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
