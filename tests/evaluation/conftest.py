"""A small test collection on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

DOCS = [
    {"id": "children", "title": "School", "text": "The children went to school in Tashkent."},
    {"id": "child", "title": "", "text": "One child stayed at home."},
    {"id": "steel", "title": "Сталь", "text": "Завод варил сталь для мостов."},
    {"id": "became", "title": "Перемены", "text": "Люди стали жить лучше; дети пошли в школу."},
    {"id": "empty", "title": "", "text": ""},
]
QUERIES = {"1": "child of a school", "2": "человек", "3": "мосты", "4": "!?", "5": "nobody judged this"}
QRELS = [
    ("1", "children", 2),
    ("1", "child", 1),
    ("2", "became", 1),
    ("3", "steel", 1),
    ("3", "child", 0),
    ("4", "steel", 1),
]


@pytest.fixture
def collection(tmp_path: Path) -> tuple[Path, Path, Path]:
    docs, queries, qrels = tmp_path / "docs.jsonl", tmp_path / "queries.jsonl", tmp_path / "qrels.tsv"
    docs.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in DOCS), encoding="utf-8")
    queries.write_text(
        "".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in QUERIES.items()), encoding="utf-8"
    )
    qrels.write_text("".join(f"{q}\t{d}\t{r}\n" for q, d, r in QRELS), encoding="utf-8")
    return docs, queries, qrels
