"""Test collections and runs in the formats that they come in.

Files go in: JSON lines (also BEIR's, with _id), TREC's qrels and runs, topics as tab-separated lines; any
of them may end in .gz. Documents come out one at a time. Nothing is known of indexes or measures.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

from ..errors import SourceError

PathLike: TypeAlias = str | os.PathLike[str]
Queries: TypeAlias = dict[str, str]
"""A query's text, by its id, in the order of the file."""

Qrels: TypeAlias = dict[str, dict[str, int]]
"""Relevance judgements: by query, then by document; 0 is judged and not relevant."""

Run: TypeAlias = dict[str, dict[str, float]]
"""Scores: by query, then by document, the best first."""

_T = TypeVar("_T")


class TestDocument(NamedTuple):
    """A document of a test collection; the text is its title and its body."""

    id: str
    text: str


@dataclass(frozen=True)
class Collection:
    """A test collection. The documents stay in their file: `documents()` reads them anew, one at a time."""

    docs: Path
    queries: Queries
    qrels: Qrels

    def documents(self) -> Iterator[TestDocument]:
        """The documents, in the order of the file. Raises SourceError, which names the line."""
        return read_documents(self.docs)


def read_collection(docs: PathLike, queries: PathLike, qrels: PathLike) -> Collection:
    """A collection from its three files. Raises SourceError for a line that cannot be read, OSError."""
    judged = read_qrels(qrels)
    asked = read_queries(queries)
    if not judged.keys() & asked.keys():
        raise SourceError(f"no query of {queries} is judged in {qrels}: do the two belong together?")
    return Collection(Path(docs), asked, judged)


def read_documents(path: PathLike) -> Iterator[TestDocument]:
    """JSON lines with id (or _id), text, and a title if there is one."""
    for document, _ in _parsed(path, _document):
        yield document


def read_queries(path: PathLike) -> Queries:
    """JSON lines with id (or _id) and text, or lines of an id, a tab and the text (TREC topics as TSV)."""
    queries: Queries = {}
    for (query_id, text), where in _parsed(path, _query):
        if query_id in queries:
            raise SourceError(f"{where}: the query {query_id!r} came before")
        queries[query_id] = text
    return queries


def read_qrels(path: PathLike) -> Qrels:
    """Judgements: query, document, relevance (a heading may stand above, as in BEIR), or TREC's query, 0,
    document, relevance."""
    qrels: Qrels = {}
    for judgement, _ in _parsed(path, _judgement):
        if judgement is not None:
            query_id, document_id, relevance = judgement
            qrels.setdefault(query_id, {})[document_id] = relevance
    return qrels


def read_run(path: PathLike) -> Run:
    """A TREC run: query, Q0, document, rank, score, tag.

    Ranks are not believed: scores order the documents, as in trec_eval.
    """
    run: Run = {}
    for (query_id, document_id, score), _ in _parsed(path, _ranked):
        run.setdefault(query_id, {})[document_id] = score
    return run


# ---- one line of each


def _document(line: str, first: bool) -> TestDocument:
    row = _json_object(line)
    title, text = row.get("title") or "", row.get("text")
    if not isinstance(text, str) or not isinstance(title, str):
        raise ValueError('expected a "text", and a "title" if there is one, that are strings')
    return TestDocument(_id_of(row), f"{title}\n{text}" if title else text)


def _query(line: str, first: bool) -> tuple[str, str]:
    if not line.lstrip().startswith("{"):
        query_id, tab, text = line.partition("\t")
        if not tab:
            raise ValueError("expected a JSON object, or an id, a tab and a text")
        return query_id.strip(), text.strip()
    row = _json_object(line)
    if not isinstance(row.get("text"), str):
        raise ValueError('expected a "text" that is a string')
    return _id_of(row), row["text"]


def _judgement(line: str, first: bool) -> tuple[str, str, int] | None:
    columns = line.split("\t") if "\t" in line else line.split()
    columns = [column.strip() for column in columns]
    if len(columns) not in (3, 4):
        raise ValueError("expected query, document and relevance, or TREC's four columns")
    try:
        return columns[0], columns[-2], int(columns[-1])
    except ValueError:
        if first:
            return None  # a heading: query-id corpus-id score
        raise ValueError(f"expected an integer as relevance, got {columns[-1]!r}") from None


def _ranked(line: str, first: bool) -> tuple[str, str, float]:
    columns = line.split()
    if len(columns) != 6:
        raise ValueError("expected six columns: query Q0 document rank score tag")
    return columns[0], columns[2], float(columns[4])


def _json_object(line: str) -> dict[str, Any]:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise ValueError("expected a JSON object")
    return row


def _id_of(row: dict[str, Any]) -> str:
    value = row.get("id", row.get("_id"))
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise ValueError('expected an "id" (or "_id") that is a string or an integer')
    return str(value)


def _parsed(path: PathLike, parse: Callable[[str, bool], _T]) -> Iterator[tuple[_T, str]]:
    """Each line that is not blank, parsed, and where it stands, for messages."""
    name = os.fspath(path)
    opened = gzip.open if name.endswith(".gz") else open
    with opened(name, "rt", encoding="utf-8-sig") as lines:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield parse(line.rstrip("\r\n"), number == 1), f"{name}, line {number}"
        except (ValueError, EOFError, gzip.BadGzipFile) as error:
            raise SourceError(f"{name}, line {number}: {error}") from error
