import gc
import mmap
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import _core
from searchlib.errors import CorruptIndexError

# RFC 3720, appendix B.4, and the check value of the CRC catalogue.
VECTORS = [
    (b"", 0x00000000),
    (b"123456789", 0xE3069283),
    (bytes(32), 0x8A9136AA),
    (b"\xff" * 32, 0x62A8AB43),
    (bytes(range(32)), 0x46DD794E),
    (bytes(reversed(range(32))), 0x113FDB5C),
]


@pytest.mark.parametrize(("data", "expected"), VECTORS)
@pytest.mark.parametrize("function", [_core.crc32c, _core.crc32c_portable])
def test_known_vectors(function, data, expected):
    assert function(data) == expected


@given(st.binary(max_size=300), st.integers(0, 2**32 - 1))
def test_both_paths_agree(data, seed):
    assert _core.crc32c(data, seed) == _core.crc32c_portable(data, seed)


@given(st.integers(0, 10), st.integers(-20, 20), st.integers(0, 2**32 - 1), st.randoms(use_true_random=False))
def test_both_paths_agree_on_long_data(kibibytes, more, seed, random):
    # Long data is read in three streams at once, which are joined: all lengths around their ends.
    data = random.randbytes(max(1024 * kibibytes + more, 0))
    assert _core.crc32c(data, seed) == _core.crc32c_portable(data, seed)


@given(st.binary(max_size=100), st.binary(max_size=100))
def test_a_checksum_continues_where_the_last_one_ended(first, second):
    assert _core.crc32c(second, _core.crc32c(first)) == _core.crc32c(first + second)


@given(st.binary(min_size=20, max_size=64), st.integers(0, 7))
def test_alignment_does_not_matter(data, shift):
    assert _core.crc32c(memoryview(bytes(shift) + data)[shift:]) == _core.crc32c(data)


def test_the_environment_forces_the_portable_path():
    code = "from searchlib import _core; print(_core.crc32c_path(), _core.crc32c(b'123456789'))"
    path = os.pathsep.join(p for p in sys.path if p)
    environment = {**os.environ, "PYTHONPATH": path, "SEARCHLIB_PORTABLE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["portable", str(0xE3069283)]


def checksums(data: bytes) -> bytes:
    chunks = (data[i : i + _core.CHUNK_BYTES] for i in range(0, len(data), _core.CHUNK_BYTES))
    return b"".join(struct.pack("<I", _core.crc32c(chunk)) for chunk in chunks)


DATA = bytes(range(256)) * 700  # two chunks and a shorter third


@given(st.integers(0, len(DATA)), st.integers(0, len(DATA)))
def test_views_are_the_bytes(offset, length):
    buffer = _core.CheckedBuffer(DATA, checksums(DATA), "f")
    if offset + length > len(DATA):
        with pytest.raises(CorruptIndexError, match="leaves the 179200 bytes"):
            buffer.view(offset, length)
    else:
        view = buffer.view(offset, length)
        assert view.readonly
        assert view == DATA[offset : offset + length]


@pytest.mark.parametrize(
    ("offset", "length"), [(2**64 - 1, 2), (2**64 - 1, 2**64 - 1), (1, 2**64 - 1), (len(DATA) + 1, 0)]
)
def test_sums_that_wrap_around_are_refused(offset, length):
    with pytest.raises(CorruptIndexError):
        _core.CheckedBuffer(DATA, checksums(DATA), "f").view(offset, length)


@pytest.mark.parametrize("damaged_at", [0, 65535, 65536, 131071, 131072, len(DATA) - 1])
def test_only_the_damaged_chunk_is_refused(damaged_at):
    damaged = bytearray(DATA)
    damaged[damaged_at] ^= 1
    buffer = _core.CheckedBuffer(damaged, checksums(DATA), "segment-1")
    bad = damaged_at // _core.CHUNK_BYTES
    for chunk in range(3):
        first = chunk * _core.CHUNK_BYTES
        if chunk == bad:
            with pytest.raises(CorruptIndexError, match=f"chunk {bad}") as caught:
                buffer.view(first, 1)
            assert caught.value.file == "segment-1"
        else:
            assert buffer.view(first, 1)[0] == DATA[first]
    with pytest.raises(CorruptIndexError):
        buffer.view(0, len(DATA))


def test_a_chunk_is_verified_once():
    data = bytearray(DATA)
    buffer = _core.CheckedBuffer(data, checksums(DATA), "f")
    view = buffer.view(0, 10)
    data[0] ^= 1
    assert buffer.view(0, 10)[0] == view[0] == 1


def test_views_outlive_their_buffer_and_hold_the_mapping(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(DATA)
    with path.open("rb") as file:
        mapping = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    view = _core.CheckedBuffer(mapping, checksums(DATA), "f").view(65000, 2000)
    gc.collect()
    with pytest.raises(BufferError):
        mapping.close()
    assert view == DATA[65000:67000]
    view.release()
    mapping.close()


def test_a_wrong_number_of_checksums_is_refused():
    with pytest.raises(ValueError, match="3 chunks"):
        _core.CheckedBuffer(DATA, checksums(DATA)[:-4], "f")
    with pytest.raises(ValueError, match="4 bytes each"):
        _core.CheckedBuffer(DATA, checksums(DATA)[:-1], "f")


def test_an_empty_buffer_has_an_empty_view():
    assert bytes(_core.CheckedBuffer(b"", b"", "f").view(0, 0)) == b""


def test_many_threads_verify_the_same_chunks():
    data = os.urandom(4 << 20)
    buffer = _core.CheckedBuffer(data, checksums(data), "f")
    equal: list[bool] = []

    def read() -> None:
        equal.extend(buffer.view(i, 70000) == data[i : i + 70000] for i in range(0, len(data) - 70000, 33333))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(equal) == 8 * len(range(0, len(data) - 70000, 33333)) and all(equal)
