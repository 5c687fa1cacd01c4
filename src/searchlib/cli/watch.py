"""searchlib watch: an index that follows its folders.

Each burst of changes is a run of `searchlib index --prune` over the folders, which reads what changed and
nothing else. So a run that is killed leaves the last commit, and the next one does the rest.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from . import index as index_command
from .errors import SUCCESS, say
from .options import examples, files_of_shell, index_option, quiet_option, subcommand

if TYPE_CHECKING:
    from collections.abc import Callable

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
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], index_path: str, poll: bool, quiet: bool) -> int:
    """Bring the index up to date with PATHs, and again whenever something in them changes; Ctrl-C ends it.

    New and changed files are read; the documents of files that vanished are removed, and those of files that
    moved go with them. Without PATH, all folders are followed that the index was made from.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise click.UsageError(f"watching needs watchfiles: pip install watchfiles ({error})") from None
    chosen = paths or _known_folders(index_path)
    missing = [path for path in chosen if not os.path.exists(path)]  # noqa: PTH110
    if missing:
        raise click.UsageError(f"no such file or folder: {missing[0]}")
    inside = os.path.realpath(index_path)
    try:
        # The first turn comes when the watcher is there, so that nothing is missed in between.
        started = False
        for changes in watch(
            *chosen,
            watch_filter=lambda _, path: not _is_within(path, inside),
            debounce=_BURST_MS,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
            force_polling=poll or None,
            raise_interrupt=True,
        ):
            if changes or not started:
                _run(ctx, chosen, index_path, quiet, len(changes), is_first=not started)
                started = True
    except KeyboardInterrupt:
        if not quiet:
            say("no longer watching")
    return SUCCESS


def _known_folders(index_path: str) -> tuple[str, ...]:
    import searchlib

    found = [each.path for each in searchlib.holdings(searchlib.open(index_path)) if each.path]
    there = tuple(path for path in found if os.path.exists(path))  # noqa: PTH110
    if not there:
        raise click.UsageError("the index was made from no folder that is there: give a PATH")
    return there


def _is_within(path: str, folder: str) -> bool:
    """The watcher tells of real paths, and of those that were given."""
    return any(each == folder or each.startswith(folder + os.sep) for each in (path, os.path.realpath(path)))


def _run(
    ctx: click.Context, paths: tuple[str, ...], index_path: str, quiet: bool, changes: int, *, is_first: bool
) -> None:
    """One run over the folders; what stands in its way now is said, and it is tried again at the next."""
    import searchlib
    from searchlib.errors import LockError, SearchlibError

    from .output import plural, write

    before = _generation(index_path)
    run: Callable[[], object] = lambda: ctx.invoke(  # noqa: E731
        index_command.command, paths=paths, index_path=index_path, prune=True, quiet=True
    )
    try:
        try:
            run()
        except LockError:  # somebody else writes, for a moment as a rule
            time.sleep(_LOCKED_SECONDS)
            run()
    except (SearchlibError, click.ClickException, OSError) as error:
        say(f"note: {error.format_message() if isinstance(error, click.ClickException) else error}")
        return
    if quiet or (before == _generation(index_path) and not is_first):
        return
    held = plural(len(searchlib.open(index_path)), "document")
    what = f"{plural(changes, 'change')}, " if changes else ""
    write(f"{time.strftime('%H:%M:%S')}  {what}{held}" + ("; watching, Ctrl-C ends it" if is_first else ""))


def _generation(index_path: str) -> bytes:
    """What differs after each commit: the manifest itself."""
    try:
        with open(os.path.join(index_path, "manifest"), "rb") as file:  # noqa: PTH118, PTH123
            return file.read()
    except OSError:
        return b""
