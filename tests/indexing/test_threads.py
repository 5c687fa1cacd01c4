"""However many threads index, the bytes are the same; an error in one of them ends all of them."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from searchlib import Date, Index, Keyword, Schema, Text, _core
from searchlib.errors import ClosedError
from searchlib.indexing import building
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.manifest import read_manifest

SCHEMA = Schema(title=Text(), body=Text(stored=False), tag=Keyword(), day=Date())
SYLLABLES = ["ка", "ро", "ми", "лен", "ст", "ал", "ы", "ing", "run", "ton", "re", "s", "о", "в", "Ми", "Ка-"]


def document(rng: random.Random, number: int) -> dict[str, Any]:
    def words(count: int) -> str:
        return " ".join("".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(count))

    return {
        "id": f"d{number}",
        "title": words(3),
        "body": [words(rng.randint(0, 60)) for _ in range(rng.randint(0, 3))],
        "tag": words(1),
        "day": date(2024, 5, 1 + number % 28),
    }


def write_all(path: Path, threads: int, memory_mb: float) -> dict[str, str]:
    """The same transactions, with updates and deletes among them; the digests of all files but the lock."""
    rng = random.Random(7)
    index = Index.create(path, SCHEMA)
    with index.writer(threads=threads, memory_mb=memory_mb) as writer:
        writer.add_many(document(rng, number) for number in range(3000))
        writer.add_many(document(rng, rng.randrange(3000)) for _ in range(300))
        writer.delete("d17")
        writer.commit()
        writer.add_many(document(rng, number) for number in range(2500, 4000))
        writer.delete_by_query("run")
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in path.iterdir()
        if file.name != "write.lock"
    }


@pytest.mark.parametrize("memory_mb", [1.5, 256])
def test_the_bytes_do_not_depend_on_threads(tmp_path: Path, memory_mb: float) -> None:
    with patch.object(building, "_BATCH_DOCS", 64):
        expected = write_all(tmp_path / "1", 1, memory_mb)
        for threads in (2, 3, 8):
            assert write_all(tmp_path / str(threads), threads, memory_mb) == expected
    num_written = max(int(name[:6]) for name in expected if name.endswith(".segment"))
    assert (num_written > 8) == (memory_mb < 100), sorted(expected)


def test_a_merge_has_the_same_bytes(tmp_path: Path) -> None:
    digests = []
    for threads in (1, 2, 5):
        path = tmp_path / str(threads)
        write_all(path, 1, 1.5)
        with Index.open(path).writer(threads=threads) as writer:
            writer.merge()
        # manifest.old still lists the segments that were joined, so they stay until the next commit.
        listed = [path / segment.file.name for segment in read_manifest(DiskDirectory(path)).segments]
        digests.append([hashlib.sha256(file.read_bytes()).digest() for file in listed])
    assert len(digests[0]) == 1 and digests[0] == digests[1] == digests[2]


@pytest.mark.parametrize("threads", [0, -1, 257, 2.0, "2", None, True])
def test_a_number_of_threads(threads: Any) -> None:
    index = Index.in_memory(SCHEMA)
    with pytest.raises(ValueError, match=r"threads is a number from 1 to 256, got"):
        index.writer(threads=threads)
    index.writer().close()  # the lock was not taken


class FailingBuilder:
    """The core's builder, but one batch of each segment is not what it should be."""

    def __init__(self, core: Any, batch: int) -> None:
        self._core, self._batch = core, batch

    def add(self, batch: int, ids: list[str], texts: list[Any]) -> int:
        return self._core.add(batch, ids, texts if batch != self._batch else [[0, None, None]] * len(ids))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._core, name)


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_an_error_in_a_thread_is_the_writers(tmp_path: Path, threads: int) -> None:
    """It comes out of add or of commit, nothing of the transaction is there, and no thread waits for ever."""
    index = Index.create(tmp_path / "index", SCHEMA)
    rng = random.Random(1)
    before = threading.active_count()
    with patch.object(building, "_BATCH_DOCS", 8), index.writer(threads=threads) as writer:
        writer.add(document(rng, 1))
        writer.commit()
        transaction = writer._transaction
        failing = patch.object(transaction, "_builder", FailingBuilder(transaction._builder, 5))
        with failing, pytest.raises(TypeError, match="list or a tuple"):
            writer.add_many(document(rng, number) for number in range(2, 500))
            writer.commit()
        with pytest.raises(ClosedError, match="lost documents"):
            writer.add(document(rng, 2))
        writer.rollback()
        writer.add(document(rng, 3))
    index.refresh()
    assert [found["id"] for found in index] == ["d1", "d3"]
    assert threading.active_count() == before


