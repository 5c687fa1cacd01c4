"""Neighbouring words of a query as phrases, which raise the texts that have them at the same distance.

They are made of the operands of an OR or AND, and only add to a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from ..plan import Boost, Phrase, PhraseField, PlanNode
from ..query import nodes
from ..records import Record
from .scope import FieldScope

if TYPE_CHECKING:
    from ..analysis.analyzer import Token

MAX_DISTANCE = 4
REASON = "neighbouring words"


class PlacedWord(Record):
    """A word, by field: its lemmas and where it stands."""

    position: int
    lemmas: Mapping[str, tuple[str, ...]]


class Placed(Record):
    """The words of one operand, mostly one, the places that they take, and the user's boost."""

    words: tuple[PlacedWord, ...]
    length: int
    boost: float = 1.0

    def without_words(self) -> Placed:
        """What a stopword leaves: its place («президент в России» is two apart)."""
        return self.replace(words=())


def placed(scope: FieldScope, operand: nodes.Node) -> Placed | None:
    """The operand's words in running text; None for what is none, and stands between its neighbours."""
    if isinstance(operand, nodes.Variants):
        operand = operand.node  # what may stand for it stands elsewhere, too
    if not isinstance(operand, nodes.Word):
        return None
    found = {}
    for name in scope.fields_of(operand.field):
        if scope.is_searched(name) and not scope.is_keyword(name):
            found[name] = list(_wholes(scope.tokens(name, operand.text)))
    if len({len(tokens) for tokens in found.values()}) != 1:
        return None
    tokens = next(iter(found.values()))
    words = tuple(
        PlacedWord(token.position, {name: of_field[number].lemmas for name, of_field in found.items()})
        for number, token in enumerate(tokens)
    )
    length = tokens[-1].position + tokens[-1].span if tokens else 0
    return Placed(words, length, float(operand.boost))


def neighbours(scope: FieldScope, operands: Iterable[Placed | None], weight: float) -> list[PlanNode]:
    """Phrases of each two words that follow each other, a few places apart."""
    found: list[PlanNode] = []
    for run in _runs(operands):
        for (at, left, left_boost), (to, right, right_boost) in pairwise(run):
            names = [name for name in left if name in right]
            if to - at > MAX_DISTANCE or not names:
                continue
            offsets = (0, to - at)
            fields = [
                PhraseField(scope.number(name), scope.boost(name), offsets, (left[name], right[name]))
                for name in names
            ]
            found.append(Boost(weight * min(left_boost, right_boost), Phrase(fields), REASON))
    return found


def _runs(
    operands: Iterable[Placed | None],
) -> Iterator[list[tuple[int, Mapping[str, tuple[str, ...]], float]]]:
    """The words between which nothing else stands, with their places in the query and boosts."""
    run: list[tuple[int, Mapping[str, tuple[str, ...]], float]] = []
    place = 0
    for operand in operands:
        if operand is None:
            yield run
            run, place = [], 0
            continue
        run += [(place + word.position, word.lemmas, operand.boost) for word in operand.words]
        place += operand.length
    yield run


def _wholes(tokens: Iterable[Token]) -> Iterator[Token]:
    """Without the parts of hyphenated words."""
    end = 0
    for token in tokens:
        if token.position >= end:
            yield token
            end = token.position + token.span
