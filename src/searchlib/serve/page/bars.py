"""The steps of a histogram as the bars of a small picture, as many as can be told apart."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

MAX_BARS = 40
WIDTH, HEIGHT = 240, 48
_GAP = 1


class Bar(NamedTuple):
    """A stretch of time from begin to before end. x, y, width, height: in the picture."""

    begin: datetime
    end: datetime
    docs: int
    x: float
    y: float
    width: float
    height: float


def bars_of(steps: Any) -> list[Bar]:
    """The bars, neighbouring steps joined where there are too many. A step has value, end and count."""
    joined = -(-len(steps) // MAX_BARS) or 1
    groups = [steps[at : at + joined] for at in range(0, len(steps), joined)]
    most = max((_count(group) for group in groups), default=0) or 1
    width = WIDTH / (len(groups) or 1)
    bars = []
    for number, group in enumerate(groups):
        docs = _count(group)
        height = max(3.0, (HEIGHT - 2) * docs / most) if docs else 1.0
        x = number * width
        bars.append(
            Bar(
                group[0].value,
                group[-1].end,
                docs,
                round(x, 2),
                round(HEIGHT - height, 2),
                round(max(width - _GAP, 1), 2),
                round(height, 2),
            )
        )
    return bars


def _count(group: Any) -> int:
    return sum(step.count for step in group)
