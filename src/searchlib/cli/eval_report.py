"""What `searchlib eval` prints: an Evaluation as a table or as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .index_report import fields_text
from .output import Style, json_line, one_line, plural, write

if TYPE_CHECKING:
    from searchlib.evaluation import Comparison, Configuration, Coverage, Evaluation, Indexed

_MAX_PROBLEMS = 20


def print_table(evaluation: Evaluation, per_query: bool) -> None:
    """For people: the queries if wanted, what was measured, the means, and what to know of the collection."""
    style = Style()
    if per_query:
        _print_queries(evaluation, style)
    counts = f"{plural(evaluation.num_docs, 'document')}, {_queries(len(evaluation.per_query), 'judged')}"
    write(f"{counts}; {evaluation.configuration}")
    write(style.dim(f"fields: {fields_text(evaluation.schema)}"))
    width = max(map(len, evaluation.mean))
    for name, value in evaluation.mean.items():
        write(f"  {name:<{width}}  {style.bold(f'{value:.4f}')}{_compared(evaluation.comparisons.get(name))}")
    if evaluation.comparisons:
        any_one = next(iter(evaluation.comparisons.values()))
        write(f"against {one_line(str(evaluation.against))}")
        test = f"p: randomisation test, two-sided, {any_one.rounds:,} rounds, seed {any_one.seed}"
        write(style.dim(f"{test}; [ ]: where the mean difference lies with 95% confidence"))
    for note in (*_notes(evaluation.coverage), *_problems(evaluation)):
        write(style.dim(f"note: {note}"))


def print_json(evaluation: Evaluation, per_query: bool) -> None:
    """For programs: a line for each query if wanted, then one line of all the rest."""
    if per_query:
        for query_id in _order(evaluation):
            line: dict[str, Any] = {"query": query_id, "text": evaluation.queries[query_id]}
            line |= evaluation.per_query[query_id]
            if evaluation.baseline:
                line["against"] = evaluation.baseline.per_query[query_id]
            write(json_line(line))
    summary: dict[str, Any] = {
        "configuration": _described(evaluation.configuration),
        "schema": evaluation.schema.to_dict(),
        "left_out": evaluation.left_out,
        "num_docs": evaluation.num_docs,
        "num_queries": len(evaluation.per_query),
        "coverage": evaluation.coverage.as_dict(),
        "problems": evaluation.problems,
        "mean": evaluation.mean,
    }
    if evaluation.comparisons:
        summary["against"] = evaluation.against
        summary["comparisons"] = {name: found.as_dict() for name, found in evaluation.comparisons.items()}
    write(json_line(summary))


def _print_queries(evaluation: Evaluation, style: Style) -> None:
    """A row a query: each measure, its difference if there is one, the id, the text."""
    names = list(evaluation.mean)
    compared = evaluation.baseline is not None
    heads = [head for name in names for head in ((name, "+/-") if compared else (name,))]
    width = max(len("query"), *(len(one_line(query_id)) for query_id in evaluation.per_query))
    widths = [max(7, len(head)) for head in heads]
    row = "  ".join(f"{head:>{size}}" for head, size in zip(heads, widths, strict=True))
    write(style.dim(f"{row}  {'query':<{width}}  text"))
    for query_id in _order(evaluation):
        cells = []
        for name in names:
            value = evaluation.per_query[query_id][name]
            cells.append(f"{value:.4f}")
            if evaluation.baseline:
                difference = value - evaluation.baseline.per_query[query_id][name]
                cells.append(f"{difference:+.4f}" if difference else "=")
        row = "  ".join(f"{cell:>{size}}" for cell, size in zip(cells, widths, strict=True))
        write(f"{row}  {one_line(query_id):<{width}}  {one_line(evaluation.queries[query_id])}")
    write("")


def _described(configuration: Configuration | Indexed) -> dict[str, Any]:
    ranking = str(configuration.used_ranking)
    from searchlib.evaluation import Indexed

    if isinstance(configuration, Indexed):
        return {"index": configuration.name, "ranking": ranking}
    described = configuration.as_dict() | {"ranking": ranking, "boosts": dict(configuration.boosts)}
    if not isinstance(configuration.fields, str):
        described["fields"] = "given"  # the schema stands beside it
    return described


def _order(evaluation: Evaluation) -> Iterable[str]:
    """As judged; or the losses first, by the first measure."""
    if evaluation.baseline is None:
        return evaluation.per_query
    return evaluation.differences(next(iter(evaluation.mean)))


def _compared(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    interval = "[{:+.4f}, {:+.4f}], ".format(*comparison.interval) if comparison.interval else ""
    return (
        f"   against {comparison.first:.4f}: {comparison.difference:+.4f} {interval}p = {comparison.p:.4f}"
        f"   ({comparison.better} better, {comparison.worse} worse, {comparison.equal} equal)"
    )


def _notes(coverage: Coverage) -> list[str]:
    notes = []
    if coverage.unjudged:
        notes.append(f"{_queries(coverage.unjudged)} without judgements: not counted")
    if coverage.unasked:
        notes.append(f"judgements of {_queries(coverage.unasked)} not in the file of queries: not counted")
    if coverage.without_relevant:
        notes.append(f"{_queries(coverage.without_relevant)} without any relevant document: counted as 0")
    if coverage.missing:
        notes.append(f"{plural(coverage.missing, 'relevant document')} not in the collection: never found")
    return notes


def _problems(evaluation: Evaluation) -> list[str]:
    """No query counts 0 without a word."""
    notes = [
        f"the field {name!r} of {plural(number, 'document')} is not in the schema: left out"
        for name, number in evaluation.left_out.items()
    ]
    shown = list(evaluation.problems.items())[:_MAX_PROBLEMS]
    notes += [f"query {one_line(name)}: {one_line(reason)}" for name, reason in shown]
    more = len(evaluation.problems) - len(shown)
    return notes + ([f"and {_queries(more)} more like these; --json lists all"] if more else [])


def _queries(number: int, kind: str = "") -> str:
    noun = "query" if number == 1 else "queries"
    return f"{number:,} {kind} {noun}" if kind else f"{number:,} {noun}"
