"""searchlib rm: documents out of the index, by id, by the file or folder they came from, or by query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .completing import document_ids
from .confirming import confirmed, yes_options
from .errors import FAILED, NO_HIT, SUCCESS, say
from .options import examples, index_option, json_option, quiet_option, subcommand

if TYPE_CHECKING:
    from searchlib import Index

_MAX_SHOWN = 20


@subcommand(
    "rm",
    short_help="Remove documents, or a folder's.",
    epilog=examples(
        "searchlib rm notes/old.txt notes/older.txt        by their ids",
        "searchlib rm ~/Documents/old                      all that came from a folder",
        "searchlib rm --query 'tags:draft' --dry-run       what would go",
        "searchlib delete --query 'tags:draft' --yes       `delete` is another name of it",
    ),
)
@click.argument("targets", nargs=-1, metavar="ID|PATH...", shell_complete=document_ids)
@click.option("--query", metavar="QUERY", help="Remove every document that matches.")
@index_option
@yes_options
@json_option
@quiet_option
def command(
    targets: tuple[str, ...],
    query: str | None,
    index_path: str,
    yes: bool,
    dry_run: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Remove documents from the index: those with these ids, those of a file or folder, or all that match.

    The files themselves are left alone. `searchlib index` brings the documents of a folder that was removed
    back when it reads the folder again; a single one when its file changes, or with --force.

    It asks first; without a terminal, --yes is needed. Exit code 1 if there was none to remove, or nothing of
    some name. A folder or file of which no document is left is forgotten.
    """
    if bool(targets) == (query is not None):
        raise click.UsageError("give ids or paths, or --query, one of the two")
    if query is not None and not query.strip():
        raise click.UsageError("the query is empty; give it a word")
    import searchlib

    from .output import json_line, one_line, plural, write

    index = searchlib.open(index_path)
    paths: list[str] = []  # files and folders
    missing: list[str] = []
    if query is not None:
        found = [hit.id for hit in index.search(query, limit=None, ranking="bm25", strict=True)]
    else:
        found, paths, missing = _resolved(index, targets)
    for name in missing:
        say(f"no document has the id {name!r}")
    if dry_run:
        if as_json:
            write(json_line({"would_delete": found, "would_forget": paths, "missing": missing}))
        else:
            for name in found[:_MAX_SHOWN]:
                write(one_line(name))
            more = f", {len(found) - _MAX_SHOWN:,} more" if len(found) > _MAX_SHOWN else ""
            write(f"{plural(len(found), 'document')} would be deleted{more}{_forgotten(found, paths)}")
        return NO_HIT if missing or not (found or paths) else SUCCESS
    if found and not confirmed(f"delete {plural(len(found), 'document')} from {index_path}?", yes):
        return FAILED
    num_deleted = 0
    if found or paths:
        with index.writer() as writer:
            for path in paths:
                num_deleted += searchlib.remove_source(writer, path)
            num_deleted += sum(writer.delete(name) for name in found)
    if as_json:
        write(json_line({"deleted": num_deleted, "forgotten": paths, "missing": missing}))
    elif not quiet:
        write(f"{plural(num_deleted, 'document')} deleted{_forgotten(found, paths)}")
    return NO_HIT if missing or not (num_deleted or paths) else SUCCESS


def _forgotten(found: list[str], paths: list[str]) -> str:
    """What is done where there is no document to delete."""
    from .output import one_line

    return f"; forgotten: {', '.join(map(one_line, paths))}" if paths and not found else ""


def _resolved(index: Index, targets: tuple[str, ...]) -> tuple[list[str], list[str], list[str]]:
    """The ids that are meant, the paths whose files are to be forgotten, and what is neither."""
    import searchlib

    found: dict[str, None] = {}
    paths, missing = [], []
    for target in dict.fromkeys(targets):
        if target in index:
            found[target] = None
        elif under := searchlib.documents_under(index, target):
            found.update(dict.fromkeys(under))
            paths.append(target)
        elif searchlib.has_source(index, target):
            paths.append(target)
        else:
            missing.append(target)
    return list(found), paths, missing
