"""Formulas in MathML in one line, as they would be typed: x²+1, a/b, √x.

What is drawn and not written (lines of fractions, signs of roots) comes as a character, so that what stands
on its two sides is two words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from .flow import raised
from .xml_names import Attributes

_LEAVES = ("mi", "mn", "mo", "mtext")
_HOLDERS = ("math", "semantics", "mrow", "mstyle", "mfrac", "msqrt", "mroot", "msup", "msub", "msubsup",
            "mover", "munder", "munderover", "mfenced", "mtable", "mtr", "mtd", "mpadded", "mphantom",
            "merror", "menclose", "mmultiscripts", "maction")  # fmt: skip
_BEFORE_SECOND = {"mfrac": "/", "mfenced": ",", "munder": " ", "mover": "", "mtr": " ", "mtable": "; "}
_EXPONENTS = frozenset({("msup", 2), ("msubsup", 3)})


class MathText:
    """What a reader does at the elements of formulas.

    put: takes the signs. reads: what comes is the text of a formula.
    """

    def __init__(self, put: Callable[[str], object]) -> None:
        self._put = put
        self._open: list[tuple[str, int]] = []  # elements, and how many children each has had
        self._above = False  # what comes next is the begin of an exponent
        self.reads = False
        self.starts: dict[str, Callable[[Attributes], object]] = {
            f"math:{name}": partial(self._begin, name) for name in (*_LEAVES, *_HOLDERS)
        }
        self.ends: dict[str, Callable[[], object]] = {
            **{f"math:{name}": self._end_leaf for name in _LEAVES},
            **{f"math:{name}": self._end for name in _HOLDERS},
        }

    def shown(self, text: str) -> str:
        """A piece of a formula's text: an exponent is raised, or has a sign before it."""
        text = text.strip()
        if not self._above or not text:
            return text
        self._above = False
        return up if (up := raised(text)) != text else f"^{text}"

    def _begin(self, name: str, _: Attributes) -> None:
        if self._open:
            holder, number = self._open[-1]
            number += 1
            self._open[-1] = holder, number
            if number > 1:
                self._put(_BEFORE_SECOND.get(holder, ""))
            if (holder, number) in _EXPONENTS:
                self._above = True
        if name in _LEAVES:
            self.reads = True
            return
        if self._above and name != "mrow":
            self._above = False
            self._put("^")
        self._open.append((name, 0))
        if name in ("msqrt", "mroot"):
            self._put("√")
        elif name == "mfenced":
            self._put("(")

    def _end_leaf(self) -> None:
        self.reads = False

    def _end(self) -> None:
        if self._open and self._open.pop()[0] == "mfenced":
            self._put(")")
        self._above = False
