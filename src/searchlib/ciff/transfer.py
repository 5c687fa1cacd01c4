"""An index's field to a CIFF file, and a CIFF file to an index.

What crosses over is what BM25 needs: terms (the lemmas), documents, frequencies, lengths. What CIFF has no
place for is lost: positions and with them phrases, surface forms and with them exact words and wildcards,
stored fields, all other fields. An imported index ranks words as before and finds no phrase.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from .. import _core
from ..analysis.languages import DEFAULT_LANGUAGES
from ..errors import SchemaError, SourceError
from ..index import Index
from ..indexing.documents import MAX_ID_BYTES
from ..indexing.writer import IndexWriter
from ..replacing import replaced
from ..schema import Schema, Text
from ..storage.columns import ColumnsWriter
from ..storage.documents import DocumentsWriter
from ..storage.segment_writer import SegmentWriter
from .messages import (
    DocRecord,
    Header,
    PostingsList,
    encode_doc_record,
    encode_header,
    encode_postings_list,
)
from .reader import CiffReader

PathLike = str | os.PathLike[str]

FIELD = "text"
"""The field of an imported index."""

_MAX_ODD_FREQUENCY = 65_535
_GONE = 2**32 - 1


def export_ciff(index: Index, path: PathLike, field: str | None = None) -> Header:
    """Write one field of an index as a CIFF file; returns its header.

    path: a file that is there is replaced once the new one is complete; packed if its name ends in .gz.
    field: a Text or Keyword field; the only default field if None. Deleted documents are left out and the
        others numbered anew, in their order. Lengths are those that scores see (one byte in the index, so 41
        may be 40), exact where the field is not stored; their average is over documents with a value. Terms
        are written one at a time. Raises SchemaError, UnknownFieldError, OSError.
    """
    name = _field_of(index.schema, field)
    number = index.schema.field_numbers[name]
    searcher = index._searcher
    live = list(searcher.live_docs())
    places = _places(live)
    lengths = _core.lengths_of(searcher.core, number)
    num_docs, total_length = searcher.core.totals(number)
    num_terms = sum(1 for _ in _core.TermWalk(searcher.core, number))
    header = Header(
        num_postings_lists=num_terms,
        num_docs=len(live),
        total_postings_lists=num_terms,
        total_docs=len(live),
        total_terms=total_length,
        average_length=total_length / num_docs if num_docs else 0.0,
        description=_description(index.schema, name),
    )
    with _replacing(path) as out:
        out.write(encode_header(header))
        for term, docs, frequencies in _core.TermWalk(searcher.core, number):
            numbers = docs if places is None else [places[doc] for doc in docs]
            out.write(encode_postings_list(PostingsList(term, numbers, frequencies)))
        for place, doc in enumerate(live):
            out.write(encode_doc_record(DocRecord(place, searcher.document_id(doc), lengths[doc])))
    return header


def import_ciff(
    path: PathLike,
    index_path: PathLike | None = None,
    *,
    languages: Sequence[str] = DEFAULT_LANGUAGES,
    k1: float = 1.2,
    b: float = 0.75,
) -> Index:
    """Make an index of a CIFF file, which gzip may have packed, with one field, `text`.

    index_path: where; in memory if None. languages: how words of a query are analysed; they must become the
        terms of the file: ("en", "ru") for searchlib's own, () for plain forms, ("en-snowball",) for the
        English stems that most engines use.

    Documents are held in memory, their postings a term at a time. A file that is wrong leaves no index
    behind. Raises SourceError for what is no CIFF, IndexExistsError, SchemaError, OSError.
    """
    schema = Schema(**{FIELD: Text(languages=tuple(languages), k1=k1, b=b, stored=False)})
    with CiffReader(path) as ciff:
        ids, lengths = _documents(list(ciff.doc_records()), os.fspath(path))
        index = Index.in_memory(schema) if index_path is None else Index.create(index_path, schema)
        try:
            with index.writer() as writer:
                _adopt(writer, schema, ids, lengths, ciff)
        except BaseException as error:
            if index_path is not None:
                shutil.rmtree(index_path, ignore_errors=True)
            if isinstance(error, ValueError) and not isinstance(error, SourceError):
                raise SourceError(f"{os.fspath(path)} holds postings that cannot be: {error}") from error
            raise
    index.refresh()
    return index


# ---- export


def _field_of(schema: Schema, field: str | None) -> str:
    if field is None:
        if len(schema.default_fields) != 1:
            raise SchemaError(f"choose one of the fields {', '.join(schema.searched_fields)}")
        return schema.default_fields[0]
    schema.field(field)
    if field not in schema.searched_fields:
        raise SchemaError(f"field {field!r} has no terms; choose one of {', '.join(schema.searched_fields)}")
    return field


def _places(live: Sequence[int]) -> array[int] | None:
    """By number of the snapshot, the number among live documents; None if that is the same."""
    if not live or live[-1] == len(live) - 1:
        return None
    places = array("I", [_GONE]) * (live[-1] + 1)
    for place, doc in enumerate(live):
        places[doc] = place
    return places


def _description(schema: Schema, name: str) -> str:
    """How the terms were made: who imports them must make the same of a query's words."""
    field = schema[name]
    if not isinstance(field, Text):
        return "searchlib; terms: keywords"
    return (
        f"searchlib; terms: {'lemmas of ' + '+'.join(field.languages) if field.languages else 'plain forms'}"
    )


