"""Percentiles of times, by nearest rank."""

from __future__ import annotations

from collections.abc import Sequence


def percentile(times: Sequence[float], percent: int) -> float:
    """The least of the times that so many percent of them do not exceed; 100: the greatest."""
    ordered = sorted(times)
    return ordered[max(0, -(-percent * len(ordered) // 100) - 1)]


def summary(times: Sequence[float]) -> str:
    """Times in milliseconds, as part of a line."""
    shown = [f"p{percent} {percentile(times, percent):.2f}" for percent in (50, 95, 99)]
    return ", ".join((*shown, f"max {max(times):.2f} ms"))
