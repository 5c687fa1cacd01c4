"""A word's places in the fields of one document, added up as the core does (core/search/bm25f.hpp).

What a place counts depends on its field's weight and on the document's length there, by the first field that
has one. Nothing is known here of lemmas or of idf.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..records import Record
from .ranking import SIGNALS
from .score import Explanation

if TYPE_CHECKING:
    from .pinned import Pinned


class _InField(Record):
    name: str
    weight: float
    places: float
    what: str
    counts: Mapping[str, int]
    form: str
    of_place: float
    length: str


class FieldPlaces:
    """Of one lemma or phrase in one document; fields are added in the order of the plan."""

    def __init__(self, searcher: Pinned, doc: int) -> None:
        self._searcher, self._doc = searcher, doc
        self._found: list[_InField] = []
        self._norm = self._k = 0.0

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(
        self,
        number: int,
        weight: float,
        places: float,
        what: str,
        counts: Mapping[str, int] | None = None,
        form: str = "",
    ) -> None:
        """A field that has it. counts: how many of the places each signal counts."""
        core = self._searcher.core
        name = self._searcher.schema.searched_fields[number]
        length, norm, k = core.length_of(number, self._doc)
        num_docs, total_length = core.totals(number)
        said = f"length {length}, average {total_length / num_docs:.4g}"
        of_place = 1.0
        if self._found:
            of_place = self._norm / norm
            said += f", a place counts {of_place:.4g} of one in {self._found[0].name!r}"
        else:
            self._norm, self._k = norm, k
        self._found.append(_InField(name, weight, places, what, counts or {}, form, of_place, said))

    def saturated(self) -> Explanation:
        """x / (x + K), and what each field adds to x."""
        parts = tuple(
            Explanation(
                field.weight * field.places * field.of_place,
                f"in {field.name!r}: {field.what} {field.places:g}{_times(field)}, {field.length}",
            )
            for field in self._found
        )
        x = _sum(parts)
        value = x / (x + self._k) if x > 0 else 0.0
        return Explanation(value, f"x / (x + K): x {x:.6g}, K {self._k:.6g}", parts)

    def raised(self, signal: str, weight: float) -> Explanation | None:
        """What a signal raises that by; None if it counts no place."""
        counted = [field for field in self._found if field.counts.get(signal)]
        parts = tuple(
            Explanation(
                field.weight * field.counts[signal] * field.of_place,
                f"in {field.name!r}: {field.counts[signal]} {SIGNALS[signal].format(form=field.form)}"
                f"{_times(field)}",
            )
            for field in counted
        )
        n = _sum(parts)
        if not n > 0:
            return None
        return Explanation(weight * (n / (n + self._k)), f"{weight:g} · n / (n + K): n {n:.6g}", parts)


def _times(field: _InField) -> str:
    return "" if field.weight == 1 else f", boost {field.weight:g}"


def _sum(parts: tuple[Explanation, ...]) -> float:
    total = 0.0
    for part in parts:
        total += part.value
    return total
