"""What a router and a worker say to each other: questions about one shard, and their answers, as msgpack.

A message holds the version of the collection, the seconds that are left, the totals of all shards, and any
number of questions, [name, arguments…]. Its answer holds as many results, or one error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from .. import errors
from ..errors import SearchlibError, SearchTimeout, ServerError

PROTOCOL = 1
Totals = Sequence[Sequence[int]]
"""(live documents with a value, their length in tokens) of each searched field, over all shards."""

Question = Sequence[Any]

_KNOWN: dict[str, type[SearchlibError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, SearchlibError)
}
_PLAIN = {kind.__name__: kind for kind in (ValueError, TypeError, IndexError, KeyError, MemoryError)}


class Message(msgspec.Struct, array_like=True):
    """version: of the collection, whose answers are wanted. seconds: that it may take; None: all it takes."""

    protocol: int
    version: int
    seconds: float | None
    totals: list[tuple[int, int]] | None
    questions: list[list[Any]]


_ENCODER = msgspec.msgpack.Encoder()
_MESSAGES = msgspec.msgpack.Decoder(Message)
_ANSWERS = msgspec.msgpack.Decoder(strict=False)


def message(
    version: int, seconds: float | None, totals: Totals | None, questions: Sequence[Question]
) -> bytes:
    """The bytes that a worker is sent."""
    return _ENCODER.encode([PROTOCOL, version, seconds, totals, questions])


def read_message(data: bytes) -> Message:
    """The inverse; ServerError for what is none."""
    try:
        found = _MESSAGES.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ServerError(f"expected a message of a searchlib router: {error}") from None
    if found.protocol != PROTOCOL:
        raise ServerError(
            f"the router speaks version {found.protocol}, and this worker version {PROTOCOL}: run the same "
            f"searchlib on both"
        )
    return found


def pack(value: Any) -> bytes:
    """Plain data as bytes, for what is sent again and again."""
    return _ENCODER.encode(value)


def unpack(data: bytes) -> Any:
    """Its inverse. ServerError for what is none."""
    try:
        return _ANSWERS.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ServerError(f"expected what a searchlib worker answers: {error}") from None


def answer(results: Sequence[Any]) -> bytes:
    """What a worker sends back."""
    return _ENCODER.encode([True, results])


def refusal(error: Exception) -> bytes:
    """The same where a question cannot be answered."""
    more = {"position": error.position} if isinstance(error, errors.QueryError) else {}
    return _ENCODER.encode([False, type(error).__name__, str(error), more])


def read_answer(data: bytes) -> list[Any]:
    """The results; the error that the worker has sent is raised."""
    found = unpack(data)
    if isinstance(found, list) and found and found[0] is True and len(found) == 2:
        results: list[Any] = found[1]
        return results
    if isinstance(found, list) and len(found) == 4 and found[0] is False:
        raise _error(*found[1:])
    raise ServerError("what answers there is no searchlib worker")


def _error(name: str, text: str, more: dict[str, Any]) -> Exception:
    kind = _KNOWN.get(name)
    if kind is None:
        return _PLAIN.get(name, ServerError)(text)
    if kind is SearchTimeout:
        return SearchTimeout(text, None)
    if issubclass(kind, errors.QueryError):
        return kind(text, more.get("position"))
    return kind(text)
