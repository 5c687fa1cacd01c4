"""Whatever went wrong, as one line on stderr and an exit code.

An exception is shown as what happened and what to do, with the command that mends it. Tracebacks are for
developers: SEARCHLIB_DEBUG=1 shows them.
"""

from __future__ import annotations

import io
import os
import sys

from .. import lean
from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

INDEX_PATH = "searchlib.index_path"
"""Where a click context keeps the path of the index that the command works on."""

SUCCESS, NO_HIT, FAILED, CORRUPT = 0, 1, 2, 3
REFUSED = 1
INTERRUPTED = 130
PIPE_CLOSED = 141  # as a shell shows a process that SIGPIPE ended


class Misuse(Exception):
    """What was typed cannot be meant; the message says what could. For modules that run without click."""


def report(error: BaseException, index_path: str | None = None, command: str = "") -> int:
    """Print what happened, if anything is to be said, and return the exit code.

    index_path, command: what it happened to, and in which command, for the message.
    """
    click = sys.modules.get("click")  # what it raises is known only where it is loaded
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else FAILED
    if isinstance(error, KeyboardInterrupt) or (click is not None and isinstance(error, click.Abort)):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _silence_stdout()
        return PIPE_CLOSED
    is_misuse = isinstance(error, Misuse) or (click is not None and isinstance(error, click.ClickException))
    if os.environ.get("SEARCHLIB_DEBUG", "0") not in ("", "0") and not is_misuse:
        raise error
    message, code = _misuse(error, click, command) if is_misuse else _explain(error, index_path)
    say(f"error: {message}")
    return code


def say(line: str) -> None:
    """A line on stderr, cleaned of whatever could act on a terminal."""
    from searchlib.highlight import one_line

    try:
        print(one_line(line), file=sys.stderr, flush=True)
    except OSError:  # nobody listens
        return


def prepare_streams() -> None:
    """Characters that a terminal's encoding lacks become ? instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


class warnings_as_lines:
    """Inside, Python's warnings, such as that of an index made by other dictionaries, are a line each."""

    def __enter__(self) -> None:
        self._caught: Any = None
        if "warnings" in sys.modules:
            self._catch()
        else:
            lean.before_warnings.append(self._catch)

    def _catch(self) -> None:
        import warnings

        if self._caught is None:
            self._caught = warnings.catch_warnings()
            self._caught.__enter__()
            warnings.showwarning = lambda message, *_, **__: say(f"warning: {message}")

    def __exit__(self, *raised: Any) -> None:
        if self._catch in lean.before_warnings:
            lean.before_warnings.remove(self._catch)
        if self._caught is not None:
            self._caught.__exit__(*raised)


def _misuse(error: Any, click: Any, command: str) -> tuple[str, int]:
    """What was typed wrong; and where its command's help is."""
    program = f"searchlib {command}".rstrip()
    if isinstance(error, Misuse):
        return f"{error} (see `{program} -h`)", FAILED
    message = error.format_message()
    if not isinstance(error, click.UsageError):
        return message, FAILED
    program = error.ctx.command_path if error.ctx else program
    return f"{message.rstrip('.')} (see `{program} -h`)", FAILED


def _explain(error: BaseException, index_path: str | None) -> tuple[str, int]:
    if isinstance(error, MemoryError):
        return "out of memory; for `searchlib index`, try a smaller --memory", FAILED
    import searchlib.errors as library

    if isinstance(error, library.SearchlibError):
        remedy = _remedy(error, library, index_path or "DIR")
        code = CORRUPT if isinstance(error, library.CorruptIndexError) else FAILED
        return f"{str(error).rstrip('.')}; {remedy}" if remedy else str(error), code
    if isinstance(error, OSError):
        import errno

        name = f": {os.fsdecode(error.filename)}" if isinstance(error.filename, str | bytes) else ""
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "; the index is as it was: make room, or choose another disk" if full else ""
        return f"{error.strerror or error}{name}{remedy}", FAILED
    what = f"internal error: {type(error).__name__}: {error}"
    return f"{what}; please report it, with what SEARCHLIB_DEBUG=1 shows", FAILED


def _remedy(error: Exception, library: Any, index: str) -> str:
    """The command that mends it, where there is one and the message does not say it."""
    from .places import is_collection, is_url, personal, shown

    if is_url(index):
        return ""
    make = (
        "searchlib cluster build PATH… --shards N --to"
        if is_collection(index)
        else "searchlib index PATH… --index"
    )
    chosen = "" if index == personal() else f" --index {shown(index)}"
    if isinstance(error, library.IndexNotFoundError) and _was_building(index):
        return "a build of a collection was interrupted there: the same `searchlib cluster build` goes on"
    remedies = {
        library.IndexNotFoundError: f"make it: searchlib index PATH…{chosen}",
        library.IndexTooOldError: f"{make} {shown(index)}-new",
        library.AnalyzerMismatchError: f"{make} {shown(index)}-new",
        library.CorruptIndexError: f"see what is left: searchlib check{chosen}",
    }
    for kind, remedy in remedies.items():
        if isinstance(error, kind) and "searchlib " not in str(error):
            return remedy
    return ""


def _was_building(folder: str) -> bool:
    from searchlib.cluster.building.places import BUILDING

    return os.path.isdir(os.path.join(folder, BUILDING))  # noqa: PTH112, PTH118


def _silence_stdout() -> None:
    """So that the interpreter, which flushes stdout once more at its end, has nothing to complain of."""
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
