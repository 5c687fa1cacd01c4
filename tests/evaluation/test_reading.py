"""Test collections and runs in every format that is read, and lines that cannot be read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from searchlib.errors import SourceError
from searchlib.evaluation import read_collection, read_qrels, read_queries, read_run, write_run
from searchlib.evaluation.reading import read_documents


def _file(folder: Path, content: str) -> Path:
    path = folder / "file"
    path.write_text(content, encoding="utf-8")
    return path


def test_documents(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"id": "a", "title": "T", "text": "x"}\n\n{"_id": 7, "text": "y"}\r\n')
    assert list(read_documents(path)) == [("a", "T\nx"), ("7", "y")]
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


def test_runs_come_back_with_all_digits(tmp_path: Path) -> None:
    run = {"1": {"b": 1 / 3, "a": 0.1 + 0.2}, "2": {"z": 1e-9}}
    write_run(tmp_path / "run", run, "tag")
    assert read_run(tmp_path / "run") == run
    assert (tmp_path / "run").read_text().splitlines()[0] == f"1 Q0 b 1 {1 / 3!r} tag"


@pytest.mark.parametrize(
    ("read", "content"),
    [
        (read_queries, '{"id": "1", "text": "x"}\n{"id": "2"}\n'),
        (read_queries, "1\tx\nno tab\n"),
        (read_queries, "1\tx\n1\ty\n"),
        (read_queries, '{"id": "1", "text": "x"}\n{"id": true, "text": "x"}\n'),
        (read_qrels, "1\ta\t1\n1\tb\tyes\n"),
        (read_qrels, "1 0 a 1\n1 b\n"),
        (read_run, "1 Q0 a 1 2.5 tag\n1 Q0 b 2 2.4\n"),
        (read_documents, '{"id": "1", "text": "x"}\n{"id": "2", "text": ["x"]}\n'),
        (read_documents, '{"id": "1", "text": "x"}\n[1]\n'),
        (read_documents, '{"id": "1", "text": "x"}\n{"id": \n'),
    ],
)
def test_bad_lines_are_named(tmp_path: Path, read: object, content: str) -> None:
    path = _file(tmp_path, content)
    with pytest.raises(SourceError, match=r"file, line 2"):
        list(read(path))  # type: ignore[operator]


def test_a_torn_gzip_is_a_source_error(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "1", "text": "x"}\n' * 1000)[:-20])
    with pytest.raises(SourceError):
        list(read_documents(path))
    path.write_bytes(b"not gzip at all")
    with pytest.raises(SourceError):
        list(read_documents(path))


def test_files_of_two_collections(tmp_path: Path, collection: tuple[Path, Path, Path]) -> None:
    docs, queries, _ = collection
    with pytest.raises(SourceError, match="belong together"):
        read_collection(docs, queries, _file(tmp_path, "77\ta\t1\n"))
