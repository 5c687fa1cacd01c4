"""searchlib serve: indexes over HTTP."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator

import click

from .ending import go_on
from .errors import SUCCESS, say
from .guarding import Guard, guard_options
from .options import examples, files_of_shell, subcommand, translate_option

_PATIENCE = 10.0


@subcommand(
    "serve",
    short_help="A page and an API over HTTP.",
    epilog=examples(
        "searchlib serve",
        "searchlib serve --index notes --index mail=indexes/mail --port 8000",
        "searchlib serve --index indexes/papers --watch ~/Papers",
        "searchlib serve --make-key",
        "searchlib serve --host 0.0.0.0 --keys keys.toml --log json",
    ),
)
@click.option(
    "--index",
    "-i",
    "folders",
    multiple=True,
    metavar="[NAME=]DIR",
    envvar="SEARCHLIB_INDEX",
    help="An index to serve (repeatable); otherwise those that are there.",
)
@click.option(
    "--root", metavar="DIR", help="Serve all indexes in this folder, and make new ones there (over HTTP)."
)
@click.option(
    "--watch",
    "watched",
    multiple=True,
    metavar="FOLDER",
    shell_complete=files_of_shell,
    help="Keep the one index that is served up to date with this folder (repeatable).",
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", default=7700, show_default=True, type=click.IntRange(0, 65535), help="On which port.")
@click.option("--read-only", is_flag=True, help="Write nothing, whoever asks.")
@translate_option
@guard_options
def command(
    folders: tuple[str, ...],
    root: str | None,
    watched: tuple[str, ...],
    host: str,
    port: int,
    read_only: bool,
    dictionaries: tuple[str, ...],
    guard: Guard,
    make_key: bool,
) -> int:
    """Serve indexes: a page for people at /, an API for programs at /v1, its document at /openapi.json."""
    try:
        from searchlib.serve.running import run
        from searchlib.serve.settings import Settings

        from .named import names_of
    except ModuleNotFoundError as error:
        raise click.UsageError(f"serving needs {error.name}: pip install 'searchlib[serve]'") from None
    from . import places
    from .searching import translations_of

    if make_key:
        return guard.make_key()
    try:
        alone = watched and root is None
        indexes = names_of(list(folders) or ([places.default_index()] if alone else []))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not indexes and root is None:  # all that are there, beside the one that commands use
        root = os.path.dirname(os.path.abspath(places.default_index()))  # noqa: PTH100, PTH120
    what = ", ".join(indexes) if indexes else f"the indexes in {places.shown(root or '')}"
    served = Settings(
        indexes, root, host, port, writable=not read_only, translations=translations_of(dictionaries)
    )
    settings = guard.settings(served)
    go_on()
    with _following(watched, indexes, read_only):
        run(settings, lambda address: say(f"serving {what} at {address}; Ctrl-C ends it"))
    return SUCCESS


@contextlib.contextmanager
def _following(paths: tuple[str, ...], indexes: dict[str, str], is_read_only: bool) -> Iterator[None]:
    """The index follows its folders in a thread of its own, as `searchlib watch` does."""
    if not paths:
        yield
        return
    if is_read_only:
        raise click.UsageError("--watch writes, and --read-only wants nothing written: one of the two")
    if len(indexes) != 1:
        raise click.UsageError("--watch goes with one --index: the one that follows the folders")
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110
            raise click.UsageError(f"no such file or folder: {path}")
    from .watch import follow

    (index_path,) = indexes.values()
    stop = threading.Event()
    thread = threading.Thread(target=follow, args=(paths, index_path, False, False, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(_PATIENCE)
        if thread.is_alive():  # in a file that takes long to read; the index is as it was committed last
            say(f"note: {', '.join(paths)} was being read; the next run reads it")
            sys.stderr.flush()
            os._exit(SUCCESS)
