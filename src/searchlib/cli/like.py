"""searchlib like: the documents most like another one."""

from __future__ import annotations

import click

from .completing import document_ids
from .errors import NO_HIT, SUCCESS
from .options import examples, field_option, index_option, json_option, subcommand, timeout_option


@subcommand(
    "like",
    short_help="Find documents like another one.",
    epilog=examples(
        "searchlib like csto_police_force.txt",
        "searchlib like chronicle.jsonl#3 -n 3 --json       for programs, as `query` prints them",
    ),
)
@click.argument("document_id", metavar="ID", shell_complete=document_ids)
@index_option
@click.option(
    "--limit", "-n", default=10, show_default=True, type=click.IntRange(0), metavar="N", help="Hits at most."
)
@click.option(
    "--offset", default=0, type=click.IntRange(0), metavar="N", help="Leave out this many of the best hits."
)
@field_option
@timeout_option("Give up a search that takes longer.")
@json_option
def command(
    document_id: str,
    index_path: str,
    limit: int,
    offset: int,
    fields: tuple[str, ...],
    timeout: float | None,
    as_json: bool,
) -> int:
    """Find the documents most like the document ID, by its most telling words."""
    import searchlib

    from .answers import print_hits, print_json, print_summary
    from .searching import FRAGMENT_SIZE, chosen_fields

    index = searchlib.open(index_path)
    results = index.more_like(
        document_id, limit, offset, fields=chosen_fields(fields), count=True, timeout=timeout
    )
    hits = list(results)
    if as_json:
        print_json(index, hits, 0, False, FRAGMENT_SIZE)
        print_summary(results, {}, False)
    else:
        print_hits(index, results, hits, offset, 1, False, FRAGMENT_SIZE)
    return SUCCESS if hits else NO_HIT
