"""The options that commands share. Nothing is opened here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from .errors import INDEX_PATH

DEFAULT_INDEX = "indexes/default"

_Command = TypeVar("_Command", bound=Callable[..., Any])


def index_option(command: _Command) -> _Command:
    """--index, or SEARCHLIB_INDEX, or indexes/default; the path is `index_path`."""
    return click.option(
        "--index",
        "-i",
        "index_path",
        metavar="DIR",
        envvar="SEARCHLIB_INDEX",
        default=DEFAULT_INDEX,
        show_default=True,
        callback=_remember,
        help="The index's folder; SEARCHLIB_INDEX sets it too.",
    )(command)


def json_option(command: _Command) -> _Command:
    """--json: one JSON object a line; the flag is `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")(command)


def examples(*lines: str) -> str:
    """The epilog of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def _remember(ctx: click.Context, parameter: click.Parameter, value: str) -> str:
    if not value:
        raise click.BadParameter("the path of the index is empty")
    ctx.meta[INDEX_PATH] = value
    return value
