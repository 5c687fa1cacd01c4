"""Archives and compressed files: what is in them is indexed as the same files are that lie in a folder."""

from __future__ import annotations

import io
import json
import lzma
import random
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from archive_files import ARCHIVED, COMPRESSED, MOMENT, raw_zip, tarred, unicode_path, unpacked_to, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

import office_files
import searchlib
from searchlib import Index
from searchlib.errors import SourceError
from searchlib.sources.ignoring import Choice
from searchlib.sources.sources import Sources
from searchlib.sources.update import update_index

_OFFICE = office_files.samples()
TREE: dict[str, str | bytes] = {
    "notes.txt": "Заметки о реке\nВторая строка.",
    "docs/page.html": "<html><title>Page</title><body>river banks</body></html>",
    "docs/deep/er/readme.md": "---\ntags: [a, b]\n---\n# Head\nA *text* of the sea.",
    "table.csv": "id,город,год\n7,Полтава,1709\n8,Нарва,1700\n",
    "rows.jsonl": '{"n": 1, "text": "one"}\n{"n": 2, "text": "two"}\n',
    "list.json": '[{"n": 3, "text": "three"}]',
    "letter.eml": "From: a@b.c\nSubject: Hello\nDate: Fri, 1 Mar 2024 10:00:00 +0000\n\nThe letter.\n",
    "old.txt": "Письмо из прошлого века, которое никто не читал".encode("cp1251"),
    "code.py": "print('river')\n",
    "packed.txt.gz": COMPRESSED[".gz"]("заметка в архиве".encode()),
    "rows.csv.zst": COMPRESSED[".zst"](b"n,text\n4,four\n5,five\n"),
    **{name: sample.data for name, sample in _OFFICE.items()},
    "photo.png": b"\x89PNG",
    "Makefile": "all:",
    ".hidden/x.txt": "hidden",
    "sub/.DS_Store": b"\0\0",
    ".git/config": "[core]",
}


