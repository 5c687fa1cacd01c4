"""What there is: the indexes, their schemas and numbers, and whether the server is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import __version__

if TYPE_CHECKING:
    from ...index import Index
    from ..calls import Call


async def health(call: Call) -> dict[str, str]:
    """That the server answers."""
    return {"status": "available", "version": __version__}


async def ready(call: Call) -> dict[str, str]:
    """That it can be asked: 503 where it could not answer now."""
    call.state.check_memory()
    return {"status": "ready", "version": __version__}


async def indexes(call: Call) -> dict[str, Any]:
    """All indexes."""
    catalogue = call.catalogue
    return {"indexes": await call.ask(lambda: [described(name, catalogue[name]) for name in catalogue])}


async def index(call: Call) -> dict[str, Any]:
    """One index."""
    return described(call.index_name, await call.index())


async def stats(call: Call) -> dict[str, Any]:
    """The numbers of one index."""
    found = await call.index()
    return await call.ask(found.stats)


def described(name: str, found: Index) -> dict[str, Any]:
    """An index as it is listed."""
    return {"name": name, "documents": len(found), "fields": found.schema.to_dict()}
