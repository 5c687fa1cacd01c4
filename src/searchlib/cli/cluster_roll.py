"""searchlib cluster roll: the newest version of a collection, opened by all of its workers."""

from __future__ import annotations

import click

from .declaring import examples, subcommand
from .errors import SUCCESS, say


@subcommand(
    "roll",
    short_help="Have the workers open the newest version.",
    epilog=examples("searchlib cluster roll ray://auto/mine"),
)
@click.argument("address", metavar="ADDRESS")
def roll(address: str) -> int:
    """Have all workers of the collection at ADDRESS open its newest version, one after the other.

    Those that `cluster serve` runs as processes do it by themselves.
    """
    from searchlib.cluster.cluster import fleet_at

    with fleet_at(address) as fleet:
        say(f"all workers have version {fleet.roll()}")
    return SUCCESS
