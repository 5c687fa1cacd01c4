"""searchlib serve: indexes over HTTP."""

from __future__ import annotations

import click

from .errors import SUCCESS, say
from .options import examples, subcommand


@subcommand(
    "serve",
    short_help="A page and an API over HTTP.",
    epilog=examples(
        "searchlib serve",
        "searchlib serve --index notes --index mail=indexes/mail --port 8000",
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
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", default=7700, show_default=True, type=click.IntRange(0, 65535), help="On which port.")
def command(folders: tuple[str, ...], root: str | None, host: str, port: int) -> int:
    """Serve indexes: a page for people at /, an API for programs at /v1, its document at /openapi.json."""
    try:
        from searchlib.serve.catalogue import names_of
        from searchlib.serve.running import run
        from searchlib.serve.settings import Settings
    except ModuleNotFoundError as error:
        raise click.UsageError(f"serving needs {error.name}: pip install 'searchlib[serve]'") from None
    import os

    from . import places

    try:
        indexes = names_of(list(folders))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not folders and root is None:  # all that are there, beside the one that commands use
        root = os.path.dirname(os.path.abspath(places.default_index()))  # noqa: PTH100, PTH120
    what = ", ".join(indexes) if indexes else f"the indexes in {places.shown(root or '')}"
    say(f"serving {what} at http://{host}:{port}/; Ctrl-C ends it")
    run(Settings(indexes, root, host, port))
    return SUCCESS
