"""Files that other programs wrote, or that somebody made to do harm."""

from __future__ import annotations

import contextlib
import gzip
import random
import tracemalloc
from pathlib import Path

import pytest
import slow_ciff
from slow_ciff import doc, encode, header, postings

import searchlib
from searchlib import Index
from searchlib.errors import SourceError

DAMS = postings("dam", [(0, 2), (2, 1)])
RIVERS = postings("river", [(1, 3)])
DOCS = doc(0, "A", 5) + doc(1, "B", 3) + doc(2, "C", 9)


def _import(folder: Path, data: bytes) -> Index:
    path = folder / "foreign.ciff"
    path.write_bytes(data)
    return searchlib.import_ciff(path, languages=())


def _ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query)]


def test_a_plain_one(tmp_path: Path) -> None:
    index = _import(tmp_path, header(2, 3, 17) + DAMS + RIVERS + DOCS)
    assert _ids(index, "dam") == ["A", "C"] and _ids(index, "river") == ["B"]
    assert index.search("dam", ranking="bm25")[0].score == pytest.approx(
        0.4700036 * 2 / (2 + 1.2 * (0.25 + 0.75 * 15 / 17))
    )
    assert list(index.search('"dam river"')) == []


@pytest.mark.parametrize(
    "data",
    [
        header(2, 3) + RIVERS + DAMS + DOCS,  # terms in another order
        header(2, 3) + DAMS + RIVERS + doc(2, "C", 9) + doc(0, "A", 5) + doc(1, "B", 3),
        header(3, 3) + postings("ant", []) + DAMS + RIVERS + DOCS,  # a term that no document holds
        gzip.compress(header(2, 3) + DAMS + RIVERS + DOCS),
        encode([(8, 2, b"by Java"), (3, 0, 3), (2, 0, 2), (1, 0, 1), (77, 2, b"new"), (7, 1, b"\0" * 8)])
        + DAMS
        + RIVERS
        + DOCS,
        header(2, 3)  # the term last, unknown fields everywhere, a posting's fields turned round
        + encode(
            [(4, 2, b"\x10\x02\x08\x00"), (4, 2, b"\x50\x07\x10\x01\x08\x02"), (2, 0, 2), (1, 2, b"dam")]
        )
        + encode([(1, 2, b"river"), (99, 1, b"8 octets"), (2, 0, 1), (4, 2, b"\x08\x01\x10\x03"), (5, 0, 1)])
        + DOCS,
        header(2, 3)
        + DAMS
        + RIVERS
        + encode([(3, 0, 5), (2, 2, b"A"), (9, 0, 4)])
        + doc(1, "B", 3)
        + doc(2, "C", 9),
    ],
    ids=["terms", "documents", "nowhere", "gzip", "header", "postings", "records"],
)
def test_what_protobuf_allows(tmp_path: Path, data: bytes) -> None:
    index = _import(tmp_path, data)
    plain = _import(tmp_path, header(2, 3) + DAMS + RIVERS + DOCS)
    for query in ("dam", "river", "dam river"):
        assert [(hit.id, hit.score) for hit in index.search(query)] == [
            (hit.id, hit.score) for hit in plain.search(query)
        ]


def test_terms_by_code_units_are_sorted_by_bytes(tmp_path: Path) -> None:
    """As Java's strings: U+FF5E comes after U+1F30A there, and before it in UTF-8."""
    words = ["\U0001f30a", "\uff5e"]
    data = header(2, 1) + b"".join(postings(word, [(0, 1)]) for word in words) + doc(0, "A", 2)
    index = _import(tmp_path, data)
    searchlib.export_ciff(index, tmp_path / "back.ciff")
    back = slow_ciff.decode((tmp_path / "back.ciff").read_bytes())
    assert [term for term, _, _, _ in back.postings] == ["\uff5e", "\U0001f30a"]


def test_part_of_an_index(tmp_path: Path) -> None:
    """An export of a query's terms only: totals beyond what follows, a length beyond the terms'."""
    head = encode([(1, 0, 1), (2, 0, 1), (3, 0, 3), (4, 0, 900), (5, 0, 1000), (6, 0, 5000)])
    assert _ids(_import(tmp_path, head + DAMS + DOCS), "dam") == ["A", "C"]


