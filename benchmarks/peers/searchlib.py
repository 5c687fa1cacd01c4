"""searchlib by its public names, twice: over the peers' token stream, and with lemmas.

Both store the text, as the peers do.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from ..corpora import Document
from . import Engine, Formula, Hit, Mode, Size, Tree, folder_bytes

_ONE_SHOT = "from searchlib.__main__ import main; main()"


class _Searchlib(Engine):
    requirements = ("searchlib",)
    module = "searchlib"
    languages: ClassVar[tuple[str, ...]] = ()

    def unavailable(self) -> str | None:
        try:
            from searchlib import Index  # noqa: F401 - the core is compiled, or it is not
        except ImportError as problem:
            return f"searchlib is not built here: {problem}"
        return None

    def version(self) -> str:
        try:
            return f"{self.name} {importlib.metadata.version('searchlib')}"
        except importlib.metadata.PackageNotFoundError:  # built in place, not installed
            return f"{self.name}, built in place"

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        from searchlib import Index, Schema, Text

        index = Index.create(folder, Schema(text=Text(languages=self.languages, parts=bool(self.languages))))
        options: dict[str, Any] = {} if threads == 1 else {"threads": threads}
        with index.writer(**options) as writer:
            writer.add_many({"id": identifier, "text": text} for identifier, text in documents)
        index.refresh()
        return len(index)

    def open(self, folder: Path) -> None:
        import searchlib

        self._index: Any = searchlib.open(folder)

    def num_segments(self) -> int | None:
        return int(self._index.stats()["num_segments"])

    def size(self, folder: Path) -> Size:
        return Size(folder_bytes(folder), _stored_bytes(folder))

    def one_shot(self, folder: Path, text: str) -> list[str] | None:
        return ["-c", _ONE_SHOT, "query", text, "--index", str(folder)]

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        return [
            (hit.id, hit.score)
            for hit in self._index.search(self._query(text, mode), limit=k, ranking="bm25")
        ]

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], object]:
        from searchlib import _core

        searcher = self._index._searcher  # what Index.search itself calls, between the plan and the hits
        plan, search = (
            _core.Plan(searcher.plan(self._query(text, mode), ranking="bm25").core),
            searcher.core.search,
        )
        return lambda: search(plan, k)

    def counts(self, tree: Tree, k: int) -> Sequence[Callable[[], int]]:
        from searchlib import _core

        searcher = self._index._searcher
        core, plan = searcher.core, _core.Plan(searcher.plan(_spelled(tree), ranking="bm25").core)
        if k == 0:
            return (lambda: core.count(plan),)
        return (lambda: core.search(plan, k) is not None and core.count(plan),)

    def batch(self, texts: Sequence[str], k: int, threads: int) -> Callable[[], object] | None:
        queries, search_many = [self._query(text, "or") for text in texts], self._index.search_many
        return lambda: search_many(queries, limit=k, threads=threads, ranking="bm25")

    def _query(self, text: str, mode: Mode) -> str:
        """In searchlib's query language, as a user would type it: where lemmas are searched, stopwords go."""
        if mode == "phrase":
            return f'"{text}"'
        return text if mode == "or" else " AND ".join(text.split())


class SearchlibForms(_Searchlib):
    """Text(languages=(), parts=False): case-folded forms, the peers' terms but for grouped numbers."""

    name = "searchlib"
    formula = Formula(tolerance=1e-9)
    setting = "languages=(), parts=False, positions, text stored, writer's defaults"


class SearchlibLemmas(_Searchlib):
    """Text(): what a user gets, English and Russian lemma sets, from the text as written."""

    name = "searchlib_lemmas"
    raw_text = True
    languages = ("en", "ru")
    setting = "languages=('en', 'ru'), positions, text stored, writer's defaults"


def _spelled(tree: Tree) -> str:
    """A tree in searchlib's query language."""
    kind = tree[0]
    if kind == "word":
        return str(tree[1])
    if kind == "phrase":
        return f'"{" ".join(tree[1])}"'
    if kind == "not":
        return f"({_spelled(tree[1])}) AND NOT ({_spelled(tree[2])})"
    return "(" + f" {kind.upper()} ".join(map(_spelled, tree[1])) + ")"


def _stored_bytes(folder: Path) -> int:
    """The parts of the segments that hold stored documents: the one number that no public name gives."""
    from searchlib.storage.blocks import DOCUMENTS, DOCUMENTS_INDEX
    from searchlib.storage.disk import DiskDirectory
    from searchlib.storage.manifest import read_manifest
    from searchlib.storage.segment import SegmentFile

    directory, total = DiskDirectory(folder), 0
    for entry in read_manifest(directory).segments:
        segment = SegmentFile.open(directory, entry.file)
        total += sum(segment.parts[part][1] for part in (DOCUMENTS, DOCUMENTS_INDEX) if part in segment.parts)
        segment.close()
    return total
