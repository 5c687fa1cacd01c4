"""searchlib query: the best documents for some words, with the matches marked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from .errors import NO_HIT, SUCCESS, say
from .options import (
    examples,
    expand_option,
    index_option,
    json_option,
    query_options,
    ranking_option,
    subcommand,
    timeout_option,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchlib import Hit, Index, Results, Suggestion, Synonyms, Translations

_LEAST_SECONDS = 1e-6


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
@query_options
@ranking_option("default", "default")
@expand_option
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
    timeout: float | None,
    explain: bool,
    count: bool,
    as_json: bool,
) -> int:
    """Find the documents that match TEXT, the best first.

    Any of the words may match, in any of its forms; AND, OR, NOT, + and -, "phrases", field:word, wild*,
    fuzzy~ and parentheses are understood. Matches are bold on a terminal and between ** elsewhere.

    With --count, the number alone is printed, with --json as {"total": 87}.

    With --json, spans are [start, end] in code points of the field (of a list: of its items joined by line
    breaks).
    """
    import searchlib

    end = None if timeout is None else time.monotonic() + timeout
    query = text_of(text, syntax)
    index = searchlib.open(index_path)
    chosen = chosen_fields(fields)
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
    )
    hits = list(results)
    say_notes(results)
    if count:
        return _print_count(results.total, as_json)
    if as_json:
        print_json(index, hits, fragments, explain)
    else:
        print_hits(index, results, hits, offset, fragments, explain)
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


def say_notes(results: Results) -> None:
    """What of a query was not understood, beside the answer."""
    for note in results.notes:
        say(f"note: {note}")


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


def _print_count(total: int, as_json: bool) -> int:
    from .output import json_line, write

    write(json_line({"total": total}) if as_json else str(total))
    return SUCCESS if total else NO_HIT


def print_hits(
    index: Index, results: Results, hits: list[Hit], offset: int, fragments: int, explain: bool
) -> None:
    """Hits for people, and how many there are."""
    from .hits import HitPrinter
    from .output import Style, one_line, plural, write

    style = Style()
    printer = HitPrinter(style, index.schema.text_fields, fragments)
    for number, hit in enumerate(hits, offset + 1):
        write("\n".join(printer.lines(number, hit)))
        if explain:
            write("\n".join(map(style.dim, tree_lines(hit.explain(), "    "))) + "\n")
    shown = f"{len(hits):,} of {plural(results.total, 'hit')}" if hits else plural(results.total, "hit")
    dropped = f", without {', '.join(map(one_line, results.dropped))}" if results.dropped else ""
    write(style.dim(f"{shown} in {results.elapsed_ms:.1f} ms{dropped}"))


def tree_lines(tree: object, indent: str = "") -> list[str]:
    """The lines of a tree that draws itself, safe for a terminal, each with its own indent and this one."""
    from .output import one_line

    return [
        indent + " " * (len(line) - len(line.lstrip())) + one_line(line.lstrip())
        for line in str(tree).split("\n")
    ]


def suggest(index: Index, query: str, fields: Sequence[str] | None, as_json: bool, end: float | None) -> None:
    """Suggestions after an answer that stands without them; if no time is left for them, it says so.

    end: by time.monotonic(); None: they take what they take.
    """
    from searchlib.errors import SearchTimeout

    left = None if end is None else max(end - time.monotonic(), _LEAST_SECONDS)
    try:
        found = index.suggest(query, fields=fields, timeout=left)
    except SearchTimeout:
        say("no suggestions: the time of --timeout is over")
    else:
        did_you_mean(found, as_json)


def did_you_mean(suggestions: Sequence[Suggestion], as_json: bool) -> None:
    """For people after the hits; beside JSON on stderr, where no program stumbles over it."""
    if not suggestions:
        return
    from .output import Style, one_line, write

    style = Style()
    others = (
        f"; or: {', '.join(one_line(other.query) for other in suggestions[1:3])}" if suggestions[1:] else ""
    )
    best, reason = one_line(suggestions[0].query), one_line(suggestions[0].reason)
    if as_json:
        say(f"did you mean: {best} ({reason}){others}")
    else:
        write(f"Did you mean: {style.bold(best)}  {style.dim(f'({reason}){others}')}")


def print_json(index: Index, hits: list[Hit], fragments: int, explain: bool) -> None:
    """Hits for programs, one a line."""
    from .output import json_line, write

    for hit in hits:
        found: dict[str, Any] = {
            "id": hit.id,
            "score": hit.score,
            "fields": hit.fields,
            "fragments": [
                {
                    "field": name,
                    "text": fragment.text,
                    "start": fragment.start,
                    "end": fragment.end,
                    "spans": [[span.start, span.end] for span in fragment.spans],
                }
                for name in (index.schema.text_fields if fragments else ())
                for fragment in hit.fragments(name, fragments)
                if fragment.spans
            ],
        }
        if explain:
            found["explanation"] = hit.explain().as_dict()
        write(json_line(found))
