"""What is dropped without close() frees what it held at once, and says what was lost."""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

import searchlib
from searchlib import Index, Schema, Text
from searchlib.errors import LockError
from searchlib.indexing import building
from searchlib.storage import opened
from searchlib.storage.disk import DiskDirectory
from searchlib.storage.files import file_name
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment_writer import SegmentWriter
from test_forks import in_child

SCHEMA = Schema(body=Text())


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.create(tmp_path / "index", SCHEMA)


@contextlib.contextmanager
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def temporary(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def num_descriptors() -> int:
    """Of this process, where the system tells."""
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


@pytest.mark.parametrize("kind", ["disk", "memory"])
def test_a_lock(kind: str, tmp_path: Path) -> None:
    directory = DiskDirectory(tmp_path) if kind == "disk" else MemoryDirectory()
    with no_collector():
        lock = directory.lock()
        del lock
        directory.lock().release()


def test_a_file(tmp_path: Path) -> None:
    with no_collector():
        num_open = num_descriptors()
        writer = SegmentWriter(DiskDirectory(tmp_path), file_name(1, "segment"))
        assert temporary(tmp_path)
        del writer
        assert not temporary(tmp_path)
        assert num_descriptors() == num_open


def test_a_file_in_a_child_is_the_parents(tmp_path: Path) -> None:
    files = [DiskDirectory(tmp_path).create_file(file_name(1, "segment"))]
    assert in_child(files.clear)
    assert temporary(tmp_path)
    files[0].finish()
    assert [path.name for path in tmp_path.iterdir()] == [file_name(1, "segment")]


def test_a_file_whose_name_is_anothers(tmp_path: Path) -> None:
    first = DiskDirectory(tmp_path).create_file(file_name(1, "segment"))
    (tmp_path / temporary(tmp_path)[0]).unlink()
    second = DiskDirectory(tmp_path).create_file(file_name(1, "segment"))
    del first
    second.finish()
    assert [path.name for path in tmp_path.iterdir()] == [file_name(1, "segment")]


@pytest.mark.parametrize("method", ["add", "finish"])
def test_a_writer_after_an_error(index: Index, tmp_path: Path, method: str) -> None:
    def fails(*arguments: object) -> None:
        raise MemoryError("no more")

    writer = index.writer()
    with no_collector(), patch.object(building.SegmentInProgress, method, fails):
        with pytest.raises(MemoryError, match="no more"):
            writer.add({"body": "x"})
            writer.commit()
        with pytest.warns(ResourceWarning, match="dropped without close"):
            del writer
        index.writer().close()
    assert not temporary(tmp_path / "index")


def test_a_writer_in_a_cycle_that_another_thread_collects(index: Index, tmp_path: Path) -> None:
    writer = index.writer(threads=2)
    writer.add_many({"body": f"word{number}"} for number in range(2000))
    future = building._new_workers(1)
    writer.itself = writer  # type: ignore[attr-defined]
    with pytest.warns(ResourceWarning, match="2000 documents added and 0 deleted"):
        del writer
        future.submit(gc.collect).result()
    future.shutdown()
    index.writer().close()
    assert not temporary(tmp_path / "index")


def test_a_writer_that_its_own_thread_collects(index: Index, tmp_path: Path) -> None:
    writer = index.writer()
    writer.add({"body": "x"})
    workers = writer._transaction.building()._workers
    writer.itself = writer  # type: ignore[attr-defined]
    with pytest.warns(ResourceWarning, match="1 document added and 0 deleted"):
        del writer
        workers.submit(gc.collect).result()
    index.writer().close()
    assert not temporary(tmp_path / "index")


def test_a_writer_with_changed_metadata(index: Index) -> None:
    writer = index.writer()
    writer.metadata["source"] = "x"
    with pytest.warns(ResourceWarning, match="with it changed metadata;"):
        del writer


def test_a_writer_in_a_child(index: Index, tmp_path: Path) -> None:
    writers = [index.writer()]
    writers[0].add({"id": "1", "body": "wood"})

    def child() -> None:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            writers.clear()
            gc.collect()
        assert not caught
        with pytest.raises(LockError):
            index.writer()

    assert in_child(child)
    assert temporary(tmp_path / "index")
    writers[0].commit()
    writers[0].close()
    index.refresh()
    assert "1" in index


@pytest.mark.parametrize("is_last", [False, True])
def test_a_writer_at_the_interpreters_end(tmp_path: Path, is_last: bool) -> None:
    """is_last: what holds it is a cycle of the last module that goes, when nothing can be imported."""
    code = f"""
import builtins
from searchlib import Index, Schema, Text
writer = Index.create({str(tmp_path / "index")!r}, Schema(body=Text())).writer()
writer.add_many({{"body": "x"}} for _ in range(1000))
if {is_last}:
    builtins.kept = [writer]
    builtins.kept.append(builtins.kept)
"""
    environment = {**os.environ, "PYTHONPATH": str(Path(searchlib.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0 and "1000 documents added" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr and not temporary(tmp_path / "index")


def test_a_child_reads_although_a_thread_was_computing_a_property(index: Index) -> None:
    with index.writer() as writer:
        writer.add({"id": "1", "body": "wood"})
    index.refresh()
    inside, go = threading.Event(), threading.Event()
    reader = opened.DocumentsReader

    def slow(*arguments: object) -> object:
        inside.set()
        go.wait(60)
        return reader(*arguments)  # type: ignore[arg-type]

    def child() -> None:
        opened.DocumentsReader = reader  # type: ignore[misc]
        assert index.get("1") == {"id": "1", "body": "wood"}

    with patch.object(opened, "DocumentsReader", slow):
        thread = threading.Thread(target=index.get, args=("1",))
        thread.start()
        assert inside.wait(20)
        try:
            assert in_child(child)
        finally:
            go.set()
            thread.join()
