"""Plots of a results file as SVG: latencies, indexing, and growth where several sizes were measured.

matplotlib is asked for only here; without it the report has its tables and no plots.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import results
from .queries import OPERATIONS

_COLOURS = {
    "searchlib": "#c0392b",
    "searchlib_lemmas": "#e67e22",
    "tantivy": "#2c6fbb",
    "pisa": "#27885a",
    "bm25s": "#8457a6",
    "sqlite_fts5": "#7a8793",
    "whoosh": "#b59a3b",
}
# Fixed, so that the same results give the same bytes.
_STYLE: Any = {
    "svg.hashsalt": "searchlib",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(measured: dict[str, Any], folder: Path, stem: str) -> list[Path]:
    """Writes STEM-latency.svg, STEM-indexing.svg and, with two sizes or more, STEM-growth.svg."""
    try:
        import matplotlib
    except ImportError:
        print("matplotlib is not installed: no plots", file=sys.stderr)
        return []
    matplotlib.use("svg")
    plots = {"latency": _latency, "indexing": _indexing}
    if len(measured["corpora"]) > 1:
        plots["growth"] = _growth
    written = []
    with matplotlib.rc_context(_STYLE):
        for name, plot in plots.items():
            figure = plot(measured)
            path = folder / f"{stem}-{name}.svg"
            figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
            written.append(path)
    return written


def _latency(measured: dict[str, Any]) -> Any:
    """p50 as a bar with a whisker up to p95, engine call, on a log axis: one panel an operation."""
    corpus = _largest(measured)
    figure, panels = _panels(
        len(OPERATIONS), f"Query latency, {_title(measured, corpus)}: p50, whisker to p95, µs"
    )
    for panel, operation in zip(panels, OPERATIONS, strict=True):
        rows = results.latencies(measured, corpus, operation, "call")
        names = list(reversed(rows))
        medians = [rows[name]["p50_us"] for name in names]
        above = [rows[name]["p95_us"] - rows[name]["p50_us"] for name in names]
        panel.barh(
            names, medians, color=_colours(names), xerr=[[0] * len(names), above], ecolor="#555", capsize=2
        )
        panel.set(title=operation, xscale="log")
        _label(panel, medians)
    return figure


def _indexing(measured: dict[str, Any]) -> Any:
    corpus = _largest(measured)
    rows = results.indexing(measured, corpus)
    names = list(reversed(rows))
    figure, (speed, size, memory) = _panels(3, f"Indexing, {_title(measured, corpus)}")
    for panel, title, values in (
        (speed, "documents/s", [rows[name].docs_per_s for name in names]),
        (size, "bytes on disk ÷ text", [rows[name].total_ratio for name in names]),
        (memory, "peak memory, MiB", [rows[name].peak_mib for name in names]),
    ):
        panel.barh(names, values, color=_colours(names))
        panel.set(title=title)
        _label(panel, values)
    return figure


def _growth(measured: dict[str, Any]) -> Any:
    """What becomes of latency, speed, size and memory as the corpus grows, on log axes."""
    sizes = sorted(measured["corpora"], key=lambda corpus: measured["corpora"][corpus]["num_docs"])
    figure, panels = _panels(4, f"Growth, {_title(measured, '')}")
    series: dict[str, Callable[[str], dict[str, float]]] = {
        "OR-10 p50, µs": lambda corpus: {
            name: row["p50_us"] for name, row in results.latencies(measured, corpus, "or-10", "call").items()
        },
        "documents/s": lambda corpus: {
            n: r.docs_per_s for n, r in results.indexing(measured, corpus).items()
        },
        "bytes on disk": lambda corpus: {
            n: r.total_ratio * measured["corpora"][corpus]["text_bytes"]
            for n, r in results.indexing(measured, corpus).items()
        },
        "peak memory, MiB": lambda corpus: {
            n: r.peak_mib for n, r in results.indexing(measured, corpus).items()
        },
    }
    for panel, (title, values_of) in zip(panels, series.items(), strict=True):
        values = {corpus: values_of(corpus) for corpus in sizes}
        for name in _COLOURS:
            points = [
                (measured["corpora"][corpus]["num_docs"], values[corpus][name])
                for corpus in sizes
                if name in values[corpus]
            ]
            if points:
                panel.plot(
                    *zip(*points, strict=True), marker="o", markersize=3, color=_COLOURS[name], label=name
                )
        panel.set(title=title, xscale="log", yscale="log", xlabel="documents")
    panels[0].legend(frameon=False, fontsize=7)
    return figure


def _panels(count: int, title: str) -> tuple[Any, list[Any]]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.6 * min(count, 2), 2.4 * ((count + 1) // 2)), layout="constrained")
    figure.suptitle(title, fontsize=10)
    grid = figure.subplots((count + 1) // 2, 2, squeeze=False)
    axes = [axis for row in grid for axis in row]
    for unused in axes[count:]:
        unused.remove()
    return figure, axes[:count]


def _label(panel: Any, values: list[float]) -> None:
    texts = [f"{value:,.0f}" if value >= 10 else f"{value:.2g}" for value in values]
    panel.bar_label(panel.containers[-1], labels=texts, padding=3, fontsize=7)
    panel.margins(x=0.2)


def _colours(names: list[str]) -> list[str]:
    return [_COLOURS.get(name, "#555555") for name in names]


def _largest(measured: dict[str, Any]) -> str:
    corpora: dict[str, Any] = measured["corpora"]
    return max(corpora, key=lambda corpus: int(corpora[corpus]["num_docs"]))


def _title(measured: dict[str, Any], corpus: str) -> str:
    machine = measured["machine"]
    where: str = f"{machine['cpu']}, {machine['cores']} cores, {machine['date'][:10]}"
    if not corpus:
        return where
    num_docs = int(measured["corpora"][corpus]["num_docs"])
    return f"{num_docs:,} documents, {where}"
