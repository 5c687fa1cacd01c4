"""tantivy through tantivy-py: the whitespace tokenizer with positions, no stemmer, text and id stored.

Indexing ends when the commit returns; merges that then go on are waited for before it is searched or sized.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar

from ..corpora import Document
from . import HEAP_BYTES, K1, Engine, Formula, Hit, Mode, Size, folder_bytes

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
    requirements: ClassVar[tuple[str, ...]] = ("tantivy>=0.22",)
    module = "tantivy"
    formula: ClassVar[Formula | None] = Formula(scale=K1 + 1)
    setting = "whitespace tokenizer, positions, text stored, writer's heap 256 MiB"

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        import tantivy

        self._index = tantivy.Index(_schema(), path=str(folder))
        self._writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=threads)
        count = 0
        for count, (identifier, text) in enumerate(documents, 1):  # noqa: B007 - counted
            self._writer.add_document(tantivy.Document(id=identifier, text=text))
        self._writer.commit()
        return count

    def settle(self) -> None:
        self._writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()
        self._schema = self._index.schema

    def size(self, folder: Path) -> Size:
        return Size(folder_bytes(folder), folder_bytes(folder, "*.store"))

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        return ["-c", _ONE_SHOT, str(folder), text]

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        query = self._index.parse_query(
            f'"{text}"' if mode == "phrase" else text, ["text"], conjunction_by_default=mode == "and"
        )
        searcher = self._searcher
        hits = searcher.search(query, k, count=False).hits
        return [(searcher.doc(address)["id"][0], score) for score, address in hits]

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        query, search = self._query(text.split(), mode), self._searcher.search
        return lambda: search(query, k, count=False)

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
    return builder.build()
