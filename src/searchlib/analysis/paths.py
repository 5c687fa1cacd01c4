"""The ways to read a text whose compounds count whole or in parts: paths through its tokens.

Tokens come in, in the order of the text; lists of their numbers go out, each a way from the first position to
behind the last. Who plans phrases asks here; it knows neither queries nor lemmas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

MAX_PATHS = 16
"""Of a text with more there are two: each compound whole, and each in parts."""


class Placed(Protocol):
    """What is asked of a token (analyzer.Token has this shape)."""

    @property
    def position(self) -> int: ...
    @property
    def span(self) -> int: ...


def paths(tokens: Sequence[Placed]) -> list[list[int]]:
    """The ways, the wholes of compounds first; one if there are none.

    Nearly all texts have few. In time linear in the tokens, however many compounds there are.
    """
    if all(token.span == 1 for token in tokens):
        return [list(range(len(tokens)))]
    first, end = tokens[0].position, tokens[-1].position + tokens[-1].span
    starting: list[list[int]] = [[] for _ in range(first, end)]
    for number, token in enumerate(tokens):
        starting[token.position - first].append(number)
    steps = [[(number, tokens[number].span) for number in numbers] for numbers in starting]
    if _count(steps) <= MAX_PATHS:
        return list(_walk(steps))
    wholes = [sorted(ways, key=lambda way: -way[1])[:1] for ways in steps]
    parts = [sorted(ways, key=lambda way: way[1])[:1] for ways in steps]
    return [*_walk(wholes), *_walk(parts)]


def _count(steps: Sequence[Sequence[tuple[int, int]]]) -> int:
    """How many ways there are; one more than MAX_PATHS stands for any more."""
    counts = [0] * len(steps) + [1]
    for at in range(len(steps) - 1, -1, -1):
        counts[at] = min(sum(counts[at + span] for _, span in steps[at]), MAX_PATHS + 1)
    return counts[0]


def _walk(steps: Sequence[Sequence[tuple[int, int]]]) -> Iterator[list[int]]:
    path: list[int] = []
    pending = [(0, iter(steps[0]))]
    while pending:
        at, ways = pending[-1]
        step = next(ways, None)
        if step is None:
            pending.pop()
            if path:
                path.pop()
            continue
        number, span = step
        path.append(number)
        if at + span < len(steps):
            pending.append((at + span, iter(steps[at + span])))
        else:
            yield list(path)
            path.pop()
