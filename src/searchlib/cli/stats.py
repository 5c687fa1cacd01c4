"""searchlib stats: what is in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import SUCCESS
from .options import examples, index_option, json_option, subcommand

if TYPE_CHECKING:
    from searchlib import Schema


@subcommand(
    "stats",
    short_help="Show what is in the index.",
    epilog=examples("searchlib stats", "searchlib stats --json | jq .schema > schema.json"),
)
@index_option
@json_option
def command(index_path: str, as_json: bool) -> int:
    """Show the number of documents, the fields and the size of the index."""
    import searchlib

    from .output import json_line, write

    index = searchlib.open(index_path)
    stats = index.stats()
    if as_json:
        write(json_line({"path": index_path, **stats, "schema": index.schema.to_dict()}))
    else:
        _print(index_path, stats, index.schema)
    return SUCCESS


def _print(index_path: str, stats: dict[str, Any], schema: Schema) -> None:
    from .output import Style, bytes_text, one_line, plural, write

    style = Style()
    write(style.bold(one_line(index_path)))
    deleted = f", {stats['num_deleted']:,} deleted and not yet merged away" if stats["num_deleted"] else ""
    write(f"  {plural(stats['num_docs'], 'document')}{deleted}")
    shards = f"{plural(stats['num_shards'], 'shard')}, " if "num_shards" in stats else ""
    write(f"  {shards}{plural(stats['num_segments'], 'segment')}, {bytes_text(stats['size_bytes'])}")
    width = max(map(len, schema))
    write("")
    for name, field in schema.items():
        write(f"  {name:<{width}}  {_field_text(field, stats['fields'].get(name))}")


def _field_text(field: Any, stats: dict[str, Any] | None) -> str:
    from searchlib import Text

    parts = [field.kind]
    if isinstance(field, Text):
        parts += [" ".join(field.languages)] if field.languages else []
        parts += [f"boost {field.boost:g}"] if field.boost != 1.0 else []
    if not field.stored:
        parts.append("not stored")
    if stats:
        if "num_terms" in stats:
            parts.append(f"{stats['num_terms']:,} terms of {stats['num_forms']:,} forms")
        if isinstance(field, Text):
            parts.append(f"{stats['average_length']:.1f} tokens on average")
    return ", ".join(parts)
