"""Documents added one after the other, and what becomes of those that are refused; by whatever writer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple, TypeAlias

from ..errors import DocumentError


class Refused(NamedTuple):
    """A document that add_many did not take: its place in the input, the document, and why."""

    position: int
    document: Any
    error: DocumentError


OnError: TypeAlias = Literal["raise", "skip"] | Callable[[Refused], object]


def added(add: Callable[[object], object], documents: Iterable[object], on_error: OnError) -> list[Refused]:
    """Each document given to `add`; returns those that it refused. See IndexWriter.add_many."""
    if on_error not in ("raise", "skip") and not callable(on_error):
        raise ValueError(f"on_error is 'raise', 'skip' or a callable, got {on_error!r}")
    refused = []
    for position, document in enumerate(documents):
        try:
            add(document)
        except DocumentError as error:
            if on_error == "raise":
                raise
            refusal = Refused(position, document, error)
            refused.append(refusal)
            if callable(on_error):
                on_error(refusal)
    return refused
