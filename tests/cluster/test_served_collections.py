"""Collections served by workers in processes: the answers of one index, whatever happens to the workers."""

from __future__ import annotations

import os
import random
import signal
import threading
from pathlib import Path

import pytest
from collections_here import Step, collection_of, one_index

from searchlib import Index, Schema, Text
from searchlib.cluster.cluster import ADDRESSES, Cluster, fleet_at
from searchlib.cluster.collection import Collection
from searchlib.cluster.fleets.placing import Processes
from searchlib.cluster.manifest import ShardEntry, read_collection, replace_collection
from searchlib.cluster.ordinals import ORDINAL, shard_of
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
            wait_until_all_are_up(cluster)
        done.set()
        for thread in threads:
            thread.join()
        assert wrong == []


def wait_until_all_are_up(cluster: Cluster) -> None:
    pause = threading.Event()
    for _ in range(400):
        pause.wait(0.05)
        if not any("down" in replica for shard in cluster.status() for replica in shard):
            return
    raise AssertionError(cluster.status())


def test_a_new_version_is_followed(folder: Path) -> None:
    with Cluster.start(folder, 2) as cluster, cluster.collection() as collection:
        follower = threading.Thread(target=cluster.follow)
        follower.start()
        before = found(collection, "zebra")
        add(folder, {"id": "new", "text": "a zebra"})
        pause = threading.Event()
        for _ in range(200):
            pause.wait(0.05)
            if collection.refresh():
                break
        assert before == []
        assert [hit_id for hit_id, _ in found(collection, "zebra")] == ["new"]
        assert collection.stats()["version"] == 2
        cluster.close()
        follower.join()


def add(folder: Path, document: dict[str, str]) -> None:
    """One document more, as a writer of collections does."""
    manifest = read_collection(folder)
    shard = shard_of(document["id"], manifest.num_shards)
    entry = manifest.shards[shard]
    with Index.open(folder / entry.path) as index:
        with index.writer() as writer:
            writer.add({**document, ORDINAL: manifest.next_ordinal})
        index.refresh()
        shards = list(manifest.shards)
        shards[shard] = ShardEntry(entry.path, index.stats()["generation"], len(index))
    changed = manifest.replace(version=2, shards=tuple(shards), next_ordinal=manifest.next_ordinal + 1)
    replace_collection(folder, changed)


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