def index_of(*paths: Path, **options: Any) -> tuple[Index, list[str]]:
    problems: list[str] = []
    sources = Sources(*paths, on_error=lambda problem: problems.append(str(problem)), grows=True, **options)
    index = Index.in_memory(sources.schema)
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    return index, problems


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_table_that_is_cut_off_keeps_all_rows_before_the_cut(tmp_path: Path, suffix: str) -> None:
    """The twin: the standard library's decompressors, given the same bytes."""
    noise = random.Random(1)
    text = "name,n\n" + "".join(f"row {noise.random()},{n}\n" for n in range(5_000))
    packed = COMPRESSED[suffix](text.encode())
    cut = packed[: len(packed) // 2]
    twin = zlib.decompressobj(31) if suffix == ".gz" else lzma.LZMADecompressor()
    whole, _, _ = twin.decompress(cut).rpartition(b"\n")
    (tmp_path / f"t.csv{suffix}").write_bytes(cut)
    index, problems = index_of(tmp_path / f"t.csv{suffix}")
    assert len(index) == whole.count(b"\n") > 2_000
    assert len(problems) == 1 and "ends too early" in problems[0]


def documents(index: Index, prefix: str = "") -> dict[str, dict[str, Any]]:
    """All documents without what depends on where they lie; prefix: of ids, which is left out."""
    found = {}
    for document in index:
        plain = dict(document)
        for name in ("id", "path", "folder", "modified", "file_path", "file_folder", "file_modified"):
            plain.pop(name, None)
        found[document["id"].removeprefix(prefix)] = plain
    return found


@pytest.mark.parametrize("name", ARCHIVED)
def test_an_archive_is_read_as_the_folder_that_it_unpacks_to(tmp_path: Path, name: str) -> None:
    unpacked_to(tmp_path / "folder", TREE)
    (tmp_path / "packed").mkdir()
    (tmp_path / "packed" / name).write_bytes(ARCHIVED[name](TREE))
    plain, _ = index_of(tmp_path / "folder")
    index, problems = index_of(tmp_path / "packed")
    assert problems == []
    assert documents(index, f"{name}/") == documents(plain) and len(plain) >= 26
    assert {field: kind.kind for field, kind in index.schema.items()} == {
        field: kind.kind for field, kind in plain.schema.items()
    }


_NAMES = st.text("абвabc _-.", min_size=1, max_size=6).filter(lambda name: name.strip(". ") != "")
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map("/".join)
_FILES = st.one_of(
    st.tuples(st.just(".txt"), st.text("слово word \n", max_size=60).map(str.encode)),
    st.tuples(st.just(".csv"), st.lists(st.integers(0, 999), max_size=4).map(
        lambda rows: b"a,b\n" + b"".join(b"%d,x%d\n" % (row, row) for row in rows))),
    st.tuples(st.just(".jsonl"), st.lists(st.integers(0, 9), max_size=4).map(
        lambda rows: b"".join(json.dumps({"id": f"r{row}", "a": row}).encode() + b"\n" for row in rows))),
    st.tuples(st.just(".png"), st.binary(max_size=8)),
)  # fmt: skip


@settings(max_examples=25)
@given(st.dictionaries(_PATHS, _FILES, max_size=6), st.sampled_from(sorted(ARCHIVED)), st.booleans())
def test_any_tree_is_read_as_it_would_be_unpacked(
    tmp_path_factory: pytest.TempPathFactory,
    tree: dict[str, tuple[str, bytes]],
    name: str,
    hidden: bool,
) -> None:
    members = {f"{number}{path}{suffix}": data for number, (path, (suffix, data)) in enumerate(tree.items())}
    if hidden:
        members = {
            f".h/{path}" if number % 2 else path: data for number, (path, data) in enumerate(members.items())
        }
    folder = tmp_path_factory.mktemp("tree")
    unpacked_to(folder / "plain", members)
    (folder / "plain").mkdir(exist_ok=True)
    (folder / name).write_bytes(ARCHIVED[name](members))
    plain, _ = index_of(folder / "plain")
    index, _ = index_of(folder / name)
    assert documents(index, f"{name}/") == documents(plain)


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path, suffix: str) -> None:
    pack = COMPRESSED[suffix]
    rows = b"".join(b'{"n": %d}\n' % number for number in range(100))
    for name, data in {
        "notes.txt": "Заметки".encode(),
        "dump.jsonl": rows,
        "report.docx": _OFFICE["договор.docx"].data,
    }.items():
        (tmp_path / f"{name}{suffix}").write_bytes(pack(data))
    (tmp_path / f"two.csv{suffix}").write_bytes(pack(b"a,b\n1,2\n") + pack(b"3,4\n5,6\n"))
    index, problems = index_of(tmp_path)
    assert problems == []
    found = documents(index)
    assert found[f"notes.txt{suffix}"]["body"] == "Заметки"
    assert [found[f"dump.jsonl{suffix}#{line}"]["n"] for line in (1, 100)] == [0, 99]
    assert [found[f"two.csv{suffix}#{line}"]["a"] for line in (2, 3, 4)] == [1, 3, 5]
    assert f"report.docx{suffix}" in found
    assert searchlib.place_of(f"notes.txt{suffix}", "a\nb", 2) == "line 2"


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_what_is_compressed_is_told_by_its_bytes_not_by_its_name(tmp_path: Path, suffix: str) -> None:
    told: list[str] = []
    (tmp_path / "data").write_bytes(COMPRESSED[suffix](b'{"n": 1}\n{"n": 2}\n'))
    (tmp_path / "rows.jsonl").write_bytes(COMPRESSED[suffix](b'{"n": 3}\n'))
    (tmp_path / f"plain.csv{suffix}").write_bytes(b"a,b\n1,2\n")
    paths = [tmp_path / "data", tmp_path / "rows.jsonl", tmp_path / f"plain.csv{suffix}"]
    index, problems = index_of(*paths, on_notice=lambda problem: told.append(str(problem)))
    assert problems == [] and len(index) == 4
    assert any("rows.jsonl: is compressed by" in text for text in told)


def test_files_of_unknown_archives_are_told_by_their_bytes(tmp_path: Path) -> None:
    for name, data in {
        "one": zipped({"x.txt": "X"}),
        "two": tarred({"y.txt": "Y"}),
        "three": COMPRESSED[".gz"](tarred({"z.txt": "Z"})),
    }.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "setup.exe").write_bytes(b"MZ" + bytes(3000) + zipped({"w.txt": "W"}))
    index, problems = index_of(*(tmp_path / name for name in ("one", "two", "three", "setup.exe")))
    assert problems == []
    assert {document["id"] for document in index} == {
        "one/x.txt",
        "two/y.txt",
        "three/z.txt",
        "setup.exe/w.txt",
    }


