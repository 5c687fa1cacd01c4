"""searchlib reindex: fields come, go and change in place, and old rules give way to new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .errors import SUCCESS, say
from .options import examples, index_option, json_option, quiet_option, subcommand, writer_options

if TYPE_CHECKING:
    from searchlib import Field, Index, Schema, SchemaChange


@subcommand(
    "reindex",
    short_help="Add, remove and change fields in place.",
    epilog=examples(
        "searchlib reindex                                  what old rules made is made anew",
        "searchlib reindex --add author=text,column         one more field",
        "searchlib reindex --change price=number --change body=text,languages=en+ru+de",
        "searchlib reindex --remove draft",
    ),
)
@click.option(
    "--add",
    "added",
    multiple=True,
    metavar="FIELD",
    help="Add a field, as NAME=TYPE[,OPTION=VALUE...] (repeatable).",
)
@click.option("--remove", "removed", multiple=True, metavar="NAME", help="Remove a field (repeatable).")
@click.option(
    "--change", "changed", multiple=True, metavar="FIELD", help="Give a field another type or other options."
)
@click.option("--all", "everything", is_flag=True, help="Make all words anew, be they up to date or not.")
@click.option("--drop-unsuited", is_flag=True, help="Leave out values that do not suit a field's new type.")
@writer_options
@index_option
@json_option
@quiet_option
def command(
    added: tuple[str, ...],
    removed: tuple[str, ...],
    changed: tuple[str, ...],
    everything: bool,
    drop_unsuited: bool,
    memory_mb: int,
    threads: int,
    index_path: str,
    as_json: bool,
    quiet: bool,
) -> int:
    """Change the index's fields from the documents that it keeps; no file is read again.

    A FIELD is NAME=TYPE[,OPTION=VALUE...]: text, keyword, number, date or boolean, with the options of
    docs/schema.md; a language list is written en+ru, and an option alone is true. --change keeps the options
    that are not named. Searches see the old fields until all is done. What was interrupted is gone on with by
    the same command, or by `searchlib reindex` alone.
    """
    if everything and changed:
        raise click.UsageError("--all and --change are two things; give one of them")
    import searchlib

    from .progress import ProgressLine

    index = searchlib.open(index_path)
    fields = _fields(index.schema, added, removed, changed)
    if added or removed:
        with index.writer() as writer:
            for name in removed:
                writer.remove_field(name)
            for name in fields[0]:
                writer.add_field(name, fields[0][name])
    with ProgressLine(None, enabled=not quiet) as line:

        def progress(done: int, total: int) -> None:
            line.note(f"{done:,} of {total:,} documents")

        settings: dict[str, Any] = {"memory_mb": memory_mb, "threads": threads, "progress": progress}
        did = None
        if changed:
            settings["on_unsuited"] = "drop" if drop_unsuited else "raise"
            did = index.change_fields(fields[1], **settings)
        elif everything or not (added or removed):
            did = index.reindex(everything=everything, **settings)
    if as_json or not quiet:
        _print(index, did, as_json)
    elif did is not None and did.num_dropped:
        say(f"note: {_lost_text(did)}")
    return SUCCESS


def _fields(
    schema: Schema, added: tuple[str, ...], removed: tuple[str, ...], changed: tuple[str, ...]
) -> tuple[dict[str, Field], dict[str, Field]]:
    """The fields to add and those to change, by name; all of it is checked before anything is done."""
    for name in removed:
        schema.field(name)
    new = dict(_field(text, "--add", {}) for text in added)
    other = dict(_field(text, "--change", schema.to_dict()) for text in changed)
    for name in other:
        schema.field(name)
    return new, other


def _field(text: str, option: str, known: dict[str, dict[str, Any]]) -> tuple[str, Field]:
    """A field as it is written. known: what the options that are not named are."""
    import searchlib

    name, equals, rest = text.partition("=")
    kind, *pairs = rest.split(",")
    if not equals or not kind:
        raise click.BadParameter(f"a field is NAME=TYPE[,OPTION=VALUE…], got {text!r}", param_hint=option)
    before = known.get(name, {})
    options: dict[str, Any] = {**before} if before.get("kind") == kind else {"kind": kind}
    types = searchlib.Schema.from_dict({name: {"kind": kind}}).to_dict()[name]
    for pair in pairs:
        key, _, value = pair.partition("=")
        options[key] = _value(value if "=" in pair else "true", types.get(key), f"{option} {text}: {key}")
    return name, searchlib.Schema.from_dict({name: options})[name]


def _value(text: str, example: object, where: str) -> Any:
    """An option's value, of the type that its default has."""
    if isinstance(example, tuple):
        return tuple(filter(None, text.split("+")))
    if isinstance(example, bool):
        if text.lower() not in ("true", "false", "yes", "no"):
            raise click.BadParameter(f"{where} is true or false, got {text!r}")
        return text.lower() in ("true", "yes")
    if isinstance(example, float):
        try:
            return float(text)
        except ValueError:
            raise click.BadParameter(f"{where} is a number, got {text!r}") from None
    return text  # an unknown option, which the schema refuses


def _lost_text(did: SchemaChange) -> str:
    from .output import plural

    return f"{plural(did.num_dropped, 'document')} lost a value that does not suit"


def _print(index: Index, did: SchemaChange | None, as_json: bool) -> None:
    from .output import json_line, one_line, plural, write

    if as_json:
        done = did.as_dict() if did is not None else {}
        write(json_line({**done, "schema": index.schema.to_dict()}))
        return
    if did is not None and did.num_segments:
        resumed = f", {did.num_resumed:,} of them before" if did.num_resumed else ""
        what = f"{plural(did.num_docs, 'document')} in {plural(did.num_segments, 'segment')}{resumed}"
        write(f"{', '.join(did.fields)}: {what} made anew")
    elif did is not None and not did.fields:
        write("no document has to be made anew; --all does it nevertheless")
    if did is not None and did.num_dropped:
        write(f"{_lost_text(did)}; the first ones:")
        for document_id, field, value in did.dropped:
            write("  " + one_line(f"{document_id}: {field}: {value!r}"))
    write(f"fields: {', '.join(f'{name} ({field.kind})' for name, field in index.schema.items())}")
