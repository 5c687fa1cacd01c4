"""Results handed to a program, in no more bytes than an answer may have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ...wire.standing import num_that_fit, results_as_json
from ..access.tenants import Narrowed

if TYPE_CHECKING:
    from ...index import Index
    from ...search.results import Results
    from ..settings import Limits


def handed(
    index: Index,
    search: Callable[[int], Results],
    wanted: int | None,
    limits: Limits,
    known_schema: str,
    explain: Sequence[str],
) -> dict[str, Any]:
    """As many of the wanted hits as one answer may have; `cut` says whether there may be more.

    search: finds so many hits or groups at most. explain: documents whose scores are explained.
    """
    most = limits.hits if wanted is None else min(wanted, limits.hits)
    before = index.generation
    found = search(most)
    shown = len(found)  # hits, or groups of them
    fitting = num_that_fit(found, limits.answer_bytes)
    if fitting < shown:
        found = search(fitting)
    if isinstance(index, Narrowed):
        index.keep_own_marks(found)
    generation = before if index.generation == before else None  # of which commit they are, is not known
    out = {
        **results_as_json(found, known_schema),
        "cut": fitting < shown or (shown == most and (wanted is None or most < wanted)),
        "generation": generation,
    }
    if found.error is not None:
        error = found.error
        out["error"] = {"type": type(error).__name__, "detail": str(error), "position": error.position}
    if explain:
        explained = {name: found.explain(name) for name in explain}
        out["explanations"] = {
            name: None if one is None else one.as_dict() for name, one in explained.items()
        }
    return out
