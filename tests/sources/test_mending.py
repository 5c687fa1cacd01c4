"""Files in which some bytes are not in their encoding: mended line by line, and said which lines."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Problem, Sources
from searchlib.errors import SourceError
from searchlib.sources import mended_lines
from searchlib.sources.encodings import decode
from searchlib.sources.mended_lines import MendedLines
from searchlib.sources.mending import Mender

RUSSIAN = (
    "Ошибка при чтении файла настроек",
    "Служба запущена и ждёт соединений",
    "Нет связи с сервером, повтор через минуту",
    "Пользователь вошёл в систему",
    "Сохранено записей: 120 из 125",
)
ENGLISH = ("started", "GET /index.html 200", "", "   ")
LINES = st.lists(st.tuples(st.sampled_from(RUSSIAN + ENGLISH), st.booleans()), max_size=12)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from("\n\r\t ёЖ,é"), max_size=200)


def mended(data: bytes, errors: Any = "mend", encoding: str | None = None) -> tuple[str, list[str]]:
    said: list[str] = []
    return decode(data, encoding, errors=errors, say=said.append).text, said


def by_line(data: bytes, first: str, second: str) -> str:
    """The oracle: each line in the first encoding, or else in the second."""
    lines = []
    for line in data.split(b"\n"):
        try:
            lines.append(line.decode(first))
        except UnicodeDecodeError:
            lines.append(line.decode(second))
    return "\n".join(lines)


@given(LINES)
def test_lines_of_cp1251_in_utf8(lines: list[tuple[str, bool]]) -> None:
    most = [RUSSIAN[0].encode()] * 2 * len(lines)
    data = b"\n".join([*most, *(text.encode("cp1251" if other else "utf-8") for text, other in lines)])
    text, said = mended(data)
    assert text == by_line(data, "utf-8", "cp1251")
    numbers = [len(most) + n for n, (text, other) in enumerate(lines, 1) if other and not text.isascii()]
    assert bool(said) == bool(numbers)
    if numbers:
        assert said[0].split(": ")[1].split(" and ")[0] == ", ".join(map(str, numbers[:10]))


@given(LINES, st.sampled_from(["cp1251", "koi8-r", "cp866"]))
def test_lines_of_utf8_in_a_code_page(lines: list[tuple[str, bool]], page: str) -> None:
    most = [line.encode(page) for line in RUSSIAN] * (1 + len(lines))
    data = b"\n".join([*most, *(text.encode("utf-8" if other else page) for text, other in lines)])
    text, said = mended(data)
    assert text == by_line(data, "utf-8", page)
    assert len(said) == any(other and not text.isascii() for text, other in lines)


@given(st.binary(max_size=300), st.sampled_from(["replace", "ignore"]))
def test_replace_and_ignore_are_those_of_python(data: bytes, errors: Any) -> None:
    mender = Mender("utf-8", errors)
    text = mender.text(data.replace(b"\0", b" "), last=False)
    assert text == "\n".join(line.decode("utf-8", errors) for line in data.replace(b"\0", b" ").split(b"\n"))


def well_formed(text: str) -> str:
    """The same; an error if halves of characters stand in it."""
    return text.encode().decode()


@given(st.binary(max_size=300))
def test_any_bytes_become_text(data: bytes) -> None:
    for encoding in ("utf-8", "cp1251", "cp932", "ascii"):
        assert "\0" not in well_formed(Mender(encoding, "mend").text(data))
    for encoding in ("utf-16", "utf-32-le"):
        try:
            assert "\0" not in well_formed(mended(data, "mend", encoding)[0])
        except SourceError as error:
            assert "text" in str(error)


@given(
    TEXTS,
    st.integers(1, 40),
    st.integers(-1, 30),
    st.sampled_from(["\n", ""]),
    st.sampled_from(["utf-8", "utf-16"]),
)
def test_a_stream_in_pieces_reads_as_the_whole(
    text: str, piece: int, size: int, newline: str, encoding: str
) -> None:
    data = text.replace("\0", "").encode(encoding)
    size = size or -1
    before, mended_lines._PIECE_BYTES = mended_lines._PIECE_BYTES, piece
    try:
        stream = MendedLines(io.BufferedReader(io.BytesIO(data)), encoding, Mender(encoding, "mend"), newline)
        lines = list(iter(lambda: stream.readline(size), ""))
        whole = MendedLines(io.BufferedReader(io.BytesIO(data)), encoding, Mender(encoding, "mend"), newline)
        assert whole.read(7) + whole.read() == text.replace("\0", "").lstrip(
            "\ufeff\ufffe" if encoding != "utf-8" else ""
        )
    finally:
        mended_lines._PIECE_BYTES = before
    twin = io.TextIOWrapper(io.BytesIO(data), encoding, newline=newline)
    if encoding == "utf-8" or not text.startswith(("\ufeff", "\ufffe")):
        assert lines == list(iter(lambda: twin.readline(size), ""))


MOST = "\n".join(RUSSIAN) + "\n"


@pytest.mark.parametrize(
    ("data", "text", "said"),
    [
        (
            MOST.encode() + b"caf\xe9 au lait\n",
            MOST + "café au lait\n",
            "1 line was not utf-8 and was read as cp1252: 6",
        ),
        (MOST.encode() + "кот\n".encode()[:-2] + b"\n", MOST + "ко\ufffd\n", "read as U+FFFD in line 6"),
        (MOST.encode() + "кот".encode()[:-1], MOST + "ко", "ends within a character"),
        (
            MOST.encode() + "пишет: ".encode() + "привет".encode("cp1251"),
            MOST + "пишет: привет",
            "1 line was not utf-8 and was read as cp1251: 6",
        ),
        (MOST.encode() + b"\xed\xa0\xbd\xed\xb8\x80", MOST + "😀", "was read as cesu-8: 6"),
        (
            MOST.encode() + "привет".encode().decode("cp1251").encode(),
            MOST + "РїСЂРёРІРµС‚",
            "encoded twice: line 6",
        ),
        (
            MOST.encode() + "naïveté".encode().decode("cp1252").encode(),
            MOST + "naÃ¯vetÃ©",
            "encoded twice: line 6",
        ),
        (MOST.encode() + b"\0" * 4096 + b"\nend", MOST + "\nend", "4,096 NUL bytes were left out in line 6"),
        (MOST.encode("cp1251") + b"\0" * 512 + b"end", MOST + "end", "512 NUL bytes were left out in line 6"),
        (
            b"./a/notes.txt\0./b/more.txt\0" * 3,
            "./a/notes.txt ./b/more.txt " * 2 + "./a/notes.txt ./b/more.txt",
            "6 NUL",
        ),
        (MOST.encode("utf-16") + b"!", MOST, "ends within a character"),
        (MOST.encode("utf-16-le") + b"!", MOST, "ends within a character"),
        (MOST.encode("utf-16-le") + b"\x3d\xd8a\0", MOST + "\ufffda", "read as U+FFFD in line 6"),
        (
            MOST.encode("cp1251") + b"a\x98b",
            MOST + "a\ufffdb",
            "bytes that are not cp1251 were read as U+FFFD in line 6",
        ),
    ],
)
def test_damage_is_mended_and_said(data: bytes, text: str, said: str) -> None:
    found, notices = mended(data)
    assert found == text
    assert len(notices) == 1 and said in notices[0]


def test_a_mark_of_the_other_order_is_no_hindrance() -> None:
    assert decode(b"\xfe\xff" + MOST.encode("utf-16-le"), errors="mend")[:] == (MOST, "utf-16-le", "guessed")


def test_binary_is_refused_whatever_its_name() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("a.txt", "words")
    tables = bytes(range(256)) * 8
    catalogue = b"\xde\x12\x04\x95\0\0\0\0\x02\0\0\0\x1c\0\0\0" + b"open\0close\0" * 50
    header = b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 248
    for data in (made.getvalue(), tables, catalogue, header + b"a text\n" * 100, b"\0" * 100):
        with pytest.raises(SourceError, match="binary"):
            decode(data, errors="mend")


def documents(folder: Path, errors: Any = "mend") -> tuple[list[Any], list[str], list[str]]:
    notices: list[Problem] = []
    problems: list[Problem] = []
    sources = Sources(folder, errors=errors, on_error=problems.append, on_notice=notices.append)
    found = list(sources)
    return found, [note.reason for note in notices], [problem.reason for problem in problems]


def test_rows_are_mended_as_documents_are(tmp_path: Path) -> None:
    rows = [json.dumps({"id": str(n), "body": text}, ensure_ascii=False) for n, text in enumerate(RUSSIAN)]
    (tmp_path / "a.jsonl").write_bytes(
        "\n".join(rows).encode() + b"\n" + rows[1].replace('"1"', '"x"').encode("cp1251")
    )
    table = "id,body\n" + "".join(f"t{n},{text.replace(',', '')}\n" for n, text in enumerate(RUSSIAN))
    (tmp_path / "b.csv").write_bytes(
        table.encode("cp1251") + "u,Добавлено другой программой\n".encode() + b"v,a\0\0\n"
    )
    found, notices, problems = documents(tmp_path)
    bodies = {document["id"]: document["body"] for document in found}
    assert bodies["x"] == RUSSIAN[1] and bodies["u"] == "Добавлено другой программой" and bodies["v"] == "a"
    assert problems == [] and len(bodies) == 13
    assert "1 line was not utf-8 and was read as cp1251: 6" in notices
    assert "1 line was not cp1251 and was read as utf-8: 7" in notices
    assert "2 NUL bytes were left out in line 8" in notices
    found, _, problems = documents(tmp_path, "strict")
    assert len(found) < 13 and "holds bytes that are not text in the file's encoding" in problems


@pytest.mark.parametrize(
    ("errors", "body"), [("replace", "a\ufffd\ufffdb и ещё\n"), ("ignore", "ab и ещё\n")]
)
def test_errors_are_those_that_were_asked_for(tmp_path: Path, errors: str, body: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"a\xff\xffb " + "и ещё\n".encode())
    found, notices, problems = documents(tmp_path, errors)
    assert found[0]["body"] == body and len(notices) == 1 and not problems
    assert documents(tmp_path, "strict")[2][0].startswith("broken UTF-8 at byte 1")


def test_unknown_errors_are_named() -> None:
    with pytest.raises(SourceError, match="mend, strict, replace, ignore; got 'mends'"):
        Sources(".", errors="mends")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "first",
    [
        "# -*- coding: koi8-r -*-",
        "#!/usr/bin/python\n# vim: set fileencoding=koi8-r :",
        "// -*- mode: c; coding: koi8-r-unix; -*-",
    ],
)
def test_source_code_is_in_the_encoding_that_it_names(tmp_path: Path, first: str) -> None:
    (tmp_path / "a.py").write_bytes(f"{first}\nx = 'ТЬМА'\n".encode("koi8-r"))
    found, notices, _ = documents(tmp_path)
    assert found[0]["body"].endswith("x = 'ТЬМА'\n") and notices == ["read as koi8-r (declared)"]
    (tmp_path / "a.py").write_bytes(f"{first}\nx = 'ТЬМА'\n".encode())
    assert documents(tmp_path)[0][0]["body"].endswith("x = 'ТЬМА'\n")
