"""searchlib cluster: a collection, which is one index in several shards."""

from __future__ import annotations

import click

from .cluster_build import build
from .cluster_info import info
from .cluster_moving import publish, split, sync
from .cluster_roll import roll
from .cluster_serve import serve
from .cluster_status import status
from .cluster_stop import stop
from .cluster_worker import worker
from .declaring import OwnHelp, examples


class _Group(OwnHelp, click.Group):
    """The commands about collections."""


@click.group(
    "cluster",
    cls=_Group,
    short_help="Make, serve and look at an index of several shards.",
    epilog=examples(
        "searchlib cluster build ~/Documents --to collections/mine --shards 4",
        "searchlib cluster info collections/mine",
        "searchlib cluster serve collections/mine",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
def command() -> None:
    """A collection is one index in several shards, which may be on several machines."""


for each in (build, info, serve, status, roll, stop, worker, publish, sync, split):
    command.add_command(each)
