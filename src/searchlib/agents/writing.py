"""The tools `add` and `delete`, which a server has only where it was started with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from searchlib.errors import DocumentError

from .missing import missing_document

if TYPE_CHECKING:
    from .catalog import Catalog

MAX_DOCUMENTS = 1_000
_WAIT_SECONDS = 5.0
_MAX_SHOWN = 5


def add(catalog: Catalog, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Add documents, or replace those of the same id: all of them, or none."""
    served = catalog.chosen(asked["index"])
    with served.writing:
        index = served.current()
        replaced = {str(one["id"]) for one in asked["documents"] if str(one.get("id", "")) in index}
        made: list[str] = []
        with index.writer(timeout=_WAIT_SECONDS) as writer:
            for number, document in enumerate(asked["documents"], 1):
                try:
                    name = writer.add(document)
                except DocumentError as error:
                    raise DocumentError(f"document {number} of {len(asked['documents'])}: {error}") from error
                if document.get("id") is None:
                    made.append(name)
        index = served.current()
        answer: dict[str, Any] = {"index": served.name, "added": len(asked["documents"])}
        if made:
            answer["made_ids"] = made
        return answer | {"replaced": len(replaced), "total": len(index)}


def delete(catalog: Catalog, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Delete documents by their ids; those that are not there are named."""
    served = catalog.chosen(asked["index"])
    with served.writing:
        index = served.current()
        ids = list(dict.fromkeys(asked["ids"]))
        known = {name for name in ids if name in index}
        if known:
            with index.writer(timeout=_WAIT_SECONDS) as writer:
                for name in known:
                    writer.delete(name)
        index = served.current()
        answer: dict[str, Any] = {"index": served.name, "deleted": len(known), "total": len(index)}
        if missing := [name for name in ids if name not in known]:
            shown = [missing_document(catalog, served.name, index, name) for name in missing[:_MAX_SHOWN]]
            answer |= {"missing": shown, "num_missing": len(missing)}
        return answer
