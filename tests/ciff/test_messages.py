"""Messages written here and read by the specification, and the reverse, over whatever values there can be."""

from __future__ import annotations

import tempfile
from pathlib import Path

import slow_ciff
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib.ciff.messages import (
    DocRecord,
    Header,
    PostingsList,
    encode_doc_record,
    encode_header,
    encode_postings_list,
)
from searchlib.ciff.reader import CiffReader
from searchlib.ciff.wire import encode_varint, varint

NUMBERS = st.integers(0, 2**31 - 1)
NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)
POSTINGS = st.dictionaries(NUMBERS, st.integers(1, 2**31 - 1), min_size=1, max_size=30)


@st.composite
def files(draw: st.DrawFn) -> slow_ciff.Ciff:
    """Documents 0, 1, …, and terms in any order."""
    docs = [(doc, f"d{doc}", draw(NUMBERS)) for doc in range(draw(st.integers(1, 20)))]
    entries = st.dictionaries(st.integers(0, len(docs) - 1), st.integers(1, 2**31 - 1), min_size=1)
    terms = draw(st.dictionaries(NAMES, entries, max_size=12))
    postings = [
        (term, len(found), sum(found.values()), sorted(found.items())) for term, found in terms.items()
    ]
    return slow_ciff.Ciff({}, postings, docs)


@settings(deadline=None)
@given(st.integers(0, 2**64 - 1))
def test_numbers(value: int) -> None:
    assert encode_varint(value) == slow_ciff.varint(value)
    assert varint(encode_varint(value) + b"rest", 0) == (value, len(encode_varint(value)))


@settings(deadline=None)
@given(
    st.builds(
        Header,
        NUMBERS,
        NUMBERS,
        NUMBERS,
        NUMBERS,
        st.integers(0, 2**63 - 1),
        st.floats(0, 1e9),
        st.text(st.characters(exclude_categories=("Cs",))),
    )
)
def test_headers(header: Header) -> None:
    fields = {
        1: 1,
        2: header.num_postings_lists,
        3: header.num_docs,
        4: header.total_postings_lists,
        5: header.total_docs,
        6: header.total_terms,
        8: header.description.encode(),
    }
    encoded = encode_header(header)
    stream = slow_ciff.io.BytesIO(encoded)
    found = {field: value for field, _, value in slow_ciff.message(stream.read(slow_ciff.number(stream)))}
    average = found.pop(7, b"\0" * 8)
    assert found == {field: value for field, value in fields.items() if value}
    assert slow_ciff.struct.unpack("<d", average) == (header.average_length,)
    assert stream.read() == b""


@settings(deadline=None)
@given(NAMES, POSTINGS)
def test_postings_by_the_specification(term: str, entries: dict[int, int]) -> None:
    docs = sorted(entries)
    encoded = encode_postings_list(PostingsList(term, docs, [entries[doc] for doc in docs]))
    head = slow_ciff.header(1, 0)
    assert slow_ciff.decode(head + encoded).postings == [
        (term, len(docs), sum(entries.values()), sorted(entries.items()))
    ]


@settings(deadline=None)
@given(NUMBERS, NAMES, NUMBERS)
def test_documents_by_the_specification(number: int, name: str, length: int) -> None:
    encoded = encode_doc_record(DocRecord(number, name, length))
    assert slow_ciff.decode(slow_ciff.header(0, 1) + encoded).docs == [(number, name, length)]


@settings(deadline=None)
@given(files())
def test_files_come_back(file: slow_ciff.Ciff) -> None:
    """Written by the slow twin, in whatever order of terms; read in the order of their bytes."""
    data = slow_ciff.header(len(file.postings), len(file.docs))
    for term, _, _, entries in file.postings:
        gaps = [after - before for before, after in zip([0, *dict(entries)], dict(entries), strict=False)]
        data += slow_ciff.postings(term, list(zip(gaps, dict(entries).values(), strict=True)))
    data += b"".join(slow_ciff.doc(*doc) for doc in file.docs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.ciff"
        path.write_bytes(data)
        with CiffReader(path) as reader:
            assert [tuple(record) for record in reader.doc_records()] == file.docs
            found = [
                (term, list(zip(docs, frequencies, strict=True)))
                for term, docs, frequencies in reader.postings_lists()
            ]
    assert found == [
        (term, entries)
        for term, _, _, entries in sorted(file.postings, key=lambda postings: postings[0].encode())
    ]
