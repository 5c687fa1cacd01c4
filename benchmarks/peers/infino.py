"""infino: its own standard tokenizer over the words, positions, text not stored.

It answers with Arrow tables of its own keys: a hit is read by a column of ours. Its queries have +, − and
quotes, and no parentheses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from ..corpora import Document
from . import Engine, Hit, Mode, Tree

_BATCH = 20_000


class Infino(Engine):
    """Its BM25 has k1 = 1.2 and b = 0.75 by default; how it rounds lengths is not known here."""

    name = "infino"
    requirements: ClassVar[tuple[str, ...]] = ("infino==0.11.*", "pyarrow")
    module = "infino"
    own_environment = True
    setting = "standard tokenizer, positions, text not stored, optimized after the last append"
    warm_up_s = 0.5

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        import infino
        import pyarrow as pa

        schema = pa.schema([pa.field("id", pa.large_utf8(), nullable=False), _text_field(pa)])
        spec = infino.IndexSpec().fts("text", stored=False, positions=True)
        self._table: Any = infino.connect(str(folder)).create_table("documents", schema, spec)
        given, count = iter(documents), 0
        while batch := list(islice(given, _BATCH)):
            columns = {"id": [each.id for each in batch], "text": [each.text for each in batch]}
            self._table.append(pa.table(columns, schema=schema))
            count += len(batch)
        return count

    def settle(self) -> None:
        self._table.optimize()

    def open(self, folder: Path) -> None:
        import infino

        self._table = infino.connect(str(folder)).open_table("documents")

    def num_segments(self) -> int | None:
        return None

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        found = self._search(text, mode, k, ["id", "score"]).to_pydict()
        return list(zip(found["id"], found["score"], strict=True))

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        return lambda: self._search(text, mode, k, None)

    def counts(self, tree: Tree, k: int) -> Sequence[Callable[[], int]]:
        query = _spelled(tree)
        if query is None:
            return ()
        text, mode = query
        count, search = self._table.count, self._table.bm25_search
        if k == 0:
            return (lambda: int(count("text", text, mode)),)

        def both() -> int:
            search("text", text, k, mode)
            return int(count("text", text, mode))

        return (both,)

    def _search(self, text: str, mode: Mode, k: int, projection: list[str] | None) -> Any:
        query = f'"{text}"' if mode == "phrase" else text
        return self._table.bm25_search("text", query, k, "and" if mode == "and" else "or", projection)


def _text_field(pa: Any) -> Any:
    return pa.field("text", pa.large_utf8(), nullable=False)


def _leaf(tree: Tree) -> str | None:
    if tree[0] == "word":
        return str(tree[1])
    return f'"{" ".join(tree[1])}"' if tree[0] == "phrase" else None


def _spelled(tree: Tree) -> tuple[str, str] | None:
    """The query and its mode; None for a tree that nests."""
    wanted, unwanted = (tree[1], _leaf(tree[2])) if tree[0] == "not" else (tree, "")
    if unwanted is None:
        return None
    kind = wanted[0]
    leaves = [_leaf(child) for child in wanted[1]] if kind in ("and", "or") else [_leaf(wanted)]
    known = [leaf for leaf in leaves if leaf is not None]
    if len(known) < len(leaves):
        return None
    if not unwanted:
        return " ".join(known), "and" if kind == "and" else "or"
    if kind == "or":
        return None  # with an exclusion beside it, words without a sign need not match
    return " ".join([*(f"+{leaf}" for leaf in known), f"-{unwanted}"]), "or"
