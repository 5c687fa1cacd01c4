"""searchlib watch: an index that follows its folders.

Each burst of changes is a run of `searchlib index --prune` over the folders, which reads what changed and
nothing else. So a run that is killed leaves the last commit, and the next one does the rest.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from .errors import SUCCESS, say
from .options import examples, files_of_shell, index_option, quiet_option, subcommand

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Iterator

    from searchlib import Progress

_BURST_MS = 400
_LOCKED_SECONDS = 2.0
_TICK_MS = 500


@subcommand(
    "watch",
    short_help="Keep an index up to date with its folders.",
    epilog=examples(
        "searchlib watch ~/Documents",
        "searchlib watch                                   all folders that the index was made from",
        "searchlib watch /mnt/share --poll                 where the file system tells nothing",
    ),
)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=files_of_shell)
@index_option
@click.option("--poll", is_flag=True, help="Look again and again, where nobody tells of changes.")
@quiet_option
def command(paths: tuple[str, ...], index_path: str, poll: bool, quiet: bool) -> int:
    """Bring the index up to date with PATHs, and again whenever something in them changes; Ctrl-C ends it.

    New and changed files are read; the documents of files that vanished are removed, and those of files that
    moved go with them. Without PATH, all folders and files are followed that the index was made from. Each is
    read as it was by `searchlib index`, with the options of that run. A file that is there, but is passed
    over, keeps its documents, which is said.
    """
    try:
        import watchfiles  # noqa: F401 (said here, before anything is done)
    except ImportError as error:
        raise click.UsageError(f"watching needs watchfiles: pip install watchfiles ({error})") from None
    missing = [path for path in paths if not os.path.exists(path)]  # noqa: PTH110
    if missing:
        raise click.UsageError(f"no such file or folder: {missing[0]}")
    chosen = paths or _given(index_path)
    try:
        follow(chosen, index_path, poll, quiet)
    except KeyboardInterrupt:
        if not quiet:
            say("no longer watching")
    return SUCCESS


def follow(
    paths: tuple[str, ...], index_path: str, poll: bool, quiet: bool, stop: threading.Event | None = None
) -> None:
    """Follow paths until `stop` is set, or until Ctrl-C, which is raised where there is no `stop`."""
    follower = _Follower(paths, index_path, quiet, stop)
    for changes in _bursts(paths, index_path, poll, stop):
        try:
            follower.follow(changes)
        except _StoppedError:
            return


class _StoppedError(Exception):
    """Somebody wants an end, in the middle of a run: what it wrote is forgotten."""


def _given(index_path: str) -> tuple[str, ...]:
    """What the index was made from, as far as it is there."""
    import searchlib

    given = [path for each in searchlib.readings(searchlib.open(index_path)) for path in each.paths]
    there = _there(given)
    if not there:
        raise click.UsageError("the index was made from no folder that is there: give a PATH")
    for path in given:
        if path not in there:
            say(f"note: {path} is gone and not followed; `searchlib rm` takes it out")
    return tuple(there)


def _there(paths: Iterable[str]) -> list[str]:
    return [path for path in paths if os.path.exists(path)]  # noqa: PTH110


def _bursts(
    chosen: tuple[str, ...], index_path: str, poll: bool, stop: threading.Event | None
) -> Iterator[int]:
    """The number of changes of each burst; 0 when a watcher has begun, for what happened before it was there.

    A watcher holds on to what it has opened: another one begins when a path comes or goes, and after each
    burst where a single file is watched, which most editors replace.
    """
    inside = os.path.realpath(index_path)
    while stop is None or not stop.is_set():
        there = _there(chosen)
        if not there:
            yield 0
            while not _there(chosen):
                if stop is None:
                    time.sleep(_TICK_MS / 1000)
                elif stop.wait(_TICK_MS / 1000):
                    return
            continue
        try:
            yield from _watched(there, chosen, inside, poll, stop)
        except FileNotFoundError:  # a path went before the watcher was there: begin again
            time.sleep(_TICK_MS / 1000)


def _watched(
    there: list[str], chosen: tuple[str, ...], inside: str, poll: bool, stop: threading.Event | None
) -> Iterator[int]:
    """The bursts of one watcher."""
    from watchfiles import watch

    has_begun, has_files = False, not all(map(os.path.isdir, there))
    for changes in watch(
        *there,
        watch_filter=lambda _, path: not _is_within(path, inside),
        debounce=_BURST_MS,
        rust_timeout=_TICK_MS,
        yield_on_timeout=True,
        force_polling=poll or None,
        raise_interrupt=stop is None,
        stop_event=stop,
    ):
        if changes or not has_begun:
            yield len(changes)
            has_begun = True
        if (changes and has_files) or _there(chosen) != there:
            return


def _is_within(path: str, folder: str) -> bool:
    """The watcher tells of real paths, and of those that were given."""
    return any(each == folder or each.startswith(folder + os.sep) for each in (path, os.path.realpath(path)))


class _Follower:
    """The runs over the folders. What stands in the way of one is said, and it is tried again at the next."""

    def __init__(
        self, paths: tuple[str, ...], index_path: str, quiet: bool, stop: threading.Event | None
    ) -> None:
        self._paths, self._index_path, self._quiet = paths, index_path, quiet
        self._stop = stop
        self._had: set[str] = set()  # the paths that were there at the last run
        self._kept: list[str] = []
        self._is_first = True

    def follow(self, num_changes: int) -> None:
        """One run. What is gone for good is not asked for again."""
        import searchlib
        from searchlib.errors import LockError, SearchlibError

        from .output import plural, write

        there = _there(self._paths)
        paths = tuple(path for path in self._paths if path in there or path in self._had)
        if not paths:
            return
        before = _generation(self._index_path)
        try:
            try:
                done = self._run(paths)
            except LockError:  # somebody else writes, for a moment as a rule
                time.sleep(_LOCKED_SECONDS)
                done = self._run(paths)
        except (SearchlibError, click.ClickException, OSError) as error:
            say(f"note: {error.format_message() if isinstance(error, click.ClickException) else error}")
            return
        self._had = set(there)
        is_first, self._is_first = self._is_first, False
        if self._quiet:
            return
        if done.kept != self._kept:
            self._say_kept(done.kept)
        if before != _generation(self._index_path) or is_first:
            held = plural(len(searchlib.open(self._index_path)), "document")
            what = f"{plural(num_changes, 'change')}, " if num_changes else ""
            end = "; watching, Ctrl-C ends it" if is_first else ""
            write(f"{time.strftime('%H:%M:%S')}  {what}{held}{end}")

    def _run(self, paths: tuple[str, ...]) -> Progress:
        from .how import as_before_text
        from .index_report import IndexReport
        from .updating import bring_up_to_date

        report = IndexReport(quiet=True)
        if self._stop is not None:
            report.update = self._checked  # type: ignore[method-assign]
        done = bring_up_to_date(paths, self._index_path, report, prune=True)
        if self._is_first and not self._quiet:
            for read, how in report.as_before:
                say(f"note: {as_before_text(read, how, remedy='`searchlib index --defaults` forgets it')}")
        return done

    def _checked(self, done: Progress) -> None:
        assert self._stop is not None
        if self._stop.is_set():
            raise _StoppedError

    def _say_kept(self, kept: list[str]) -> None:
        from .index_report import kept_text

        self._kept = kept
        if kept:
            say(f"note: {kept_text(kept)}")


def _generation(index_path: str) -> bytes:
    """What differs after each commit: the manifest itself."""
    try:
        with open(os.path.join(index_path, "manifest"), "rb") as file:  # noqa: PTH118, PTH123
            return file.read()
    except OSError:
        return b""
