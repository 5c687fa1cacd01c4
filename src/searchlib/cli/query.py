"""searchlib query: the best documents for some words, with the matches marked."""

from __future__ import annotations

from typing import Any

import click

from .completing import field_names, words
from .options import (
    examples,
    expand_option,
    filter_option,
    index_option,
    json_option,
    query_options,
    quiet_option,
    ranking_option,
    subcommand,
    timeout_option,
)
from .searching import FORMATS, FRAGMENT_SIZE, answer


@subcommand(
    "query",
    short_help="Find documents.",
    epilog=examples(
        'searchlib query "Tashkent CSTO"',
        "searchlib query '\"police force\" -protest'       a phrase, and without a word",
        "searchlib query 'title:выборы OR body:парламент'  in one field or another",
        "searchlib query Ташкент --json | jq .id           for programs",
        "searchlib query Lukashenka --cross-script         Лукашенко, too",
        "searchlib query elections --translate words.tab   выборы, too, as a dictionary has it",
        "searchlib query 'water conflicts' --expand bo1    and what the best documents have in common",
        "searchlib query Tashkent --format csv --fields title,published",
        "searchlib query Tashkent -l                       the ids alone",
        "searchlib query Tashkent --open                   the best hit in $EDITOR or $PAGER",
        "searchlib query -n 5 --offset 5 Tashkent          the second page",
        "searchlib query --count 'police -protest'         how many there are",
        "searchlib query -- -protest                       a query that begins with -",
        "searchlib query Tashkent --sort=-published        the newest first",
        "searchlib query Tashkent --facet tags --facet published:month",
        "searchlib query лес --filter 'year:[1990 TO 2000]'  among some documents alone",
        "searchlib query --syntax plain 'what is NOT anime?'    words alone, as in a title",
    ),
)
@click.argument("text", nargs=-1, required=True, shell_complete=words)
@index_option
@click.option(
    "--limit", "-n", default=10, show_default=True, type=click.IntRange(0), metavar="N", help="Hits at most."
)
@click.option(
    "--offset", default=0, type=click.IntRange(0), metavar="N", help="Leave out this many of the best hits."
)
@click.option(
    "--fragments",
    default=2,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Fragments of each hit.",
)
@click.option(
    "--context",
    default=FRAGMENT_SIZE,
    show_default=True,
    type=click.IntRange(1),
    metavar="N",
    help="Letters of a fragment, at most.",
)
@click.option(
    "--fields",
    "shown",
    multiple=True,
    metavar="NAMES",
    shell_complete=field_names,
    help="Show these fields, by commas; otherwise all, of texts what matches.",
)
@click.option(
    "--format",
    "output",
    default="text",
    show_default=True,
    type=click.Choice(FORMATS),
    help="How hits are printed; json is --json.",
)
@click.option("--names", "-l", is_flag=True, help="Print the ids of the hits alone.")
@click.option("--open", "opens", is_flag=True, help="Open the best hit where it matches: $EDITOR or $PAGER.")
@click.option(
    "--sort",
    metavar="KEYS",
    help="Sort by fields: author,-published; - is for the greatest first, _score for scores.",
)
@click.option(
    "--facet",
    "facets",
    multiple=True,
    metavar="FIELD[:WHAT]",
    help="Count values: tags, tags:20, price:0,10,100, price:step=5, day:month@Asia/Tashkent, price:stats.",
)
@click.option("--after", metavar="CURSOR", help="Go on behind a page, by what --cursor said of it.")
@click.option("--cursor", is_flag=True, help="Say where the next page begins.")
@query_options
@ranking_option("default", "default")
@expand_option
@filter_option
@timeout_option("Give up a search that takes longer, its suggestions too.")
@click.option("--explain", is_flag=True, help="Show what each score is made of.")
@click.option("--count", "-c", is_flag=True, help="Print how many documents match, and nothing else.")
@json_option
@quiet_option
def command(**asked: Any) -> int:
    """Find the documents that match TEXT, the best first. `searchlib TEXT` is short for it.

    Any of the words may match, in any of its forms; AND, OR, NOT, + and -, "phrases", field:word, wild*,
    fuzzy~ and parentheses are understood. Matches are bold on a terminal and between ** elsewhere.

    With --json, each hit is a line, and a last one has the total, notes, suggestions and, where nothing was
    found, the reasons; with --facet or --cursor, these too. Spans are [start, end] in code points of the
    field (of a list: of its items joined by line breaks).

    With --count, the number alone is printed, with --json as {"total": 87}.
    """
    return answer(**asked)
