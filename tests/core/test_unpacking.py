"""The core unpacks what zstandard packs, whole or up to a line, with a dictionary or without; no more."""

from __future__ import annotations

import contextlib
import os
import random

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import _core

DEPTH = int(os.environ.get("SEARCHLIB_TEST_DEPTH", "1"))
LEVELS = (-5, 1, 2, 3, 5, 9, 15, 19, 22)
WORDS = ["лес", "река", "wood", "forest", "protest", "стали", "выборы", "the", "of", "в", "1991", "\n", "{}"]


def prose(size: int, seed: int) -> bytes:
    source = random.Random(seed)
    return " ".join(source.choices(WORDS, k=size)).encode()


def trained(seed: int) -> zstandard.ZstdCompressionDict:
    source = random.Random(seed)
    letters = "абвгдежзикabcdefgh"
    words = ["".join(source.choices(letters, k=source.randrange(2, 9))) for _ in range(800)]
    samples = [" ".join(source.choices(words, k=60)).encode() for _ in range(400)]
    made = zstandard.train_dictionary(8192, samples, k=512, d=8, f=16, accel=10, level=1)
    return zstandard.ZstdCompressionDict(made.as_bytes(), dict_type=zstandard.DICT_TYPE_FULLDICT)


DICTIONARIES = [trained(seed) for seed in range(3)]


def like(dictionary: zstandard.ZstdCompressionDict, size: int, seed: int) -> bytes:
    """Text of pieces of what a dictionary holds, and of others."""
    source, known = random.Random(seed), dictionary.as_bytes()[-4000:]
    pieces = []
    for _ in range(size):
        at = source.randrange(len(known) - 40)
        pieces.append(known[at : at + source.randrange(2, 40)].replace(b"\n", b" "))
        pieces.append(source.choice([b"\n", b" ", b"", source.randbytes(3).replace(b"\n", b"-")]))
    return b"".join(pieces)


def packed(raw: bytes, level: int, dictionary: zstandard.ZstdCompressionDict | None = None) -> bytes:
    known = {} if dictionary is None else {"dict_data": dictionary}
    return zstandard.ZstdCompressor(level=level, write_dict_id=level % 2 == 0, **known).compress(raw)


