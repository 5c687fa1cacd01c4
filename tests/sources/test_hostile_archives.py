"""Archives that are damaged, hostile or of other kinds: a reason each, in bounded time and memory."""

from __future__ import annotations

import gzip
import io
import lzma
import random
import re
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import zstandard
from archive_files import ARCHIVED, COMPRESSED, needlessly_wide, overlapping, raw_zip, tarred, zipped

from hang import must_end
from searchlib.sources.archives import limits
from searchlib.sources.formats import tar_archive, zip_archive
from searchlib.sources.sources import Sources
from searchlib.sources.unforeseen import UNFORESEEN

_ZEROS = 80 << 20


def read(*paths: Path, **options: Any) -> tuple[dict[str, dict[str, Any]], list[str], list[str]]:
    """Documents by id, problems, and notices."""
    problems: list[str] = []
    notices: list[str] = []
    sources = Sources(
        *paths,
        on_error=lambda problem: problems.append(str(problem)),
        on_notice=lambda problem: notices.append(str(problem)),
        **options,
    )
    documents = {document["id"]: document for document in sources}
    return documents, problems, notices


@contextmanager
def little_memory(num_bytes: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        with must_end():
            yield
        assert tracemalloc.get_traced_memory()[1] < num_bytes
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def packed_zeros() -> dict[str, bytes]:
    blank = b" " * 999_999 + b"\n"
    of = {"bomb.jsonl": blank * 80, "bomb.tar": bytes(_ZEROS)}
    return {f"{name}{suffix}": pack(data) for name, data in of.items() for suffix, pack in COMPRESSED.items()}


@pytest.mark.parametrize("suffix", COMPRESSED)
@pytest.mark.parametrize("name", ["bomb.jsonl", "bomb.tar"])
def test_a_compressed_file_that_grows_without_bounds_ends_early(
    tmp_path: Path, packed_zeros: dict[str, bytes], name: str, suffix: str
) -> None:
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(packed_zeros[path.name])
    with little_memory(220 << 20):
        _, problems, _ = read(path)
    assert len(problems) == 1 and "grows more than 250 times" in problems[0]


def test_rows_before_the_limit_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES", 1 << 20)
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n3,4\n" + b"\n" * (3 << 20)))
    documents, problems, _ = read(path)
    assert set(documents) == {"rows.csv.gz#2", "rows.csv.gz#3"}
    assert len(problems) == 1 and "if you trust it, unpack it yourself" in problems[0]


def test_a_member_that_grows_without_bounds_costs_itself_alone(tmp_path: Path) -> None:
    bomb = zipped({"a.txt": "one", "bomb.jsonl": (b" " * 999_999 + b"\n") * 80, "z.txt": "two"})
    (tmp_path / "a.zip").write_bytes(bomb)
    with little_memory(160 << 20):
        documents, problems, _ = read(tmp_path)
    assert {"a.zip/a.txt", "a.zip/z.txt"} <= set(documents)
    assert len(problems) == 1 and "a.zip/bomb.jsonl: its 'bomb.jsonl' grows more than 250" in problems[0]


def test_members_that_overlap_are_refused_with_their_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(overlapping())
    documents, problems, _ = read(tmp_path)
    assert documents == {} and len(problems) == 1 and "its members overlap" in problems[0]


def test_all_that_is_unpacked_of_one_file_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FREE_BYTES_IN_ALL", 3_000_000)
    inner = {f"{n}.zip": zipped({f"{m}.txt": "слово " * 20_000 for m in range(20)}) for n in range(20)}
    (tmp_path / "a.zip").write_bytes(zipped(inner))
    (tmp_path / "b.txt").write_text("after")
    documents, problems, _ = read(tmp_path)
    assert "b.txt" in documents and 10 < len(documents) < 400
    assert any("a.zip: all that is in it grows more than 250 times" in problem for problem in problems)


def test_the_number_of_members_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_archive, "MAX_MEMBERS", 3)
    monkeypatch.setattr(tar_archive, "MAX_MEMBERS", 3)
    members = {f"{n}.txt": "x" for n in range(4)}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    (tmp_path / "b.tar").write_bytes(tarred(members))
    documents, problems, _ = read(tmp_path)
    assert list(documents) == [f"b.tar/{n}.txt" for n in range(3)]
    assert "4 members, and 3 are the most" in problems[0] and "more than 3 members" in problems[1]


def test_windows_beyond_the_memory_are_named(tmp_path: Path) -> None:
    small = lzma.compress(
        b"words", format=lzma.FORMAT_XZ, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 16}]
    )
    (tmp_path / "a.txt.xz").write_bytes(with_window(small, 1 << 31))
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    packing = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    (tmp_path / "b.txt.zst").write_bytes(packing.compress(b"words") + packing.flush())
    documents, problems, _ = read(tmp_path)
    assert documents == {} and len(problems) == 2
    assert all("MiB of memory to be unpacked" in problem for problem in problems)


