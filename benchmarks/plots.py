"""Plots of a results file as SVG: latencies, indexing, and growth where several sizes were measured.

matplotlib is asked for only here; without it the report has its tables and no plots.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from . import growth, results
from .queries import OPERATIONS

_COLOURS = {
    "searchlib": "#c0392b",
    "searchlib_lemmas": "#e67e22",
    "tantivy": "#2c6fbb",
    "tantivy_pymorphy3": "#8fb8e0",
    "pisa": "#27885a",
    "lucene": "#1f9e9e",
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


def growth_name(stem: str) -> str:
    """The name of the growth plot's file."""
    return _file(stem, "growth")


def _file(stem: str, plot: str) -> str:
    return f"{stem}-{plot}.svg"


def draw(measured: dict[str, Any], folder: Path, stem: str) -> list[Path]:
    """Writes STEM-latency-CORPUS.svg and STEM-indexing-CORPUS.svg of the two largest, and STEM-growth.svg."""
    try:
        import matplotlib
    except ImportError:
        print("matplotlib is not installed: no plots", file=sys.stderr)
        return []
    matplotlib.use("svg")
    plots: dict[str, Callable[[], Any]] = {}
    for corpus in growth.sizes(measured)[-2:]:
        plots[f"latency-{corpus}"] = partial(_latency, measured, corpus)
        plots[f"indexing-{corpus}"] = partial(_indexing, measured, corpus)
    if len(measured["corpora"]) > 1:
        plots["growth"] = partial(_growth, measured)
    written = []
    with matplotlib.rc_context(_STYLE):
        for name, plot in plots.items():
            figure = plot()
            path = folder / _file(stem, name)
            figure.savefig(path, bbox_inches="tight", metadata={"Date": None})
            written.append(path)
    return written


def _latency(measured: dict[str, Any], corpus: str) -> Any:
    """p50 as a dot, p95 as the end of its whisker: a bar on a log axis would have no honest foot."""
    title = f"Engine call, {_title(measured, corpus)}: p50, whisker to p95, µs"
    figure, panels = _panels(2, 2, title)
    for panel, operation in zip(panels, OPERATIONS, strict=True):
        rows = results.latencies(measured, corpus, operation, "call")
        for name in reversed(rows):
            median, p95 = rows[name]["p50_us"], rows[name]["p95_us"]
            whisker = [[0], [p95 - median]]
            panel.errorbar([median], [name], xerr=whisker, fmt="o", capsize=3, color=_COLOURS[name])
            panel.annotate(
                _number(median), (median, name), (0, 6), textcoords="offset points", ha="center", fontsize=7
            )
        panel.set(title=operation, xscale="log")
        panel.margins(x=0.15, y=0.2)
        panel.grid(axis="x", color="#dddddd")
    return figure


def _indexing(measured: dict[str, Any], corpus: str) -> Any:
    rows = results.indexing(measured, corpus)
    names = list(reversed(rows))
    figure, (speed, size, memory) = _panels(1, 3, f"Indexing, {_title(measured, corpus)}")
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
    """On log axes: a straight line is a power of the size, and the steeper one loses in the end."""
    figure, panels = _panels(4, 2, f"Growth, {_title(measured, '')}", height=3.0)
    for panel, (title, by_engine) in zip(panels, growth.tabulate(measured).items(), strict=True):
        for name in (name for name in _COLOURS if name in by_engine):
            points = [
                (measured["corpora"][corpus]["num_docs"], value) for corpus, value in by_engine[name].items()
            ]
            panel.plot(*zip(*points, strict=True), marker="o", markersize=3, color=_COLOURS[name], label=name)
        panel.set(title=title, xscale="log", yscale="log", xlabel="documents")
        panel.grid(color="#eeeeee")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=5, frameon=False)
    return figure


def _panels(num_rows: int, num_columns: int, title: str, height: float = 2.3) -> tuple[Any, list[Any]]:
    from matplotlib.figure import Figure

    width = 3.6 if num_columns < 3 else 3.0
    figure = Figure(figsize=(width * num_columns, height * num_rows + 0.3), layout="constrained")
    figure.suptitle(title, fontsize=10)
    grid = figure.subplots(num_rows, num_columns, squeeze=False)
    return figure, [axis for row in grid for axis in row]


def _label(panel: Any, values: list[float]) -> None:
    panel.bar_label(panel.containers[-1], labels=list(map(_number, values)), padding=3, fontsize=7)
    panel.margins(x=0.25)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _colours(names: list[str]) -> list[str]:
    return [_COLOURS[name] for name in names]


def _title(measured: dict[str, Any], corpus: str) -> str:
    machine = measured["machine"]
    where: str = f"{machine['cpu']}, {machine['cores']} cores, {machine['date'][:10]}"
    if not corpus:
        return where
    num_docs = int(measured["corpora"][corpus]["num_docs"])
    return f"{num_docs:,} documents, {where}"