def test_a_zip_that_is_one_document_is_that_document(tmp_path: Path) -> None:
    packages = [name for name in _OFFICE if name.endswith(("x", "odt", "ods", "odp", "epub"))]
    for name in packages:
        (tmp_path / f"{name}.zip").write_bytes(_OFFICE[name].data)
    (tmp_path / "in.zip").write_bytes(zipped({"report.zip": _OFFICE["договор.docx"].data}))
    index, problems = index_of(tmp_path)
    assert problems == []
    assert {document["id"] for document in index} == {
        *(f"{name}.zip" for name in packages),
        "in.zip/report.zip",
    }
    assert len(packages) == 7


def test_members_have_the_fields_of_files(tmp_path: Path) -> None:
    (tmp_path / "box.tar").write_bytes(tarred({"notes/a.txt": "words"}))
    index, _ = index_of(tmp_path)
    found = next(iter(index))
    assert found["id"] == "box.tar/notes/a.txt"
    folder = tmp_path.name
    assert (found["name"], found["path"]) == ("a.txt", f"{folder}/box.tar/notes/a.txt")
    assert (found["folder"], found["extension"], found["size"]) == (f"{folder}/box.tar/notes", "txt", 5)
    assert found["modified"].timestamp() == MOMENT
    assert searchlib.source_of(index, "box.tar/notes/a.txt") == str(tmp_path / "box.tar")
    assert [hit.id for hit in index.search("folder:notes")] == ["box.tar/notes/a.txt"]


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": "deep"})
    third = tarred({"c.zip": inner, "three.txt": "3"})
    second = zipped({"b.tar.gz": COMPRESSED[".gz"](third), "two.txt": "2"})
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": second, "one.txt": "1"}))
    index, problems = index_of(tmp_path)
    ids = {document["id"] for document in index}
    assert ids == {"a.zip/one.txt", "a.zip/b.zip/two.txt", "a.zip/b.zip/b.tar.gz/three.txt"}
    assert len(problems) == 1 and "'c.zip' is an archive inside 3 others" in problems[0]


def test_what_is_passed_over_in_an_archive_is_counted_and_chosen_as_in_a_folder(tmp_path: Path) -> None:
    members: dict[str, Any] = {
        "a.txt": "a", "drafts/b.txt": "b", "c.md": "c", "d.png": b"", "__MACOSX/._a.txt": b"", ".x/e.txt": "e"
    }  # fmt: skip
    link, pipe = tarfile.TarInfo("link.txt"), tarfile.TarInfo("pipe.txt")
    link.type, link.linkname, pipe.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.FIFOTYPE
    hard = tarfile.TarInfo("hard.txt")
    hard.type, hard.linkname = tarfile.LNKTYPE, "a.txt"
    (tmp_path / "a.tar").write_bytes(tarred({**members, "l": link, "p": pipe, "h": hard}))

    def read(**options: Any) -> tuple[list[str], dict[str, int]]:
        sources = Sources(tmp_path, choice=Choice(**options))
        return sorted(document["id"][6:] for document in sources), dict(sources.walk.passed_over)

    assert read() == (
        ["a.txt", "c.md", "drafts/b.txt"], {".png": 1, "hidden": 2, "links": 2, "pipes or devices": 1}
    )  # fmt: skip
    assert read(include=["*.md"])[0] == ["c.md"]
    assert read(exclude=["drafts/"])[0] == ["a.txt", "c.md"]
    assert read(hidden=True)[0] == [".x/e.txt", "a.txt", "c.md", "drafts/b.txt"]
    assert read(include=["*.tar"])[0] == ["a.txt", "c.md", "drafts/b.txt"]
    assert read(exclude=["*.tar"]) == ([], {"excluded": 1})


