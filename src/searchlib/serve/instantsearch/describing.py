"""What these front ends read of a server and of an index: its version, numbers, settings, one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ... import __version__
from ...schema import ID
from .counts import MAX_VALUES
from .refusals import RefusedError

if TYPE_CHECKING:
    from ...index import Index
    from ..calls import Call

MAX_HITS = 1_000_000
"""The last hit that a page may begin behind."""


class OfDocument(Struct):
    """fields: names between commas; none: all."""

    fields: str = "*"


async def version(call: Call) -> dict[str, str]:
    """Which searchlib this is."""
    return {"commitSha": "unknown", "commitDate": "unknown", "pkgVersion": __version__}


async def document(call: Call) -> dict[str, Any]:
    """One document by its id."""
    index = await call.index()
    wanted = str(call.request.path_params["id"])
    found = await call.ask(lambda: index.get(wanted))
    if found is None:
        raise RefusedError("document_not_found", "there is no document of that id", 404)
    names = [name.strip() for name in call.query.fields.split(",")]
    return found if "*" in names else {name: found[name] for name in names if name in found}


async def stats(call: Call) -> dict[str, Any]:
    """The numbers of an index."""
    index = await call.index()
    return await call.ask(lambda: _stats(index))


def _stats(index: Index) -> dict[str, Any]:
    numbers = index.stats()
    documents, size = numbers["num_docs"], numbers["size_bytes"]
    return {
        "numberOfDocuments": documents,
        "rawDocumentDbSize": size,
        "avgDocumentSize": size // documents if documents else 0,
        "isIndexing": False,
        "numberOfEmbeddings": 0,
        "numberOfEmbeddedDocuments": 0,
        "fieldDistribution": {name: of["num_docs"] for name, of in numbers["fields"].items()},
    }


async def settings(call: Call) -> dict[str, Any]:
    """What the schema says, in the words of these front ends."""
    schema = (await call.index()).schema
    columns = list(schema.column_kinds)
    return {
        "displayedAttributes": [ID, *(name for name, field in schema.items() if field.stored)],
        "searchableAttributes": list(schema.searched_fields),
        "filterableAttributes": [ID, *columns],
        "sortableAttributes": columns,
        "rankingRules": ["words", "sort"],
        "faceting": {"maxValuesPerFacet": MAX_VALUES, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": MAX_HITS},
    }
