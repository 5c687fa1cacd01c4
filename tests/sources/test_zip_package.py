"""Zip packages: what is damaged, encrypted or made to harm is named, and names are keys and nothing else."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

import office_files as made
from hang import must_end
from searchlib.errors import SourceError
from searchlib.sources.formats import zip_package
from searchlib.sources.formats.zip_package import Package


def words() -> bytes:
    return made.packed({"a.txt": "one " * 1_000, "b.txt": "two"})


def patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def in_directory(data: bytes, offset: int, new: bytes) -> bytes:
    """With other bytes in the first entry of the directory."""
    return patched(data, data.index(b"PK\x01\x02") + offset, new)


def in_end(offset: int, new: bytes) -> bytes:
    data = words()
    return patched(data, data.rindex(b"PK\x05\x06") + offset, new)


def ole(*names: str) -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(500)
        + b"".join(name.encode("utf-16-le") for name in names)
    )


DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "it is empty"),
    "text": (lambda: b"Hello", "of no type that is known"),
    "cut off in a member": (lambda: words()[:40], "is cut off"),
    "cut off before the directory": (lambda: words()[: words().index(b"PK\x01\x02")], "is cut off"),
    "cut off in the directory": (lambda: words()[:-30], "is cut off"),
    "cut off in its end": (lambda: words()[:-1], "is cut off"),
    "the directory begins outside": (lambda: in_end(16, struct.pack("<I", 1 << 30)), "begins outside"),
    "the directory is too long": (lambda: in_end(12, struct.pack("<I", 1 << 30)), "begins outside"),
    "more entries than there are": (lambda: in_end(10, struct.pack("<H", 900)), "cut off"),
    "no entry where one should be": (lambda: in_directory(words(), 0, b"XX"), "no entry"),
    "64 bits without them": (lambda: in_end(16, b"\xff" * 4), "begins outside"),
    "an OLE container": (ole, "old binary Office file"),
    "an encrypted Office file": (
        lambda: ole("EncryptionInfo", "EncryptedPackage"),
        "encrypted with a password",
    ),
    "RTF": (lambda: b"{\\rtf1 x}", "RTF; name it .rtf"),
    "a PDF": (lambda: b"%PDF-1.7", "a PDF"),
    "7z": (lambda: b"7z\xbc\xaf\x27\x1c", "7z archive"),
    "RAR": (lambda: b"Rar!\x1a\x07", "RAR archive"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_package_is_named(name: str) -> None:
    make, reason = DAMAGED[name]
    with pytest.raises(SourceError, match=reason):
        Package(make(), "a book")


MEMBERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "encrypted": (lambda: in_directory(words(), 8, b"\x01\x00"), "encrypted with a password"),
    "of another method": (lambda: in_directory(words(), 10, b"\x0e\x00"), "method 14"),
    "of a wrong checksum": (lambda: in_directory(words(), 16, b"\0\0\0\0"), "checksum"),
    "not where it should be": (
        lambda: in_directory(words(), 42, b"\x07\0\0\0"),
        "not where its directory says",
    ),
    "longer than the file": (lambda: in_directory(words(), 20, b"\xff\xff\xff\x7f"), "not where"),
    "ends too early": (lambda: in_directory(words(), 20, b"\x05\0\0\0"), "ends too early"),
    "unpacks to nothing": (lambda: patched(words(), 35, b"\xff\xff\xff"), "cannot be unpacked"),
}


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_that_cannot_be_read_is_named(name: str) -> None:
    make, reason = MEMBERS[name]
    package = Package(make(), "a book")
    with pytest.raises(SourceError, match=reason):
        package.read("a.txt")
    assert package.read("b.txt") == b"two"


def test_a_package_may_have_anything_before_it_and_be_of_64_bits() -> None:
    assert Package(b"#!/bin/sh\n" * 50 + words(), "a book").read("b.txt") == b"two"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package, package.open("b.txt", "w", force_zip64=True) as member:
        member.write(b"two")
    assert Package(out.getvalue(), "a book").read("b.txt") == b"two"


def test_names_are_keys_and_nothing_else() -> None:
    data = made.packed(
        {
            "../../etc/x": "1",
            "/etc/y": "2",
            "c:\\z": "3",
            "./word/a.xml": "4",
            "folder/": "",
            "word\\b.xml": "5",
        }
    )
    package = Package(data, "a book")
    assert package.names == ["word/a.xml", "word/b.xml"]
    assert "WORD/A.XML" in package and "../../etc/x" not in package


def test_of_two_members_of_a_name_one_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("a", "first")
        package.writestr("a", "second")
    assert Package(out.getvalue(), "a book").read("a") == b"first"


def test_a_member_that_grows_without_bounds_is_refused_early() -> None:
    bomb = made.packed({"a": bytes(80 << 20)})
    tracemalloc.start()
    try:
        with must_end(), pytest.raises(SourceError, match="grows more than 250 times"):
            for _ in Package(bomb, "a book").pieces("a"):
                pass
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_what_all_members_unpack_to_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_package, "MAX_UNPACKED_BYTES", 10_000)
    package = Package(made.packed({str(i): "x" * 4_000 for i in range(4)}), "a book")
    assert len(package.read("0") + package.read("1")) == 8_000
    with pytest.raises(SourceError, match="unpacks to more than"):
        package.read("2")


def test_the_number_of_members_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_package, "MAX_MEMBERS", 3)
    with pytest.raises(SourceError, match="4 members"):
        Package(made.packed({str(i): "x" for i in range(4)}), "a book")
