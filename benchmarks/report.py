"""Markdown tables and plots of a results file.

Numbers are medians of the runs; engines that are absent say why; losses stand as they are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from . import growth, plots, results, targets
from .queries import OPERATIONS

Row = Sequence[str]
CLOCKS = {"call": "engine call", "end_to_end": "string to hits, from Python"}


def markdown(measured: dict[str, Any]) -> str:
    """The whole report."""
    sections = [_heading(measured), _engines(measured)]
    for corpus, meta in measured["corpora"].items():
        sections.append(f"## {corpus}: {meta['num_docs']:,} documents, {meta['text_bytes'] / 1e6:.0f} MB")
        sections.append(_indexing(measured, corpus))
        sections += [_queries(measured, corpus, clock) for clock in CLOCKS]
        sections += [_batches(measured, corpus), _one_shot(measured, corpus)]
    sections += [_growth(measured), _agreement(measured), "## Targets", targets_table(measured)]
    return "\n\n".join(section for section in sections if section) + "\n"


def _heading(measured: dict[str, Any]) -> str:
    machine, arguments = measured["machine"], measured["arguments"]
    changed = " with uncommitted changes" if machine["uncommitted_changes"] else ""
    return (
        f"# Benchmarks of {machine['date'][:10]}\n\n"
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, "
        f"Python {machine['python']}, commit {machine['commit']}{changed}. Medians of {arguments['repeats']} "
        f"interleaved runs; {arguments['threads']} thread(s) for writing, 1 for searching. "
        f"Load average at the start: {machine['load_average']}."
    )


def _engines(measured: dict[str, Any]) -> str:
    rows = []
    for name, described in measured["engines"].items():
        absent = described.get("absent")
        rows.append(
            (name, f"absent: {absent}" if absent else described["version"], described.get("setting", ""))
        )
        rows += [("", f"FAILED {failure}", "") for failure in described.get("failures", ())]
    return table(("engine", "version", "set up as"), rows)


def _indexing(measured: dict[str, Any], corpus: str) -> str:
    rows = [
        (
            engine,
            f"{row.docs_per_s:,.0f}",
            f"{row.mb_per_s:.1f}",
            f"{row.seconds:.2f}",
            f"{row.settled_seconds:.2f}",
            f"{row.cpu_seconds:.2f}",
            f"{row.peak_mib:,.0f}",
            f"{row.total_ratio:.2f}",
            "–" if row.postings_ratio is None else f"{row.postings_ratio:.2f}",
            str(row.num_segments or "–"),
        )
        for engine, row in results.indexing(measured, corpus).items()
    ]
    head = (
        "indexing",
        "docs/s",
        "MB/s",
        "s",
        "s until merged",
        "CPU s, all threads",
        "peak RSS, MiB",
        "bytes on disk ÷ text",
        "without stored text",
        "segments",
    )
    return table(head, rows)


def _queries(measured: dict[str, Any], corpus: str, clock: str) -> str:
    by_operation = {name: results.latencies(measured, corpus, name, clock) for name in OPERATIONS}
    engines = dict.fromkeys(engine for rows in by_operation.values() for engine in rows)
    rows = []
    for engine in engines:
        cells = [_latency(rows.get(engine)) for rows in by_operation.values()]
        rows.append((engine, *cells))
    return table((f"µs p50 / p95 / p99 / mean, {CLOCKS[clock]}", *OPERATIONS), rows)


def _latency(row: dict[str, float] | None) -> str:
    if row is None:
        return "–"
    return " / ".join(_short(row[f"{name}_us"]) for name in ("p50", "p95", "p99", "mean"))


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _batches(measured: dict[str, Any], corpus: str) -> str:
    rows = [
        (engine, *(f"{rates[threads]:,.0f}" if threads in rates else "–" for threads in ("1", "2")))
        for engine, rates in results.batches(measured, corpus).items()
    ]
    return table(("OR-10, all queries in one call, QPS", "1 thread", "2 threads"), rows)


def _one_shot(measured: dict[str, Any], corpus: str) -> str:
    rows = [
        (engine, *(f"{row[key]:.0f}" for key in ("p50_ms", "p95_ms")))
        for engine, row in results.one_shot(measured, corpus).items()
    ]
    return table(("one query, whole process, ms", "p50", "p95"), rows)


def _agreement(measured: dict[str, Any]) -> str:
    rows = [
        (
            row["engine"],
            row["corpus"],
            row.get("mode", "or"),
            f"{row['num_queries'] - row['wrong']} of {row['num_queries']}",
            row["first"] or "",
        )
        for row in measured["agreement"]
    ]
    return table(("top 10 as the formula gives it", "corpus", "kind", "queries", "first difference"), rows)


def _growth(measured: dict[str, Any]) -> str:
    sizes = growth.sizes(measured)
    if len(sizes) < 2:
        return ""
    rows = []
    for title, by_engine in growth.tabulate(measured).items():
        for engine, values in by_engine.items():
            cells = [_short(values[corpus]) if corpus in values else "–" for corpus in sizes]
            rows.append((title, engine, *cells))
    head = [f"{measured['corpora'][corpus]['num_docs']:,}" for corpus in sizes]
    return "## Growth\n\n" + table(("documents", "engine", *head), rows)


def targets_table(measured: dict[str, Any]) -> str:
    """What was wanted and what was found, the targets that this run did not measure among them."""
    rows = []
    for target, ratio in targets.judge(measured):
        found, met = "not measured", ""
        if ratio is not None:
            found, met = f"{ratio:.2f}{target.unit}", "yes" if target.met(ratio) else "NO"
        rows.append((target.name, target.corpus, f"{target.sign} {target.bound:g}{target.unit}", found, met))
    return table(("target", "corpus", "wanted", "measured", "met"), rows)


def table(head: Row, rows: Iterable[Row]) -> str:
    """A Markdown table, or nothing where there are no rows."""
    rows = list(rows)
    if not rows:
        return ""

    def line(cells: Row) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, rows)])


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks report [RESULTS.json]`: prints the tables, writes them and the plots."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks report", description=__doc__)
    parser.add_argument("results", type=Path, nargs="?", help="default: the newest of benchmarks/results/")
    parser.add_argument(
        "--out", type=Path, help="folder of the report and plots; default: beside the results"
    )
    options = parser.parse_args(arguments)
    path = options.results or results.newest()
    measured = results.read(path)
    folder, stem = options.out or path.parent, path.stem
    folder.mkdir(parents=True, exist_ok=True)
    text = markdown(measured)
    drawn = plots.draw(measured, folder, stem)
    text += "".join(f"\n![{plot.stem}]({plot.name})\n" for plot in drawn)
    (folder / f"{stem}.md").write_text(text, encoding="utf-8")
    print(text)
    return 0
