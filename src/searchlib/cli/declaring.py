"""How a command is declared: its help option, its examples, and what is said of an option that is none.

click asks gettext for a translation of its own help option whenever a command starts, which loads locale and
looks for catalogues. Here it has words of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from .errors import INDEX_PATH

INDEX_IS_NAMED = "searchlib.index_is_named"
"""Where a click context keeps whether somebody named the index."""


class OwnHelp(click.Command):
    """A command whose help option is -h and --help."""

    _own_help: click.Option | None = None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; of an option that is none, it is said what could be meant."""
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise click.UsageError(_no_option(error, typed, self.name == "query"), ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; it says on which index, where that may be a surprise."""
        if ctx.meta.get(INDEX_IS_NAMED) is False and not ctx.params.get("quiet"):
            from .announcing import announce

            announce(ctx.meta[INDEX_PATH])
        return super().invoke(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """The same object each time: click compares them."""
        if self._own_help is None:
            self._own_help = click.Option(
                ["-h", "--help"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_show_help,
                help="Show this message and exit.",
            )
        return self._own_help


def _no_option(error: click.NoSuchOption, typed: list[str], is_query: bool) -> str:
    """What is said of an option that is none: one that is like it, and how to search for a word like this."""
    words = typed[: typed.index("--")] if "--" in typed else typed
    word = next((word for word in words if word.startswith(error.option_name)), error.option_name)
    message = f"there is no option {error.option_name}"
    if error.possibilities:
        from difflib import get_close_matches

        best = get_close_matches(error.option_name, error.possibilities, 1, 0.0)[0]
        message += f"; did you mean {best}?"
    if is_query and (not word.startswith("--") or not error.possibilities):
        from shlex import quote

        message += f"; to search for what begins with -, put -- before it: searchlib -- {quote(word)}"
    return message


def _show_help(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def subcommand(name: str, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Declares a command, as click.command does."""
    return click.command(name, cls=OwnHelp, **settings)


def examples(*lines: str) -> str:
    """The epilog of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)
