"""Documents that several threads read at once, and forked children; large ones without the GIL."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from forked import in_child
from searchlib import _core
from searchlib.storage.documents import DocumentsReader, DocumentsWriter
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment import SegmentFile
from searchlib.storage.segment_writer import SegmentWriter

WORDS = ["лес", "река", "wood", "forest", "protest", "стали", "выборы", "police"]


def written(documents: list[dict[str, str]]) -> SegmentFile:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        writer = DocumentsWriter(segment)
        for document in documents:
            writer.add(document)
        writer.finish()
        entry = segment.finish()
    return SegmentFile.open(directory, entry)


def texts(count: int, num_words: int, seed: int = 3) -> list[dict[str, str]]:
    source = random.Random(seed)
    return [{"body": f"{n} " + " ".join(source.choices(WORDS, k=num_words))} for n in range(count)]


def pages(reader: DocumentsReader, docs: list[int]) -> list[bytes]:
    lines = _core.read_documents([0], [reader.core], docs)
    return [lines.line(number) for number in range(len(docs))]


@pytest.mark.parametrize("num_words", [20, 3000, 60_000], ids=["small", "middle", "large"])
def test_threads_that_begin_together_read_the_same(num_words: int) -> None:
    documents = texts(60 if num_words < 60_000 else 4, num_words)
    file = written(documents)
    expected = [DocumentsReader(file).line(number) for number in range(len(documents))]
    for seed in range(4):
        reader = DocumentsReader(file)  # one that has read no dictionary yet
        source = random.Random(seed)
        asked = [source.choices(range(len(documents)), k=12) for _ in range(6)]
        together = threading.Barrier(6)

        def read(docs: list[int], reader: DocumentsReader = reader, together: threading.Barrier = together):
            together.wait()
            found = pages(reader, docs)
            return found == [reader.line(doc) for doc in docs] and found

        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(read, asked)) == [[expected[doc] for doc in docs] for docs in asked]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks here")
def test_a_child_reads_what_another_thread_was_reading() -> None:
    file = written(texts(40, 20_000))
    current = [DocumentsReader(file)]
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            current[0] = DocumentsReader(file)
            pages(current[0], list(range(40)))

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        for _ in range(10):
            reader = current[0]
            assert in_child(lambda reader=reader: (reader.line(7), pages(reader, [3, 39, 3])))
    finally:
        done.set()
        thread.join()


def test_others_go_on_while_a_large_document_is_unpacked() -> None:
    file = written(texts(1, 3_000_000))
    reader = DocumentsReader(file)
    pages(reader, [0])  # its checksum is known then
    for read in (lambda: pages(reader, [0]), lambda: reader.line(0), lambda: reader.core.block(0)):
        assert any(_others_went_on(read) for _ in range(20))


def _others_went_on(action: Callable[[], object]) -> bool:
    """Whether this thread ran in the midst of what another one did."""
    times: list[float] = []
    began = threading.Event()

    def timed() -> None:
        began.set()
        times.append(time.perf_counter())
        action()
        times.append(time.perf_counter())

    thread = threading.Thread(target=timed)
    thread.start()
    began.wait()
    ticks = []
    while thread.is_alive():
        ticks.append(time.perf_counter())
    thread.join()
    begin, end = times
    quarter = (end - begin) / 4
    return sum(begin + quarter < tick < end - quarter for tick in ticks) > 3
