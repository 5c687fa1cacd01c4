"""What `Index.stats` says of a snapshot and its manifest, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..storage.manifest import Manifest
    from .searcher import Searcher


def statistics(searcher: Searcher, manifest: Manifest) -> dict[str, Any]:
    """Documents, segments, bytes, and of each searched field its terms, forms and average length.

    Terms and forms are those of the whole index, each counted once whatever number of segments has it; what
    only deleted documents have counts until they are merged away.
    """
    return {
        "num_docs": len(searcher),
        "num_deleted": searcher.core.num_docs - len(searcher),
        "num_segments": len(searcher.segments),
        "size_bytes": sum(entry.length for entry in manifest.files()),
        "generation": manifest.generation,
        "fields": {
            name: _of_field(searcher, number) for number, name in enumerate(searcher.schema.searched_fields)
        },
    }


def _of_field(searcher: Searcher, number: int) -> dict[str, Any]:
    num_docs, total_length = searcher.core.totals(number)
    num_terms, num_forms = searcher.core.count_words(number)
    return {
        "num_docs": num_docs,
        "average_length": total_length / num_docs if num_docs else 0.0,
        "num_terms": num_terms,
        "num_forms": num_forms,
    }
