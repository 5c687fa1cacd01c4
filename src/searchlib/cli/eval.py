"""searchlib eval: how good is the ranking on a test collection, and is another configuration better?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .errors import SUCCESS
from .options import examples, json_option, ranking_option, subcommand

if TYPE_CHECKING:
    from searchlib.evaluation import Comparison, Configuration, Evaluation

_FILE = click.Path(exists=True, dir_okay=False)


@subcommand(
    "eval",
    short_help="Measure the ranking on a test collection.",
    epilog=examples(
        "searchlib eval --docs docs.jsonl.gz --queries queries.jsonl --qrels qrels.tsv",
        "searchlib eval … --languages none --run plain.trec     case-folded forms; keeps the run",
        "searchlib eval … --against snowball                    lemmas against stems, with a paired test",
        "searchlib eval … --k1 0.9 --b 0.4 --against k1=1.2,b=0.75",
        "searchlib eval … --against other.trec --per-query      against another engine's run, query by query",
    ),
)
@click.option(
    "--docs", required=True, type=_FILE, help='JSON lines: "id", "text", and "title" if there is one.'
)
@click.option(
    "--queries", required=True, type=_FILE, help='JSON lines: "id", "text"; or lines of id, tab, text.'
)
@click.option(
    "--qrels", required=True, type=_FILE, help="Lines of query, document, relevance; or TREC's qrels."
)
@click.option(
    "--languages",
    default="en,ru",
    show_default=True,
    metavar="CODES",
    help="Of the words, by commas; none: forms as they stand; snowball: stems in place of lemmas.",
)
@click.option(
    "--k1", default=1.2, show_default=True, type=click.FloatRange(0), metavar="X", help="BM25's saturation."
)
@click.option(
    "--b",
    default=0.75,
    show_default=True,
    type=click.FloatRange(0, 1),
    metavar="X",
    help="BM25's length normalisation.",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="NAME",
    help="As ir-measures names it: nDCG@10, RR@10, R@100, AP (repeatable).",
)
@click.option(
    "--run", "run_path", type=click.Path(dir_okay=False, writable=True), help="Write the TREC run there."
)
@click.option(
    "--against",
    metavar="RUN|OPTIONS",
    help="Compare with a TREC run, or with other options: snowball, none, en, k1=0.9,b=0.4 …",
)
@ranking_option(None, "rich; bm25 for stems and plain forms")
@click.option("--per-query", is_flag=True, help="Show each query's measures.")
@json_option
def command(
    docs: str,
    queries: str,
    qrels: str,
    languages: str,
    k1: float,
    b: float,
    measures: tuple[str, ...],
    run_path: str | None,
    against: str | None,
    ranking: str | None,
    per_query: bool,
    as_json: bool,
) -> int:
    """Index the documents in memory, search all queries, and compare what is found with the judgements.

    Title and text make one field. With --against, the difference is tested query by query (Fisher's
    randomisation test, two-sided, with a fixed seed): p is the probability of such a difference by luck.
    Needs: pip install 'searchlib[eval]'.
    """
    from pathlib import Path

    import searchlib
    from searchlib.evaluation import MEASURES

    other: Any = None
    if against is not None:
        other = against if Path(against).is_file() else _configuration(against, languages, k1, b, ranking)
    try:
        evaluation = searchlib.evaluate(
            docs,
            queries,
            qrels,
            languages=_languages(languages),
            k1=k1,
            b=b,
            ranking=ranking,
            measures=measures or MEASURES,
            run=run_path,
            against=other,
        )
    except ValueError as error:
        if isinstance(error, searchlib.errors.SearchlibError):
            raise
        raise click.UsageError(str(error)) from error
    (_print_json if as_json else _print)(evaluation, per_query)
    return SUCCESS


def _languages(text: str) -> tuple[str, ...]:
    from searchlib.evaluation import SNOWBALL

    words = tuple(word.strip() for word in text.split(",") if word.strip())
    return () if words == ("none",) else SNOWBALL if words == ("snowball",) else words


def _configuration(text: str, languages: str, k1: float, b: float, ranking: str | None) -> Configuration:
    """`snowball`, `k1=0.9,b=0.4` or `none,k1=0.9`: what is not said is as in the other configuration."""
    from searchlib.evaluation import Configuration

    codes: list[str] = []
    numbers = {"k1": k1, "b": b}
    for word in filter(None, map(str.strip, text.split(","))):
        name, equals, value = word.partition("=")
        if word in ("bm25", "rich"):
            ranking = word
        elif not equals:
            codes.append(word)
        elif name in numbers:
            try:
                numbers[name] = float(value)
            except ValueError:
                raise click.BadParameter(f"{word!r}: expected a number", param_hint="'--against'") from None
        else:
            raise click.BadParameter(f"{name!r} is no option; known are k1 and b", param_hint="'--against'")
    if "/" in text or (codes and "." in codes[0]):
        raise click.BadParameter(f"there is no file {text!r}", param_hint="'--against'")
    return Configuration(_languages(",".join(codes) or languages), numbers["k1"], numbers["b"], ranking)


def _print(evaluation: Evaluation, per_query: bool) -> None:
    from .output import Style, one_line, plural, write

    style = Style()
    names = list(evaluation.mean)
    if per_query:
        write(
            style.dim(
                "\t".join(["query", *names, *(f"{name} against" for name in names if evaluation.baseline)])
            )
        )
        for query_id, values in evaluation.per_query.items():
            rows = [values] + ([evaluation.baseline.per_query[query_id]] if evaluation.baseline else [])
            write("\t".join([one_line(query_id), *(f"{row[name]:.4f}" for row in rows for name in names)]))
        write("")
    counts = f"{plural(evaluation.num_docs, 'document')}, {len(evaluation.per_query):,} judged queries"
    write(f"{counts}; {evaluation.configuration}")
    width = max(map(len, names))
    for name, value in evaluation.mean.items():
        write(f"  {name:<{width}}  {style.bold(f'{value:.4f}')}{_compared(evaluation.comparisons.get(name))}")
    if evaluation.comparisons:
        any_one = next(iter(evaluation.comparisons.values()))
        write(f"against {one_line(str(evaluation.against))}")
        write(style.dim(f"randomisation test, {any_one.rounds:,} rounds, seed {any_one.seed}"))


def _compared(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    return (
        f"   against {comparison.first:.4f}: {comparison.difference:+.4f}, p = {comparison.p:.4f}"
        f"   ({comparison.better} better, {comparison.worse} worse, {comparison.equal} equal)"
    )


def _print_json(evaluation: Evaluation, per_query: bool) -> None:
    import dataclasses

    from .output import json_line, write

    if per_query:
        for query_id, values in evaluation.per_query.items():
            line: dict[str, Any] = {"query": query_id, **values}
            if evaluation.baseline:
                line["against"] = evaluation.baseline.per_query[query_id]
            write(json_line(line))
    summary: dict[str, Any] = {
        "configuration": dataclasses.asdict(evaluation.configuration),
        "num_docs": evaluation.num_docs,
        "num_queries": len(evaluation.per_query),
        "mean": evaluation.mean,
    }
    if evaluation.comparisons:
        summary["against"] = evaluation.against
        summary["comparisons"] = {
            name: dataclasses.asdict(found) for name, found in evaluation.comparisons.items()
        }
    write(json_line(summary))
