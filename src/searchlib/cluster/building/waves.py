"""All parts are read at the same time, and then those again that would have been read otherwise one by one.

A field that the fifth file brings is there in the sixth. So each part is told what was known when all began;
once they are done it is followed what they would have known. Where that makes a difference, the part is read
again, with what the parts before it taught; all that are concerned, at the same time. As a rule there are
none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ...sources.known import Known
from .reading import PartRead

ReadParts = Callable[[Sequence[int], Known], Iterable[tuple[int, PartRead]]]
"""Reads parts, all with the same knowledge; each with its number, as they are done."""


def read_in_waves(num_parts: int, known: Known, read: ReadParts) -> tuple[list[PartRead], Known]:
    """What each part gave, as if they had been read one after the other; and what is known then."""
    began = [known] * num_parts
    results: dict[int, PartRead] = dict(read(range(num_parts), known))
    settled = 0
    while True:
        while settled < num_parts and results[settled].learnt.suits(began[settled], known):
            known = results[settled].learnt.after(known)
            settled += 1
        if settled == num_parts:
            return [results[number] for number in range(num_parts)], known
        again = [
            number
            for number in range(settled, num_parts)
            if not results[number].learnt.suits(began[number], known)
        ]
        for number in again:
            began[number] = known
        results.update(read(again, known))
