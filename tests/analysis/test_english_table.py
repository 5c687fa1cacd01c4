"""The table of English words when it is torn, damaged, hostile or missing: a typed error, never a crash."""

from __future__ import annotations

import os
import random
import struct
from pathlib import Path

import pytest
from english_twin import inflections, wordnet_table

from searchlib import _core
from searchlib.analysis import english
from searchlib.errors import CorruptIndexError

SEED = int(os.environ.get("SEARCHLIB_SEED", "20260"))


@pytest.fixture(scope="module")
def table() -> bytes:
    return Path(english.TABLE).read_bytes()


def test_every_torn_table_is_refused(table: bytes) -> None:
    for size in [0, 1, 47, 48, 56, 1000, len(table) // 2, len(table) - 8, len(table) - 1]:
        with pytest.raises(CorruptIndexError):
            _core.EnglishMorphology(table[:size])


def test_every_flipped_bit_is_seen(table: bytes) -> None:
    chance = random.Random(SEED)
    for _ in range(300):
        damaged = bytearray(table)
        damaged[chance.randrange(len(table))] ^= 1 << chance.randrange(8)
        try:
            _core.EnglishMorphology(damaged)
        except CorruptIndexError:
            continue
        at = next(i for i in range(len(table)) if damaged[i] != table[i])
        assert 28 <= at < 32, "only the header's unused word may change"


def test_a_hostile_table_behind_a_valid_checksum_never_crashes(table: bytes) -> None:
    tool = wordnet_table()
    words = [
        form
        for word in ("mice", "leaves", "running", "studies", "better", "men")
        for form in inflections(word)
    ]
    chance = random.Random(SEED)
    header = tool.HEADER.unpack_from(table)
    refused = 0
    for _ in range(60):
        body = bytearray(table[tool.HEADER.size :])
        for _ in range(200):
            at = chance.randrange(len(body) // 4) * 4
            struct.pack_into("<I", body, at, chance.choice([0, 0xFFFFFFFF, chance.randrange(2**32)]))
        counts = list(header[2:7])
        if chance.random() < 0.3:
            counts[chance.randrange(4)] = chance.randrange(2**32)
        hostile = tool.HEADER.pack(*header[:2], *counts, tool.body_checksum(bytes(body)), len(body)) + body
        try:
            _core.EnglishMorphology(hostile).lemmas_many(words)
        except CorruptIndexError:
            refused += 1
    assert refused > 0


def test_another_version_is_refused_by_name(table: bytes) -> None:
    newer = bytearray(table)
    newer[8] = 9
    with pytest.raises(CorruptIndexError, match="version 9, expected 1"):
        _core.EnglishMorphology(newer)


def test_a_missing_or_empty_table_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "empty.bin").touch()
    for name in ("missing.bin", "empty.bin"):
        with pytest.raises(CorruptIndexError, match=name) as raised:
            english.open_table(tmp_path / name)
        assert raised.value.file == str(tmp_path / name)
