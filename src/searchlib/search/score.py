"""What a score is made of: a number, what it is, and its parts. How they come about is not known here."""

from __future__ import annotations

from ..records import Record


class Explanation(Record):
    """One number of a score, what it is, and what it was made of. `str()` draws the tree."""

    value: float
    description: str
    parts: tuple[Explanation, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines(""))

    def _lines(self, indent: str) -> list[str]:
        lines = [f"{indent}{self.value:.6g}  {self.description}"]
        for part in self.parts:
            lines += part._lines(indent + "  ")
        return lines
