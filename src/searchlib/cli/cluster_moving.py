"""searchlib cluster publish, sync and split: to an object store, from it, and into more shards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from .declaring import examples, subcommand
from .errors import SUCCESS
from .options import quiet_option

if TYPE_CHECKING:
    from searchlib.cluster import CollectionManifest


@subcommand(
    "publish",
    short_help="Put a collection into an object store.",
    epilog=examples("searchlib cluster publish collections/mine s3://bucket/mine"),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@click.argument("url", metavar="URL")
@quiet_option
def publish(folder: str, url: str, quiet: bool) -> int:
    """Put the collection in FOLDER into an object store: s3://bucket/prefix, gs:// or az://.

    Each shard is verified first, and only what is new there is put. Readers see the version before until all
    is there. Keys and endpoint are those of the environment, such as AWS_ACCESS_KEY_ID and AWS_ENDPOINT_URL.
    """
    from searchlib import cluster

    with _bytes_shown(quiet) as progress:
        published = cluster.publish(folder, url, progress=progress)
    _say(url, published.collection, quiet)
    return SUCCESS


@subcommand(
    "sync",
    short_help="Get a collection from an object store.",
    epilog=examples(
        "searchlib cluster sync s3://bucket/mine /var/cache/mine",
        "searchlib cluster sync s3://bucket/mine /srv/mine --shard 0 --shard 3",
    ),
)
@click.argument("url", metavar="URL")
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@click.option(
    "--shard",
    "shards",
    multiple=True,
    type=click.IntRange(0),
    metavar="N",
    help="Bring these alone, for workers that serve them; the first is 0 (repeatable).",
)
@quiet_option
def sync(url: str, folder: str, shards: tuple[int, ...], quiet: bool) -> int:
    """Bring FOLDER up to the collection that is published at URL; only what is new is read, and all of it
    checked.

    FOLDER is new, empty, or was synced with URL before. It is a collection then, to be opened and served.
    """
    from searchlib import cluster

    with _bytes_shown(quiet) as progress:
        manifest = cluster.sync(url, folder, shards=shards or None, progress=progress)
    _say(folder, manifest, quiet)
    return SUCCESS


@subcommand(
    "split",
    short_help="Give a collection more shards.",
    epilog=examples("searchlib cluster split collections/mine --shards 8"),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@click.option(
    "--shards", required=True, type=click.IntRange(1), metavar="N", help="A multiple of its number now."
)
@quiet_option
def split(folder: str, shards: int, quiet: bool) -> int:
    """Give the collection in FOLDER more shards: its next version."""
    from searchlib import cluster

    try:
        manifest = cluster.split(folder, shards, runner=cluster.default_runner())
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--shards") from None
    _say(folder, manifest, quiet)
    return SUCCESS


@contextmanager
def _bytes_shown(quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """A line of how many bytes are there, of how many."""
    from .output import bytes_text
    from .progress import ProgressLine

    with ProgressLine(None, enabled=not quiet) as line:
        yield lambda done, total: line.note(f"{bytes_text(done)} of {bytes_text(total)}")


def _say(where: str, manifest: CollectionManifest, quiet: bool) -> None:
    from .output import one_line, plural, write

    if not quiet:
        write(
            f"{one_line(where)}: {plural(manifest.num_docs, 'document')} in "
            f"{plural(manifest.num_shards, 'shard')}, version {manifest.version}"
        )
