"""Writes the comparison with the peers: whole into the results' README, five rows into that of the project.

Every figure comes from one run. Where a peer does better than searchlib, searchlib's figure is bold.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from . import growth, plots, results
from .queries import OPERATIONS
from .report import table
from .vocabulary import PROJECT, RESULTS

_MARKS = re.compile(r"(?<=<!-- benchmarks -->\n).*?(?=<!-- /benchmarks -->)", re.DOTALL)
_NAMES = {
    "searchlib_lemmas": "searchlib, lemmas",
    "searchlib": "searchlib, plain forms",
    "tantivy": "tantivy",
    "pisa": "PISA",
    "lucene": "Lucene",
    "bm25s": "bm25s, numba",
    "sqlite_fts5": "SQLite FTS5",
    "whoosh": "Whoosh",
}
_SIZES = ("d100k", "d1m")
_OPERATIONS = {
    "or-10": "best 10 of any words, µs p50 / p95",
    "or-1000": "best 1,000 of any words",
    "and-10": "best 10 of all words",
    "phrase-10": "best 10 of a phrase",
}


Values = dict[str, tuple[float, ...]]


class Row(NamedTuple):
    """A line of a table: by engine, a value or several, and whether more is better."""

    title: str
    values: Values
    is_better: Callable[[float, float], bool]
    shown: Callable[[float], str]


def section(measured: dict[str, Any], stem: str) -> str:
    """What stands between the marks: a table for each size, and the plot of growth.

    Engines that are too slow for the first size have their column of a smaller one, which the heading names.
    """
    sizes = growth.sizes(measured)
    wanted = [corpus for corpus in _SIZES if corpus in sizes] or sizes[-1:]
    parts = [_origin(measured)]
    for corpus in wanted:
        meta = measured["corpora"][corpus]
        smaller = sizes[: sizes.index(corpus)] if corpus == wanted[0] else []
        parts.append(f"**{meta['num_docs']:,} documents**, {meta['text_bytes'] / 1e6:,.0f} MB of text:")
        parts.append(_table(measured, [corpus, *reversed(smaller)]))
    if len(sizes) > 1:
        parts.append(f"![growth]({plots.growth_name(stem)})")
    parts.append(f"All figures, spread and failures: [this run's report]({stem}.md).")
    return "\n\n".join(parts) + "\n"


_SHORT_ENGINES = ("searchlib_lemmas", "tantivy", "lucene", "sqlite_fts5", "whoosh")
_SHORT_ROWS = (
    "indexing, documents/s",
    "best 10 of any words, µs p50 / p95",
    "best 10 of all words",
    "best 10 of a phrase",
    "a query as a whole process, ms",
)


def summary(measured: dict[str, Any]) -> str:
    """Five rows of the first size, for those who want to know roughly."""
    sizes = growth.sizes(measured)
    corpus = next((name for name in _SIZES if name in sizes), sizes[-1])
    meta = measured["corpora"][corpus]
    smaller = sizes[: sizes.index(corpus)]
    whole = _table(measured, [corpus, *reversed(smaller)], _SHORT_ENGINES, _SHORT_ROWS)
    about = f"{meta['num_docs']:,} documents, {meta['text_bytes'] / 1e6:,.0f} MB of text. {_origin(measured)}"
    return f"{whole}\n\n{about}\n"


def _origin(measured: dict[str, Any]) -> str:
    machine = measured["machine"]
    engines = measured["engines"]
    peers = [name for name in _NAMES if not name.startswith("searchlib")]
    present = [name for name in peers if "version" in engines.get(name, ())]
    versions = ", ".join(engines[name]["version"] for name in present)
    return (
        f"Medians of {measured['arguments']['repeats']} interleaved runs, {machine['cpu']}, "
        f"{machine['cores']} cores, {machine['date'][:10]}; {versions}."
    )


def _table(
    measured: dict[str, Any],
    corpora: list[str],
    engines: Collection[str] = tuple(_NAMES),
    titles: Collection[str] | None = None,
) -> str:
    """The first of the corpora; from each further one, the engines that had no column yet.

    titles: of the rows; None: all.
    """
    rows, heads = list(_rows(measured, corpora[0])), dict[str, str]()
    for corpus in corpora:
        indexed = results.indexing(measured, corpus)
        new = [name for name in engines if name in indexed and name not in heads]
        note = "" if corpus == corpora[0] else f" ({measured['corpora'][corpus]['num_docs']:,} documents)"
        heads |= {name: _NAMES[name] + note for name in new}
        for row, other in zip(rows, _rows(measured, corpus), strict=True):
            row.values.update({name: other.values[name] for name in new if name in other.values})
    wanted = [row for row in rows if row.values and (titles is None or row.title in titles)]
    body = [[row.title, *(_cell(row, name) for name in heads)] for row in wanted]
    return table(["", *heads.values()], body)


def _rows(measured: dict[str, Any], corpus: str) -> Iterator[Row]:
    indexed = results.indexing(measured, corpus)
    speed: Values = {n: (r.docs_per_s,) for n, r in indexed.items()}
    yield Row("indexing, documents/s", speed, _more, _whole)
    ratios: Values = {n: (r.postings_ratio,) for n, r in indexed.items() if r.postings_ratio is not None}
    yield Row("bytes on disk ÷ text, without stored text", ratios, _less, lambda value: f"{value:.2f}")
    memory: Values = {n: (r.peak_mib,) for n, r in indexed.items()}
    yield Row("peak memory while indexing, MiB", memory, _less, _whole)
    for operation in OPERATIONS:
        latencies = _latencies(measured, corpus, operation, "call")
        yield Row(_OPERATIONS[operation], latencies, _less, _short)
    strings = _latencies(measured, corpus, "or-10", "end_to_end")
    yield Row("from the string to hits in Python, any words", strings, _less, _short)
    batches: Values = {n: (rates["1"],) for n, rates in results.batches(measured, corpus).items()}
    yield Row("queries/s, any words, in one call", batches, _more, _whole)
    one_shot = results.one_shot(measured, corpus)
    processes: Values = {n: (row["p50_ms"],) for n, row in one_shot.items() if n in _NAMES}
    yield Row("a query as a whole process, ms", processes, _less, _whole)


def _latencies(measured: dict[str, Any], corpus: str, operation: str, clock: str) -> Values:
    rows = results.latencies(measured, corpus, operation, clock)
    return {engine: (row["p50_us"], row["p95_us"]) for engine, row in rows.items()}


def _cell(row: Row, engine: str) -> str:
    if engine not in row.values:
        return "–"
    shown = []
    for number, value in enumerate(row.values[engine]):
        peers = [values[number] for name, values in row.values.items() if not name.startswith("searchlib")]
        loses = engine.startswith("searchlib") and any(row.is_better(peer, value) for peer in peers)
        shown.append(f"**{row.shown(value)}**" if loses else row.shown(value))
    return " / ".join(shown)


def _more(one: float, other: float) -> bool:
    return one > other


def _less(one: float, other: float) -> bool:
    return one < other


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 10 else _whole(value)


def main(arguments: list[str] | None = None) -> int:
    """`python -m benchmarks readme [RESULTS.json]`: the newest by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks readme", description=__doc__)
    parser.add_argument("results", type=Path, nargs="?", help="default: the newest of benchmarks/results/")
    path = parser.parse_args(arguments).results or results.newest()
    measured = results.read(path)
    _write(PROJECT / "README.md", summary(measured))
    _write(PROJECT / RESULTS, section(measured, path.stem))
    return 0


def _write(readme: Path, written: str) -> None:
    text = readme.read_text(encoding="utf-8")
    readme.write_text(_MARKS.sub(lambda _: written, text), encoding="utf-8")