def check(raw: bytes, frame: bytes, dictionary: bytes = b"") -> None:
    assert _core.unpack_frame(frame, len(raw), dictionary) == raw
    lines = raw.split(b"\n")
    for line in {0, 1, len(lines) // 2, len(lines) - 1, len(lines)}:
        some = _core.unpack_frame(frame, len(raw), dictionary, line)
        assert raw.startswith(some)
        if len(some) < len(raw):
            assert some.split(b"\n")[: line + 1] == lines[: line + 1] and some.count(b"\n") > line


TEXTS = {
    "nothing": b"",
    "a byte": b"x",
    "one byte many times": b"a" * 100_000,
    "two in turn": b"ab" * 50_000,
    "random": random.Random(1).randbytes(5000),
    "random, of several blocks": random.Random(2).randbytes(300_000),
    "few letters": bytes(random.Random(3).choices(b"abcd", k=40_000)),
    "all bytes": bytes(range(256)) * 20,
    "lines": b"\n" * 3000,
    "prose": prose(300, 1),
    "prose of a block": prose(6000, 2),
    "prose of several blocks": prose(60_000, 3),
    "numbers": " ".join(map(str, range(20_000))).encode(),
    "a long match": (lambda one: one + one)(random.Random(4).randbytes(70_000)),
    "far apart": (lambda one: one + prose(30_000, 5) + one)(random.Random(5).randbytes(900)),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("level", LEVELS)
def test_frames_of_all_levels_come_back(name: str, level: int) -> None:
    check(TEXTS[name], packed(TEXTS[name], level))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("size", [0, 1, 5, 60, 300, 2000, 20_000])
def test_frames_of_a_dictionary_come_back(level: int, size: int) -> None:
    for number, dictionary in enumerate(DICTIONARIES):
        for raw in (like(dictionary, size, number), prose(size, number)):
            check(raw, packed(raw, level, dictionary), dictionary.as_bytes())


@settings(deadline=None, max_examples=200 * DEPTH)
@given(
    st.lists(st.tuples(st.binary(max_size=40), st.integers(1, 30)), max_size=30),
    st.sampled_from(LEVELS),
    st.sampled_from([None, *DICTIONARIES]),
    st.booleans(),
)
def test_any_bytes_come_back(pieces, level, dictionary, mixed) -> None:
    raw = b"".join(piece * times for piece, times in pieces)
    if mixed and dictionary is not None:
        raw += like(dictionary, 50, len(raw)) + raw
    check(raw, packed(raw, level, dictionary), b"" if dictionary is None else dictionary.as_bytes())


def test_a_checksum_is_passed_over() -> None:
    raw = prose(500, 7)
    check(raw, zstandard.ZstdCompressor(write_checksum=True).compress(raw))


def test_a_frame_that_does_not_say_its_length_is_unpacked_to_what_is_said() -> None:
    raw = prose(500, 8)
    check(raw, zstandard.ZstdCompressor(write_content_size=False).compress(raw))


@pytest.mark.parametrize("length", [0, 1, 999, 1001, 10**6])
def test_another_length_is_refused(length: int) -> None:
    for frame in (
        packed(b"x" * 1000, 3),
        zstandard.ZstdCompressor(write_content_size=False).compress(b"x" * 1000),
    ):
        with pytest.raises(ValueError):
            _core.unpack_frame(frame, length)


def test_half_a_frame_and_more_than_one_are_refused() -> None:
    for raw in (prose(400, 9), random.Random(9).randbytes(300), b"a" * 300):
        frame = packed(raw, 3)
        for end in range(len(frame)):
            with pytest.raises(ValueError):
                _core.unpack_frame(frame[:end], len(raw))
        for more in (b"\0", frame):
            with pytest.raises(ValueError):
                _core.unpack_frame(frame + more, len(raw))


def test_another_dictionary_gives_other_text_or_none() -> None:
    raw = like(DICTIONARIES[0], 300, 1)
    frame = packed(raw, 1, DICTIONARIES[0])
    for dictionary in (b"", DICTIONARIES[1].as_bytes()):
        with contextlib.suppress(ValueError):
            assert _core.unpack_frame(frame, len(raw), dictionary) != raw


@settings(deadline=None, max_examples=600 * DEPTH)
@given(st.data())
def test_damaged_frames_and_dictionaries_give_text_or_errors(data: st.DataObject) -> None:
    source = random.Random(data.draw(st.integers(0, 2**32)))
    dictionary = source.choice([None, *DICTIONARIES])
    raw = (
        prose(source.randrange(1, 900), 1)
        if dictionary is None
        else like(dictionary, source.randrange(1, 300), 2)
    )
    frame = bytearray(packed(raw, source.choice(LEVELS), dictionary))
    known = bytearray(b"" if dictionary is None else dictionary.as_bytes())
    for _ in range(source.randrange(1, 6)):
        frame[source.randrange(len(frame))] = source.randrange(256)
    if known and source.random() < 0.3:
        known[source.randrange(8, 400)] = source.randrange(256)
    for line in (0xFFFFFFFF, 0, 3):
        with contextlib.suppress(ValueError):
            assert len(_core.unpack_frame(bytes(frame), len(raw), bytes(known), line)) <= len(raw)


@settings(deadline=None, max_examples=300 * DEPTH)
@given(st.binary(max_size=60), st.integers(0, 300))
def test_any_bytes_behind_a_head_give_text_or_errors(body: bytes, length: int) -> None:
    head = b"\x28\xb5\x2f\xfd\x60" + max(length - 256, 0).to_bytes(2, "little")
    length = max(length, 256)
    for frame in (head + body, head + ((len(body) << 3) | 5).to_bytes(3, "little") + body, body):
        for dictionary in (b"", DICTIONARIES[0].as_bytes(), body):
            with contextlib.suppress(ValueError):
                assert len(_core.unpack_frame(frame, length, dictionary)) == length