NAMES: dict[str, tuple[bytes, str]] = {
    "UTF-8 without the flag": (raw_zip("Отчёт.txt".encode()), "Отчёт.txt"),
    "cp866": (raw_zip("Папка/Отчёт за май.txt".encode("cp866")), "Папка/Отчёт за май.txt"),
    "cp1251": (raw_zip("Папка/Отчёт за май.txt".encode("cp1251")), "Папка/Отчёт за май.txt"),
    "Western": (raw_zip("Müller café.txt".encode("cp437")), "Müller café.txt"),
    "a Unicode path": (
        raw_zip(b"?????.txt", extra=unicode_path(b"?????.txt", "Письмо.txt")), "Письмо.txt"
    ),
    "a Unicode path of another name": (
        raw_zip(b"now.txt", extra=unicode_path(b"then.txt", "Письмо.txt")), "now.txt"
    ),
    "backslashes": (raw_zip(b"folder\\file.txt"), "folder/file.txt"),
    "absolute": (raw_zip(b"/etc/file.txt"), "etc/file.txt"),
    "a drive": (raw_zip(b"C:\\Users\\file.txt"), "Users/file.txt"),
    "leading out": (raw_zip(b"../../../file.txt"), "file.txt"),
    "leading out within": (raw_zip(b"a/../../b/file.txt"), "a/b/file.txt"),
    "control characters": (raw_zip(b"a\nb\0c.txt"), "a\ufffdb\ufffdc.txt"),
    "a turn of the text": (raw_zip("a\u202etxt.txt".encode(), flags=2048), "a\ufffdtxt.txt"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NAMES)
def test_names_are_read_in_any_encoding_and_never_lead_out(tmp_path: Path, kind: str) -> None:
    data, name = NAMES[kind]
    (tmp_path / "a.zip").write_bytes(data)
    told: list[str] = []
    index, problems = index_of(tmp_path, on_notice=lambda problem: told.append(str(problem)))
    assert [document["id"] for document in index] == [f"a.zip/{name}"] and problems == []
    assert any("leads out" in text or "cannot be shown" in text for text in told) == (
        kind.startswith(("absolute", "a drive", "leading", "control", "a turn"))
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


@pytest.mark.parametrize("encoding", ["cp866", "cp1251", "koi8-r", "utf-8"])
def test_names_of_a_tar_are_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        info = tarfile.TarInfo(
            "Переписка с заводом/Договор поставки оборудования и материалов на площадку.txt"
        )
        info.size = 5
        archive.addfile(info, io.BytesIO(b"words"))
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    index, problems = index_of(tmp_path)
    assert [document["id"] for document in index] == [f"a.tar/{info.name}"] and problems == []


def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", "first")
        archive.writestr("a.txt", "second")
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    index, problems = index_of(tmp_path)
    assert {document["id"]: document["body"] for document in index} == {
        "a.zip/a.txt": "first", "a.zip/a.txt#2": "second"
    } and problems == []  # fmt: skip


@pytest.mark.parametrize("pack", [zipped, tarred, lambda members: COMPRESSED[".xz"](tarred(members))])
def test_an_archive_may_come_by_standard_input(pack: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack({"n/a.txt": "words", "t.csv": "a,b\n1,2\n3,4\n"})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    index, problems = index_of(Path("-"), id="mail")
    assert sorted(document["id"] for document in index) == ["mail/n/a.txt", "mail/t.csv#2", "mail/t.csv#3"]
    assert problems == []
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    index, problems = index_of(Path("-"))
    assert len(index) == 3 and problems == []
    assert all(document["id"].startswith("stdin-") for document in index)


def test_without_growing_the_schema_comes_from_inside(tmp_path: Path) -> None:
    (tmp_path / "a.tgz").write_bytes(COMPRESSED[".gz"](tarred({"t.csv": "город,год\nПолтава,1709\n"})))
    sources = Sources(tmp_path)
    assert list(sources) == [{"id": "a.tgz/t.csv#2", "город": "Полтава", "год": 1709}]


def test_the_first_problem_is_raised_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"t.csv": "a,b\n1,2,3,4\n"}))
    with pytest.raises(SourceError, match=r"a\.zip/t\.csv:2: has 4 cells") as caught:
        list(Sources(tmp_path, on_error="raise"))
    assert str(caught.value).count("t.csv") == 1


def test_nothing_is_written_and_nothing_stays_open(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped({"x.txt": "x"}), "y.csv": "a\n1\n"}))
    (tmp_path / "b.tgz").write_bytes(COMPRESSED[".gz"](tarred({"x.txt": "x"})))
    descriptors = Path("/proc/self/fd")
    before = len(list(descriptors.iterdir())) if descriptors.exists() else 0
    index_of(tmp_path)
    assert (len(list(descriptors.iterdir())) if descriptors.exists() else 0) <= before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "b.tgz"]
