"""bm25s with its numba backend: scores computed when indexing, rows of a sparse matrix added when searching.

It has no positions, no AND and no stored text; the index is saved and loaded by its own methods.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ..corpora import Document
from . import K1, B, Engine, Formula, Hit, Mode

# numpy, not numba: a single query does not repay a compiler.
_ONE_SHOT = """
import bm25s, json, sys
index = bm25s.BM25.load(sys.argv[1], backend="numpy", mmap=True, load_corpus=False)
ids = json.load(open(sys.argv[1] + "/ids.json", encoding="utf-8"))
found, scores = index.retrieve([sys.argv[2].split()], k=10, show_progress=False)
print([(ids[d], s) for d, s in zip(found[0].tolist(), scores[0].tolist())])
"""


class Bm25s(Engine):
    """The "lucene" method: our formula with exact lengths."""

    name = "bm25s"
    requirements = ("bm25s[core]>=0.2", "numba>=0.60")
    module = "bm25s"
    modes = frozenset(("or",))
    formula = Formula(lengths="exact", tolerance=1e-4)
    largest_size = 100_000
    setting = "method lucene, numba backend, no positions, no stored text"

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        retriever = self._retriever()
        ids, corpus = [], []
        for identifier, text in documents:
            ids.append(identifier)
            corpus.append(text.split())
        retriever.index(corpus, show_progress=False)
        retriever.save(str(folder), show_progress=False)
        (folder / "ids.json").write_text(json.dumps(ids), encoding="utf-8")
        return len(ids)

    def open(self, folder: Path) -> None:
        import bm25s

        self._bm25 = bm25s.BM25.load(str(folder), backend="numba", mmap=False, load_corpus=False)
        self._bm25.activate_numba_scorer()
        self._ids: list[str] = json.loads((folder / "ids.json").read_text(encoding="utf-8"))

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        return ["-c", _ONE_SHOT, str(folder), text]

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        found, scores = self._retrieve([text.split()], k, 0)
        ids = self._ids
        return [(ids[d], s) for d, s in zip(found[0].tolist(), scores[0].tolist(), strict=True) if s > 0]

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        query = [self._bm25.get_tokens_ids(text.split())]
        return lambda: self._retrieve(query, k, 0)

    def batch(self, texts: Sequence[str], k: int, threads: int) -> Callable[[], object] | None:
        queries = [self._bm25.get_tokens_ids(text.split()) for text in texts]
        return lambda: self._retrieve(queries, k, threads)

    def _retrieve(self, queries: list[list[Any]], k: int, threads: int) -> tuple[Any, Any]:
        k = min(k, len(self._ids))
        documents, scores = self._bm25.retrieve(queries, k=k, show_progress=False, n_threads=threads)
        return documents, scores

    def _retriever(self) -> Any:
        import bm25s

        return bm25s.BM25(method="lucene", k1=K1, b=B, backend="numba")
