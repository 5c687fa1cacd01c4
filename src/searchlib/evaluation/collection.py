"""Test collections, in the formats that they are published in.

Documents and queries are JSON lines (by BEIR's and Anserini's names too), TREC's SGML, or lines of
tab-separated columns (MS MARCO), told by their first character. Documents are read one at a time. Nothing is
known of indexes or measures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ..errors import SourceError
from ..records import Record
from .judgements import Qrels, read_qrels
from .lines import PathLike, source_error
from .rows import parsed
from .trec import TOPIC_FIELDS, Element, document, topic

Queries: TypeAlias = dict[str, str]
"""A query's text, by its id, in the order of the file."""

# What JSON lines call these, here and elsewhere; the first one that is there counts.
_IDS = ("id", "_id", "pid", "docid", "docno")
_TEXTS = ("text", "contents", "passage", "body")
_QUERY_IDS = ("id", "_id", "query_id", "qid")
_QUERY_TEXTS = ("text", "query")


class TestDocument(NamedTuple):
    """A document of a test collection.

    text: its title and its body, as one. fields: all that its file has of it but the id, as `searchlib index`
    would read it.
    """

    id: str
    text: str
    fields: Mapping[str, Any]


class Collection(Record):
    """A test collection. The documents stay in their files: `documents()` reads them anew, one at a time."""

    docs: PathLike | Sequence[PathLike]
    queries: Queries
    qrels: Qrels
    encoding: str | None = None

    def documents(self) -> Iterator[TestDocument]:
        """The documents, in the order of the files. Raises SourceError, which names the line."""
        return read_documents(self.docs, self.encoding)


def read_collection(
    docs: PathLike | Sequence[PathLike],
    queries: PathLike,
    qrels: PathLike,
    *,
    topic_fields: Sequence[str] = TOPIC_FIELDS[:1],
    encoding: str | None = None,
) -> Collection:
    """A collection from its files, as read_documents, read_queries and read_qrels read them.

    A query 051 whose judgements are those of 51, as of TREC's first topics, is 51. Raises SourceError for a
    line that cannot be read and if no query is judged, OSError.
    """
    judged = read_qrels(qrels)
    asked = read_queries(queries, topic_fields, encoding)
    for query_id in [query_id for query_id in asked if query_id not in judged]:
        short = query_id.lstrip("0")
        if short in judged and short not in asked:
            asked = {short if name == query_id else name: text for name, text in asked.items()}
    if not judged.keys() & asked.keys():
        raise SourceError(
            f"no query of {os.fspath(queries)} is judged in {os.fspath(qrels)}: do the two belong together?"
        )
    return Collection(docs, asked, judged, encoding)


def read_documents(
    paths: PathLike | Sequence[PathLike], encoding: str | None = None
) -> Iterator[TestDocument]:
    """The documents of files and of folders of files, in the order of their names.

    JSON lines with id, text, and a title if there is one, by these names or those of BEIR, Anserini, MIRACL
    and MS MARCO; TREC's <DOC>s; lines of an id, a tab and texts. Raises SourceError, also for an id that
    comes twice, OSError.
    """
    seen: set[str] = set()
    for path in _files(paths):
        for number, found in _documents(path, encoding):
            if found.id in seen:
                raise source_error(path, number, f"the document {found.id!r} came before")
            seen.add(found.id)
            yield found
    if not seen:
        raise SourceError(f"no document in {_named(paths)}")


def read_queries(
    path: PathLike, topic_fields: Sequence[str] = TOPIC_FIELDS[:1], encoding: str | None = None
) -> Queries:
    """JSON lines with id (_id, query_id) and text (query); TREC's topics; lines of an id, a tab and the text.

    topic_fields: which of a topic's title, desc and narr make the query. Raises SourceError, OSError;
    ValueError for another field.
    """
    unknown = set(topic_fields) - set(TOPIC_FIELDS)
    if unknown or not topic_fields:
        raise ValueError(
            f"topic fields are {', '.join(TOPIC_FIELDS)}; got {', '.join(topic_fields) or 'none'}"
        )
    queries: Queries = {}
    for number, (query_id, text) in _queries(path, topic_fields, encoding):
        if query_id in queries:
            raise source_error(path, number, f"the query {query_id!r} came before")
        queries[query_id] = text
    if not queries:
        raise SourceError(f"no query in {_named(path)}")
    return queries


def _named(paths: PathLike | Sequence[PathLike]) -> str:
    each = [paths] if isinstance(paths, str | os.PathLike) else paths
    return ", ".join(os.fspath(path) for path in each)


# ---- one file


def _documents(path: PathLike, encoding: str | None) -> Iterator[tuple[int, TestDocument]]:
    def of_row(row: dict[str, Any]) -> TestDocument:
        title, text = row.get("title") or "", _string(row, _TEXTS)
        if not isinstance(title, str):
            raise ValueError('expected a "title" that is a string')
        document_id, key = _id_of(row, _IDS), next(name for name in _IDS if name in row)
        fields = {name: value for name, value in row.items() if name != key}
        return TestDocument(document_id, f"{title}\n{text}" if title else text, fields)

    def of_columns(columns: list[str]) -> TestDocument:
        text = "\n".join(columns[1:])
        return TestDocument(columns[0], text, {"text": text})

    def of_element(found: Element) -> TestDocument:
        document_id, text, fields = document(found)
        return TestDocument(document_id, text, fields)

    return parsed(path, encoding, ("doc",), of_element, of_row, of_columns)


def _queries(
    path: PathLike, fields: Sequence[str], encoding: str | None
) -> Iterator[tuple[int, tuple[str, str]]]:
    return parsed(
        path,
        encoding,
        ("top", "topic"),
        lambda found: topic(found, fields),
        lambda row: (_id_of(row, _QUERY_IDS), _string(row, _QUERY_TEXTS)),
        lambda columns: (columns[0], " ".join(columns[1:])),
    )


def _id_of(row: dict[str, Any], names: Sequence[str]) -> str:
    value = next((row[name] for name in names if name in row), None)
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        raise ValueError(f'expected an "id" ({", ".join(names[1:])}) that is a string or an integer')
    return str(value)


def _string(row: dict[str, Any], names: Sequence[str]) -> str:
    value = next((row[name] for name in names if name in row), None)
    if not isinstance(value, str):
        raise ValueError(f'expected a "text" ({", ".join(names[1:])}) that is a string')
    return value


def _files(paths: PathLike | Sequence[PathLike]) -> Iterator[PathLike]:
    """The files, and those in the folders, without the notes that lie beside them on TREC's disks."""
    for path in [paths] if isinstance(paths, str | os.PathLike) else paths:
        if not Path(path).is_dir():
            yield path
            continue
        for found in sorted(Path(path).rglob("*")):
            parts = found.relative_to(path).parts
            noted = found.name.lower().startswith("read") or found.suffix.lower() == ".dtd"
            if found.is_file() and not noted and not any(part.startswith(".") for part in parts):
                yield found
