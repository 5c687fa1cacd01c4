"""The handed cases, small inputs by kind, that lie beside the data: each finds just what it should."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest

from searchlib import Date, Index, Keyword, Number, Schema, Text
from shared_data import DATA

PATH = DATA.parent / "cases" / "words.jsonl"
FIELDS: dict[str, Any] = {"text": Text, "keyword": Keyword, "number": Number, "date": Date}


def cases() -> Iterator[Any]:
    if not PATH.exists():
        yield pytest.param(None, id="none")
        return
    for number, line in enumerate(PATH.read_text(encoding="utf-8").splitlines(), 1):
        case = json.loads(line)
        yield pytest.param(case, id=f"{number} {case['kind']}")


def value_of(raw: Any, kind: str) -> Any:
    if kind != "date":
        return raw
    return (
        datetime.datetime.fromisoformat(raw.replace("Z", "+00:00"))
        if "T" in raw
        else (datetime.date.fromisoformat(raw))
    )


@pytest.mark.parametrize("case", list(cases()))
def test_a_query_finds_just_these_documents(case: dict[str, Any] | None) -> None:
    if case is None:
        pytest.skip(f"no data at {PATH}: set SEARCHLIB_DATA to the folder of the data")
    fields = case.get("fields", {"body": "text"})
    index = Index.in_memory(Schema(**{name: FIELDS[kind]() for name, kind in fields.items()}))
    with index.writer() as writer:
        for number, doc in enumerate(case["docs"], 1):
            values = doc if isinstance(doc, dict) else {"body": doc}
            typed = {name: value_of(raw, fields[name]) for name, raw in values.items()}
            writer.add({"id": str(number), **typed})
    index.refresh()
    assert sorted(int(hit.id) for hit in index.search(case["query"], limit=None)) == case["finds"]
