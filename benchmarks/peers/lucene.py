"""Lucene in this process, through JPype: whitespace terms with positions, no stemmer, text and id stored.

A hit's id is read by a numeric column and a list beside the index, as for tantivy.

It wants a Java of 11 or newer and a jar that holds Lucene: the one that LUCENE_JAR names, or the one that
`python -m benchmarks environments lucene` takes out of pyserini's source package (Lucene 9.9).
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from ..corpora import Document
from . import HEAP_BYTES, IDS, K1, B, Engine, Formula, Hit, Mode, Size, folder_bytes, read_ids

JAR_VARIABLE = "LUCENE_JAR"
_SOURCE = "pyserini==1.6.0"
_HEAP = "1g"
_STORED = ("*.fdt", "*.fdx", "*.fdm")


class Lucene(Engine):
    """Lucene's own BM25 has one-byte lengths and, since version 8, no factor (k1 + 1)."""

    name = "lucene"
    requirements = ("jpype1>=1.5",)
    module = "jpype"
    own_environment = True
    formula = Formula()
    largest_size = 100_000
    setting = (
        "WhitespaceAnalyzer, positions, text stored, RAM buffer 256 MiB, default merging, "
        f"hits counted no further than k, no query cache, called through JPype, -Xmx{_HEAP}"
    )
    warm_up_documents = 60_000
    warm_up_s = 2.0

    def unavailable(self) -> str | None:
        if importlib.util.find_spec("jpype") is None:
            return super().unavailable()
        import jpype

        try:
            jpype.getDefaultJVMPath()
        except jpype.JVMNotFoundException:
            return "no Java was found (JAVA_HOME, or java on the PATH)"
        if _jar() is None:
            return f"no jar with Lucene (python -m benchmarks environments {self.name}, or {JAR_VARIABLE})"
        return None

    def install(self, folder: Path) -> None:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        with tempfile.TemporaryDirectory() as downloads:
            source_only = ["--no-deps", "--no-binary", ":all:", "--dest", downloads, _SOURCE]
            subprocess.run([*pip, *source_only], check=True)
            [package] = Path(downloads).glob("*.tar.gz")
            with tarfile.open(package) as members:
                for member in members:
                    if member.name.endswith("-fatjar.jar"):
                        member.name = Path(member.name).name
                        members.extract(member, folder)
        if not list(folder.glob("*-fatjar.jar")):
            raise FileNotFoundError(f"{_SOURCE} holds no jar")

    def version(self) -> str:
        return f"Lucene {_java().util.Version.LATEST}"

    def build(self, folder: Path, documents: Iterable[Document], threads: int = 1) -> int:
        self._writer = _writer(folder)
        # One document whose fields are filled anew, as Lucene's own benchmarks do.
        fields = _java().document
        store = fields.Field.Store.YES
        document, number_field = fields.Document(), fields.NumericDocValuesField("number", 0)
        id_field, text_field = fields.StringField("id", "", store), fields.TextField("text", "", store)
        for field in (id_field, text_field, number_field):
            document.add(field)
        set_id, set_text = id_field.setStringValue, text_field.setStringValue
        set_number, add, count = number_field.setLongValue, self._writer.addDocument, 0
        with (folder / IDS).open("w", encoding="utf-8") as ids:
            for identifier, text in documents:
                set_id(identifier)
                set_text(text)
                set_number(count)
                add(document)
                ids.write(identifier + "\n")
                count += 1
        self._writer.commit()
        return count

    def settle(self) -> None:
        self._writer.close()

    def open(self, folder: Path) -> None:
        lucene = _java()
        self._reader = lucene.index.DirectoryReader.open(_directory(folder))
        self._searcher = lucene.search.IndexSearcher(self._reader)
        self._searcher.setSimilarity(_similarity())
        self._searcher.setQueryCache(None)
        self._ids = read_ids(folder)

    def close(self) -> None:
        self._reader.close()

    def num_segments(self) -> int | None:
        return int(self._reader.leaves().size())

    def size(self, folder: Path) -> Size:
        # The column and the list are there for this comparison: they are not held against Lucene.
        own = sum(folder_bytes(folder, name) for name in (IDS, "*.dvd", "*.dvm"))
        return Size(folder_bytes(folder) - own, sum(folder_bytes(folder, name) for name in _STORED))

    def search(self, text: str, mode: Mode, k: int) -> list[Hit]:
        hits = [(hit.doc, hit.score) for hit in self.prepared(text, mode, k)().scoreDocs]
        column = _java().index.MultiDocValues.getNumericValues(self._reader, "number")
        numbers = {}
        for doc in sorted(doc for doc, _ in hits):  # a column is read forwards
            column.advanceExact(doc)
            numbers[doc] = column.longValue()
        return [(self._ids[numbers[doc]], score) for doc, score in hits]

    def prepared(self, text: str, mode: Mode, k: int) -> Callable[[], Any]:
        query, search = _query(text.split(), mode), self._searcher.search
        # The default collector counts the first thousand hits before it skips any.
        collectors = _java().search.TopScoreDocCollector.createSharedManager
        return lambda: search(query, collectors(k, None, k))


def _jar() -> Path | None:
    if named := os.environ.get(JAR_VARIABLE):
        return Path(named) if Path(named).exists() else None
    return next(iter(sorted(Path(sys.prefix).glob("*-fatjar.jar"))), None)


@cache
def _java() -> Any:
    """org.apache.lucene, in a Java machine that runs from the first call on."""
    import jpype

    if not jpype.isJVMStarted():
        jpype.startJVM(f"-Xmx{_HEAP}", "-Djava.util.logging.config.file=/dev/null", classpath=[str(_jar())])
    return jpype.JPackage("org.apache.lucene")


def _class(name: str) -> Any:
    import jpype

    return jpype.JClass(name)


def _directory(folder: Path) -> Any:
    return _java().store.FSDirectory.open(_class("java.io.File")(str(folder)).toPath())


def _writer(folder: Path) -> Any:
    lucene = _java()
    config = lucene.index.IndexWriterConfig(lucene.analysis.core.WhitespaceAnalyzer())
    config.setRAMBufferSizeMB(HEAP_BYTES / 2**20).setSimilarity(_similarity())
    # No compound files: the sizes of their parts could not be told.
    config.setUseCompoundFile(False)
    config.getMergePolicy().setNoCFSRatio(0.0)
    return lucene.index.IndexWriter(_directory(folder), config)


def _similarity() -> Any:
    return _java().search.similarities.BM25Similarity(K1, B)


def _query(terms: list[str], mode: Mode) -> Any:
    lucene = _java()
    if mode == "phrase":
        return lucene.search.PhraseQuery("text", *terms)
    clause = lucene.search.BooleanClause.Occur
    occur = clause.MUST if mode == "and" else clause.SHOULD
    builder = lucene.search.BooleanQuery.Builder()
    for term in terms:
        builder.add(lucene.search.TermQuery(lucene.index.Term("text", term)), occur)
    return builder.build()
