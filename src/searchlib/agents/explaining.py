"""The tool `explain`: how a query is understood, why nothing was found, what scores are made of.

Without a query it tells of the index: its fields, and what each can be asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .answers import Answer
from .asking import fields_of, how, seconds_left
from .budget import TOKEN, fitting, price_of_json
from .helping import help_on
from .missing import missing_document
from .texts import clean

if TYPE_CHECKING:
    from searchlib import Index

    from .catalog import Catalog

MAX_IDS = 5
_SHARE_OF_TREE = 0.5


def explain(catalog: Catalog, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer. asked: the arguments, checked, all of them there."""
    served = catalog.chosen(asked["index"])
    index = served.current()
    if not (asked["query"] or "").strip():
        return described(served.name, index, asked["budget"], list(catalog))
    manner = how(catalog, asked)
    results = index.search(asked["query"], 0, timeout=seconds_left(asked), **manner)
    answer = Answer(asked["budget"], index=served.name, total=results.total)
    answer.help_on("notes", results.notes, 4)
    help_on(answer, index, results, asked)
    understood = str(index.explain(asked["query"], timeout=seconds_left(asked), **manner))
    share = _SHARE_OF_TREE if asked["ids"] else 1.0
    _add_tree(answer.value, "understood", understood, int(answer.room * share))
    missing: list[dict[str, Any]] = []
    for number, document_id in enumerate(asked["ids"]):
        explained = results.explain(document_id)
        if explained is None:
            missing.append(missing_document(catalog, served.name, index, document_id))
            continue
        told: dict[str, Any] = {"id": document_id, "score": round(explained.value, 4)}
        scores = answer.value.setdefault("scores", [])
        room = answer.room // (len(asked["ids"]) - number)
        _add_tree(told, "made_of", str(explained), room - price_of_json(told))
        scores.append(told)
    answer.add_missing(missing)
    return answer.checked()


def described(name: str, index: Index, budget: int, names: list[str]) -> dict[str, Any]:
    """What an index is: its number of documents, its fields, and the other indexes that there are."""
    answer = Answer(budget, index=name, total=len(index), fields=[])
    others = [other for other in names if other != name]
    answer.help_on("other_indexes", others, len(others))
    fields = fields_of(index)
    number = answer.fill("fields", fields, 10 * TOKEN)
    if number < len(fields):
        answer.value["fields_left_out"] = len(fields) - number
    return answer.checked()


def _add_tree(value: dict[str, Any], name: str, tree: str, room: int) -> None:
    """Add a drawn tree, without its last lines where there is no room for them."""
    tree = clean(tree)
    if price_of_json({name: tree}) > room:
        cut = "\n(more lines; a larger budget shows them)"
        end = fitting(tree, 0, room - price_of_json({name: cut}))
        tree = tree[: tree.rfind("\n", 0, end) if "\n" in tree[:end] else end] + cut
        if price_of_json({name: tree}) > room:
            return
    value[name] = tree
