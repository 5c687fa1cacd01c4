"""Refusals of a server as the errors that an index itself raises."""

from __future__ import annotations

import json
from typing import Any

from .. import errors
from ..errors import AccessDeniedError, SearchlibError, SearchTimeout, ServerError, ServerUnavailableError

_PREFIX = "urn:searchlib:problem:"
_BUSY = (429, 503)
_TIMED_OUT = "SearchTimeout"

_KNOWN: dict[str, type[SearchlibError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, SearchlibError) and kind is not SearchlibError
}


def query_error(given: dict[str, Any]) -> errors.QueryError:
    """Why one query of several was not searched for."""
    kind = _KNOWN.get(given.get("type", ""), errors.QueryError)
    position = given.get("position")
    known = kind if issubclass(kind, errors.QueryError) else errors.QueryError
    return known(str(given.get("detail", "")), position if isinstance(position, int) else None)


_ANSWERED = "answered_by_server"


def is_answer(error: Exception) -> bool:
    """Whether an error is what the index itself said, so that nobody has to find out what was wrong."""
    return _ANSWERED in vars(error)


class Refusal:
    """An answer that is a refusal. kind: its name; what: the sentence for people."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            found = None
        self.problem: dict[str, Any] = found if isinstance(found, dict) else {}
        kind = self.problem.get("type")
        self.kind = kind.removeprefix(_PREFIX) if isinstance(kind, str) else ""
        said = [str(self.problem.get(name) or "") for name in ("title", "detail")]
        if self.kind in _KNOWN or self.kind == "BadArgument":
            said = [said[1] or said[0]]  # the library's own sentence, which says all
        self.what = ": ".join(filter(None, said))[:2000]

    @property
    def may_pass(self) -> bool:
        """Whether the same request may be answered later: it was not begun."""
        return self.status in _BUSY and self.kind not in _KNOWN

    def error(self, timeout: float | None = None) -> Exception:
        """What to raise. timeout: of the question, if it had one."""
        error = self._error(timeout)
        if self.kind in _KNOWN:
            vars(error)[_ANSWERED] = True
        return error

    def _error(self, timeout: float | None) -> Exception:
        kind = _KNOWN.get(self.kind)
        if self.kind == _TIMED_OUT:
            return SearchTimeout(self.what, timeout)
        if kind is not None and issubclass(kind, errors.QueryError):
            position = self.problem.get("position")
            return kind(self.what, position if isinstance(position, int) else None)
        if kind is not None and not issubclass(kind, ServerError):
            return kind(self.what)
        if self.kind == "BadArgument":
            return ValueError(self.what)
        said = f": {self.what}" if self.what else ""
        if self.status == 401:
            unknown = f" another key{said}" if self.kind == "UnknownKey" else " a key"
            return AccessDeniedError(f"the server wants{unknown}; give it as key=, or in SEARCHLIB_KEY", 401)
        if self.status == 403:
            return AccessDeniedError(f"the server refuses{said}", 403)
        if self.status in _BUSY:
            return ServerUnavailableError(f"the server is too busy{said}", self.status)
        if not self.kind:
            return ServerError(
                f"what answers there is no searchlib server, or something stands before it: status "
                f"{self.status}{said}",
                self.status,
            )
        return ServerError(f"the server refuses{said} (status {self.status})", self.status)
