"""What a comparison of rankings says: its tables, its intervals, and which weight is chosen on what.

It takes the measures of each variant on each collection, and knows neither indexes nor files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import NormalDist, variance
from typing import NamedTuple

from searchlib.evaluation import Measured, compare

Row = dict[str, Measured]
"""A variant's measures, by collection."""

_REACH = NormalDist().inv_cdf(0.975)


class Gain(NamedTuple):
    """A difference of means, and where it lies with 95% confidence."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:+.4f} [{self.low:+.4f}, {self.high:+.4f}]"


def mean(row: Row, measure: str = "nDCG@10") -> float:
    """Over the collections, each counting alike."""
    return sum(found.mean[measure] for found in row.values()) / len(row)


def gain(before: Row, after: Row, measure: str = "nDCG@10") -> Gain:
    """Of the mean over the collections, each counting alike: paired query by query within each.

    Queries are what chance draws, collections are as they are: the variances of the collections' means add
    up.
    """
    differences = [
        [b - a for a, b in zip(before[name].values(measure), after[name].values(measure), strict=True)]
        for name in before
    ]
    middle = sum(sum(each) / len(each) for each in differences) / len(differences)
    error = sum(variance(each) / len(each) for each in differences if len(each) > 1) ** 0.5 / len(differences)
    return Gain(middle, middle - _REACH * error, middle + _REACH * error)


def gain_on(before: Measured, after: Measured, measure: str = "nDCG@10") -> Gain:
    """Of one collection, by Student's t."""
    found = compare(before.values(measure), after.values(measure))
    low, high = found.interval or (-1.0, 1.0)
    return Gain(found.difference, low, high)


def best_of(rows: Mapping[str, Row], labels: Iterable[str], name: str, measure: str = "nDCG@10") -> str:
    """Which of these does best on a collection."""
    return max(labels, key=lambda label: rows[label][name].mean[measure])


def left_one_out(rows: Mapping[str, Row], labels: Sequence[str], measure: str = "nDCG@10") -> dict[str, str]:
    """For each collection the variant that does best in the mean over all others."""
    names = list(rows[labels[0]])

    def mean_without(label: str, name: str) -> float:
        return sum(rows[label][other].mean[measure] for other in names if other != name)

    return {name: max(labels, key=lambda label: mean_without(label, name)) for name in names}


def chosen_row(rows: Mapping[str, Row], chosen: Mapping[str, str]) -> Row:
    """The measures of what was chosen for each collection on the others."""
    return {name: rows[label][name] for name, label in chosen.items()}


def table(rows: Mapping[str, Row], measure: str) -> str:
    """Markdown; the best of each column in bold."""
    names = list(next(iter(rows.values())))
    columns = {
        label: [row[name].mean[measure] for name in names] + [mean(row, measure)]
        for label, row in rows.items()
    }
    best = [max(column) for column in zip(*columns.values(), strict=True)]
    body = [
        [label, *(f"**{v:.4f}**" if v == top else f"{v:.4f}" for v, top in zip(values, best, strict=True))]
        for label, values in columns.items()
    ]
    return _markdown([measure, *names, "mean"], body)


def table_of_gains(rows: Mapping[str, Row], against: str, measure: str = "nDCG@10") -> str:
    """Markdown: each row's difference from one of them, with its interval; bold where that leaves out 0."""
    names = list(rows[against])
    body = []
    for label, row in rows.items():
        if label != against:
            gains = [gain_on(rows[against][name], row[name], measure) for name in names]
            gains.append(gain(rows[against], row, measure))
            body.append([label, *(f"**{g}**" if g.low > 0 or g.high < 0 else str(g) for g in gains)])
    return _markdown([f"{measure}, from {against}", *names, "mean"], body)


def table_of_losses(losses: Mapping[str, Mapping[str, float]], title: str) -> str:
    """Markdown."""
    names = list(next(iter(losses.values())))
    body = [[label, *(f"{by_name[name]:.4f}" for name in names)] for label, by_name in losses.items()]
    return _markdown([title, *names], body)


def _markdown(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    line: Callable[[Sequence[str]], str] = lambda cells: "| " + " | ".join(cells) + " |"  # noqa: E731
    return "\n".join([line(head), "|" + "---|" * len(head), *map(line, body)])
