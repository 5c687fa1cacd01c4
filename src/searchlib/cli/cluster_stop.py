"""searchlib cluster stop: the end of workers that Ray has placed."""

from __future__ import annotations

import click

from .declaring import examples, subcommand
from .errors import SUCCESS, say


@subcommand(
    "stop",
    short_help="End the workers that Ray has placed.",
    epilog=examples("searchlib cluster stop mine"),
)
@click.argument("name", metavar="NAME")
@click.option(
    "--ray", default="auto", show_default=True, metavar="ADDRESS", help="HOST:PORT of Ray's head, or auto."
)
def stop(name: str, ray: str) -> int:
    """End the workers of the collection that Ray calls NAME. The collection stays."""
    from searchlib.cluster.fleets.ray_placing import RayReplicas, join

    join(ray)
    RayReplicas.connect(name).stop()
    say(f"{name} is served no longer")
    return SUCCESS
