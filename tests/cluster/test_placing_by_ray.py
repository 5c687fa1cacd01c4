"""Workers that Ray has placed: found again by name, asked both ways, started again, stopped."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from collections_here import collection_of, one_index

from searchlib import Schema, Text
from searchlib.cluster.cluster import Cluster, fleet_at
from searchlib.cluster.fleets import ray_placing
from searchlib.errors import ClusterError, PlacementWarning, ShardUnavailableError

SCHEMA = Schema(text=Text())
STEPS = [*(("add", {"id": f"{n}", "text": f"river {'sea ' * (n % 7)}"}) for n in range(60)), ("commit", None)]
QUERIES = ["river sea", "sea"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collection")
    collection_of(folder / "mine", SCHEMA, STEPS, 2).close()
    one_index(folder / "one", SCHEMA, STEPS).close()
    return folder


@pytest.fixture(scope="module")
def cluster(folder: Path, ray_here: object) -> Iterator[Cluster]:
    with pytest.warns(PlacementWarning, match="2 replicas of each shard and 1 machines"):
        cluster = Cluster.start(folder / "mine", 2, ray="auto", num_cpus=0.1)
    yield cluster
    cluster.stop()


@pytest.mark.parametrize("by_sockets", [False, True])
def test_they_answer_as_one_index_also_when_one_is_killed(
    cluster: Cluster, folder: Path, by_sockets: bool
) -> None:
    import searchlib

    with (
        searchlib.open(folder / "one") as one,
        Cluster.connect("ray://auto/mine", by_sockets=by_sockets) as collection,
    ):
        expected = [[(hit.id, hit.score) for hit in one.search(query)] for query in QUERIES]
        for kill in (False, True, False):
            if kill:
                os.kill(int(str(cluster.status()[1][0]["pid"])), signal.SIGKILL)
            for _ in range(20):
                found = [[(hit.id, hit.score) for hit in collection.search(query)] for query in QUERIES]
                assert found == expected


def test_what_is_served_already_is_not_placed_again(cluster: Cluster, folder: Path) -> None:
    with pytest.raises(ClusterError, match="mine is served already by 4 actors"):
        Cluster.start(folder / "mine", 1, ray="auto", num_cpus=0.1)


def test_without_room_nothing_is_left_behind(
    ray_here: object, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ray_placing, "ROOM_SECONDS", 0.5)
    with pytest.raises(ClusterError, match="expected room for 1 replicas of 1000 processors"):
        Cluster.start(folder / "mine", 1, ray="auto", name="huge", num_cpus=1000.0)
    with pytest.raises(ShardUnavailableError, match="Ray has no actors of huge"):
        fleet_at("ray://auto/huge")


def test_what_was_stopped_is_gone_and_can_be_started_again(ray_here: object, folder: Path) -> None:
    for _ in range(2):
        with Cluster.start(folder / "mine", 1, ray="auto", name="again", num_cpus=0.1) as cluster:
            assert cluster.fleet.version == 1
        with fleet_at("ray://auto/again") as fleet:
            assert fleet.version == 1, "who started them has gone, they have not"
        cluster.stop()
        with pytest.raises(ShardUnavailableError):
            fleet_at("ray://auto/again")
