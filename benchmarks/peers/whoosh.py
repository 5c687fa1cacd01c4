"""Whoosh, the pure-Python engine: space-separated terms with positions, text stored.

Its BM25F uses another idf and exact lengths, so its scores are not compared.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..corpora import Document
from . import HEAP_BYTES, K1, B, Engine, Hit, Mode

_ONE_SHOT = """
import sys
from whoosh import index, query
wanted = query.Or([query.Term("text", term) for term in sys.argv[2].split()])
print([(hit["id"], hit.score) for hit in index.open_dir(sys.argv[1]).searcher().search(wanted, limit=10)])
"""


class Whoosh(Engine):
    """One process, 256 MiB of buffer."""

    name = "whoosh"
    requirements = ("whoosh>=2.7.4",)
    module = "whoosh"
    largest_size = 20_000
    setting = "space-separated terms, positions, text stored, limitmb 256"

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        _quiet()
        from whoosh import analysis, fields, index

        text_field = fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer(), phrase=True, stored=True)
        made = index.create_in(str(folder), fields.Schema(id=fields.ID(stored=True), text=text_field))
        writer = made.writer(limitmb=HEAP_BYTES // (1024 * 1024), procs=threads)
        count = 0
        for count, (identifier, text) in enumerate(documents, 1):  # noqa: B007 - counted
            writer.add_document(id=identifier, text=text)
        writer.commit()
        return count

    def open(self, folder: Path) -> None:
        _quiet()
        from whoosh import index, scoring

        self._searcher = index.open_dir(str(folder)).searcher(weighting=scoring.BM25F(B=B, K1=K1))

    def num_segments(self) -> int | None:
        return len(self._searcher.reader().leaf_readers())

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        return ["-c", _ONE_SHOT, str(folder), text]

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        results = self._searcher.search(_query(text, mode), limit=k)
        return [(hit["id"], hit.score) for hit in results]

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        query, search = _query(text, mode), self._searcher.search
        return lambda: search(query, limit=k)


def _query(text: str, mode: Mode) -> Any:
    from whoosh import query

    terms = text.split()
    if mode == "phrase":
        return query.Phrase("text", terms)
    return (query.And if mode == "and" else query.Or)([query.Term("text", term) for term in terms])


def _quiet() -> None:
    """Whoosh 2.7 has string escapes that newer Pythons warn about when they compile it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import whoosh.fields
        import whoosh.index
        import whoosh.query
        import whoosh.scoring  # noqa: F401 - imported here to be compiled in silence
