"""A dictionary finds a key by how it begins, as a number that orders as keys do: key_prefix.hpp."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from searchlib import Index, Keyword, Schema

# Letters on either side of each border between codes: ASCII, what is below D0, capitals, small letters, ё and
# what stands behind it, the rest of Cyrillic, and characters of two to four bytes behind that.
BORDERS = "!09AZaz~\x7f\x80éϿЀЯабопрстэюяѐёџѠӿԀאࠀ中￿𐀀😀"


def keys_of_borders() -> list[str]:
    """Each of them alone, in pairs, and behind words of seven, eight and nine letters of either script."""
    pairs = [left + right for left, right in itertools.product(BORDERS, repeat=2)]
    stems = [stem[:length] for stem in ("abcdefghi", "абвгдежзи", "приморскому") for length in (7, 8, 9)]
    return sorted({*BORDERS, *pairs, *(stem + letter for stem in stems for letter in BORDERS), *stems})


def index_of(keys: list[str]) -> Index:
    """Document n has every key whose place is a multiple of n + 1."""
    index = Index.in_memory(Schema(tag=Keyword()))
    with index.writer() as writer:
        for n in range(3):
            writer.add({"id": str(n), "tag": keys[:: n + 1]})
    index.refresh()
    return index


def absent_beside(keys: list[str]) -> Iterator[str]:
    there = set(keys)
    for key in keys:
        for other in (key + "\x00", key + "я", key[:-1], key[:-1] + chr(ord(key[-1]) + 1)):
            if other and other not in there and not "\ud800" <= other[-1] <= "\udfff":
                yield other


def test_every_key_is_found_and_no_other() -> None:
    keys = keys_of_borders()
    core = index_of(keys)._searcher.core
    for place, key in enumerate(keys):
        assert core.df(0, key) == sum(place % (n + 1) == 0 for n in range(3)), repr(key)
    for key in absent_beside(keys):
        assert core.df(0, key) == 0, repr(key)


@pytest.mark.parametrize("letters", ["abc", "абв", "bёя", "aа\x80😀"])
def test_keys_of_few_letters(letters: str) -> None:
    """Eight and more letters in common, and shorter keys in between."""
    chance = random.Random(3)
    keys = sorted({"".join(chance.choices(letters, k=chance.randrange(1, 14))) for _ in range(3_000)})
    core = index_of(keys)._searcher.core
    assert [key for key in keys if core.df(0, key) == 0] == []
    assert [key for key in absent_beside(keys) if core.df(0, key)] == []


def test_more_blocks_than_are_remembered() -> None:
    """And threads that meet them for the first time together."""
    keys = [f"{'ключ' if n % 2 else 'key'}{n * 7919 % 1_000_003:07}" for n in range(150_000)]
    core = index_of(sorted(keys))._searcher.core
    chance = random.Random(4)
    asked = chance.sample(keys, 8_000)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda key: (core.df(0, key), core.df(0, key + "0")), asked))
    assert all(there > 0 and not longer for there, longer in found)
