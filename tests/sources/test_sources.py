"""Sources: files, folders and standard input become documents with ids, and what is refused is named."""

from __future__ import annotations

import io
import json
import random
import sys
import tracemalloc
from pathlib import Path
from unittest.mock import ANY

import pytest
from sample_files import collect, content, lines, write

from searchlib import Schema, Text
from searchlib.errors import SourceError
from searchlib.sources.sources import Problem, Sources


def test_a_folder_in_the_order_of_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"b.txt": "B\nbee", "a.md": "# A\nay", "sub/c.HTML": "<title>C</title>see", "sub/notes.bin": "x"},
    )
    documents, problems = collect(tmp_path)
    assert content(documents) == [
        {"id": "a.md", "title": "A", "body": "A\n\nay\n"},
        {"id": "b.txt", "title": "B", "body": "B\nbee"},
        {"id": "sub/c.HTML", "title": "C", "body": "see\n"},
    ]
    assert problems == []


def test_ids_are_relative_to_what_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"one/a.txt": "A", "two/b.txt": "B"})
    documents, _ = collect(tmp_path / "one", tmp_path / "two" / "b.txt")
    assert [document["id"] for document in documents] == ["a.txt", "b.txt"]
    monkeypatch.chdir(tmp_path)
    documents, _ = collect("one/../two/")
    assert [document["id"] for document in documents] == ["b.txt"]


def test_rows_have_their_own_ids_or_the_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"r.jsonl": lines({"id": "x", "body": "a b"}, {"id": 7, "body": "b c"}) + '\n{"body": "c d"}\n'},
    )
    assert [document["id"] for document in collect(tmp_path)[0]] == ["x", "7", "r.jsonl#4"]


def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "r.jsonl": '{"body": "a"}\n[]\n{"body": {"a": 5}}\n{"other": "x"}\n'
            '{"id": [1], "body": "b"}\n{"body": "c"}\n'
        },
    )
    documents, problems = collect(tmp_path, schema=Schema(body=Text()))
    path = str(tmp_path / "r.jsonl")
    assert [document["body"] for document in documents] == ["a", "c"]
    assert problems == [
        f"{path}:2: is an array, not an object {{…}}",
        f"{path}:3: field 'body' is a string, got an object",
        f"{path}:4: lacks every field of the schema (body); it has: other; "
        "rename one, as in --map other=body",
        f"{path}:5: its id is a string or a whole number, got a list",
    ]


def test_raise_is_the_default_and_skip_is_silent(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"\x00\x01\x02\x03", "b.txt": "fine"})
    with pytest.raises(SourceError, match=r"a\.txt: a binary file"):
        list(Sources(tmp_path))
    assert [document["id"] for document in Sources(tmp_path, on_error="skip")] == ["b.txt"]


def test_what_ends_the_run_is_a_source_error_by_its_public_name(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "\0\0\0"})
    with pytest.raises(SourceError) as raised:
        list(Sources(tmp_path, on_error="raise"))
    assert type(raised.value) is SourceError


def test_a_handler_that_raises_a_source_error_ends_the_run_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.jsonl": '{"id": "1", "text": "one"}\n[]\n{"id": "3", "text": "three"}\n'})
    told: list[Problem] = []

    def end_at(problem: Problem) -> None:
        told.append(problem)
        raise SourceError("enough")

    with pytest.raises(SourceError, match="enough"):
        list(Sources(tmp_path, on_error=end_at))
    assert len(told) == 1


def test_encodings_are_guessed_reported_and_forced(tmp_path: Path) -> None:
    text = "Президент сказал, что выборы пройдут осенью, а парламент соберётся после них на первое заседание."
    write(
        tmp_path,
        {
            "a.txt": text.encode("cp1251"),
            "b.txt": text.encode("utf-16"),
            "c.jsonl": lines({"body": text}).encode("koi8-r"),
        },
    )
    notices: list[Problem] = []
    documents = list(Sources(tmp_path, on_notice=notices.append))
    assert [document["body"] for document in documents] == [text] * 3
    assert [notice.reason for notice in notices] == ["read as cp1251 (guessed)", "read as koi8-r (guessed)"]
    forced = list(Sources(tmp_path / "a.txt", encoding="cp866"))
    assert forced[0]["body"] == text.encode("cp1251").decode("cp866")


def test_html_knows_its_own_encoding(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": '<meta charset="koi8-r"><title>Ёж</title>бежит'.encode("koi8-r")})
    notices: list[Problem] = []
    assert content(Sources(tmp_path, on_notice=notices.append)) == [
        {"id": "a.html", "title": "Ёж", "body": "бежит\n"}
    ]
    assert notices[0].reason == "read as koi8-r (declared)"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1251", "utf-8-sig"])
@pytest.mark.parametrize("forced", [True, False])
def test_rows_in_other_encodings(tmp_path: Path, encoding: str, forced: bool) -> None:
    text = "Совет безопасности обсудил положение на границе и решил направить туда наблюдателей до конца года"
    content = "".join(json.dumps({"body": text, "n": n}, ensure_ascii=False) + "\r\n" for n in range(3))
    write(tmp_path, {"a.jsonl": content.encode(encoding)})
    documents, problems = collect(tmp_path, encoding=encoding if forced else None)
    assert problems == []
    assert [(document["body"], document["n"]) for document in documents] == [(text, 0), (text, 1), (text, 2)]


def test_a_row_in_another_encoding_is_refused_alone_where_errors_are_strict(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.jsonl": lines({"body": "один два"}).encode()
            + lines({"body": "три четыре"}).encode("cp1251")
            + lines({"body": "пять"}).encode()
        },
    )
    documents, problems = collect(tmp_path, errors="strict")
    assert [document["id"] for document in documents] == ["a.jsonl#1", "a.jsonl#3"]
    assert problems == [f"{tmp_path / 'a.jsonl'}:2: holds bytes that are not text in the file's encoding"]
    big = lines(*({"body": "один два"} for _ in range(60_000))).encode()
    write(
        tmp_path,
        {"a.jsonl": big + lines({"body": "три"}).encode("cp1251") + lines({"body": "пять"}).encode()},
    )
    documents, problems = collect(tmp_path, errors="strict")
    assert len(documents) == 60_001
    assert problems == [f"{tmp_path / 'a.jsonl'}:60001: holds bytes that are not text in the file's encoding"]


