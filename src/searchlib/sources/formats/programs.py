"""Other programs that read a type of files, where they are installed: their output, within bounds.

A program gets a copy of the file in a folder of its own, under a name that means nothing to it, and no input.
It runs for a limited time; what it says beyond a limit is an error, not a text that ends.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from ...errors import SourceError
from ...storage.blocks import MAX_DOCUMENT_BYTES

MAX_SECONDS = 60.0


def installed(name: str) -> str | None:
    """The path of a program; None if it is not there."""
    return shutil.which(name)


def output_of(command: Sequence[str], data: bytes, ending: str) -> str:
    """What a program says of a file. ending: of the copy's name, which follows the command.

    Raises SourceError, which says what went wrong.
    """
    with tempfile.TemporaryDirectory(prefix="searchlib-") as folder:
        path = Path(folder) / f"document{ending}"
        path.write_bytes(data)
        said = _run([*command, str(path)], folder)
    return said.decode("utf-8", "replace").replace("\r\n", "\n")


def _run(command: Sequence[str], folder: str) -> bytes:
    name = Path(command[0]).name
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise SourceError(f"{name} cannot be started: {error.strerror or error}") from None
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        _end(process)

    timer = threading.Timer(MAX_SECONDS, end)
    timer.start()
    try:
        assert process.stdout is not None
        said = process.stdout.read(MAX_DOCUMENT_BYTES + 1)
    finally:
        timer.cancel()
        _end(process)
        process.communicate()
    if is_late.is_set():
        raise SourceError(f"{name} did not end within {MAX_SECONDS:g} seconds")
    if len(said) > MAX_DOCUMENT_BYTES:
        raise SourceError(f"{name} says more of it than the {MAX_DOCUMENT_BYTES >> 20} MiB of a document")
    return said


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and what it started."""
    if process.poll() is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
