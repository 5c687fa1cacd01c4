"""The shell command: it parses, calls the library, prints. Each command is a module of its own.

Results are printed as text or as JSON lines, and the exit code says how it went:

    0  hits, or success          2  usage or set-up error; the message says what mends it
    1  no hit, or input refused  3  the index is damaged

A module is imported only when its command runs: `searchlib query` loads nothing that it does not need.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from . import errors
from .options import OwnHelp

COMMANDS = (
    "index",
    "query",
    "explain",
    "complete",
    "like",
    "terms",
    "show",
    "stats",
    "check",
    "delete",
    "merge",
    "reindex",
    "bench",
    "eval",
    "translations",
    "export-ciff",
    "import-ciff",
)

HELP = """Full-text search for English and Russian: words are found in all their forms.

\b
    searchlib index corpus                 read files into an index
    searchlib query "Tashkent CSTO"        find them again

The index is in indexes/default, or where --index or SEARCHLIB_INDEX say.
"""

EPILOG = """\b
Exit codes: 0 hits or success, 1 no hit or some input refused, 2 usage or set-up error, 3 damaged index.
Colour: on terminals; NO_COLOR=1 turns it off, FORCE_COLOR=1 on.
Completion: eval "$(_SEARCHLIB_COMPLETE=bash_source searchlib)" in ~/.bashrc; zsh_source, fish_source
    likewise.
"""


class Application(OwnHelp, click.Group):
    """The commands, loaded when they are asked for, and no traceback whatever they do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f".{cmd_name.replace('-', '_')}", __name__).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            raise click.UsageError(errors.unknown_command(name, COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; its errors become a line on stderr and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BaseException as error:
            return errors.report(error, ctx.meta.get(errors.INDEX_PATH))

    def main(self, *args: Any, **extra: Any) -> Any:
        """As click's, but every way out is an exit code of ours."""
        errors.prepare_streams()
        with errors.warnings_as_lines():
            try:
                code = super().main(*args, **{**extra, "standalone_mode": False})
                sys.stdout.flush()
            except BaseException as error:
                code = errors.report(error)
        sys.exit(code or 0)


def _show_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print the version and leave."""
    if wanted and not ctx.resilient_parsing:
        import searchlib

        click.echo(f"searchlib {searchlib.__version__}")
        ctx.exit()


@click.group(
    cls=Application,
    invoke_without_command=True,
    help=HELP,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--version",
    "-V",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def application(context: click.Context) -> None:
    """The group itself does nothing: without a command it shows what there is."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(errors.FAILED)


def main() -> None:
    """Run the command that the arguments name; SystemExit bears its exit code."""
    application.main(prog_name="searchlib")
