"""PISA through pyterrier-pisa: block-max MaxScore over SIMD-BP blocks, float scores; its own environment.

PISA's tokenizer knows ASCII only, so Cyrillic terms are spelled in ASCII, one term for one term. It has no
positions, no phrases and no stored text.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ..corpora import Document
from . import K1, B, Engine, Formula, Hit, Mode, Size, folder_bytes

# PISA's fastest here: of MaxScore and WAND, plain and block-max, and of the exhaustive ones (one of which is
# 3 to 6% faster for a thousand hits of 100,000 documents, and slower elsewhere); of ranked AND, plain and
# block-max.
_ALGORITHM = {"or": "block_max_maxscore", "and": "ranked_and"}
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ASCII = str.maketrans(_CYRILLIC, "abcdefghijklmnopqrstuvwxyz012345")
_MARK = "7q"  # begins no Latin word: such words begin with a letter, and numbers hold no letter


class Pisa(Engine):
    """BM25 with Robertson's idf and exact lengths."""

    name = "pisa"
    requirements = ("pyterrier-pisa>=0.4",)
    module = "pyterrier_pisa"
    own_environment = True
    modes = frozenset(("or", "and"))
    formula = Formula(idf="robertson", scale=K1 + 1, lengths="exact", tolerance=1e-5)
    setting = "block_simdbp, block-max MaxScore and ranked AND, float scores, no positions, no stored text"

    def given(self, document: Document) -> Document:
        return Document(document.id, " ".join(map(_spell, document.text.split())))

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        count = 0

        def counted() -> Iterable[dict[str, str]]:
            nonlocal count
            for count, (identifier, text) in enumerate(documents, 1):  # noqa: B007 - counted
                yield {"docno": identifier, "text": text}

        index = self._index(folder, threads)
        index.indexer("text", threads=threads).index(counted())
        self._bm25(index)  # compresses the postings and computes the block maxima
        return count

    def open(self, folder: Path) -> None:
        self._retriever = self._bm25(self._index(folder, 1))
        self._buffers: dict[int, dict[str, Any]] = {}

    def size(self, folder: Path) -> Size:
        # The uncompressed inverted and forward index are left-overs of indexing: queries read neither.
        left_over = sum(folder_bytes(folder, name) for name in ("inv.docs", "inv.freqs", "inv.sizes", "fwd"))
        return Size(folder_bytes(folder) - left_over, 0)

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        buffers = self._space(k)
        found = self._retrieve([(0, _weights(text))], mode, k, 1, buffers)
        docnos, scores = buffers["result_docnos"], buffers["result_scores"]
        return list(zip(docnos[:found].tolist(), scores[:found].tolist(), strict=True))

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        query, buffers = [(0, _weights(text))], self._space(k)
        return lambda: self._retrieve(query, mode, k, 1, buffers)

    def batch(self, texts: Sequence[str], k: int, threads: int) -> Callable[[], object] | None:
        queries, buffers = list(enumerate(map(_weights, texts))), self._space(k * len(texts))
        return lambda: self._retrieve(queries, "or", k, threads, buffers)

    def _retrieve(self, queries: list[Any], mode: Mode, k: int, threads: int, buffers: dict[str, Any]) -> int:
        """The one native call beneath PisaRetrieve.transform: its pandas frames are not PISA's cost."""
        _pisathon = importlib.import_module("pyterrier_pisa._pisathon")
        return int(
            _pisathon.retrieve(
                self._retriever._ctxt,
                _ALGORITHM[mode],
                queries,
                k=k,
                threads=threads,
                pretokenised=True,
                query_weighted=0,
                **buffers,
            )
        )

    def _space(self, rows: int) -> dict[str, Any]:
        import numpy as np

        if rows not in self._buffers:
            types = {"qidxs": np.int32, "docnos": object, "ranks": np.int32, "scores": np.float32}
            self._buffers[rows] = {f"result_{n}": np.empty(rows, dtype=t) for n, t in types.items()}
        return self._buffers[rows]

    @staticmethod
    def _index(folder: Path, threads: int) -> Any:
        pyterrier_pisa = importlib.import_module("pyterrier_pisa")
        logging.getLogger("ir_datasets").setLevel(logging.ERROR)
        with contextlib.suppress(AttributeError):
            pyterrier_pisa.log_level(False)
        return pyterrier_pisa.PisaIndex(
            str(folder), text_field="text", stemmer="none", stops="none", threads=threads
        )

    @staticmethod
    def _bm25(index: Any) -> Any:
        return index.bm25(k1=K1, b=B, query_algorithm="block_max_maxscore", query_weighted=False)


def _spell(term: str) -> str:
    return term if term.isascii() else _MARK + term.translate(_ASCII)


def _weights(text: str) -> dict[str, float]:
    return {_spell(term): 1.0 for term in text.split()}
