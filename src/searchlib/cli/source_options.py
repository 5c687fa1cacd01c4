"""How sources are read: options that `index` and `cluster build` have in common."""

from __future__ import annotations

import click

encoding_option = click.option(
    "--encoding", metavar="NAME", help="The files' text encoding; otherwise it is guessed."
)

schema_option = click.option(
    "--schema", "schema_path", metavar="FILE", help="The fields, as JSON; otherwise they are inferred."
)

map_option = click.option(
    "--map",
    "renames",
    multiple=True,
    metavar="FROM=TO",
    help="Take a source's field as another (repeatable).",
)

include_option = click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="Read these files alone, whatever their type (repeatable).",
)

exclude_option = click.option(
    "--exclude", multiple=True, metavar="GLOB", help="Pass these files and folders over (repeatable)."
)
