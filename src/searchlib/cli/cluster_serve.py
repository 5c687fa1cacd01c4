"""searchlib cluster serve: workers for the shards of a collection."""

from __future__ import annotations

import os

import click

from .declaring import examples, subcommand
from .ending import until_ended
from .errors import SUCCESS, say


@subcommand(
    "serve",
    short_help="Start the workers of a collection.",
    epilog=examples(
        "searchlib cluster serve collections/mine",
        "searchlib cluster serve collections/mine --host 10.0.0.7 --addresses mine.json",
        "searchlib cluster serve /shared/mine --ray auto --replicas 3",
    ),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@click.option(
    "--replicas", default=2, show_default=True, type=click.IntRange(1, 100), help="Workers of each shard."
)
@click.option(
    "--ray",
    metavar="ADDRESS",
    help="Have Ray place them: HOST:PORT of its head, or auto. They go on; `cluster stop` ends them.",
)
@click.option("--name", metavar="NAME", help="What Ray calls the collection; FOLDER's name.")
@click.option(
    "--cpus",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    metavar="N",
    help="Processors that Ray reserves for each worker.",
)
@click.option("--host", metavar="HOST", help="Listen by TCP, at this address of the machine.")
@click.option(
    "--addresses",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Where to write at which addresses they listen; FOLDER/addresses.json.",
)
def serve(
    folder: str,
    replicas: int,
    ray: str | None,
    name: str | None,
    cpus: float,
    host: str | None,
    addresses: str | None,
) -> int:
    """Start workers for the collection in FOLDER: processes of this machine, until Ctrl-C, or actors of Ray.

    Routers then connect to FOLDER, to the file of addresses, or to ray://ADDRESS/NAME. The file of addresses
    has the key of the workers: who can read it may ask them. Processes open new versions of the collection as
    they come.
    """
    from searchlib.cluster.cluster import ADDRESSES, Cluster

    if ray is not None:
        if host or addresses:
            raise click.UsageError("--ray knows where its actors are: leave out --host and --addresses")
        cluster = Cluster.start(folder, replicas, ray=ray, name=name, num_cpus=cpus)
        cluster.close()
        say(f"serving {folder} at ray://{ray}/{cluster.name}; `searchlib cluster stop` ends it")
        return SUCCESS
    file = addresses or os.path.join(folder, ADDRESSES)  # noqa: PTH118
    _refuse_if_served(file)
    with until_ended(), Cluster.start(folder, replicas, host=host) as cluster:
        cluster.write_addresses(file)
        try:
            say(f"serving {folder}, its addresses are in {file}; Ctrl-C ends it")
            cluster.follow()
        finally:
            os.unlink(file)  # noqa: PTH108
    return SUCCESS


def _refuse_if_served(file: str) -> None:
    """A file of addresses may be left of a process that was killed; nobody answers there then."""
    if not os.path.exists(file):  # noqa: PTH110
        return
    from searchlib.cluster.cluster import fleet_at

    with fleet_at(file) as fleet:
        if any("down" not in replica for shard in fleet.status() for replica in shard):
            raise click.UsageError(
                f"workers answer at the addresses in {file}: end those, or name another file"
            )
