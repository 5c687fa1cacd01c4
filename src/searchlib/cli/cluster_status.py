"""searchlib cluster status: the workers of a collection, and what they say of themselves."""

from __future__ import annotations

from typing import Any

import click

from .declaring import examples, subcommand
from .errors import FAILED, SUCCESS
from .options import json_option


@subcommand(
    "status",
    short_help="Show the workers of a collection.",
    epilog=examples(
        "searchlib cluster status collections/mine",
        "searchlib cluster status ray://auto/mine --json",
    ),
)
@click.argument("address", metavar="ADDRESS")
@json_option
def status(address: str, as_json: bool) -> int:
    """Show each worker of the collection at ADDRESS: a folder, a file of addresses, or ray://HOST:PORT/NAME.

    It fails if a worker does not answer.
    """
    from searchlib.cluster.cluster import fleet_at

    from .output import json_line, write

    with fleet_at(address) as fleet:
        shards = fleet.status()
    for number, replicas in enumerate(shards):
        for replica in replicas:
            write(json_line({"shard": number, **replica}) if as_json else f"{number:4}  {_line(replica)}")
    return FAILED if any("down" in replica for replicas in shards for replica in replicas) else SUCCESS


def _line(replica: dict[str, Any]) -> str:
    from .output import one_line, plural

    if "down" in replica:
        return one_line(f"{replica['replica']}: down: {replica['down']}")
    older = f" and {replica['older_version']}" if replica["older_version"] else ""
    return one_line(
        f"{replica['replica']}: version {replica['version']}{older}, "
        f"{plural(replica['num_answered'], 'answer')}, {replica['num_refused']} refused, "
        f"{replica['num_waiting']} waiting, process {replica['pid']}, up {replica['uptime_seconds']:.0f} s"
    )