@contextlib.contextmanager
def _replacing(path: PathLike) -> Iterator[IO[bytes]]:
    """A file that has its name when it is complete, compressed if that says so."""
    with replaced(os.fspath(path), binary=True) as file:
        if Path(path).suffix == ".gz":
            with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
                yield packed  # type: ignore[misc]  # a stream of bytes, if not an IO
        else:
            yield file


# ---- import


def _adopt(writer: IndexWriter, schema: Schema, ids: list[str], lengths: list[int], ciff: CiffReader) -> None:
    field = schema[FIELD]
    assert isinstance(field, Text)

    def write(file: SegmentWriter) -> None:
        documents = DocumentsWriter(file)
        columns = ColumnsWriter({})
        for _ in ids:
            documents.add({})
        documents.finish()
        columns.finish(file)
        total_length = _total_length(ciff.header, lengths)
        postings = _believable(ciff.postings_lists(), lengths)
        _core.write_foreign_terms(file, FIELD, field.k1, field.b, ids, lengths, total_length, postings)

    if ids:
        writer.add_segment(ids, write)
    else:
        for _ in ciff.postings_lists():
            pass


def _believable(postings: Iterator[PostingsList], lengths: Sequence[int]) -> Iterator[PostingsList]:
    """The postings, if no frequency is far beyond its document's length: a few bytes of a hostile file would
    be gigabytes of places."""
    for found in postings:
        if max(found.frequencies) > _MAX_ODD_FREQUENCY:
            for doc, frequency in zip(found.docs, found.frequencies, strict=True):
                if frequency > max(_MAX_ODD_FREQUENCY, 2 * lengths[doc]):
                    where = f"document {doc}, of {lengths[doc]} tokens"
                    raise ValueError(f"term {found.term!r} stands {frequency} times in {where}")
        yield found


def _total_length(header: Header, lengths: list[int]) -> int:
    """Of all documents: the header's, which is exact where lengths are rounded to a byte, as in Lucene."""
    total = sum(lengths)
    if header.num_docs == header.total_docs and total <= header.total_terms <= total * 9 // 8:
        return header.total_terms
    return total


def _documents(records: list[DocRecord], name: str) -> tuple[list[str], list[int]]:
    """Ids and lengths by number, which must be 0, 1, … in any order."""
    by_number = sorted(records)
    if [record.doc for record in by_number] != list(range(len(by_number))):
        raise SourceError(f"{name}: the documents are not numbered 0 to {len(by_number) - 1}")
    ids = [record.id for record in by_number]
    for document_id in ids:
        if not 0 < len(document_id.encode()) <= MAX_ID_BYTES:
            raise SourceError(f"{name}: an id has 1 to {MAX_ID_BYTES} bytes, got {document_id!r:.100}")
    if len(set(ids)) != len(ids):
        raise SourceError(f"{name}: two documents have one id")
    return ids, [record.length for record in by_number]
