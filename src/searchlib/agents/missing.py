"""What is said of an id that no document has: ids that are like it, and other indexes that have it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from searchlib.errors import SearchlibError

from .refusals import nearest, shortened
from .texts import clean

if TYPE_CHECKING:
    from searchlib import Index

    from .catalog import Catalog

_MAX_IDS = 2_000
"""So many are compared with one that there is not."""


def missing_document(catalog: Catalog, name: str, index: Index, document_id: str) -> dict[str, Any]:
    """The id, as far as it can be shown, up to three that are like it, and the other indexes that have it.

    name: of the index that was asked.
    """
    told: dict[str, Any] = {"id": shortened(clean(document_id), 120)}
    if similar := nearest(document_id, islice(index.ids(document_id[:1]), _MAX_IDS)):
        told["similar"] = similar
    if others := [other for other in catalog if other != name and _has(catalog, other, document_id)]:
        told["in_indexes"] = others
    return told


def advice(told: Mapping[str, Any]) -> str:
    """The end of a sentence about such an id: where it is, or what it may have been; "" for neither."""
    if others := told.get("in_indexes"):
        return f"; {' and '.join(others)} has it: ask with index={others[0]!r}"
    return f"; did you mean {told['similar'][0]!r}?" if "similar" in told else ""


def _has(catalog: Catalog, name: str, document_id: str) -> bool:
    """Whether a document of that index has the id; False if the index cannot be asked."""
    try:
        return document_id in catalog[name].current()
    except (SearchlibError, OSError):
        return False