def with_window(data: bytes, num_bytes: int) -> bytes:
    """An xz file that says that it needs such a window."""
    code = 2 * (num_bytes.bit_length() - 1 - 12)
    at = data.index(b"\x21\x01") + 2
    header = data[12 : 12 + 4 * (data[12] + 1) - 4]
    changed = header[: at - 12] + bytes([code]) + header[at - 11 :]
    return data[:12] + changed + struct.pack("<I", zlib.crc32(changed)) + data[12 + len(changed) + 4 :]


def test_what_is_compressed_too_often_or_holds_itself_is_refused(tmp_path: Path) -> None:
    data = b"words"
    for _ in range(4):
        data = gzip.compress(data)
    (tmp_path / "a.txt.gz").write_bytes(data)
    documents, problems, _ = read(tmp_path)
    assert documents == {} and "is compressed more than 3 times" in problems[0]


def test_headers_of_a_tar_that_never_end_are_refused(tmp_path: Path) -> None:
    def header(kind: bytes, size: int, name: str = "x") -> bytes:
        info = tarfile.TarInfo(name)
        info.type, info.size = kind, size
        return info.tobuf(tarfile.GNU_FORMAT)

    huge = header(tarfile.XHDTYPE, 1 << 33)
    chain = header(tarfile.GNUTYPE_LONGNAME, 512) + b"n" * 512
    good = tarred({"a.txt": "one"})[: 1024 * 1]
    (tmp_path / "a.tar").write_bytes(tarred({"a.txt": "one"})[: -10240 + 1024][:1024] + huge + bytes(1024))
    (tmp_path / "b.tar").write_bytes(chain * 5000)
    (tmp_path / "c.tar").write_bytes(good + header(tarfile.REGTYPE, 1 << 40, "huge.txt"))
    with must_end():
        documents, problems, notices = read(tmp_path)
    assert set(documents) == {"a.tar/a.txt", "c.tar/a.txt"}
    assert "a header of 8,589,934,592 bytes" in problems[0]
    assert any("is cut off" in problem for problem in problems)
    assert any("b.tar: has no mark of its end" in notice for notice in notices)


def test_members_with_holes_and_of_other_volumes_are_named(tmp_path: Path) -> None:
    sparse, volume, pax = (
        tarfile.TarInfo("disk.txt"),
        tarfile.TarInfo("next.txt"),
        tarfile.TarInfo("holes.txt"),
    )
    sparse.type, volume.type, volume.size = tarfile.GNUTYPE_SPARSE, b"M", 0
    pax.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.name": "real.txt"}
    (tmp_path / "a.tar").write_bytes(
        tarred({"a.txt": "one", "s": sparse, "v": volume, "p": pax, "z.txt": "two"})
    )
    documents, problems, _ = read(tmp_path)
    assert set(documents) == {"a.tar/a.txt", "a.tar/z.txt"}
    assert any("'disk.txt' has holes" in problem and "1 more" in problem for problem in problems)
    assert any("'next.txt' is continued from another volume" in problem for problem in problems)


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_members_of_the_usual_methods_are_read(tmp_path: Path, method: int) -> None:
    text = "Слово за слово. " * 5000
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": text, "empty.txt": ""}, method))
    documents, problems, _ = read(tmp_path)
    assert documents["a.zip/a.txt"]["body"] == text and problems == [] and len(documents) == 2


