"""A format whose files say what is to be done to the process that reads them, one action a line."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from searchlib.errors import SourceError
from searchlib.sources import formats
from searchlib.sources.formats.contract import Content, Row
from searchlib.sources.formats.declaration import Format
from searchlib.sources.workers import frames

BAD = Format(
    "bad",
    (".bad",),
    "bad_reader:read",
    has_cells=True,
    has_fields=True,
    isolated=True,
    signature=b"BAD!",
    described="bad",
)
ROWS = Format("badrows", (".badrows",), "bad_reader:read_rows", has_rows=True, isolated=True)


def register(put: Callable[[Any, str, Format], object] = dict.__setitem__) -> None:
    """Put both formats into the registry of this process."""
    if str(Path(__file__).parent) not in formats.__path__:
        formats.__path__.append(str(Path(__file__).parent))
    for format in (BAD, ROWS):
        put(formats.BY_SUFFIX, format.suffixes[0], format)
        put(formats._BY_NAME, format.name, format)
    if BAD not in formats.FORMATS:
        formats.FORMATS = (BAD, *formats.FORMATS)


def read(content: Content) -> Iterator[Row]:
    data = content.data(1 << 24)
    lines = data.removeprefix(b"BAD!").decode().splitlines()
    for line in lines:
        _do(line, content)
    yield Row(0, {"title": content.name, "body": " ".join(lines), "pid": str(os.getpid())})


def read_rows(content: Content) -> Iterator[Row]:
    for number, line in enumerate(content.lines(), 1):
        if line.startswith("row "):
            yield Row(number, {"body": line[4:].strip(), "number": number})
        elif line.startswith("many "):
            for extra in range(int(line[5:])):
                yield Row(number, {"id": f"many{extra}", "body": f"row {extra} of many"})
        else:
            _do(line.strip(), content)


def _do(line: str, content: Content) -> None:
    what, _, more = line.partition(" ")
    if what in _ACTIONS:
        _ACTIONS[what]()
    elif what == "say":
        content.say(more)
    elif what == "refuse":
        content.refuse(more)
    elif what == "error":
        raise SourceError(more)


def _segfault() -> None:
    ctypes.string_at(0)


def _spin() -> None:
    while True:
        pass


def _hold_the_lock() -> None:
    ctypes.PyDLL(None).sleep(1000)


def _ignore_and_hang() -> None:
    for number in (signal.SIGALRM, signal.SIGXCPU, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(1000)


def _allocate() -> None:
    held = []
    while True:
        held.append(bytearray(b"x" * (64 << 20)))


def _print() -> None:
    print("to stdout")
    print("to stderr", file=sys.stderr)
    os.write(1, b"to descriptor 1\n")
    os.write(2, b"to descriptor 2\n")


def _answer(data: bytes) -> None:
    """To each pipe of this process that takes it."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, data)
        except OSError:
            continue


def _close() -> None:
    for descriptor in range(3, 20):
        try:
            os.close(descriptor)
        except OSError:
            continue
    time.sleep(1000)


def _write_a_file() -> None:
    path = Path(os.environ["SEARCHLIB_TEST_FILE"])
    path.write_text("written by a worker")


def _read_stdin() -> None:
    if sys.stdin.read() or os.read(0, 10):
        raise AssertionError("there was something to read")


_ACTIONS: dict[str, Callable[[], object]] = {
    "segfault": _segfault,
    "abort": os.abort,
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "exit": lambda: os._exit(3),
    "leave": lambda: os._exit(0),
    "sys.exit": lambda: sys.exit("no reason"),
    "spin": _spin,
    "lock": _hold_the_lock,
    "ignore": _ignore_and_hang,
    "allocate": _allocate,
    "print": _print,
    "close": _close,
    "garbage": lambda: _answer(b"garbage that is no frame"),
    "huge": lambda: _answer(frames.HEADER.pack(frames.ROW, 1 << 31)),
    "no-json": lambda: _answer(frames.raw(frames.OPENED, b"{") + frames.raw(frames.ROW, b"\xff")),
    "deep": lambda: _answer(frames.raw(frames.OPENED, b'"bad"') + frames.raw(frames.ROW, b"[" * 100_000)),
    "untyped": lambda: _answer(
        frames.encoded(frames.OPENED, "bad") + frames.encoded(frames.ROW, ["a", 1, 2])
    ),
    "no-format": lambda: _answer(frames.encoded(frames.OPENED, "nonesuch")),
    "write": _write_a_file,
    "stdin": _read_stdin,
}
