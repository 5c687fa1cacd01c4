"""searchlib delete: documents out of the index, by id or by query."""

from __future__ import annotations

import click

from .errors import NO_HIT, SUCCESS, say
from .options import examples, index_option, subcommand


@subcommand(
    "delete",
    short_help="Delete documents.",
    epilog=examples(
        "searchlib delete notes/old.txt notes/older.txt",
        "searchlib delete --query 'tags:draft'",
        "searchlib query 'tags:draft' --limit 0       first see how many they are",
    ),
)
@click.argument("document_ids", nargs=-1, metavar="ID...")
@click.option("--query", "-q", metavar="QUERY", help="Delete every document that matches.")
@index_option
def command(document_ids: tuple[str, ...], query: str | None, index_path: str) -> int:
    """Delete the documents with these ids, or all that match a query.

    The files they came from are left alone; `searchlib index` brings a document back when its file changes,
    or with --force. Exit code 1 if there was none to delete, or no document of some id.
    """
    if bool(document_ids) == (query is not None):
        raise click.UsageError("give ids, or --query, one of the two")
    if query is not None and not query.strip():
        raise click.UsageError("the query is empty; give it a word")
    import searchlib

    from .output import plural, write

    index = searchlib.open(index_path)
    missing = []
    with index.writer() as writer:
        if query is not None:
            num_deleted = writer.delete_by_query(query)
        else:
            missing = [key for key in dict.fromkeys(document_ids) if not writer.delete(key)]
            num_deleted = len(set(document_ids)) - len(missing)
    for key in missing:
        say(f"no document has the id {key!r}")
    write(f"{plural(num_deleted, 'document')} deleted")
    return NO_HIT if missing or not num_deleted else SUCCESS