@pytest.mark.parametrize("suffix,method", [(".zst", 93), (".xz", 95)])
def test_members_of_newer_methods_are_read(tmp_path: Path, suffix: str, method: int) -> None:
    packed = COMPRESSED[suffix](b"words")
    data = raw_zip(b"a.txt", packed, method=method)
    right, wrong = struct.pack("<I", zlib.crc32(b"words")), struct.pack("<I", zlib.crc32(packed))
    (tmp_path / "a.zip").write_bytes(data.replace(wrong, right))
    documents, problems, _ = read(tmp_path)
    assert documents["a.zip/a.txt"]["body"] == "words" and problems == []


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "encrypted": ("a.zip", lambda: raw_zip(b"a.txt", flags=1), "'a.txt' is encrypted with a password"),
    "encrypted by AES": ("a.zip", lambda: raw_zip(b"a.txt", method=99), "is encrypted with a password"),
    "deflate64": ("a.zip", lambda: raw_zip(b"a.txt", method=9), r"method 9 \(deflate64\), which is not read"),
    "PPMd": ("a.zip", lambda: raw_zip(b"a.txt", method=98), r"method 98 \(PPMd\)"),
    "unknown": ("a.zip", lambda: raw_zip(b"a.txt", method=77), "method 77"),
    "of several parts": (
        "a.zip",
        lambda: zipped({"a.txt": "a"})[:-18] + b"\x02\0\x02\0" + zipped({"a.txt": "a"})[-14:],
        "the last of 3 parts",
    ),
    "text called zip": ("a.zip", lambda: b"Hello, world", "is no zip archive"),
    "text called tar": ("a.tar", lambda: b"Hello, world" * 100, "is no tar archive"),
    "text called tgz": ("a.tgz", lambda: b"Hello, world" * 100, "is no tar archive"),
    "cut off gzip": ("a.txt.gz", lambda: gzip.compress(b"words" * 99)[:-9], "ends too early"),
    "wrong checksum": ("a.txt.gz", lambda: gzip.compress(b"words")[:-8] + bytes(8), "cannot be unpacked"),
    "7z": ("a.7z", lambda: b"7z\xbc\xaf\x27\x1c", "an archive; unpack it: 7z x"),
    "rar": ("a.rar", lambda: b"Rar!\x1a\x07", "an archive; unpack it: unrar"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_not_read_is_named(tmp_path: Path, kind: str) -> None:
    name, make, reason = REFUSED[kind]
    (tmp_path / name).write_bytes(make())
    documents, problems, _ = read(tmp_path)
    assert documents == {} and len(problems) == 1
    assert re.search(reason, problems[0]), problems


def streamed_zip(members: dict[str, str]) -> bytes:
    """As programs write it that cannot go back: the sizes stand behind the members."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.data += data
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return bytes(pipe.data)


@pytest.mark.parametrize("make", [zipped, streamed_zip, lambda members: zipped(members, zipfile.ZIP_STORED)])
def test_a_zip_without_its_directory_is_read_to_the_cut(tmp_path: Path, make: Callable[..., bytes]) -> None:
    noise = random.Random(3)
    members = {f"{n}.txt": "".join(noise.choices("abcdefgh ", k=3000)) for n in range(5)}
    whole = make(members)
    (tmp_path / "a.zip").write_bytes(whole[: int(len(whole) * 0.7)])
    (tmp_path / "b.zip").write_bytes(whole[: whole.index(b"PK\x01\x02")])
    documents, problems, _ = read(tmp_path)
    found = {name: document["body"] for name, document in documents.items()}
    assert found == {
        **{f"a.zip/{name}": members[name] for name in ("0.txt", "1.txt", "2.txt")},
        **{f"b.zip/{name}": text for name, text in members.items()},
    }
    assert len(problems) == 2 and all(
        "the directory at its end is missing" in problem for problem in problems
    )


def test_archives_of_64_bits_and_behind_programs(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(b"words")
    (tmp_path / "a.zip").write_bytes(out.getvalue())
    (tmp_path / "b.zip").write_bytes(b"#!/bin/sh\nexit\n" + out.getvalue())
    (tmp_path / "c.zip").write_bytes(b"something else" + out.getvalue())
    (tmp_path / "d.zip").write_bytes(needlessly_wide(zipped({"a.txt": "words"})))
    documents, problems, notices = read(tmp_path)
    assert set(documents) == {"a.zip/a.txt", "b.zip/a.txt", "c.zip/a.txt", "d.zip/a.txt"} and problems == []
    assert [notice for notice in notices if "c.zip: 14 bytes stand before the archive" in notice]


def test_what_stands_behind_the_end_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"words") + bytes(512) + b"garbage")
    (tmp_path / "b.tar").write_bytes(tarred({"a.txt": "one"}) + tarred({"b.txt": "two"}) + b"garbage" * 100)
    documents, problems, notices = read(tmp_path)
    assert set(documents) == {"a.txt.gz", "b.tar/a.txt", "b.tar/b.txt"} and problems == []
    assert any("a.txt.gz: 7 bytes behind its end are not gzip" in notice for notice in notices)
    assert any("b.tar: 700 bytes behind its end are no tar archive" in notice for notice in notices)


MEMBERS: dict[str, str | bytes] = {
    "notes.txt": "Заметки о реке. " * 30,
    "rows.csv": "a,b\n" + "".join(f"{n},x{n}\n" for n in range(50)),
    "in.zip": zipped({"deep.txt": "deep"}),
    "x.json.xz": COMPRESSED[".xz"](b'[{"a": 1}]'),
}


@pytest.mark.parametrize("name", [*ARCHIVED, "rows.csv.gz", "rows.csv.bz2", "rows.csv.xz", "rows.csv.zst"])
def test_any_damage_costs_no_more_than_what_it_hit(tmp_path: Path, name: str) -> None:
    rows = MEMBERS["rows.csv"]
    assert isinstance(rows, str)
    suffix = Path(name).suffix
    whole = ARCHIVED[name](MEMBERS) if name in ARCHIVED else COMPRESSED[suffix](rows.encode())
    draw = random.Random(len(whole))
    for number in range(60):
        data = bytearray(whole)
        if number % 3 == 0:
            data = data[: draw.randrange(len(data))]
        else:
            for _ in range(draw.choice((1, 1, 4, 30))):
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_bytes(bytes(data))
        (folder / "zz.txt").write_text("the run goes on")
    with must_end():
        documents, problems, _ = read(tmp_path)
    assert sum(id.endswith("zz.txt") for id in documents) == 60
    assert not [problem for problem in problems if UNFORESEEN in problem]
    assert len(problems) >= 20
