"""searchlib explain: how a query is understood, and what the scores of its hits are made of."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from .completing import words
from .errors import NO_HIT, SUCCESS, say
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
    from searchlib import Explanation, QueryPart


@subcommand(
    "explain",
    short_help="Show how a query is understood and scored.",
    epilog=examples(
        "searchlib explain 'the summits in Ташкенте'       words, lemmas, stopwords, numbers of documents",
        "searchlib explain Lukashenka --cross-script       what stands for a word, why, and for how much",
        "searchlib explain 'water conflicts' --expand bo1   what words the best documents add",
        "searchlib explain Tashkent --doc csto.txt         the score of one document, a hit or not",
    ),
)
@click.argument("text", nargs=-1, required=True, shell_complete=words)
@index_option
@click.option("--doc", "ids", multiple=True, metavar="ID", help="Explain this document's score (repeatable).")
@click.option(
    "--limit",
    "-n",
    default=1,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Explain the scores of the best N hits, without --doc.",
)
@query_options
@ranking_option("default", "default")
@expand_option
@filter_option
@timeout_option("Give up what takes longer.")
@json_option
def command(
    text: tuple[str, ...],
    index_path: str,
    ids: tuple[str, ...],
    limit: int,
    fields: tuple[str, ...],
    cross_script: bool,
    synonym_files: tuple[str, ...],
    dictionaries: tuple[str, ...],
    syntax: str,
    strict: bool,
    ranking: str,
    expand: str | None,
    filters: tuple[str, ...],
    timeout: float | None,
    as_json: bool,
) -> int:
    """Show how the query TEXT is understood, and what scores are made of.

    First the query: each word with its lemmas and the number of documents that hold one of them, the
    stopwords that are left out, and what may stand for a word, why, and the factor of its score. Then, for
    the best hits or for --doc, the score, down to frequencies and lengths.

    With --json, the first line has the query and each other one a document.
    """
    import searchlib

    from .answers import print_help
    from .searching import (
        chosen_fields,
        filter_of,
        suggestions_of,
        synonyms_of,
        text_of,
        translations_of,
    )

    end = None if timeout is None else time.monotonic() + timeout
    query = text_of(text, syntax)
    index = searchlib.open(index_path)
    chosen = chosen_fields(fields)
    how: dict[str, Any] = {
        "fields": chosen,
        "cross_script": cross_script,
        "synonyms": synonyms_of(synonym_files),
        "translations": translations_of(dictionaries),
        "ranking": ranking,
        "timeout": timeout,
        "strict": strict,
        "expand": expand,
        "filter": filter_of(filters),
    }
    understood = index.explain(query, **how)
    results = index.search(query, 0 if ids else limit, **how)
    for note in results.notes:
        say(f"note: {note}")
    explained = {name: results.explain(name) for name in ids} or {hit.id: hit.explain() for hit in results}
    _print_query(understood, as_json)
    if results.has_missing_words:
        print_help({"suggestions": suggestions_of(index, query, chosen, end)}, beside=as_json)
    for name, explanation in explained.items():
        if explanation is not None:
            _print_score(name, explanation, as_json)
    absent = [name for name, explanation in explained.items() if explanation is None]
    for name in absent:
        say(f"no document has the id {name!r}")
    return NO_HIT if absent or not results.total else SUCCESS


def _print_query(understood: QueryPart, as_json: bool) -> None:
    from .answers import tree_lines
    from .output import json_line, write

    write(json_line({"query": understood.as_dict()}) if as_json else "\n".join(tree_lines(understood)))


def _print_score(name: str, explanation: Explanation, as_json: bool) -> None:
    from .answers import tree_lines
    from .output import Style, json_line, one_line, write

    if as_json:
        found = explanation.as_dict()
        write(json_line({"id": name, "score": explanation.value, "explanation": found}))
        return
    write(f"\n{Style().bold(one_line(name))}")
    write("\n".join(tree_lines(explanation, "  ")))
