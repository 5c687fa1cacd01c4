"""What a tool says when it cannot answer: what kind of error, what was wrong, and what to do instead.

Errors of the library become such refusals; what comes unforeseen is one too, without its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from searchlib import errors
from searchlib.highlight import one_line

_MAX_MESSAGE = 1_200
_MAX_NAMES = 40


class Refusal(Exception):
    """An answer that says why there is none.

    kind: a word for programs, like "unknown_field". details: what helps on, as JSON has it: the fields that
    there are, what may have been meant.
    """

    def __init__(self, kind: str, message: str, **details: Any) -> None:
        super().__init__(shortened(one_line(message)))
        self.kind, self.details = kind, details

    def as_dict(self) -> dict[str, Any]:
        """What a program reads of it."""
        return {"error": {"kind": self.kind, "message": str(self), **self.details}}


_KINDS: tuple[tuple[type[Exception], str, str], ...] = (
    (errors.CursorError, "bad_cursor", "repeat the call without a cursor"),
    (errors.UnknownFieldError, "unknown_field", ""),
    (errors.QueryTooComplex, "bad_query", "ask for less at once"),
    (errors.QueryError, "bad_query", ""),
    (errors.SearchTimeout, "timeout", "ask for rarer words, or set a filter"),
    (errors.DocumentError, "bad_document", "nothing was changed"),
    (errors.LockError, "locked", "another program writes to the index; try again in a few seconds"),
    (errors.AnalyzerMismatchError, "unavailable", "a person has to index the documents anew"),
    (errors.IndexNotFoundError, "unavailable", "a person has to make it: searchlib index"),
    (errors.CorruptIndexError, "unavailable", "a person has to see to it: searchlib check"),
    (errors.SearchlibError, "unavailable", ""),
    (MemoryError, "unavailable", "ask for less at once"),
    (OSError, "unavailable", ""),
)


def refusal_of(error: Exception, fields: Iterable[str] = ()) -> Refusal:
    """The refusal that an error of the library means. fields: those of the index that was asked."""
    for kind_of, kind, remedy in _KINDS:
        if isinstance(error, kind_of):
            message = str(error).rstrip(".") or type(error).__name__
            details: dict[str, Any] = {}
            if kind == "unknown_field":
                details = {"fields": list(fields)[:_MAX_NAMES]}
                named = message.split("'")
                if len(named) > 1 and (near := nearest(named[1], fields)):
                    details["did_you_mean"] = near
            return Refusal(kind, f"{message}; {remedy}" if remedy else message, **details)
    return Refusal("internal", f"internal error: {type(error).__name__}; the server's log has more")


def unknown(kind: str, what: str, name: str, known: Iterable[str], plural: str) -> Refusal:
    """The refusal of a name that is none, with those that there are."""
    names = list(known)
    near = nearest(name, names)
    meant = f" (did you mean {near[0]!r}?)" if near else ""
    listed = ", ".join(names[:_MAX_NAMES])
    more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
    message = f"there is no {what} {shortened(name, 80)!r}{meant}; {plural}: {listed}{more}"
    details: dict[str, Any] = {plural: names[:_MAX_NAMES]}
    if near:
        details["did_you_mean"] = near
    return Refusal(kind, message, **details)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to three names that are like this one."""
    return get_close_matches(name, list(known), 3, 0.6)


def shortened(text: str, length: int = _MAX_MESSAGE) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
