"""What the oracle keeps of a document: where each lemma stands in each field, its forms, its length.

Each field is read by its analyzer. Other documents and queries are not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oracle_queries import pieces
from searchlib import Analyzer

VALUE_GAP = 100
"""Positions between two values of one field: no phrase of a likely slop reaches across."""


@dataclass
class Field:
    """One document's text in one field: where each lemma stands and in which form, how long it is."""

    positions: dict[str, dict[int, str]] = field(default_factory=dict)
    forms: dict[str, set[str]] = field(default_factory=dict)  # match keys, with their lemmas
    length: int = 0
    rounded_length: int = 0


@dataclass
class Document:
    """A document: all its values, and its searched fields in pieces."""

    id: str
    values: Mapping[str, Any]
    fields: dict[str, Field]


def rounded_length(length: int) -> int:
    """A length as Lucene's one-byte code keeps it (SmallFloat.intToByte4 and back).

    What exceeds 24 keeps its four leading bits: exact below 40.
    """
    beyond = max(length - 24, 0)
    lost_bits = max(beyond.bit_length() - 4, 0)
    return min(length, 24) + (beyond >> lost_bits << lost_bits)


def analysed(analyzer: Analyzer | None, value: Any) -> Field:
    """A field's value, or values, as that analyzer sees it; None: a keyword."""
    made = Field()
    held: set[int] = set()
    first = 0
    for text in values_of(value):
        first += VALUE_GAP if first else 0
        found = pieces(analyzer, text)
        for piece in found:
            held.add(first + piece.position)
            made.forms.setdefault(piece.key, set()).update(() if analyzer is None else piece.lemmas)
            for lemma in piece.lemmas:
                made.positions.setdefault(lemma, {}).setdefault(first + piece.position, piece.form)
        first = max(held) + 1 if found else first
    made.length, made.rounded_length = len(held), rounded_length(len(held))
    return made


def values_of(value: Any) -> Sequence[Any]:
    """Nothing, one value or several, as a sequence."""
    return () if value is None else value if isinstance(value, (list, tuple)) else (value,)
