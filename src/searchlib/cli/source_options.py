"""How sources are read: the options that `index` and `cluster build` have in common."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.option("--encoding", metavar="NAME", help="The files' text encoding; otherwise it is guessed."),
    click.option(
        "--errors",
        type=click.Choice(["mend", "strict", "replace", "ignore"]),
        help="What to do with bytes that are no text; by default lines in another encoding are read in that.",
    ),
    click.option(
        "--format",
        "format_name",
        metavar="NAME",
        help="Of standard input and of files named directly: csv, md, text, …",
    ),
    click.option(
        "--map",
        "renames",
        multiple=True,
        metavar="FROM=TO",
        help="Take a source's field as another (repeatable).",
    ),
    click.option(
        "--records",
        metavar="PATH",
        help="The list of objects in .json, as in chats.list; a table of a database, elements of XML; line "
        "or block of logs and texts.",
    ),
    click.option(
        "--include",
        multiple=True,
        metavar="GLOB",
        help="Read these files alone, whatever their type (repeatable).",
    ),
    click.option(
        "--exclude", multiple=True, metavar="GLOB", help="Pass these files and folders over (repeatable)."
    ),
    click.option("--hidden", is_flag=True, help="Read hidden files and folders, too, but for .git."),
    click.option("--no-ignore", is_flag=True, help="Read what .gitignore and .ignore files name."),
)

schema_option = click.option(
    "--schema", "schema_path", metavar="FILE", help="The fields, as JSON; otherwise they are inferred."
)


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """The options that say how files are read, as `told`: what was said, by the names that How has."""

    @functools.wraps(command)
    def gathered(
        *,
        encoding: str | None,
        errors: str | None,
        format_name: str | None,
        renames: tuple[str, ...],
        records: str | None,
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        hidden: bool,
        no_ignore: bool,
        **others: Any,
    ) -> int:
        said = {
            "encoding": encoding,
            "errors": errors,
            "format": format_name,
            "records": records,
            "rename": _renaming(renames),
            "include": include,
            "exclude": exclude,
            "hidden": hidden,
        }
        told = {name: value for name, value in said.items() if value}
        return command(**others, told=told | ({"ignore": False} if no_ignore else {}))

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def _renaming(renames: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """FROM=TO, several times, as How has it."""
    result = {}
    for rename in renames:
        source, equals, target = rename.partition("=")
        if not (source and equals and target):
            raise click.BadParameter(f"FROM=TO, for example text=body, got {rename!r}", param_hint="--map")
        result[source] = target
    return tuple(sorted(result.items()))
