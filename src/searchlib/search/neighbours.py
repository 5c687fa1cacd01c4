"""Neighbouring words of a query as phrases, which raise the texts that have them at the same distance.

They are made of the operands of an OR or AND, and only add to a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ..plan import Boost, Phrase, PhraseField, PlanNode
from ..query import nodes
from ..records import Record
from .scope import FieldScope

if TYPE_CHECKING:
    from ..analysis.analyzer import Token

MAX_DISTANCE = 4
REASON = "neighbouring words"


class PlacedWord(Record):
    """A word, by field: its lemmas, where it stands and how many places it takes."""

    position: int
    span: int
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
        PlacedWord(
            token.position, token.span, {name: of_field[number].lemmas for name, of_field in found.items()}
        )
        for number, token in enumerate(tokens)
    )
    length = tokens[-1].position + tokens[-1].span if tokens else 0
    return Placed(words, length, float(operand.boost))


def neighbours(scope: FieldScope, operands: Iterable[Placed | None], weight: float) -> list[PlanNode]:
    """Phrases of each two words that follow each other, a few places apart."""
    found: list[PlanNode] = []
    for run in _runs(operands):
        for left, right in pairwise(run):
            names = [name for name in left.lemmas if name in right.lemmas]
            distance = right.start - left.end + 1
            if distance > MAX_DISTANCE or not names:
                continue
            fields = [
                PhraseField(
                    scope.number(name),
                    scope.weight(name),
                    (0, distance),
                    (left.lemmas[name], right.lemmas[name]),
                    scope.divides(name),
                )
                for name in names
            ]
            found.append(Boost(weight * min(left.boost, right.boost), Phrase(fields), REASON))
    return found


class _InRun(NamedTuple):
    """A word between whose neighbours nothing else stands, its places in the query and its boost."""

    start: int
    end: int
    lemmas: Mapping[str, tuple[str, ...]]
    boost: float


def _runs(operands: Iterable[Placed | None]) -> Iterator[list[_InRun]]:
    run: list[_InRun] = []
    place = 0
    for operand in operands:
        if operand is None:
            yield run
            run, place = [], 0
            continue
        for word in operand.words:
            start = place + word.position
            run.append(_InRun(start, start + word.span, word.lemmas, operand.boost))
        place += operand.length
    yield run


def _wholes(tokens: Iterable[Token]) -> Iterator[Token]:
    """Without the parts of wholes."""
    end = 0
    for token in tokens:
        if token.position >= end:
            yield token
            end = token.position + token.span
