"""searchlib eval: how good is the ranking on a test collection, and is another configuration better?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .errors import SUCCESS
from .options import bm25_options, examples, json_option, languages_option, ranking_option, subcommand

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
    help="Compare with a TREC run, an index, or other options: bm25, snowball, none, en, k1=0.9,b=0.4 …",
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
    measures: tuple[str, ...],
    depth: int | None,
    run_path: str | None,
    against: str | None,
    topic_fields: str,
    encoding: str | None,
    ranking: str | None,
    per_query: bool,
    as_json: bool,
) -> int:
    """Index the documents in memory, search all queries, and compare what is found with the judgements.

    Title and text make one field; with --index, an index is searched as it is. Files may be packed by gzip,
    bzip2 or xz. Measures are those of trec_eval -c: a judged query that finds nothing counts 0. The run of
    --run holds no ties, so that every tool gives the same measures for it.

    With --against, the difference is tested query by query (Fisher's randomisation test, two-sided, with a
    fixed seed): p is the probability of such a difference by luck. In brackets stands where the mean
    difference lies with 95% confidence (Student's t).

    Needs: pip install 'searchlib[eval]'.
    """
    from pathlib import Path

    import searchlib
    from searchlib.evaluation import MEASURES, Indexed

    from .eval_report import print_json, print_table

    if bool(docs) == bool(index_path):
        raise click.UsageError("one of --docs and --index is wanted")
    if index_path:
        _refuse_given("languages", "k1", "b")
    other: Any = None
    if against is None or Path(against).is_file():
        other = against
    elif Path(against).is_dir():
        other = Indexed(searchlib.open(against), ranking or "default", against)
    elif index_path and against in ("default", "rich", "bm25"):
        other = Indexed(searchlib.open(index_path), against, index_path)
    else:
        other = _configuration(against, languages, k1, b, ranking)
    try:
        evaluation = searchlib.evaluate(
            Indexed(searchlib.open(index_path), ranking or "default", index_path) if index_path else docs,
            queries,
            qrels,
            languages=_languages(languages),
            k1=k1,
            b=b,
            ranking=ranking,
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
    """For an index that is there: what was decided when it was made."""
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} is decided when an index is made; --index has its own")


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
        if word in ("default", "rich", "bm25"):
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
