"""Neighbouring words of a query as phrases, which raise the texts that have them at the same distance.

A planner and the operands of an OR or AND come in, phrases go out. They only add to a score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ..query import nodes
from ..records import Record
from .plan import CoreNode

if TYPE_CHECKING:
    from ..analysis.analyzer import Token
    from .planner import Planner

MAX_DISTANCE = 4
REASON = "neighbouring words"


class _Placed(Record):
    """A word of the query: its lemmas by field, and its place there; `boost` is the user's."""

    position: int
    lemmas: Mapping[str, Sequence[str]]
    boost: float


def neighbours(
    planner: Planner, operands: Iterable[nodes.Node], is_dropped: Callable[[nodes.Word], bool], weight: float
) -> list[CoreNode]:
    """Phrases of each two words that follow each other.

    Words that are dropped keep their places («президент в России»: two apart) but begin and end nothing;
    what is no word, such as a phrase, stands between its neighbours.
    """
    found: list[CoreNode] = []
    for run in _runs(planner, operands, is_dropped):
        for left, right in pairwise(run):
            distance = right.position - left.position
            names = [name for name in left.lemmas if name in right.lemmas]
            if distance <= MAX_DISTANCE and names:
                fields = [
                    (
                        planner.number(name),
                        planner.boost(name),
                        [(0, list(left.lemmas[name])), (distance, list(right.lemmas[name]))],
                    )
                    for name in names
                ]
                factor = weight * min(left.boost, right.boost)
                found.append(("boost", factor, ("phrase", fields, 0), REASON))
    return found


def _runs(
    planner: Planner, operands: Iterable[nodes.Node], is_dropped: Callable[[nodes.Word], bool]
) -> Iterator[list[_Placed]]:
    """The words, those together that nothing else stands between."""
    run: list[_Placed] = []
    position = 0
    for operand in operands:
        by_field = _tokens(planner, operand) if isinstance(operand, nodes.Word) else {}
        if not by_field:
            yield run
            run, position = [], 0
            continue
        assert isinstance(operand, nodes.Word)
        tokens = next(iter(by_field.values()))
        if not is_dropped(operand):
            for number, token in enumerate(tokens):
                lemmas = {name: found[number].lemmas for name, found in by_field.items()}
                run.append(_Placed(position + token.position, lemmas, float(operand.boost)))
        if tokens:
            position += tokens[-1].position + tokens[-1].span
    yield run


def _tokens(planner: Planner, word: nodes.Word) -> dict[str, list[Token]]:
    """The word's tokens in each of its fields that are running text; of a hyphenated word, the whole."""
    found = {}
    for name in planner.fields_of(word.field):
        if planner.is_searched(name) and not planner.is_keyword(name):
            tokens = planner.tokens(name, word.text)
            ends = [token.position + token.span for token in tokens]
            found[name] = [
                token
                for number, token in enumerate(tokens)
                if number == 0 or token.position >= max(ends[:number])
            ]
    lengths = {len(tokens) for tokens in found.values()}
    return found if len(lengths) == 1 else {}
