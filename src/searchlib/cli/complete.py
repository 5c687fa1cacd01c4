"""searchlib complete: how the last word of a text may go on."""

from __future__ import annotations

import click

from .completing import words
from .errors import NO_HIT, SUCCESS
from .options import examples, field_option, index_option, json_option, subcommand, timeout_option


@subcommand(
    "complete",
    short_help="Complete a word.",
    epilog=examples(
        "searchlib complete прези",
        "searchlib complete 'police fo' --json             with the number of documents",
    ),
)
@click.argument("text", shell_complete=words)
@index_option
@click.option(
    "--limit", "-n", default=10, show_default=True, type=click.IntRange(0), metavar="N", help="Lines at most."
)
@field_option
@timeout_option("Give up a completion that takes longer.")
@json_option
def command(
    text: str, index_path: str, limit: int, fields: tuple[str, ...], timeout: float | None, as_json: bool
) -> int:
    """Complete the last word of TEXT by words of the index, the most frequent first."""
    import searchlib

    from .output import json_line, one_line, write
    from .searching import chosen_fields

    chosen = chosen_fields(fields)
    completions = searchlib.open(index_path).complete(text, limit, fields=chosen, timeout=timeout)
    for found in completions:
        if as_json:
            write(json_line({"text": found.text, "word": found.word, "num_docs": found.num_docs}))
        else:
            write(one_line(found.text))
    return SUCCESS if completions else NO_HIT
