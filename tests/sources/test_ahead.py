"""Bytes looked at before they are read are read all the same, once and in order."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.sources.ahead import LookAhead


class Trickle(io.RawIOBase):
    """A stream that gives a few bytes at a time, as a pipe does."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data, self._step = io.BytesIO(data), step

    def read(self, size: int = -1, /) -> bytes:
        return self._data.read(min(size, self._step))


STEPS = st.lists(st.tuples(st.booleans(), st.integers(1, 40)), max_size=12)


@given(data=st.binary(max_size=100), step=st.integers(1, 50), steps=STEPS)
def test_looking_changes_nothing(data: bytes, step: int, steps: list[tuple[bool, int]]) -> None:
    stream = LookAhead(Trickle(data, step))
    read = b""
    for looks, size in steps:
        rest = data[len(read) :]
        if looks:
            seen = stream.look(size)
            assert rest.startswith(seen) and len(seen) >= min(size, len(rest))
        else:
            found = stream.read(size) or b""
            assert rest.startswith(found) and (found or not rest)
            read += found
    assert read + stream.readall() == data


@pytest.mark.parametrize("kind", ["B", "H", "I"])
def test_any_buffer_is_filled_by_bytes(kind: str) -> None:
    stream = LookAhead(io.BytesIO(bytes(range(16))))
    stream.look(3)
    buffer = memoryview(bytearray(8)).cast(kind)
    assert stream.readinto(buffer) == 3, "what was looked at, and no more"
    assert stream.readinto(buffer) == 8 and bytes(buffer) == bytes(range(3, 11))


def test_nothing_to_look_at() -> None:
    stream = LookAhead(io.BytesIO(b""))
    assert stream.look(10) == b"" and stream.read(10) == b"" and stream.readable()
