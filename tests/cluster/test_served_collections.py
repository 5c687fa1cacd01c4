"""Collections served by workers in processes: the answers of one index, whatever happens to the workers."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from collections_here import Step, collection_of, one_index

from searchlib import Index, Schema, Text
from searchlib.cluster.cluster import ADDRESSES, Cluster, fleet_at
from searchlib.cluster.collection import Collection
from searchlib.cluster.fleets.placing import Processes
from searchlib.cluster.writer import CollectionWriter
from searchlib.errors import ClusterError, IndexNotFoundError, ShardUnavailableError

WORDS = [
    "time",
    "house",
    "war",
    "peace",
    "river",
    "sea",
    "ship",
    "king",
    "мир",
    "дом",
    "война",
    "река",
    "море",
    "корабль",
]
SCHEMA = Schema(text=Text(stored=True))
QUERIES = ["war peace", "+river ship", "мир", '"time house"', "king -sea", "корабли море"]


def steps() -> list[Step]:
    drawn = random.Random(1)
    documents = [{"id": str(n), "text": " ".join(drawn.choices(WORDS, k=20))} for n in range(300)]
    return [*(("add", document) for document in documents), ("commit", None)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    collection_of(tmp_path / "many", SCHEMA, steps(), 3).close()
    return tmp_path / "many"


@pytest.fixture
def one(tmp_path: Path) -> Index:
    return one_index(tmp_path / "one", SCHEMA, steps())


def found(index: Index | Collection, query: str) -> list[tuple[str, float]]:
    return [(hit.id, hit.score) for hit in index.search(query, limit=20)]


def test_workers_answer_as_one_index_while_they_are_killed(folder: Path, one: Index) -> None:
    expected = {query: found(one, query) for query in QUERIES}
    with Cluster.start(folder, 2) as cluster, cluster.collection() as collection:
        done = threading.Event()
        wrong: list[object] = []

        def search_on() -> None:
            while not done.is_set() and not wrong:
                for query in QUERIES:
                    try:
                        if (came := found(collection, query)) != expected[query]:
                            wrong.append((query, came))
                    except Exception as error:
                        wrong.append(error)

        threads = [threading.Thread(target=search_on) for _ in range(2)]
        for thread in threads:
            thread.start()
        for place in (0, 1, 0):
            for replica in cluster.status():
                os.kill(int(str(replica[place]["pid"])), signal.SIGKILL)
            time.sleep(0.1)
            wait_until(lambda: all_are_up(cluster))
        done.set()
        for thread in threads:
            thread.join()
        assert wrong == []


def all_are_up(cluster: Cluster) -> bool:
    return not any("down" in replica for shard in cluster.status() for replica in shard)


def test_new_versions_are_followed_and_no_answer_mixes_them(folder: Path) -> None:
    """The n-th version has n zebras: an answer of two versions would count others than it lists."""
    with Cluster.start(folder, 2) as cluster, cluster.collection() as collection:
        follower = threading.Thread(target=cluster.follow)
        follower.start()
        done = threading.Event()
        seen: list[int] = [0]
        wrong: list[object] = []

        def search_on() -> None:
            while not done.is_set() and not wrong:
                try:
                    collection.refresh()
                    results = collection.search("zebra", limit=20)
                    ids = {hit.id for hit in results}
                    if ids != {f"new{n}" for n in range(len(ids))} or len(ids) not in (
                        seen[-1],
                        seen[-1] + 1,
                    ):
                        wrong.append((ids, seen))
                    seen.append(len(ids))
                except Exception as error:
                    wrong.append(error)

        searcher = threading.Thread(target=search_on)
        searcher.start()
        try:
            for version in range(3):
                with CollectionWriter(folder) as writer:
                    writer.add({"id": f"new{version}", "text": "zebra " * (version + 1)})
                wait_until(lambda seen=seen, version=version: seen[-1] == version + 1 or bool(wrong))
        finally:
            done.set()
            searcher.join()
            cluster.close()
            follower.join()
        assert wrong == []
        assert seen[-1] == 3


def wait_until(happened: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(400):
        if happened():
            return
        pause.wait(0.05)
    raise AssertionError("not within 20 s")


def test_a_folder_is_served_by_whoever_wrote_addresses_there_or_by_this_process(
    folder: Path, one: Index
) -> None:
    with Cluster.connect(folder) as collection:
        assert found(collection, "мир") == found(one, "мир")
    with Cluster.start(folder, 1, host="127.0.0.1") as cluster:
        cluster.write_addresses(folder / ADDRESSES)
        with Cluster.connect(folder) as collection, Cluster.connect(folder / ADDRESSES) as other:
            assert found(collection, "мир") == found(other, "мир") == found(one, "мир")
        assert isinstance(cluster._placed, Processes)
        assert sum(int(str(shard[0]["num_answered"])) for shard in cluster.status()) > 0
    with pytest.raises(ShardUnavailableError):
        Cluster.connect(folder)  # the file is there, the workers are not


def test_what_is_no_address(tmp_path: Path) -> None:
    for address in ("ray://", "ray://auto", "ray:///mine"):
        with pytest.raises(ClusterError, match="expected ray://HOST:PORT/NAME"):
            fleet_at(address)
    with pytest.raises(IndexNotFoundError, match="neither a collection nor a file"):
        fleet_at(tmp_path / "nowhere")
    with pytest.raises(IndexNotFoundError, match="no collection"):
        fleet_at(tmp_path)
    with pytest.raises(IndexNotFoundError):
        Cluster.start(tmp_path)