def test_the_exact_total_survives_rounded_lengths(tmp_path: Path) -> None:
    """Lucene keeps lengths in a byte, and their exact sum."""
    exact, rounded = (
        _import(tmp_path, header(1, 2, total) + postings("dam", [(0, 1)]) + doc(0, "A", 40) + doc(1, "B", 40))
        for total in (83, 80)
    )
    assert exact.search("dam")[0].score > rounded.search("dam")[0].score


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "a header was expected"),
        (b"PK\x03\x04 not an index", "is no CIFF file"),
        (encode([(1, 0, 2), (2, 0, 0)]), "no CIFF file of version 1"),
        (header(-1, 3) + DAMS + DOCS, "its header counts below 0"),
        (header(2**31 - 1, 3) + DAMS + DOCS, "a postings list was expected"),
        (header(1, 2**31 - 1) + DAMS + DOCS, "a document's record was expected"),
        (header(1, 2) + DAMS + DOCS, "more follows than the 2 documents"),
        (header(1, 3) + slow_ciff.varint(2**31) + b"x", "a postings list was expected"),
        (header(1, 3) + b"\xff" * 12 + DOCS, "a postings list was expected"),
        (header(1, 3) + postings("dam", [(0, 2)], df=2) + DOCS, "says 2 documents and has 1"),
        (header(1, 3) + postings("dam", [(0, 2)], df=0) + DOCS, "says 0 documents and has 1"),
        (
            header(1, 3) + postings("dam", [(1, 1), (0, 1)]) + DOCS,
            r"document 1 of 3 after \[1\], frequency 1",
        ),
        (header(1, 3) + postings("dam", [(1, 1), (-1, 1)]) + DOCS, "a posting that cannot be"),
        (header(1, 3) + postings("dam", [(3, 1)]) + DOCS, "document 3 of 3"),
        (header(1, 3) + postings("dam", [(0, 0)]) + DOCS, "frequency 0"),
        (header(1, 3) + postings("dam", [(0, -5)]) + DOCS, "a posting that cannot be"),
        (
            header(1, 3) + postings("dam", [(0, 40_000_000)]) + DOCS,
            "stands 40000000 times in document 0, of 5",
        ),
        (header(1, 3) + postings("", [(0, 1)]) + DOCS, "a term is empty"),
        (header(2, 3) + DAMS + DAMS + DOCS, "'dam' comes twice"),
        (header(1, 3) + encode([(1, 2, b"\xff"), (2, 0, 0)]) + DOCS, "damaged: 'utf-8'"),
        (header(1, 3) + encode([(1, 2, b"dam"), (4, 3, b"")]) + DOCS, "a field of a known kind"),
        (header(1, 3) + encode([(1, 2, b"dam"), (4, 2, b"\x08")]) + DOCS, "a number was expected"),
        (header(1, 3) + encode([(1, 2, b"dam"), (4, 2, b"\x08\x80")]) + DOCS, "a number was expected"),
        (header(1, 3) + DAMS + doc(0, "A", 5) + doc(1, "B", 3) + doc(3, "C", 9), "not numbered 0 to 2"),
        (header(1, 3) + DAMS + doc(0, "A", 5) + doc(0, "B", 3) + doc(2, "C", 9), "not numbered 0 to 2"),
        (header(1, 3) + DAMS + doc(0, "A", 5) + doc(1, "A", 3) + doc(2, "C", 9), "two documents have one id"),
        (header(1, 3) + DAMS + doc(0, "A", 5) + doc(1, "B", -3) + doc(2, "C", 9), "shorter than nothing"),
        (header(1, 1) + postings("dam", [(0, 1)]) + doc(0, "", 5), "an id has 1 to 4096 bytes"),
        (header(1, 1) + postings("dam", [(0, 1)]) + doc(0, "A" * 5000, 5), "an id has 1 to 4096 bytes"),
        (gzip.compress(header(1, 3) + DAMS + DOCS, mtime=0)[:-9], r"the rest of it \(gzip\) was expected"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "foreign.ciff"
    path.write_bytes(data)
    for place in (None, tmp_path / "back"):
        with pytest.raises(SourceError, match=rf"foreign\.ciff.*{message}"):
            searchlib.import_ciff(path, place)
    assert not (tmp_path / "back").exists()


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    whole = header(2, 3) + DAMS + RIVERS + DOCS
    for size in range(len(whole)):
        with pytest.raises(SourceError):
            _import(tmp_path, whole[:size])


def test_every_flipped_bit_is_refused_or_read_as_something_else(tmp_path: Path) -> None:
    whole = header(2, 3, 17) + DAMS + RIVERS + DOCS
    refused = 0
    for bit in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        with contextlib.suppress(SourceError):
            _import(tmp_path, bytes(damaged))
            refused -= 1
        refused += 1
    assert refused > len(whole) * 4


def test_random_messages(tmp_path: Path) -> None:
    chance = random.Random(20_260)
    pieces = [DAMS, RIVERS, DOCS, header(1, 1), doc(0, "A", 1), b"", b"\x80", postings("é", [(0, 300)])]
    refused = 0
    for _ in range(300):
        messages = [header(2, 3), DAMS, RIVERS, DOCS]
        for _ in range(chance.randrange(3)):
            other = header(chance.randint(-1, 3), chance.randint(-1, 3))
            at = chance.randrange(len(messages))
            messages[at : at + chance.randrange(2)] = [chance.choice([*pieces, other])]
        try:
            assert len(_import(tmp_path, b"".join(messages))) == 3
        except SourceError as error:
            refused += 1
            assert "foreign.ciff" in str(error)
    assert 100 < refused < 300, "some of each kind"


def test_a_long_term_comes_back(tmp_path: Path) -> None:
    data = header(1, 1) + postings("a" * 100_000, [(0, 1)]) + doc(0, "A", 1)
    searchlib.export_ciff(_import(tmp_path, data), tmp_path / "back.ciff")
    assert slow_ciff.decode((tmp_path / "back.ciff").read_bytes()).postings == [
        ("a" * 100_000, 1, 1, [(0, 1)])
    ]


@pytest.mark.parametrize(
    "data",
    [
        slow_ciff.varint(2**31 - 1) + b"\x08\x01",
        header(2**31 - 1, 2**31 - 1),
        header(1, 3) + slow_ciff.varint(2**31 - 1) + DAMS,
        header(1, 3) + postings("dam", [(0, 2**31 - 1)]) + DOCS,
        header(1, 3) + encode([(1, 2, b"dam"), (2, 0, 2**40)]) + DOCS,
    ],
)
def test_claims_take_no_memory(tmp_path: Path, data: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(SourceError):
        _import(tmp_path, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
