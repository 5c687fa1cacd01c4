"""Formulas of Word and PowerPoint (m:oMath) in one line, as they would be typed: x²+1, a/b, √(x), (l/g).

What is drawn and not written (brackets, lines of fractions, signs of roots and sums) comes as a character, so
that what stands on its two sides is two words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from .flow import raised
from .xml_names import Attributes, value_of

_HOLDERS = ("m:d", "m:f", "m:rad", "m:nary", "m:func", "m:mr", "m:eqArr", "m:sSup", "m:sSub", "m:sSubSup",
            "m:sPre", "m:acc", "m:bar", "m:limLow", "m:limUpp", "m:groupChr", "m:box")  # fmt: skip
_BETWEEN = {"m:d": "|", "m:mr": " ", "m:eqArr": "; "}
_MAX_SIGN = 4


class _Holder:
    """An element that holds arguments (m:e): what stands before, between and behind them."""

    __slots__ = ("before", "behind", "between", "kind", "num_arguments", "sign")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.before, self.behind = ("(", ")") if kind == "m:d" else ("", "")
        self.between = _BETWEEN.get(kind, "")
        self.sign = "∫" if kind == "m:nary" else ""
        self.num_arguments = 0


class Formulas:
    """What a reader of a document's part does at the elements of formulas. put: takes their characters."""

    def __init__(self, put: Callable[[str], object]) -> None:
        self._put = put
        self._holders: list[_Holder] = []
        self._above = False  # what comes next is the begin of an exponent
        self.starts: dict[str, Callable[[Attributes], object]] = {
            **{kind: partial(self._open, kind) for kind in _HOLDERS},
            "m:e": self._argument,
            "m:sup": lambda _: setattr(self, "_above", True),
            "m:den": lambda _: put("/"),
            "m:lim": lambda _: put(" "),
            "m:begChr": partial(self._set, "before"),
            "m:endChr": partial(self._set, "behind"),
            "m:sepChr": partial(self._set, "between"),
            "m:chr": partial(self._set, "sign"),
        }
        self.ends: dict[str, Callable[[], object]] = {
            **dict.fromkeys(_HOLDERS, self._close),
            "m:naryPr": self._show_sign,
            "m:sup": lambda: setattr(self, "_above", False),
            "m:fName": lambda: put(" "),
        }

    def shown(self, text: str) -> str:
        """A piece of a formula's text: an exponent is raised, or has a sign before it."""
        if not self._above or not text.strip():
            return text
        self._above = False
        return up if (up := raised(text)) != text else f"^{text}"

    def _open(self, kind: str, _: Attributes) -> None:
        if self._above:
            self._above = False
            self._put("^")
        self._holders.append(_Holder(kind))

    def _close(self) -> None:
        if self._holders:
            holder = self._holders.pop()
            if holder.kind == "m:d":
                self._put(holder.behind)

    def _argument(self, _: Attributes) -> None:
        if not self._holders:
            return
        holder = self._holders[-1]
        holder.num_arguments += 1
        if holder.num_arguments > 1:
            self._put(holder.between)
        elif holder.kind == "m:d":
            self._put(holder.before)
        elif holder.kind == "m:rad":
            self._put("√")

    def _set(self, what: str, attributes: Attributes) -> None:
        if self._holders and (self._holders[-1].kind in ("m:d", "m:nary")):
            setattr(self._holders[-1], what, value_of(attributes, "val")[:_MAX_SIGN])

    def _show_sign(self) -> None:
        if self._holders:
            self._put(self._holders[-1].sign)
