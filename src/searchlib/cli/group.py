"""The group of all commands, by click: what a plain query (quick.py) does not need.

Whatever a command raises ends here, as a line on stderr and an exit code.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from . import commands, errors
from .declaring import OwnHelp

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

HELP = """Full-text search for English and Russian: words are found in all their forms.

\b
    searchlib index ~/Documents            read files into your index
    searchlib Tashkent CSTO                find them again

A folder's own index is in its indexes/default; your own is in ~/.local/share/searchlib/default. --index or
SEARCHLIB_INDEX name another one.
"""

EPILOG = """\b
Exit codes: 0 hits or success, 1 no hit or some input refused, 2 usage or set-up error, 3 damaged index.
Colour: on terminals; NO_COLOR=1 turns it off, FORCE_COLOR=1 on.
Completion: eval "$(searchlib completion bash)" in ~/.bashrc; zsh and fish likewise.
"""


class Application(OwnHelp, click.Group):
    """The commands, loaded when they are asked for, and no traceback whatever they do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(commands.COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in commands.NAMES:
            return None
        module = commands.ALIASES.get(cmd_name, cmd_name).replace("-", "_")
        command = import_module(f".{module}", __package__).command
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Words that name no command are a search for them; if they nearly do, somebody is asked."""
        if commands.is_search(args):
            near = None if ctx.resilient_parsing else commands.nearest(args[0])
            args = ["query", *args] if near is None else _chosen(near, args, ctx)
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Commands, and words of the index: what names no command is a search."""
        found = super().shell_complete(ctx, incomplete)
        if incomplete and not incomplete.startswith("-"):
            from .completing import words

            found += words(ctx, None, incomplete)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by what they are for; none of them is loaded."""
        width = max(map(len, commands.COMMANDS))
        for title, section in commands.SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, text in section.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; its errors become a line on stderr and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BaseException as error:
            return errors.report(error, ctx.meta.get(errors.INDEX_PATH), ctx.invoked_subcommand or "")

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


def _chosen(near: str, args: list[str], ctx: click.Context) -> list[str]:
    """The arguments with the command that is meant: that of the name nearby, or a search."""
    from shlex import join

    search = f"searchlib {join(['query', *args])}"
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(
            f"there is no command {args[0]!r}; did you mean `{near}`? to search for the word: {search}", ctx
        )
    errors.say(f"There is no command {args[0]!r}. Did you mean `searchlib {near}`?")
    answer = click.prompt(
        "y: yes, s: search for it, n: neither",
        default="n",
        err=True,
        type=click.Choice(["y", "s", "n"], case_sensitive=False),
        show_choices=False,
    )
    if answer.lower() == "n":
        ctx.exit(errors.FAILED)
    return [near, *args[1:]] if answer.lower() == "y" else ["query", *args]


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
    """The group itself does nothing: without a command it says how to begin."""
    if context.invoked_subcommand is None:
        from .welcome import welcome

        welcome()
