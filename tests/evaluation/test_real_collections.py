"""Real collections, written again in every format: the same run and the same figures from each of them.

As one field, for not every format has a title.
"""

from __future__ import annotations

import bz2
import gzip
import html
import json
from pathlib import Path

import pytest

import searchlib
from searchlib.evaluation import Collection, read_collection, read_run

pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")

Paths = tuple[Path, Path, Path]


@pytest.fixture(params=["cranfield", "xquad_ru"])
def original(request: pytest.FixtureRequest, collections: Path) -> Collection:
    folder = collections / request.param
    return read_collection(folder / "docs.jsonl.gz", folder / "queries.jsonl", folder / "qrels.tsv")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _trec(collection: Collection, folder: Path) -> Paths:
    """A folder of packed files of <DOC>s, topics without ends, qrels of four columns."""
    docs = folder / "docs"
    docs.mkdir()
    rows = [
        f"<DOC>\n<DOCNO> {found.id} </DOCNO>\n<TEXT>\n{html.escape(found.text)}\n</TEXT>\n</DOC>\n"
        for found in collection.documents()
    ]
    half = len(rows) // 2
    (docs / "a.gz").write_bytes(gzip.compress("".join(rows[:half]).encode()))
    (docs / "b.bz2").write_bytes(bz2.compress("".join(rows[half:]).encode()))
    with (folder / "topics").open("w", encoding="utf-8") as topics:
        for query_id, text in collection.queries.items():
            topics.write(
                f"<top>\n\n<num> Number: {query_id}\n<title> {html.escape(text)}\n\n<desc> \n</top>\n"
            )
    with (folder / "qrels").open("w", encoding="utf-8") as qrels:
        for query_id, judged in collection.qrels.items():
            qrels.writelines(f"{query_id} 0 {document} {value}\n" for document, value in judged.items())
    return docs, folder / "topics", folder / "qrels"


def _beir(collection: Collection, folder: Path) -> Paths:
    with (folder / "corpus.jsonl").open("w", encoding="utf-8") as docs:
        for found in collection.documents():
            row = {"_id": found.id, "title": "", "text": found.text, "metadata": {}}
            docs.write(json.dumps(row) + "\n")
    with (folder / "queries.jsonl").open("w", encoding="utf-8") as queries:
        for query_id, text in collection.queries.items():
            queries.write(json.dumps({"_id": query_id, "text": text, "metadata": {}}) + "\n")
    (folder / "qrels").mkdir()
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8") as qrels:
        qrels.write("query-id\tcorpus-id\tscore\n")
        for query_id, judged in collection.qrels.items():
            qrels.writelines(f"{query_id}\t{document}\t{value}\n" for document, value in judged.items())
    return folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels" / "test.tsv"


def _ms_marco(collection: Collection, folder: Path) -> Paths:
    """Columns between tabs, a qrels file with an iteration."""
    with (folder / "collection.tsv").open("w", encoding="utf-8") as docs:
        docs.writelines(f"{found.id}\t{_one_line(found.text)}\n" for found in collection.documents())
    with (folder / "queries.tsv").open("w", encoding="utf-8") as queries:
        queries.writelines(f"{i}\t{_one_line(text)}\n" for i, text in collection.queries.items())
    with (folder / "qrels.tsv").open("w", encoding="utf-8") as qrels:
        for query_id, judged in collection.qrels.items():
            qrels.writelines(f"{query_id}\t0\t{document}\t{value}\n" for document, value in judged.items())
    return folder / "collection.tsv", folder / "queries.tsv", folder / "qrels.tsv"


@pytest.mark.unsanitized(reason="measures the ranking")
@pytest.mark.parametrize("write", [_trec, _beir, _ms_marco])
def test_every_format_gives_the_same_figures(original: Collection, write: object, tmp_path: Path) -> None:
    folder = Path(str(original.docs)).parent
    expected = searchlib.evaluate(
        original.docs, folder / "queries.jsonl", folder / "qrels.tsv", run=tmp_path / "a.trec", fields="one"
    )
    files = write(original, tmp_path)  # type: ignore[operator]
    found = searchlib.evaluate(*files, run=tmp_path / "b.trec", fields="one")
    assert found.run == expected.run
    assert found.measured == expected.measured and found.coverage == expected.coverage
    assert (tmp_path / "a.trec").read_bytes() == (tmp_path / "b.trec").read_bytes()


@pytest.mark.unsanitized(reason="measures the ranking")
def test_the_written_run_has_the_printed_figures(original: Collection, tmp_path: Path) -> None:
    import ir_measures

    folder = Path(str(original.docs)).parent
    names = ["nDCG@10", "RR@10", "R@100", "AP", "P@5"]
    found = searchlib.evaluate(
        original.docs, folder / "queries.jsonl", folder / "qrels.tsv", run=tmp_path / "run", measures=names
    )
    qrels = _trec(original, tmp_path)[2]
    measured = ir_measures.calc_aggregate(
        [ir_measures.parse_measure(name) for name in names],
        list(ir_measures.read_trec_qrels(str(qrels))),
        list(ir_measures.read_trec_run(str(tmp_path / "run"))),
    )
    assert {str(name): value for name, value in measured.items()} == pytest.approx(found.mean, abs=1e-12)
    back = read_run(tmp_path / "run")
    assert {i: list(s) for i, s in back.items()} == {i: list(s) for i, s in found.run.items() if s}
