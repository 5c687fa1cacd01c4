"""Test collections and runs in every format that is read, and lines that cannot be read."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import re
import threading
from array import array
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard

from searchlib.errors import SourceError
from searchlib.evaluation import read_collection, read_qrels, read_queries, read_run, write_run
from searchlib.evaluation.collection import read_documents


def _file(folder: Path, content: str) -> Path:
    path = folder / "file"
    path.write_text(content, encoding="utf-8")
    return path


def texts(path: Path | list[Path], encoding: str | None = None) -> list[tuple[str, str]]:
    return [(found.id, found.text) for found in read_documents(path, encoding)]


def test_documents(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"id": "a", "title": "T", "text": "x"}\n\n{"_id": 7, "text": "y"}\r\n')
    assert texts(path) == [("a", "T\nx"), ("7", "y")]
    packed = tmp_path / "docs.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert list(read_documents(packed)) == list(read_documents(path))


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "1", "text": "two words"}\n{"_id": 2, "text": "б"}\n',
        "1\ttwo words\n2\tб\n",
        "\ufeff1\ttwo words\r\n\n2\tб",
    ],
)
def test_queries(tmp_path: Path, content: str) -> None:
    assert read_queries(_file(tmp_path, content)) == {"1": "two words", "2": "б"}


@pytest.mark.parametrize(
    "content",
    [
        "1\ta\t2\n1\tb\t0\n2\ta\t1\n",
        "query-id\tcorpus-id\tscore\n1\ta\t2\n1\tb\t0\n2\ta\t1\n",
        "1 0 a 2\n1 0 b 0\n2 Q0 a 1\n",
    ],
)
def test_qrels(tmp_path: Path, content: str) -> None:
    assert read_qrels(_file(tmp_path, content)) == {"1": {"a": 2, "b": 0}, "2": {"a": 1}}


@pytest.mark.parametrize(
    ("read", "content", "message"),
    [
        (
            read_queries,
            '{"id": "1", "text": "x"}\n{"id": "2"}\n',
            'expected a "text" (query) that is a string',
        ),
        (read_queries, "1\tx\nno tab\n", "expected JSON lines, <top> elements, or an id, a tab and a text"),
        (read_queries, "1\tx\n1\ty\n", "the query '1' came before"),
        (read_queries, '{"id": "1", "text": "x"}\n{"id": true, "text": "x"}\n', 'expected an "id"'),
        (read_qrels, "1\ta\t1\n1\tb\tyes\n", "expected an integer, at most 10000, as relevance, got 'yes'"),
        (read_qrels, "1\ta\t1\n1\tb\t2000000000\n", "at most 10000"),
        (read_qrels, "1 0 a 1\n1 b\n", "got 2 columns"),
        (read_qrels, "1\ta\t1\n1\t\t1\n", "expected query, document and relevance"),
        (read_qrels, "1 0 a 1\n1 0 a 0\n", "query 1, document a: relevance 0 here, 1 on line 1"),
        (read_qrels, "1 0 a 1\nquery iteration document relevance\n", "expected an integer"),
        (
            read_run,
            "1 Q0 a 1 2.5 tag\n1 Q0 b 2 2.4\n",
            "expected six columns, query Q0 document rank score tag",
        ),
        (read_run, "1 Q0 a 1 2.5 tag\n1 Q0 b 2 nan tag\n", "expected a number as score, got 'nan'"),
        (read_run, "1 Q0 a 1 2.5 tag\n1 Q0 b 2 1e99 tag\n", "expected a number as score, got '1e99'"),
        (read_run, "1 Q0 a 1 2.5 tag\n1 Q0 a 2 2.4 tag\n", "query 1: document a came before"),
        (read_documents, '{"id": "1", "text": "x"}\n{"id": "2", "text": ["x"]}\n', 'expected a "text"'),
        (read_documents, '{"id": "1", "text": "x"}\n[1]\n', "expected a JSON object"),
        (read_documents, '{"id": "1", "text": "x"}\n{"id": \n', "not JSON: Expecting value, column 8"),
        (read_documents, '{"id": "1", "text": "x"}\n{"a":' + "[" * 100_000, "nested too deeply"),
        (
            read_documents,
            '{"id": "1", "text": "x"}\n{"id": 1, "text": "y"}\n',
            "the document '1' came before",
        ),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, read: object, content: str, message: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(SourceError, match=re.escape("file, line 2: ") + ".*" + re.escape(message)):
        list(read(path))  # type: ignore[operator]


def test_a_first_line_with_a_digit_is_no_heading(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="line 1: expected an integer"):
        read_qrels(_file(tmp_path, "1\ta\tyes\n1\tb\t1\n"))


def test_judgements_may_be_negative_and_come_twice(tmp_path: Path) -> None:
    assert read_qrels(_file(tmp_path, "1 0 a -2\n1 0 b 3\n1 0 a -2\n")) == {"1": {"a": -2, "b": 3}}


def test_a_run_comes_in_the_order_of_trec_eval(tmp_path: Path) -> None:
    path = _file(tmp_path, "1 Q0 a 1 1.00000001 t\n1 Q0 b 2 1 t\n1 Q0 c 9 2 t\n")
    assert list(read_run(path)["1"]) == ["c", "b", "a"]  # a's score is b's, in 32 bits


@pytest.mark.parametrize(
    "scores", [[2.0, 2.0, 2.0], [1e-45, 0.0, 0.0, 0.0], [0.0, 0.0, -1.0, -1.0], [3e38, 1e-9]]
)
def test_written_runs_have_no_ties(tmp_path: Path, scores: list[float]) -> None:
    run = {"1": {f"d{number}": score for number, score in enumerate(scores)}}
    write_run(tmp_path / "run", run, "tag")
    written = [line.split() for line in (tmp_path / "run").read_text().splitlines()]
    assert [(row[0], row[1], row[2], row[3], row[5]) for row in written] == [
        ("1", "Q0", f"d{number}", str(number + 1), "tag") for number in range(len(scores))
    ]
    singles = list(array("f", [float(row[4]) for row in written]))
    assert all(before > after for before, after in pairwise(singles))
    assert singles == pytest.approx(scores, rel=1e-6, abs=1e-37)
    assert list(read_run(tmp_path / "run")["1"]) == list(run["1"])


@pytest.mark.parametrize("run", [{"1": {"a b": 1.0}}, {"": {"a": 1.0}}, {"q\t1": {"a": 1.0}}])
def test_ids_that_a_run_cannot_hold(tmp_path: Path, run: dict[str, dict[str, float]]) -> None:
    with pytest.raises(SourceError, match="white space"):
        write_run(tmp_path / "run", run)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, zstandard.compress])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_packed_and_encoded(tmp_path: Path, pack: Callable[[bytes], bytes], encoding: str) -> None:
    text = "Депутаты парламента собрались в столице и обсудили бюджет страны на год вперёд."
    path = tmp_path / "docs"
    path.write_bytes(pack(f"1\t{text}\r\n2\t{text}".encode(encoding)))
    assert texts(path) == [("1", text), ("2", text)]


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "docs"
    path.write_bytes("1\tПривет\n".encode("koi8-r"))
    assert texts(path, "koi8-r") == [("1", "Привет")]
    with pytest.raises(SourceError, match="unknown encoding 'koi9'"):
        list(read_documents(path, "koi9"))
    with pytest.raises(SourceError, match=r"docs, line 1: not utf-8 text; name its encoding"):
        list(read_documents(path, "utf-8"))


def test_a_broken_line_far_down_is_named(tmp_path: Path) -> None:
    path = tmp_path / "docs"
    path.write_bytes(b"".join(b"%d\t%s\n" % (n, b"x" * 1000) for n in range(2000)) + b"2000\tcaf\xe9\n")
    with pytest.raises(SourceError, match=r"docs, line 2001: not utf-8 text; .* --encoding cp1252"):
        list(read_documents(path))
    assert len(list(read_documents(path, "cp1252"))) == 2001


def test_compress_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "docs.Z"
    path.write_bytes(b"\x1f\x9d\x90abc")
    with pytest.raises(SourceError, match=r"docs.Z, line 1: .*gzip -d"):
        list(read_documents(path))


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "docs"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)
    with pytest.raises(SourceError, match=r"docs: a binary file"):
        list(read_documents(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    """searchlib eval --docs <(zcat … | head -1000)"""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(gzip.compress(b"1\tx\n" + b"2\ty\n"),))
    writer.start()
    assert texts(pipe) == [("1", "x"), ("2", "y")]
    writer.join()


def test_many_files_and_folders(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "2.tsv").write_text("2\ttitle\tbody\n")
    (folder / "1.jsonl").write_text('{"id": "1", "contents": "x"}\n')
    for beside in (".hidden", "readme", "ap.dtd"):
        (folder / beside).write_text("not a document\n")
    single = tmp_path / "3"
    single.write_text("3\tz\n")
    assert texts([folder, single]) == [("1", "x"), ("2", "title\nbody"), ("3", "z")]
    with pytest.raises(SourceError, match=r"3, line 1: the document '3' came before"):
        list(read_documents([single, folder, single]))


@pytest.mark.parametrize(
    "row",
    [
        {"_id": "7", "title": "T", "text": "x", "metadata": {}},
        {"id": 7, "contents": "T\nx"},
        {"docid": "7", "title": "T", "text": "x"},
        {"url": "u", "title": "T", "headings": "H", "body": "x", "docid": "7"},
        {"pid": "7", "passage": "T\nx", "spans": "(0,3)", "docid": "8"},
    ],
    ids=["beir", "anserini", "miracl", "ms marco documents", "ms marco passages"],
)
def test_names_of_other_collections(tmp_path: Path, row: dict[str, object]) -> None:
    assert texts(_file(tmp_path, json.dumps(row))) == [("7", "T\nx")]
    queries = _file(tmp_path, '{"query_id": 1, "query": "x"}\n{"qid": "2", "text": "y"}')
    assert read_queries(queries) == {"1": "x", "2": "y"}


def test_nothing_in_it(tmp_path: Path) -> None:
    empty = _file(tmp_path, "\n \n")
    with pytest.raises(SourceError, match=r"no document in .*file"):
        list(read_documents(empty))
    with pytest.raises(SourceError, match=r"no query in .*file"):
        read_queries(empty)


def test_a_torn_gzip_is_a_source_error(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl.gz"
    rows = b"".join(b'{"id": "%d", "text": "x"}\n' % n for n in range(1000))
    path.write_bytes(gzip.compress(rows)[:-20])
    with pytest.raises(SourceError, match=r"docs.jsonl.gz, line \d+: is damaged: it ends too early"):
        list(read_documents(path))
    path.write_bytes(gzip.compress(b'{"id": "1", "text": "x"}\n') + b"behind its end")
    with pytest.raises(SourceError, match=r"docs.jsonl.gz, line 2: 14 bytes behind its end are not gzip"):
        list(read_documents(path))
    path.write_bytes(b"not gzip at all")
    with pytest.raises(SourceError):
        list(read_documents(path))


def test_files_of_two_collections(tmp_path: Path, collection: tuple[Path, Path, Path]) -> None:
    docs, queries, _ = collection
    with pytest.raises(SourceError, match="belong together"):
        read_collection(docs, queries, _file(tmp_path, "77\ta\t1\n"))
