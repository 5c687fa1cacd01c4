"""searchlib stats: what is in the index."""

from __future__ import annotations

from typing import Any

from .errors import SUCCESS
from .options import examples, index_option, json_option, subcommand


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
    schema = index.schema.to_dict()
    if as_json:
        write(json_line({"path": index_path, **stats, "schema": schema}))
    else:
        _print(index_path, stats, schema)
    return SUCCESS


def _print(index_path: str, stats: dict[str, Any], schema: dict[str, dict[str, Any]]) -> None:
    from .output import Style, bytes_text, one_line, plural, write

    style = Style()
    write(style.bold(one_line(index_path)))
    deleted = f", {stats['num_deleted']:,} deleted and not yet merged away" if stats["num_deleted"] else ""
    write(f"  {plural(stats['num_docs'], 'document')}{deleted}")
    write(f"  {plural(stats['num_segments'], 'segment')}, {bytes_text(stats['size_bytes'])}")
    width = max(map(len, schema))
    write("")
    for name, options in schema.items():
        write(f"  {name:<{width}}  {_field_text(options, stats['fields'].get(name))}")


def _field_text(options: dict[str, Any], stats: dict[str, Any] | None) -> str:
    parts = [str(options["kind"])]
    if options.get("languages"):
        parts.append(" ".join(options["languages"]))
    if options.get("boost", 1.0) != 1.0:
        parts.append(f"boost {options['boost']:g}")
    if not options["stored"]:
        parts.append("not stored")
    if stats:
        parts.append(f"{stats['num_terms']:,} terms of {stats['num_forms']:,} forms")
        if options["kind"] == "text":
            parts.append(f"{stats['average_length']:.1f} tokens on average")
    return ", ".join(parts)
