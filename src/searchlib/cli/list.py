"""searchlib list: the folders that an index was made from, and its documents."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from .completing import document_ids
from .errors import NO_HIT, SUCCESS
from .options import examples, index_option, json_option, subcommand
from .places import is_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchlib import Holding, Index

_MAX_TITLE = 70


@subcommand(
    "list",
    short_help="List folders and documents.",
    epilog=examples(
        "searchlib list",
        "searchlib list security/                          documents whose id begins so",
        "searchlib list ~/Documents --limit 0              all that came from a folder",
        "searchlib list --json --limit 0 | jq -r .id",
    ),
)
@click.argument("prefix", default="", metavar="[PREFIX|PATH]", shell_complete=document_ids)
@index_option
@click.option(
    "--limit",
    "-n",
    default=20,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Documents at most; 0: all.",
)
@json_option
def command(prefix: str, index_path: str, limit: int, as_json: bool) -> int:
    """List the folders that the index was made from, with what it holds of each, and its documents.

    PREFIX is the beginning of their ids, or a file or folder that was indexed. With --json, each folder is a
    line with "folder" and each document one with "id".
    """
    import searchlib

    from .output import Style, json_line, one_line, plural, write

    index = searchlib.open(index_path)
    if is_url(index_path):
        far: Any = index  # a RemoteIndex
        folders, under = [] if prefix else far.holdings(), []
    else:
        folders = [] if prefix else searchlib.holdings(index)
        under = searchlib.documents_under(index, prefix) if prefix else []
    ids: Iterator[str] = iter(under) if under else index.ids(prefix)
    usual = (*index.schema.title_fields, "title")  # which may be of another type
    title = next((name for name in usual if name in index.schema), None)
    if as_json:
        for folder in folders:
            write(json_line({"folder": folder.path or "-", **_counts(folder)}))
        printed = 0
        for document_id in islice(ids, limit or None):
            printed += 1
            named = {} if title is None else {"title": (index.get(document_id) or {}).get(title)}
            write(json_line({"id": document_id, **named}))
        return SUCCESS if printed else NO_HIT
    style = Style()
    _print_folders(index, folders, style)
    shown = list(islice(ids, limit or None))
    width = max(map(len, shown), default=0)
    for document_id in shown:
        told = (
            "" if title is None else _shortened(one_line(str((index.get(document_id) or {}).get(title, ""))))
        )
        write(f"{one_line(document_id):<{min(width, 40)}}  {style.dim(told)}".rstrip())
    total = len(under) if under else len(index) if not prefix else len(shown) + sum(1 for _ in ids)
    of = f"{len(shown):,} of {plural(total, 'document')}" if len(shown) < total else plural(total, "document")
    write(style.dim(f"{of}; --limit 0 lists all" if len(shown) < total else of))
    return SUCCESS if shown else NO_HIT


def _counts(folder: Holding) -> dict[str, Any]:
    return {name: value for name, value in folder.as_dict().items() if name != "path"}


def _print_folders(index: Index, folders: list[Holding], style: Any) -> None:
    from . import places
    from .output import bytes_text, one_line, plural, write

    names = [one_line(places.shown(folder.path)) if folder.path else "standard input" for folder in folders]
    width = max(map(len, names), default=0)
    for name, folder in zip(names, folders, strict=True):
        parts = [plural(folder.num_documents, "document")]
        if folder.path:
            parts = [plural(folder.num_files, "file"), *parts, bytes_text(folder.num_bytes)]
        if folder.num_refused:
            parts.append(f"{folder.num_refused:,} refused")
        if folder.is_gone:
            parts.append("the folder is gone: `searchlib rm` takes it out")
        write(f"{style.bold(name)}{' ' * (width - len(name))}  {', '.join(parts)}")
    others = len(index) - sum(folder.num_documents for folder in folders)
    if folders and others > 0:
        write(f"{style.bold('added one by one')}  {plural(others, 'document')}")
    if folders:
        write("")


def _shortened(text: str) -> str:
    return text if len(text) <= _MAX_TITLE else text[: _MAX_TITLE - 1].rstrip() + "…"
