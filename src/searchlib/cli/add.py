"""searchlib add: one text into the index, from the arguments or from standard input."""

from __future__ import annotations

import sys

import click

from .completing import field_names
from .errors import SUCCESS
from .options import examples, index_option, json_option, quiet_option, subcommand
from .places import is_collection, is_url


@subcommand(
    "add",
    short_help="Add a text.",
    epilog=examples(
        "searchlib add Call the printer on Monday",
        "searchlib add --id gogol --field author=Гоголь --field title=Нос 'Проснулся довольно рано.'",
        "pbpaste | searchlib add --field title=Clipboard",
    ),
)
@click.argument("text", nargs=-1, metavar="[TEXT]...")
@click.option("--id", "document_id", metavar="ID", help="The document's id; one of that id is replaced.")
@click.option(
    "--field",
    "-f",
    "fields",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=field_names,
    help="A field's value (repeatable; several of one field are a list).",
)
@index_option
@json_option
@quiet_option
def command(
    text: tuple[str, ...],
    document_id: str | None,
    fields: tuple[str, ...],
    index_path: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """Add TEXT as a document; without TEXT, or for -, standard input is read.

    Without --id, the id is made of the content: the same text twice is one document. The index is made if it
    is not there.
    """
    import searchlib
    from searchlib.errors import IndexNotFoundError

    from .output import json_line, one_line, write

    if document_id == "":
        raise click.BadParameter("an id is not empty", param_hint="--id")
    values = _values(fields)
    content = " ".join(text)
    if text == ("-",) or (not text and (not values or not sys.stdin.isatty())):
        content = sys.stdin.read()
    if not content.strip() and not values:
        raise click.UsageError("there is no text: give it as arguments, or on standard input")
    try:
        index = searchlib.open(index_path)
    except IndexNotFoundError:
        if is_url(index_path) or is_collection(index_path):
            raise
        schema = searchlib.schema_of_text(values)
        index = searchlib.Index.create(index_path, schema, exist_ok=True, inferred=True)
    document = searchlib.document_of_text(content, index.schema, values, document_id)
    is_new = document["id"] not in index
    with index.writer() as writer:
        writer.add(document)
    if as_json:
        write(json_line({"id": document["id"], "is_new": is_new}))
    elif not quiet:
        write(f"{one_line(document['id'])} {'added' if is_new else 'replaced'}")
    return SUCCESS


def _values(fields: tuple[str, ...]) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for field in fields:
        name, equals, value = field.partition("=")
        if not (name and equals) or name == "id":
            expected = "NAME=VALUE, for example author=Гоголь" if name != "id" else "the id by --id"
            raise click.BadParameter(f"{expected}; got {field!r}", param_hint="--field")
        values.setdefault(name, []).append(value)
    return values
