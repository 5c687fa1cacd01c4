"""A child that is forked while other threads are at work goes on or is told why not; it never hangs."""

from __future__ import annotations

import gc
import threading

import pytest

from forked import in_child
from searchlib import Index, Schema, Text
from searchlib.errors import ClosedError, LockError


class Held:
    """A lock that another thread holds."""

    def __init__(self, lock) -> None:
        self._lock, self._taken, self._done = lock, threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._hold)

    def _hold(self) -> None:
        with self._lock:
            self._taken.set()
            self._done.wait()

    def __enter__(self) -> None:
        self._thread.start()
        self._taken.wait()

    def __exit__(self, *_) -> None:
        self._done.set()
        self._thread.join()


@pytest.fixture(params=["disk", "memory"])
def index(request, tmp_path):
    schema = Schema(body=Text())
    index = Index.create(tmp_path / "ix", schema) if request.param == "disk" else Index.in_memory(schema)
    with index.writer() as writer:
        writer.add({"id": "a", "body": "wood"})
    index.refresh()
    return index


def test_a_child_refreshes_while_another_thread_did(index):
    def action():
        index.refresh()
        assert [hit.id for hit in index.search("wood")] == ["a"]

    with Held(index._following._moving):
        assert in_child(action)


def test_a_childs_writer_is_closed_while_another_thread_was_in_it(index):
    def action():
        with pytest.raises(ClosedError):
            writer.add({"body": "x"})
        writer.close()

    with index.writer() as writer:
        writer.add({"id": "b", "body": "forest"})
        with Held(writer._mutex):
            assert in_child(action)
        writer.add({"id": "c", "body": "forest"})
    index.refresh()
    assert index.search("forest").total == 2


def test_an_index_in_memory_has_a_writer_of_the_childs_own():
    index = Index.in_memory(Schema(body=Text()))

    def action():
        with index.writer() as own:
            own.add({"body": "x"})

    with index.writer():
        assert in_child(action)
        with pytest.raises(LockError):
            index.writer()


def test_a_dropped_writer_frees_its_lock_and_says_what_is_lost(index):
    writer = index.writer()
    writer.add({"body": "x"})
    writer.delete("a")
    gc.disable()  # no collector is needed
    try:
        with pytest.warns(ResourceWarning, match="1 document added and 1 deleted since the last commit"):
            del writer
        with index.writer():
            pass
    finally:
        gc.enable()
    assert len(index) == 1 and index.search("wood").total == 1


def test_a_writer_that_is_closed_is_dropped_without_a_word(index):
    writer = index.writer()
    writer.close()
    del writer
    index.writer().close()
