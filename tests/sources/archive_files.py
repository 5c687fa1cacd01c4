"""Archives and compressed files for tests, made by the standard library; hostile ones are made by hand."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import zstandard

COMPRESSED: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}
MOMENT = 1_700_000_000


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 11, 14, 22, 13, 20)), data, method)
    return out.getvalue()


def tarred(members: Mapping[str, str | bytes | tarfile.TarInfo], format: int = tarfile.PAX_FORMAT) -> bytes:
    """A TarInfo in the place of bytes is a link, a device or the like."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, data in members.items():
            if isinstance(data, tarfile.TarInfo):
                archive.addfile(data)
                continue
            content = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), MOMENT
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


ARCHIVED: dict[str, Callable[[Mapping[str, str | bytes]], bytes]] = {
    "a.zip": zipped,
    "a.tar": tarred,
    "a.tgz": lambda members: COMPRESSED[".gz"](tarred(members)),
    "a.tar.bz2": lambda members: COMPRESSED[".bz2"](tarred(members, tarfile.GNU_FORMAT)),
    "a.tar.xz": lambda members: COMPRESSED[".xz"](tarred(members)),
    "a.tar.zst": lambda members: COMPRESSED[".zst"](tarred(members, tarfile.USTAR_FORMAT)),
}


def raw_zip(
    name: bytes,
    data: bytes = b"words",
    *,
    flags: int = 0,
    method: int = 0,
    extra: bytes = b"",
    made_by: int = 0,
) -> bytes:
    """A zip of one member, of which every byte is chosen."""
    checksum = zlib.crc32(data)
    sizes = struct.pack("<3I2H", checksum, len(data), len(data), len(name), len(extra))
    local = b"PK\x03\x04" + struct.pack("<5H", 20, flags, method, 0, 0x5721) + sizes + name + extra + data
    versions = struct.pack("<6H", 20 | made_by << 8, 20, flags, method, 0, 0x5721)
    entry = b"PK\x01\x02" + versions + sizes + struct.pack("<3H2I", 0, 0, 0, 0, 0) + name + extra
    return local + entry + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 1, 1, len(entry), len(local), 0)


def needlessly_wide(data: bytes) -> bytes:
    """A zip with a record for large archives, and none of the numbers that need it: as Info-ZIP pipes it."""
    at = data.rindex(b"PK\x05\x06")
    num, size, start = struct.unpack_from("<HII", data, at + 10)
    record = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, num, num, size, start)
    return data[:at] + record + b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1) + data[at:]


def unicode_path(name: bytes, text: str) -> bytes:
    content = b"\x01" + struct.pack("<I", zlib.crc32(name)) + text.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


def overlapping(num: int = 200, size: int = 1 << 20) -> bytes:
    """Many entries over one and the same member, as Fifield's bombs have them."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packed.compress(bytes(size)) + packed.flush()
    name = b"000.txt"
    sizes = struct.pack("<3I2H", zlib.crc32(bytes(size)), len(kernel), size, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<5H", 20, 0, 8, 0, 0x5721) + sizes + name + kernel
    entries = b"".join(
        b"PK\x01\x02"
        + struct.pack("<6H", 20, 20, 0, 8, 0, 0x5721)
        + sizes
        + struct.pack("<3H2I", 0, 0, 0, 0, 0)
        + b"%03d.txt" % number
        for number in range(num)
    )
    return (
        local + entries + b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, num, num, len(entries), len(local), 0)
    )


def unpacked_to(folder: Path, members: Mapping[str, str | bytes]) -> None:
    for name, data in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
