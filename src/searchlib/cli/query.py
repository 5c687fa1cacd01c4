"""searchlib query: the best documents for some words, with the matches marked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from .answers import print_around, print_count, print_hits, print_json, say_notes, suggest
from .errors import NO_HIT, SUCCESS
from .options import (
    examples,
    expand_option,
    filter_option,
    index_option,
    json_option,
    query_options,
    ranking_option,
    subcommand,
    timeout_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchlib import Synonyms, Translations


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
        "searchlib query -n 5 --offset 5 Tashkent          the second page",
        "searchlib query --count 'police -protest'         how many there are",
        "searchlib query -- -protest                       a query that begins with -",
        "searchlib query Tashkent --sort=-published        the newest first",
        "searchlib query Tashkent --facet tags --facet published:month",
        "searchlib query лес --filter 'year:[1990 TO 2000]'  among some documents alone",
        "searchlib query --syntax plain 'what is NOT anime?'    words alone, as in a title",
    ),
)
@click.argument("text", nargs=-1, required=True)
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
@click.option("--count", is_flag=True, help="Print how many documents match, and nothing else.")
@json_option
def command(
    text: tuple[str, ...],
    index_path: str,
    limit: int,
    offset: int,
    fields: tuple[str, ...],
    fragments: int,
    cross_script: bool,
    synonym_files: tuple[str, ...],
    dictionaries: tuple[str, ...],
    syntax: str,
    strict: bool,
    ranking: str,
    expand: str | None,
    filters: tuple[str, ...],
    timeout: float | None,
    explain: bool,
    count: bool,
    as_json: bool,
    sort: str | None,
    facets: tuple[str, ...],
    after: str | None,
    cursor: bool,
) -> int:
    """Find the documents that match TEXT, the best first.

    Any of the words may match, in any of its forms; AND, OR, NOT, + and -, "phrases", field:word, wild*,
    fuzzy~ and parentheses are understood. Matches are bold on a terminal and between ** elsewhere.

    With --count, the number alone is printed, with --json as {"total": 87}.

    With --json, spans are [start, end] in code points of the field (of a list: of its items joined by line
    breaks). With --facet or --cursor, a last line has the total, the facets and the cursor.
    """
    import searchlib

    end = None if timeout is None else time.monotonic() + timeout
    query = text_of(text, syntax)
    index = searchlib.open(index_path)
    chosen = chosen_fields(fields)
    around: dict[str, Any] = {}
    if sort is not None or facets or after is not None:
        from .around import facet_of, sort_of

        around = {"sort": sort_of(sort), "facets": [facet_of(text) for text in facets], "after": after}
    results = index.search(
        query,
        limit=0 if count else limit,
        offset=0 if count else offset,
        fields=chosen,
        cross_script=cross_script,
        synonyms=synonyms_of(synonym_files),
        translations=translations_of(dictionaries),
        ranking=ranking,
        timeout=timeout,
        strict=strict,
        expand=expand,
        **around,
        filter=filter_of(filters),
    )
    for name in index.schema.text_fields if fragments else ():
        results.texts(name)  # of all hits at once: what is shown of each is then at hand
    hits = list(results)
    say_notes(results)
    if count:
        return print_count(results.total, as_json)
    if as_json:
        print_json(index, hits, fragments, explain)
    else:
        print_hits(index, results, hits, offset, fragments, explain)
    if facets or cursor:
        print_around(results, as_json, cursor)
    if results.has_missing_words:
        suggest(index, query, chosen, as_json, end)
    return SUCCESS if hits or (limit == 0 and results.total) else NO_HIT


def text_of(words: Sequence[str], syntax: str) -> str:
    """What was typed, as a query or as plain text; click's error if it is nothing."""
    text = " ".join(words)
    if not text.strip():
        raise click.UsageError("the query is empty; give it a word")
    if syntax == "query":
        return text
    from searchlib import Plain

    return Plain(text)


def filter_of(texts: Sequence[str]) -> list[str] | None:
    """What was given by --filter, all of which must let a document through; None for none."""
    return list(texts) or None


def chosen_fields(options: Sequence[str]) -> list[str] | None:
    """The names that were given, one an option or several with commas between; None for the default ones."""
    return [name for option in options for name in option.split(",") if name] or None


def synonyms_of(paths: Sequence[str]) -> Synonyms | None:
    """Those of all the files; None if there are none."""
    if not paths:
        return None
    from functools import reduce
    from operator import or_

    from searchlib import Synonyms

    return reduce(or_, map(Synonyms.load, paths))


def translations_of(paths: Sequence[str]) -> Translations | None:
    """Those of all the dictionaries; None if there are none."""
    if not paths:
        return None
    from functools import reduce
    from operator import or_

    from searchlib import Translations

    return reduce(or_, map(Translations.load, paths))
