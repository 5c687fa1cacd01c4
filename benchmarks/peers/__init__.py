"""What the harness asks of an engine, and the list of engines: one adapter a file, imported when asked for.

An adapter builds a committed index on disk from a token stream, opens it, and answers OR, AND and phrase
queries. It knows nothing of corpora, of timing or of the other engines.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

from ..corpora import Document

Mode = Literal["or", "and", "phrase"]
Hit = tuple[str, float]
Tree = list[Any]
"""A query of counts.py: ["word", w], ["phrase", [w, …]], ["and" or "or", [tree, …]], ["not", wanted,
unwanted]."""

K1, B = 1.2, 0.75
HEAP_BYTES = 256 * 1024 * 1024
"""The buffer that each engine with such a setting may fill before it writes a segment."""


class Size(NamedTuple):
    """Bytes on disk of the whole index, and those of them that are stored documents (None: unknown)."""

    total_bytes: int
    stored_bytes: int | None


@dataclass(frozen=True)
class Formula:
    """How the engine's score differs from Σ idf · tf/(tf + K): what agreement.py checks.

    idf: ln(1 + (N − df + 0.5)/(df + 0.5)) in "lucene"; without the 1 +, and never below 10⁻⁶, in "robertson".
    scale: the constant factor, (k1 + 1) in some engines.
    lengths: "byte" when a document's length is rounded by Lucene's one-byte code, or "exact".
    tolerance: relative; what single precision costs.
    phrases: whether a phrase is scored as one term whose idf is the sum of its words', as in Lucene.
    """

    idf: Literal["lucene", "robertson"] = "lucene"
    scale: float = 1.0
    lengths: Literal["byte", "exact"] = "byte"
    tolerance: float = 2e-5
    phrases: bool = True


class Engine(ABC):
    """One engine. `build` is called in one process, `open` and what follows in others."""

    name: ClassVar[str]
    requirements: ClassVar[tuple[str, ...]] = ()
    """What pip installs for it; the first one is the distribution whose version is reported."""
    module: ClassVar[str] = ""
    """The module whose presence makes the engine available."""
    own_environment: ClassVar[bool] = False
    """Whether its requirements are kept apart, in benchmarks/.env-NAME."""
    raw_text: ClassVar[bool] = False
    """Whether it is given the text as written: runs with morphology."""
    modes: ClassVar[frozenset[Mode]] = frozenset(("or", "and", "phrase"))
    formula: ClassVar[Formula | None] = None
    largest_size: ClassVar[int | None] = None
    """Above so many documents the engine is left out of default runs, for its slowness."""
    setting: ClassVar[str] = ""
    """How it is set up, for the table."""
    warm_up_documents: ClassVar[int] = 200
    """How many are indexed before the clock starts: more where machine code is made as it runs."""
    warm_up_s: ClassVar[float] = 0.0
    """How long queries go round before the clock starts, after one pass over all of them."""

    def unavailable(self) -> str | None:
        """None, or the reason why this interpreter cannot run it."""
        if importlib.util.find_spec(self.module) is None:
            missing = _distribution(self.requirements[0])
            return f"{missing} is not installed (python -m benchmarks environments {self.name})"
        return None

    def install(self, folder: Path) -> None:  # noqa: B027 - most engines are their requirements
        """Brings into the environment `folder` what it needs beside its requirements."""

    def version(self) -> str:
        distribution = _distribution(self.requirements[0])
        return f"{distribution} {importlib.metadata.version(distribution)}"

    def given(self, document: Document) -> Document:
        """A document in the spelling that `build` reads; made before the clock starts."""
        return document

    @abstractmethod
    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        """Indexes `documents` into the empty `folder`, committed on disk; returns how many there are."""

    def settle(self) -> None:  # noqa: B027 - most engines have nothing to wait for
        """Waits for merges that go on after the commit; not counted as indexing time."""

    @abstractmethod
    def open(self, folder: Path) -> None:
        """Opens an index that `build` made."""

    def close(self) -> None:  # noqa: B027 - most engines have nothing to give back
        """Gives back what `open` took."""

    def num_segments(self) -> int | None:
        """Of how many parts the opened index is made; None where the engine does not tell."""
        return 1

    def size(self, folder: Path) -> Size:
        return Size(folder_bytes(folder), None)

    @abstractmethod
    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        """A string of terms to ids and scores, best first: all that a user of it from Python waits for."""

    @abstractmethod
    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        """The engine call only: the query built beforehand, the hits left as the engine gives them."""

    def counts(self, tree: Tree, k: int) -> Sequence[Callable[[], int]]:
        """Ways to count all matches and, if k > 0, to rank the best k beside; the query is built beforehand.

        The fastest of them counts. None where the engine has no such query.
        """
        return ()

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        """Arguments for a Python interpreter: one OR query in a process of its own, as a script would."""
        return None

    def batch(self, texts: Sequence[str], k: int, threads: int) -> Callable[[], object] | None:
        """All OR queries in one call, where the engine has such a call."""
        return None


_ENGINES = {
    "searchlib": ("searchlib", "SearchlibForms"),
    "searchlib_lemmas": ("searchlib", "SearchlibLemmas"),
    "tantivy": ("tantivy", "Tantivy"),
    "tantivy_pymorphy3": ("tantivy_pymorphy3", "TantivyPymorphy3"),
    "pisa": ("pisa", "Pisa"),
    "lucene": ("lucene", "Lucene"),
    "infino": ("infino", "Infino"),
    "bm25s": ("bm25s", "Bm25s"),
    "sqlite_fts5": ("sqlite_fts5", "SqliteFts5"),
    "whoosh": ("whoosh", "Whoosh"),
}
NAMES = tuple(_ENGINES)


def engine(name: str) -> Engine:
    """The adapter of that name; KeyError for another."""
    file, class_name = _ENGINES[name]
    adapter: Engine = getattr(importlib.import_module(f"{__name__}.{file}"), class_name)()
    return adapter


IDS = "ids.txt"
"""The documents' ids, one a line, beside the index of an engine that hands out numbers only."""


def read_ids(folder: Path) -> list[str]:
    return (folder / IDS).read_text(encoding="utf-8").splitlines()


def folder_bytes(folder: Path, pattern: str = "*") -> int:
    """The size of the files under `folder` whose names match `pattern`."""
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file())


def _distribution(requirement: str) -> str:
    return requirement.split(">")[0].split("=")[0].split("[")[0]
