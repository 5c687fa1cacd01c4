"""searchlib export: documents as JSON lines, which `searchlib index` reads again."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any

import click

from .completing import field_names, words
from .errors import NO_HIT, SUCCESS, say
from .options import examples, filter_option, index_option, quiet_option, subcommand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchlib import Index


@subcommand(
    "export",
    short_help="Write documents as JSON lines.",
    epilog=examples(
        "searchlib export > all.jsonl",
        "searchlib export 'title:выборы' --fields title,published -o found.jsonl",
        "searchlib export | searchlib index - --index indexes/copy",
    ),
)
@click.argument("text", nargs=-1, metavar="[QUERY]...", shell_complete=words)
@index_option
@filter_option
@click.option(
    "--fields",
    "shown",
    multiple=True,
    metavar="NAMES",
    shell_complete=field_names,
    help="These fields alone, by commas.",
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False), metavar="FILE", help="Write here, not to stdout."
)
@quiet_option
def command(
    text: tuple[str, ...],
    index_path: str,
    filters: tuple[str, ...],
    shown: tuple[str, ...],
    output: str | None,
    quiet: bool,
) -> int:
    """Write all documents, or those that match QUERY and --filter, as JSON lines: the id and stored fields.

    Documents come in the order in which they were added; the best come first of a query. A FILE that is there
    is replaced when all of the new one is written, and not before.
    """
    import searchlib

    from ..replacing import replaced
    from .output import json_line, one_line, plural, write
    from .searching import shown_fields

    index = searchlib.open(index_path)
    columns = shown_fields(index, shown)
    lost = [name for name, field in index.schema.items() if not field.stored]
    if lost and not quiet:
        say(f"note: not stored, so that it cannot be written: {', '.join(lost)}")
    lines = (
        json_line(_chosen(document, columns)) + "\n"
        for document in _documents(index, " ".join(text), filters)
    )
    if output is None:
        number = _written(lines, sys.stdout)
        sys.stdout.flush()
        return SUCCESS if number else NO_HIT
    with replaced(output) as file:
        number = _written(lines, file)
    if not quiet:
        write(f"{one_line(output)}: {plural(number, 'document')}")
    return SUCCESS if number else NO_HIT


def _written(lines: Iterator[str], stream: IO[str]) -> int:
    number = 0
    for line in lines:
        stream.write(line)
        number += 1
    return number


def _documents(index: Index, query: str, filters: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    if not query.strip() and not filters:
        yield from index
        return
    found = index.search(
        query if query.strip() else "*:*",
        limit=None,
        filter=list(filters) or None,
        ranking="bm25",
        strict=True,  # other documents than those that were meant would go unnoticed
    )
    for hit in found:
        yield {"id": hit.id, **hit.fields}


def _chosen(document: dict[str, Any], columns: list[str] | None) -> dict[str, Any]:
    if columns is None:
        return document
    return {"id": document["id"], **{name: document[name] for name in columns if name in document}}
