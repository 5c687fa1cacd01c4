"""searchlib cluster info: what a collection has, shard by shard."""

from __future__ import annotations

import click

from .declaring import examples, subcommand
from .errors import SUCCESS
from .options import json_option


@subcommand(
    "info",
    short_help="Show what is in a collection.",
    epilog=examples(
        "searchlib cluster info collections/mine", "searchlib cluster info collections/mine --json"
    ),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False))
@json_option
def info(folder: str, as_json: bool) -> int:
    """Show what the collection in FOLDER has: its version, its fields, its shards. No shard is opened."""
    from searchlib.cluster import read_collection

    from .index_report import fields_text
    from .output import json_line, one_line, plural, write

    manifest = read_collection(folder)
    if as_json:
        shards = [shard._asdict() for shard in manifest.shards]
        said = {"collection": folder, "version": manifest.version, "num_docs": manifest.num_docs}
        write(json_line({**said, "schema": manifest.schema, "shards": shards}))
        return SUCCESS
    write(
        f"{one_line(folder)}: {plural(manifest.num_docs, 'document')} in "
        f"{plural(manifest.num_shards, 'shard')}, version {manifest.version}"
    )
    write(f"schema{' (inferred)' * manifest.schema_is_inferred}: {fields_text(manifest.user_schema())}")
    for number, shard in enumerate(manifest.shards):
        write(f"{number:4}  {one_line(shard.path)}  {plural(shard.num_docs, 'document')}")
    return SUCCESS
