"""searchlib eval: how good is the ranking on a test collection, and is another configuration better?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .errors import SUCCESS
from .options import (
    bm25_options,
    examples,
    expand_option,
    json_option,
    languages_option,
    ranking_option,
    subcommand,
    syntax_option,
    translate_option,
)

if TYPE_CHECKING:
    from searchlib.evaluation import Configuration

_FILE = click.Path(exists=True, dir_okay=False)
_PLACE = click.Path(exists=True)


@subcommand(
    "eval",
    short_help="Measure the ranking on a test collection.",
    epilog=examples(
        "searchlib eval --docs docs.jsonl.gz --queries queries.jsonl --qrels qrels.tsv",
        "searchlib eval … --languages none --run plain.trec     case-folded forms; keeps the run",
        "searchlib eval … --against snowball                    lemmas against stems, with a paired test",
        "searchlib eval … --k1 0.9 --b 0.4 --against k1=1.2,b=0.75",
        "searchlib eval … --against one     title and text as two fields, as they are indexed, against one",
        "searchlib eval … --against title=5                     another boost of the title",
        "searchlib eval … --expand bo1 --against inferred       words of the best documents",
        "searchlib eval … --against other.trec --per-query      against another engine's run, losses first",
        "searchlib eval --index indexes/news --queries queries.tsv --qrels qrels.txt --against rich",
        "searchlib eval --docs corpus.jsonl --queries queries.jsonl --qrels qrels/test.tsv     BEIR's layout",
        "searchlib eval --docs disk45/ --queries topics --qrels qrels --topic-fields title,desc    TREC's",
    ),
)
@click.option(
    "--docs",
    multiple=True,
    type=_PLACE,
    help='Files, or folders of them (repeatable): JSON lines with "id", "title", "text"; TREC\'s <DOC>s; '
    "or lines of id, tab, text.",
)
@click.option(
    "--index",
    "-i",
    "index_path",
    metavar="DIR",
    help="An index that is there, in place of --docs: searched as it is, by --ranking.",
)
@click.option(
    "--queries",
    required=True,
    type=_FILE,
    help='JSON lines with "id", "text"; TREC\'s topics; or lines of id, tab, text.',
)
@click.option(
    "--qrels",
    required=True,
    type=_FILE,
    help="TREC's: query, iteration, document, relevance; or query, document, relevance.",
)
@languages_option("Of the words, by commas; none: forms as they stand; snowball: stems in place of lemmas.")
@bm25_options
@click.option(
    "--schema",
    "schema_path",
    type=_FILE,
    help="The fields, as JSON, as of searchlib index; otherwise they are inferred, as there.",
)
@click.option("--one-field", is_flag=True, help="Title and text as one field, whatever would be inferred.")
@syntax_option("plain")
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="NAME",
    help="As ir-measures names it: nDCG@10, RR@10, R@100, AP (repeatable).",
)
@click.option(
    "--depth",
    type=click.IntRange(1),
    metavar="N",
    help="Documents kept of each query; else as many as the measures look at, 100 at least.",
)
@click.option(
    "--run", "run_path", type=click.Path(dir_okay=False, writable=True), help="Write the TREC run there."
)
@click.option(
    "--against",
    metavar="RUN|DIR|OPTIONS",
    help="Compare with a TREC run, an index, or other options: snowball, en, bm25, one, title=5, b=0.4, bo1",
)
@click.option(
    "--topic-fields",
    default="title",
    show_default=True,
    metavar="NAMES",
    help="What of a TREC topic makes the query, by commas: title, desc, narr.",
)
@click.option(
    "--encoding", metavar="NAME", help="Of documents and queries, such as cp1251; else told from each file."
)
@ranking_option(None, "default; bm25 for stems and plain forms")
@translate_option
@expand_option
@click.option("--per-query", is_flag=True, help="Show each query's measures; with --against, losses first.")
@json_option
def command(
    docs: tuple[str, ...],
    index_path: str | None,
    queries: str,
    qrels: str,
    languages: str,
    k1: float,
    b: float,
    schema_path: str | None,
    one_field: bool,
    syntax: str,
    measures: tuple[str, ...],
    depth: int | None,
    run_path: str | None,
    against: str | None,
    topic_fields: str,
    encoding: str | None,
    ranking: str | None,
    dictionaries: tuple[str, ...],
    expand: str | None,
    per_query: bool,
    as_json: bool,
) -> int:
    """Index the documents in memory, search all queries, and compare what is found with the judgements.

    The documents have the fields that searchlib index would infer; with --index, an index is searched as it
    is. A query is a text, and its words are searched for; --syntax query reads operators. Files may be packed
    by gzip, bzip2, xz or zstd. Measures are those of trec_eval -c: a judged query that finds nothing counts
    0, and is listed with the reason. The run of --run holds no ties, so that every tool gives the same
    measures for it.

    With --against, the difference is tested query by query (Fisher's randomisation test, two-sided, with a
    fixed seed): p is the probability of such a difference by luck. In brackets stands where the mean
    difference lies with 95% confidence (Student's t).

    Needs: pip install 'searchlib[eval]'.
    """
    from pathlib import Path

    import searchlib
    from searchlib.evaluation import MEASURES, Configuration, Indexed

    from .eval_report import print_json, print_table
    from .schema_file import read_schema
    from .searching import translations_of

    if bool(docs) == bool(index_path):
        raise click.UsageError("one of --docs and --index is wanted")
    if index_path:
        _refuse_given("languages", "k1", "b", "schema_path", "one_field")
    if schema_path:
        _refuse_given("languages", "k1", "b", "one_field")
    fields = read_schema(schema_path) if schema_path else "one" if one_field else "inferred"
    other: Any = None
    if against is None or Path(against).is_file():
        other = against
    elif Path(against).is_dir():
        other = Indexed(searchlib.open(against), ranking or "default", against)
    elif index_path and against in ("default", "rich", "bm25", "bo1"):
        how = (ranking or "default", "bo1") if against == "bo1" else (against, None)
        other = Indexed(searchlib.open(index_path), how[0], index_path, how[1])
    else:
        given = Configuration(_languages(languages), k1, b, ranking, fields)
        other = _configuration(against, given)
    measured = (
        Indexed(searchlib.open(index_path), ranking or "default", index_path, expand) if index_path else None
    )
    try:
        evaluation = searchlib.evaluate(
            measured or docs,
            queries,
            qrels,
            languages=_languages(languages),
            k1=k1,
            b=b,
            ranking=ranking,
            translations=translations_of(dictionaries),
            fields=fields,
            expand=expand,
            syntax=syntax,
            measures=measures or MEASURES,
            depth=depth,
            topic_fields=[name.strip() for name in topic_fields.split(",") if name.strip()],
            encoding=encoding,
            run=run_path,
            against=other,
        )
    except ValueError as error:
        if isinstance(error, searchlib.errors.SearchlibError):
            raise
        raise click.UsageError(str(error)) from error
    (print_json if as_json else print_table)(evaluation, per_query)
    return SUCCESS


def _refuse_given(*names: str) -> None:
    """For an index or a schema that is there: what was decided when it was made."""
    context = click.get_current_context()
    by = "an index is made; --index" if context.params["index_path"] else "a schema is written; --schema"
    for name in names:
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            option = "--" + name.removesuffix("_path").replace("_", "-")
            raise click.UsageError(f"{option} is decided when {by} has its own")


def _languages(text: str) -> tuple[str, ...]:
    from searchlib.evaluation import SNOWBALL

    words = tuple(word.strip() for word in text.split(",") if word.strip())
    return () if words == ("none",) else SNOWBALL if words == ("snowball",) else words


def _configuration(text: str, given: Configuration) -> Configuration:
    """`snowball`, `k1=0.9,b=0.4` or `one,title=5`: what is not said is as in the other configuration."""
    codes: list[str] = []
    changes: dict[str, Any] = {}
    boosts: list[tuple[str, float]] = []
    for word in filter(None, map(str.strip, text.split(","))):
        name, equals, value = word.partition("=")
        if word in ("default", "rich", "bm25"):
            changes["ranking"] = word
        elif word in ("one", "inferred"):
            changes["fields"] = word
        elif word == "bo1":
            changes["expand"] = word
        elif not equals:
            codes.append(word)
        else:
            try:
                number = float(value)
            except ValueError:
                raise click.BadParameter(f"{word!r}: expected a number", param_hint="'--against'") from None
            if name in ("k1", "b"):
                changes[name] = number
            else:
                boosts.append((name, number))
    if "/" in text or (codes and "." in codes[0]):
        raise click.BadParameter(f"there is no file {text!r}", param_hint="'--against'")
    if codes:
        changes["languages"] = _languages(",".join(codes))
    return given.replace(**changes, boosts=tuple(boosts))
