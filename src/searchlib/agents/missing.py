"""What is said of an id that no document has: ids that are like it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from .refusals import nearest, shortened
from .texts import clean

if TYPE_CHECKING:
    from searchlib import Index

_MAX_IDS = 2_000
"""So many are compared with one that there is not."""


def missing_document(index: Index, document_id: str) -> dict[str, Any]:
    """The id, as far as it can be shown, and up to three that are like it."""
    told: dict[str, Any] = {"id": shortened(clean(document_id), 120)}
    if similar := nearest(document_id, islice(index.ids(document_id[:1]), _MAX_IDS)):
        told["similar"] = similar
    return told
