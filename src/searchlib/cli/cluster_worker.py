"""searchlib cluster worker: one worker of one shard, for whoever starts processes: systemd, Kubernetes."""

from __future__ import annotations

from pathlib import Path

import click

from .declaring import examples, subcommand
from .ending import until_ended
from .errors import SUCCESS, say


@subcommand(
    "worker",
    short_help="Run one worker of one shard.",
    epilog=examples(
        "searchlib cluster worker /srv/mine --shard 0 --listen 10.0.0.7:7801 --key-file /etc/mine.key"
    ),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@click.option(
    "--shard", required=True, type=click.IntRange(0), metavar="N", help="Which one; the first is 0."
)
@click.option("--listen", required=True, metavar="ADDRESS", help="HOST:PORT, or unix:PATH.")
@click.option(
    "--key-file",
    required=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Has the key, a line of text: the authkey of the file of addresses.",
)
def worker(folder: str, shard: int, listen: str, key_file: str) -> int:
    """Serve one shard of the collection in FOLDER until Ctrl-C or SIGTERM, and new versions as they come.

    Routers find it by a file of addresses: docs/cluster.md has its form.
    """
    from searchlib.cluster import read_collection
    from searchlib.cluster.fleets.shards import serve_shard

    key = Path(key_file).read_text(encoding="utf-8").strip()
    if not key:
        raise click.UsageError(f"{key_file} is empty: expected a key, a line of text")
    num_shards = read_collection(folder).num_shards
    if shard >= num_shards:
        raise click.UsageError(f"{folder} has {num_shards} shards, the last is {num_shards - 1}; got {shard}")
    with until_ended():
        for version, address in serve_shard(folder, shard, listen, key.encode()):
            say(f"shard {shard} of {folder} at {address}, version {version}")
    return SUCCESS