@pytest.mark.parametrize("threads", [1, 8])
def test_an_interrupt_leaves_no_thread_and_no_lock(tmp_path: Path, threads: int) -> None:
    index = Index.create(tmp_path / "index", SCHEMA)
    before = threading.active_count()

    def documents() -> Iterator[dict[str, Any]]:
        rng = random.Random(1)
        yield from (document(rng, number) for number in range(300))
        raise KeyboardInterrupt

    with (
        patch.object(building, "_BATCH_DOCS", 8),
        pytest.raises(KeyboardInterrupt),
        index.writer(threads=threads) as writer,
    ):
        writer.add_many(documents())
    assert threading.active_count() == before and len(index) == 0
    with index.writer(threads=threads) as writer:
        writer.add({"id": "1"})
    assert [path.suffix for path in (tmp_path / "index").iterdir()].count(".segment") == 1


class Parts(dict[str, bytes]):
    """A sink."""

    def begin(self, part: str) -> None:
        self._part = part
        self[part] = b""

    def write(self, data: bytes) -> None:
        self[self._part] += data


def builder(threads: int) -> _core.SegmentBuilder:
    return _core.SegmentBuilder([("body", _core.Analyzer(), 1.2, 0.75, True, False)], threads)


def batch(number: int) -> tuple[int, list[str], list[list[str]]]:
    rng = random.Random(number)
    ids = [f"{number}.{n}" for n in range(rng.randint(0, 5))]
    return number, ids, [[document(rng, n)["title"] * 3] for n in range(len(ids))]


def test_batches_wait_for_their_turn() -> None:
    """They come in any order; what memory holds after each is what one thread says, and so is the segment."""
    one, many = builder(1), builder(8)
    expected = [one.add(*batch(number)) for number in range(40)]
    rng = random.Random(3)
    given = [0] * 40
    with ThreadPoolExecutor(8) as pool:
        for first in range(0, 40, 8):
            order = rng.sample(range(first, first + 8), 8)
            futures = {number: pool.submit(many.add, *batch(number)) for number in order}
            for number, future in futures.items():
                given[number] = future.result()
    assert given == expected and many.num_tokens == one.num_tokens
    from_one, from_many = Parts(), Parts()
    one.write(from_one)
    many.write(from_many)
    assert from_one == from_many and len(from_one["body.postings"]) > 50


def test_a_batch_that_fails_lets_nobody_wait() -> None:
    made = builder(2)
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(made.add, *batch(1))
        with pytest.raises(TypeError):
            made.add(0, ["0"], [[0]])  # type: ignore[list-item]
        with pytest.raises(ValueError, match="an earlier batch failed"):
            waits.result(timeout=60)
    with pytest.raises(ValueError, match="failed"):
        made.write(Parts())


def test_a_batch_comes_once_and_one_at_a_time_for_each_thread() -> None:
    made = builder(1)
    made.add(*batch(0))
    with pytest.raises(ValueError, match="there already"):
        made.add(*batch(0))
    with pytest.raises(ValueError, match="1 to 256 threads"):
        builder(0)


class FailingSink(Parts):
    """A disk that is full after some bytes."""

    def write(self, data: bytes) -> None:
        super().write(data)
        if self._part == "body.positions":
            raise OSError(28, "no space left")


@pytest.mark.parametrize("threads", [1, 8])
def test_a_sink_that_fails_ends_the_threads(threads: int) -> None:
    made = builder(threads)
    rng = random.Random(5)
    words = " ".join("".join(rng.choices(SYLLABLES, k=4)) for _ in range(500))
    for number in range(40):
        made.add(number, ["a"] * 10, [[words + f" w{number}"]] * 10)
    before = threading.active_count()
    with pytest.raises(OSError, match="no space left"):
        made.write(FailingSink())
    assert threading.active_count() == before
