"""searchlib show: one document, whole."""

from __future__ import annotations

import click

from .completing import document_ids
from .errors import NO_HIT, SUCCESS, say
from .options import examples, index_option, json_option, subcommand


@subcommand(
    "show",
    short_help="Print a document.",
    epilog=examples(
        "searchlib show csto_police_force.txt",
        "searchlib show chronicle.jsonl#3 --json",
    ),
)
@click.argument("document_id", metavar="ID", shell_complete=document_ids)
@index_option
@json_option
def command(document_id: str, index_path: str, as_json: bool) -> int:
    """Print the stored fields of the document ID."""
    import searchlib

    from .hits import value_text
    from .output import Style, json_line, one_line, printable, write

    document = searchlib.open(index_path).get(document_id)
    if document is None:
        say(f"no document has the id {document_id!r}")
        return NO_HIT
    if as_json:
        write(json_line({"id": document_id, **document}))
        return SUCCESS
    style = Style()
    write(f"{style.dim('id:')} {one_line(document_id)}")
    for name, value in document.items():
        if name != "id":
            text = value_text(value)
            separator = "\n" if "\n" in text.strip() else " "
            write(f"{style.dim(name + ':')}{separator}{printable(text).rstrip()}")
    return SUCCESS
