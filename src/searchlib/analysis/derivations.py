"""English words of one root: theory and theorise, inhibit and inhibition.

It answers with the lemmas that WordNet derives from one, or one from them. They are for queries alone: such
words are no forms of each other, and the index keeps them apart. Nothing is read before the first question.
"""

from __future__ import annotations

import mmap
import os

from ..lean import lru_cache

TABLE = os.path.join(os.path.dirname(__file__), "data", "derivations.txt")  # noqa: PTH118, PTH120 (pathlib is slow)
"""Built by tools/wordnet_derivations.py."""


@lru_cache(maxsize=1 << 14)
def derivations(lemma: str) -> tuple[str, ...]:
    """The relatives of a lemma, by their letters; empty if there are none.

    A binary search among lines, in microseconds; answers are kept.
    """
    if not lemma.isascii():
        return ()
    table, word = _table(), lemma.encode()
    low, high = 1, len(table)  # lines begin there; a line feed stands before each
    while low < high:
        begin = table.rfind(b"\n", low - 1, (low + high) // 2) + 1
        end = table.find(b"\n", begin)
        key, _, relatives = table[begin:end].partition(b"\t")
        if key == word:
            return tuple(relatives.decode().split(" "))
        if key < word:
            low = end + 1
        else:
            high = begin
    return ()


@lru_cache(maxsize=1)
def _table() -> mmap.mmap:
    with open(TABLE, "rb") as table:  # noqa: PTH123
        return mmap.mmap(table.fileno(), 0, access=mmap.ACCESS_READ)