def test_a_document_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from searchlib.sources import content as reading

    monkeypatch.setattr(reading, "MAX_DOCUMENT_BYTES", 1 << 20)
    write(tmp_path, {"a.txt": "x " * (1 << 20)})
    assert "bigger than the 1 MiB" in collect(tmp_path)[1][0]


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (b"Title\ntext", ["s"]),
        (b'{"body": "a b"}\n{"id": "x", "body": "c d"}\n', ["s#1", "x"]),
        (b'\xef\xbb\xbf{"body":\n "a b"}', ["s#1"]),
        (b"{not json", ["s"]),
        (b'[{"id": "a", "body": "x"}, {"body": "y"}]', ["a", "s#2"]),
        (b'{"rows": [\n' + b'{"body": "\xd0\xb9 x"},\n' * 100_000 + b'{"id": "z", "body": "y"}]}', None),
        (b"", ["s"]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str] | None) -> None:
    stdin(monkeypatch, data)
    found = [document["id"] for document in Sources("-", id="s")]
    assert (found == ids) if ids is not None else (len(found), found[-1]) == (100_001, "z")


def test_each_text_of_standard_input_has_an_id_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def ids(data: bytes) -> list[str]:
        stdin(monkeypatch, data)
        return [document["id"] for document in Sources("-")]

    first, second = ids(b"one text"), ids(b"another text")
    assert first != second and ids(b"one text") == first
    rows = ids(b'{"body": "a b"}\n{"body": "c d"}\n{"body": "a b"}\n{"id": "x", "body": "e"}\n')
    assert len(set(rows)) == 4 and rows[2] == f"{rows[0]}-2" and rows[3] == "x"
    assert ids(b'{"body": "c d"}\n') == [rows[1]]
    with pytest.raises(SourceError, match="id is that of standard input"):
        Sources(".", id="x")


def test_standard_input_of_a_given_format(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"name,age\nAnna,30\n")
    assert list(Sources("-", format="csv")) == [{"id": ANY, "name": "Anna", "age": 30}]
    for unknown in ("xls", "nonsense"):
        with pytest.raises(SourceError, match=f"unknown format '{unknown}'; known: telegram, json, jsonl"):
            Sources("-", format=unknown)
    with pytest.raises(SourceError, match="only once"):
        Sources("-", "-")


@pytest.mark.parametrize("name", ["markdown", "md", ".md", "MD"])
def test_a_format_goes_by_the_end_of_its_files_too(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    stdin(monkeypatch, b"# Heading\n\nSome *words*.\n")
    (document,) = Sources("-", format=name)
    assert document["title"] == "Heading" and "*" not in document["body"]


def test_no_two_documents_of_an_iteration_have_one_id(tmp_path: Path) -> None:
    write(tmp_path, {f"{year}.csv": "id,body\n1,a b\n2,c d\n" for year in (2023, 2024)})
    notices: list[Problem] = []
    documents = list(Sources(tmp_path, tmp_path / "2024.csv", on_notice=notices.append))
    assert [document["id"] for document in documents] == ["1", "2", "2024.csv#id=1", "2024.csv#id=2"]
    assert len(notices) == 2


def test_rows_are_streamed_in_bounded_memory(tmp_path: Path) -> None:
    with (tmp_path / "big.jsonl").open("w") as file:
        for n in range(60_000):
            file.write(json.dumps({"id": str(n), "body": "some words " * 40}) + "\n")
    sources = Sources(tmp_path)
    assert sources.schema
    tracemalloc.start()
    try:
        assert sum(1 for _ in sources) == 60_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (tmp_path / "big.jsonl").stat().st_size > 25_000_000
    assert peak < 12_000_000  # most of it the ids, of which none may come twice


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".json", ".csv", ".tsv"])
def test_no_content_is_ever_a_crash(tmp_path: Path, suffix: str) -> None:
    seed = 20_260_101
    rng = random.Random(seed)
    pieces = [
        b"{",
        b"}",
        b'"',
        b'"a": "b c"',
        b"\n",
        b"\r",
        b",",
        b"[",
        b"<b>",
        b"</p>",
        b"#",
        b"---",
        b"```",
        b"|",
    ]
    pieces += [
        b"\xff\xfe",
        b"\x00",
        b"\xd0\xb0",
        b"\xd0",
        b"\xef\xbb\xbf",
        b"\\ud800",
        b"1e999",
        b"&#0;",
        b"<!--",
    ]
    for round_number in range(300):
        content = b"".join(rng.choice(pieces) for _ in range(rng.randrange(40)))
        (tmp_path / f"x{suffix}").write_bytes(content)
        documents, problems = collect(tmp_path)
        for document in documents:
            assert isinstance(document["id"], str), (seed, round_number, content)
            json.dumps(document, default=str).encode()
        assert all("\n" not in problem for problem in problems), (seed, round_number, content, problems)
