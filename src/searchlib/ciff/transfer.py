"""An index's field to a CIFF file, and a CIFF file to an index.

What crosses over is what BM25 needs: terms (the lemmas), documents, frequencies, lengths. What CIFF has no
place for is lost: positions and with them phrases, surface forms and with them exact words and wildcards,
stored fields, all other fields. An imported index ranks words as before and finds no phrase.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from .. import _core
from ..errors import SchemaError, SourceError
from ..index import Index
from ..indexing.writer import IndexWriter
from ..schema import Schema, Text
from ..storage.columns import ColumnsWriter
from ..storage.documents import DocumentsWriter
from ..storage.segment import SegmentWriter
from .messages import (
    DocRecord,
    Header,
    PostingsList,
    Reader,
    encode_doc_record,
    encode_header,
    encode_postings_list,
)

PathLike = str | os.PathLike[str]

FIELD = "text"
"""The field of an imported index."""


def export_ciff(index: Index, path: PathLike, field: str | None = None) -> Header:
    """Write one field of an index as a CIFF file; returns its header.

    field: a Text or Keyword field; the only default field if None. Deleted documents are left out and the
        others numbered anew, in their order. Lengths are those that scores see (one byte in the index, so 41
        may be 40), exact where the field is not stored. Raises SchemaError, UnknownFieldError, OSError.
    """
    name = _field_of(index.schema, field)
    number = index.schema.searched_fields.index(name)
    searcher = index._searcher
    live = list(searcher.live_docs())
    new_number = {doc: place for place, doc in enumerate(live)}
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
        description=f"searchlib, field {name}",
    )
    with Path(path).open("wb") as out:
        out.write(encode_header(header))
        for term, docs, frequencies in _core.TermWalk(searcher.core, number):
            out.write(
                encode_postings_list(PostingsList(term, [new_number[doc] for doc in docs], frequencies))
            )
        for place, doc in enumerate(live):
            out.write(encode_doc_record(DocRecord(place, searcher.document_id(doc), lengths[doc])))
    return header


def import_ciff(
    path: PathLike,
    index_path: PathLike | None = None,
    *,
    languages: Sequence[str] = ("en", "ru"),
    k1: float = 1.2,
    b: float = 0.75,
) -> Index:
    """Make an index of a CIFF file, with one field, `text`.

    index_path: where; in memory if None. languages: how words of a query are analysed; they must become the
        terms of the file: ("en", "ru") for searchlib's own, () for plain forms, ("en-snowball",) for the
        English stems that most engines use.

    The file is held in memory. Raises SourceError for what is no CIFF, IndexExistsError, SchemaError,
    OSError.
    """
    schema = Schema(**{FIELD: Text(languages=tuple(languages), k1=k1, b=b, stored=False)})
    with Path(path).open("rb") as stream:
        reader = Reader(stream, os.fspath(path))
        header = reader.header()
        postings = [reader.postings_list() for _ in range(header.num_postings_lists)]
        records = [reader.doc_record() for _ in range(header.num_docs)]
    ids, lengths = _documents(records, os.fspath(path))
    postings.sort(key=lambda entry: entry.term.encode("utf-8", "surrogatepass"))
    index = Index.in_memory(schema) if index_path is None else Index.create(index_path, schema)
    with index.writer() as writer:
        try:
            _adopt(writer, schema, ids, lengths, _total_length(header, lengths), postings)
        except ValueError as error:
            raise SourceError(f"{os.fspath(path)} holds postings that cannot be: {error}") from error
    index.refresh()
    return index


def _field_of(schema: Schema, field: str | None) -> str:
    if field is None:
        if len(schema.default_fields) != 1:
            raise SchemaError(f"choose one of the fields {', '.join(schema.searched_fields)}")
        return schema.default_fields[0]
    schema.field(field)
    if field not in schema.searched_fields:
        raise SchemaError(f"field {field!r} has no terms; choose one of {', '.join(schema.searched_fields)}")
    return field


def _total_length(header: Header, lengths: list[int]) -> int:
    """Of all documents: the header's, which is exact where lengths are rounded to a byte, as in Lucene."""
    total = sum(lengths)
    if header.num_docs == header.total_docs and total <= header.total_terms <= total * 9 // 8:
        return header.total_terms
    return total


def _adopt(
    writer: IndexWriter,
    schema: Schema,
    ids: list[str],
    lengths: list[int],
    total_length: int,
    postings: list[PostingsList],
) -> None:
    field = schema[FIELD]
    assert isinstance(field, Text)

    def write(file: SegmentWriter) -> None:
        documents = DocumentsWriter(file)
        columns = ColumnsWriter({})
        for _ in ids:
            documents.add({})
        documents.finish()
        columns.finish(file)
        _core.write_foreign_terms(file, FIELD, field.k1, field.b, ids, lengths, total_length, postings)

    if ids:
        writer.add_segment(ids, write)


def _documents(records: list[DocRecord], name: str) -> tuple[list[str], list[int]]:
    """Ids and lengths by number, which must be 0, 1, … in any order."""
    by_number = sorted(records)
    if [record.doc for record in by_number] != list(range(len(by_number))):
        raise SourceError(f"{name}: the documents are not numbered 0 to {len(by_number) - 1}")
    ids = [record.id for record in by_number]
    if len(set(ids)) != len(ids):
        raise SourceError(f"{name}: two documents have one id")
    return ids, [record.length for record in by_number]
