"""searchlib terms: which terms a field has, and in how many documents."""

from __future__ import annotations

from itertools import islice

import click

from .completing import field_names
from .errors import NO_HIT, SUCCESS
from .options import examples, index_option, json_option, subcommand


@subcommand(
    "terms",
    short_help="List the terms of a field.",
    epilog=examples(
        "searchlib terms body прези                        in the order of their bytes",
        "searchlib terms body --frequent -n 20             those that most documents hold",
        "searchlib terms tags --limit 0 --json             all of them",
    ),
)
@click.argument("field", shell_complete=field_names)
@click.argument("prefix", default="")
@index_option
@click.option(
    "--limit",
    "-n",
    default=100,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Lines at most; 0: all.",
)
@click.option("--frequent", is_flag=True, help="Those that most documents hold, first.")
@click.option("--places", is_flag=True, help="Count how often each stands in them, too.")
@json_option
def command(
    field: str, prefix: str, index_path: str, limit: int, frequent: bool, places: bool, as_json: bool
) -> int:
    """List the terms of FIELD that begin with PREFIX, with the number of documents that hold each.

    A term is a lemma, or the value of a keyword, as it is stored.
    """
    import searchlib

    from .output import json_line, one_line, write

    found = searchlib.open(index_path).terms(field, prefix, places=places)
    if frequent:
        found = iter(sorted(found, key=lambda each: -each.num_docs))
    printed = 0
    for each in islice(found, limit or None):
        printed += 1
        if as_json:
            counted = {"num_places": each.num_places} if places else {}
            write(json_line({"term": each.term, "num_docs": each.num_docs, **counted}))
        else:
            count = f"{each.num_docs:>9,}  " + (f"{each.num_places:>11,}  " if places else "")
            write(count + one_line(each.term))
    return SUCCESS if printed else NO_HIT
