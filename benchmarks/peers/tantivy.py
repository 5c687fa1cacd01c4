"""tantivy through tantivy-py: the whitespace tokenizer with positions, no stemmer, text and id stored.

A hit's id is read by a numeric column and a list beside the index, several times as fast as from the store:
tantivy-py hands out no column of strings. Indexing ends when the commit returns; merges that then go on are
waited for before it is searched or sized.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from ..corpora import Document
from . import HEAP_BYTES, IDS, K1, Engine, Formula, Hit, Mode, Size, Tree, folder_bytes, read_ids

_ONE_SHOT = """
import sys, tantivy
index = tantivy.Index.open(sys.argv[1])
searcher = index.searcher()
hits = searcher.search(index.parse_query(sys.argv[2], ["text"]), 10, count=False).hits
print([(searcher.doc(address)["id"][0], score) for score, address in hits])
"""


class Tantivy(Engine):
    """tantivy's own BM25 has k1 = 1.2 and b = 0.75 built in, one-byte lengths and the factor (k1 + 1)."""

    name = "tantivy"
    requirements: ClassVar[tuple[str, ...]] = ("tantivy>=0.27",)
    module = "tantivy"
    formula: ClassVar[Formula | None] = Formula(scale=K1 + 1)
    setting = "whitespace tokenizer, positions, text stored, writer's heap 256 MiB"

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        import tantivy

        self._index = tantivy.Index(_schema(), path=str(folder))
        self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=threads)
        count = 0
        with (folder / IDS).open("w", encoding="utf-8") as ids:
            for identifier, text in documents:
                self._writer.add_document(tantivy.Document(id=identifier, text=text, number=count))
                ids.write(identifier + "\n")
                count += 1
        self._writer.commit()
        return count

    def settle(self) -> None:
        self._writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._schema = self._index.schema
        self._ids = read_ids(folder)

    def num_segments(self) -> int | None:
        return int(self._searcher.num_segments)

    def size(self, folder: Path) -> Size:
        # The column and the list are there for this comparison: they are not held against tantivy.
        own = folder_bytes(folder, "*.fast") + folder_bytes(folder, IDS)
        return Size(folder_bytes(folder) - own, folder_bytes(folder, "*.store"))

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        return ["-c", _ONE_SHOT, str(folder), text]

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        query = self._index.parse_query(
            f'"{text}"' if mode == "phrase" else text, ["text"], conjunction_by_default=mode == "and"
        )
        hits = self._searcher.search(query, k, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        ids = self._ids
        return [(ids[number], score) for number, (score, _) in zip(numbers, hits, strict=True)]

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        query, search = self._query(text.split(), mode), self._searcher.search
        return lambda: search(query, k, count=False)

    def counts(self, tree: Tree, k: int) -> Sequence[Callable[[], int]]:
        query, search = self._tree(tree), self._searcher.search
        scored: Callable[[], int] = lambda: search(query, max(k, 1), count=True).count  # noqa: E731
        if k > 0:
            return (scored, lambda: search(query, k, count=False) and search(query, 1, count=True).count)
        # tantivy-py has no count alone: the best one is asked for, by score, or by a column, without.
        return (scored, lambda: search(query, 1, count=True, order_by_field="number").count)

    def _tree(self, tree: Tree) -> Any:
        from tantivy import Occur, Query

        kind = tree[0]
        if kind == "word":
            return Query.term_query(self._schema, "text", tree[1], index_option="freq")
        if kind == "phrase":
            return Query.phrase_query(self._schema, "text", tree[1])
        if kind == "not":
            clauses = [(Occur.Must, self._tree(tree[1])), (Occur.MustNot, self._tree(tree[2]))]
        else:
            occur = Occur.Must if kind == "and" else Occur.Should
            clauses = [(occur, self._tree(child)) for child in tree[1]]
        return Query.boolean_query(clauses)

    def _query(self, terms: list[str], mode: Mode) -> Any:
        from tantivy import Occur, Query

        if mode == "phrase":
            return Query.phrase_query(self._schema, "text", terms)
        occur = Occur.Must if mode == "and" else Occur.Should
        # "freq": positions are not read for a query that needs none.
        return Query.boolean_query(
            [(occur, Query.term_query(self._schema, "text", term, index_option="freq")) for term in terms]
        )


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=True, tokenizer_name="whitespace", index_option="position")
    builder.add_integer_field("number", fast=True)
    return builder.build()
