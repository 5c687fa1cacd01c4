"""A collection is opened, searched from the shell and served as an index is; what it lacks is named."""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from collections_here import HereFleet, collection_of, one_index
from random_collections import CORPUS, SCHEMA, World
from starlette.testclient import TestClient

import searchlib
from searchlib import Schema, Text, cluster
from searchlib.cli import application, places
from searchlib.cluster import CollectionWriter, manifest, split
from searchlib.cluster.collection import Collection
from searchlib.errors import (
    ClosedError,
    ClusterError,
    CorruptIndexError,
    IndexNotFoundError,
    NotAnIndexError,
    ShardUnavailableError,
)
from searchlib.serve.app import Application
from searchlib.serve.settings import Settings


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Of one index, and of a collection of the same documents."""
    folder = tmp_path_factory.mktemp("everywhere")
    steps = World(31, num_docs=60).steps(merged=True)
    one_index(folder / "one", SCHEMA, steps).close()
    collection_of(folder / "several", SCHEMA, steps, 3).close()
    return folder / "one", folder / "several"


def test_it_is_opened_by_its_folder(folders: tuple[Path, Path]) -> None:
    one, several = map(searchlib.open, folders)
    with several:
        assert isinstance(several, Collection)
        expected = [(hit.id, hit.score) for hit in one.search("президент elections")]
        assert [(hit.id, hit.score) for hit in several.search("президент elections")] == expected
        assert several.stats()["num_shards"] == 3
        assert several.generation == 1
    with pytest.raises(ClosedError, match="open it again"):
        several.search("президент")


@pytest.mark.parametrize("command", (["query", "президент elections", "--json"], ["terms", "body", "с"]))
def test_commands_print_the_same(folders: tuple[Path, Path], command: list[str]) -> None:
    printed = []
    for folder in folders:
        ran = CliRunner().invoke(application, [*command, "--index", str(folder)])
        assert ran.exit_code == 0, ran.output
        lines = ran.output.splitlines()
        assert lines
        printed.append([_without_times(line) for line in lines])
    assert printed[0] == printed[1]


def _without_times(line: str) -> object:
    if not line.startswith("{"):
        return line
    return {name: value for name, value in json.loads(line).items() if name != "elapsed_ms"}


def test_it_is_served_as_an_index_is(folders: tuple[Path, Path]) -> None:
    app = Application(Settings({"one": str(folders[0]), "several": str(folders[1])}))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for path in (
            "search?q=президент+elections&facets=tags&count=true&fragments=2&explain=true",
            "search?q=elections&sort=-day&limit=3",
            "instant?q=президен",
            "documents?limit=5&content=true",
            "documents/d10",
            "complete?q=през",
        ):
            answers = [client.get(f"/v1/indexes/{name}/{path}") for name in ("one", "several")]
            assert [answer.status_code for answer in answers] == [200, 200], answers[1].text
            found = [answer.json() for answer in answers]
            for each in found:
                each.pop("elapsed_ms", None)
                each.pop("cursor", None)  # which says how the documents are numbered
            assert found[0] == found[1], path
        refused = client.patch("/v1/indexes/several/fields", json={"add": {"size": {"kind": "integer"}}})
        assert (refused.status_code, refused.json()["type"]) == (
            400,
            "urn:searchlib:problem:NotOfCollectionsError",
        )


def test_what_it_lacks_is_said_by_name(folders: tuple[Path, Path]) -> None:
    with searchlib.open(folders[1]) as collection:
        with pytest.raises(ClusterError, match="no 'change_field': it is for one index"):
            collection.change_field("n", searchlib.Number())
        with pytest.raises(AttributeError, match="has no 'nonsense'"):
            collection.nonsense  # type: ignore[attr-defined]  # noqa: B018
        assert not hasattr(collection, "url")


def test_a_folder_without_anything_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError, match="no index"):
        searchlib.open(tmp_path)


class _Lame(HereFleet):
    """One of its shards does not answer."""

    lame = -1

    def ask(
        self,
        messages: Mapping[int, bytes],
        timeout: float | None = None,
        *,
        version: int | None = None,
        partial: bool = False,
    ) -> dict[int, bytes]:
        if self.lame in messages and not partial:
            raise ShardUnavailableError("no replica of shard 1", (1,), {})
        rest = {shard: message for shard, message in messages.items() if shard != self.lame}
        return super().ask(rest, timeout, version=version)


def test_what_is_missing_is_an_error_or_a_note(folders: tuple[Path, Path]) -> None:
    fleet = _Lame(folders[1], 3)
    whole, some = Collection(fleet), Collection(fleet, partial=True)
    everything = [hit.id for hit in some.search("*", limit=None)]
    before = [(hit.id, hit.score) for hit in whole.search("президент elections", limit=None)]
    fleet.lame = 1
    with pytest.raises(ShardUnavailableError):
        whole.search("президент elections")
    with pytest.raises(ShardUnavailableError):  # the numbers of a version are those of all shards
        Collection(fleet, partial=True)
    found = some.search("*", limit=None)
    assert {hit.id for hit in found} < set(everything)
    assert found.notes == ("1 of 3 shards did not answer, and their documents are missing: 1",)
    fleet.lame = -1
    for collection in (whole, some):
        again = collection.search("президент elections", limit=None)
        assert [(hit.id, hit.score) for hit in again] == before
        assert again.notes == ()
    fleet.close()


def test_pages_follow_each_other_whatever_the_ordinals(tmp_path: Path) -> None:
    """A build gives ordinals beyond 32 bits."""
    built = cluster.build([str(CORPUS)], tmp_path / "built", shards=3, runner=cluster.Here())
    assert built.manifest.next_ordinal >= 2**32
    with searchlib.open(tmp_path / "built") as collection:
        for sort in (None, "-published"):
            expected = [hit.id for hit in collection.search("the", limit=30, sort=sort)]
            found, after = list[str](), None
            while len(found) < 30:
                page = collection.search("the", limit=7, sort=sort, after=after)
                found += [hit.id for hit in page]
                after = page.cursor
            assert found[:30] == expected


def run(*arguments: object) -> tuple[int, str]:
    ran = CliRunner().invoke(application, list(map(str, arguments)))
    return ran.exit_code, ran.output


def test_what_is_for_one_index_is_refused_by_name(folders: tuple[Path, Path]) -> None:
    for command in (["index", CORPUS], ["merge"], ["reindex"], ["drop"], ["watch", CORPUS]):
        code, said = run(*command, "--index", folders[1])
        assert code == 2, command
        assert "collection of several shards" in said and "cluster build" in said, said


def test_shards_are_checked(folders: tuple[Path, Path], tmp_path: Path) -> None:
    code, said = run("check", "--index", folders[1])
    assert code == 0 and "in 3 shards" in said
    copy = shutil.copytree(folders[1], tmp_path / "copy")
    segment = max((copy / "shard-1").glob("*.segment"), key=lambda path: path.stat().st_size)
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    code, said = run("check", "--index", copy)
    assert code == 3 and "damaged: shard-1" in said, said
    assert json.loads(run("check", "--json", "--index", copy)[1])["ok"] is False
    assert run("check", "--repair", "--index", copy)[0] == 2


@pytest.mark.parametrize("left", ["nothing", "a folder without a manifest"])
def test_a_missing_shard_is_said_everywhere(folders: tuple[Path, Path], tmp_path: Path, left: str) -> None:
    copy = shutil.copytree(folders[1], tmp_path / "copy")
    shutil.rmtree(copy / "shard-1")
    if left != "nothing":
        (copy / "shard-1").mkdir()
    for arguments in (["query", "президент"], ["list"], ["stats"], ["complete", "пре"], ["add", "text"]):
        code, said = run(*arguments, "--index", copy)
        assert code == 2 and "shard 1 of version 1 is not in" in said, said
        assert "cluster sync" in said and "searchlib index" not in said
    code, said = run("check", "--index", copy)
    assert code == 3 and "damaged: shard-1: shard 1 of version 1 is not in" in said
    shards = json.loads(run("check", "--json", "--index", copy)[1])["shards"]
    assert [shard["ok"] for shard in shards] == [True, False, True]
    with pytest.raises(IndexNotFoundError, match="shard 1 of version 1"):
        split(copy, shards=6)
    with pytest.raises(IndexNotFoundError, match="shard 1 of version 1"), CollectionWriter(copy) as writer:
        writer.add_many({"id": str(number), "body": "text"} for number in range(20))


def test_a_lost_manifest_is_put_back(folders: tuple[Path, Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    cluster.create(copy, Schema(body=Text()), shards=2)
    with CollectionWriter(copy) as writer:
        writer.add({"id": "1", "body": "text"})
    (copy / "collection.json").unlink()
    for arguments in (["query", "text"], ["list"], ["check"], ["add", "text"]):
        code, said = run(*arguments, "--index", copy)
        assert code == 3 and "versions/000000002.json" in said and "searchlib index" not in said, said
    with pytest.raises(CorruptIndexError, match=r"copying .*versions/000000002\.json to .*collection\.json"):
        searchlib.open(copy)
    shutil.copy(copy / "versions" / "000000002.json", copy / "collection.json")
    assert run("query", "text", "-l", "--index", copy) == (0, "1\n")


@pytest.mark.parametrize("name", ["x.csv", "h.py", "j.json", "t.toml", "empty", "bytes"])
def test_a_file_of_something_else_is_no_index(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    texts = {
        "x.csv": b"a,b\n",
        "h.py": b"x = 1\n",
        "j.json": b'{"a": 1}',
        "t.toml": b"k = 1\n",
        "bytes": b"\xa2\0",
    }
    path.write_bytes(texts.get(name, b""))
    with pytest.raises(
        NotAnIndexError, match=r"no index, which is a folder, and no file of addresses: expected"
    ):
        searchlib.open(path)
    for arguments in (["query", "word"], ["check"], ["stats"], ["add", "text"], ["index", str(path)]):
        code, said = run(*arguments, "--index", path)
        assert code == 2 and name in said and "make it" not in said, said


def test_a_pickle_asks_at_the_same_address(folders: tuple[Path, Path]) -> None:
    with searchlib.open(folders[1]) as collection:
        twin = pickle.loads(pickle.dumps(collection))
        assert [hit.id for hit in twin.search("президент")] == [
            hit.id for hit in collection.search("президент")
        ]
        twin.close()
    with pytest.raises(ClusterError, match="is not pickled"):
        pickle.dumps(Collection(HereFleet(folders[1], 3)))


def test_a_hit_of_a_closed_collection_says_what_is_closed(folders: tuple[Path, Path]) -> None:
    collection = searchlib.open(folders[1])
    hit = collection.search("президент")[0]
    collection.close()
    with pytest.raises(ClosedError, match="the collection was closed"):
        hit.highlight("body")


def test_nobody_at_an_address_of_ray_is_said_soon() -> None:
    pytest.importorskip("ray", reason="no Ray: the extra ray")
    with pytest.raises(ClusterError, match="no cluster of Ray at localhost:1"):
        searchlib.open("ray://localhost:1/nothing")


def test_a_build_that_was_interrupted_is_told(tmp_path: Path) -> None:
    (tmp_path / "half" / "building").mkdir(parents=True)
    code, said = run("query", "word", "--index", tmp_path / "half")
    assert code == 2 and "a build of a collection was interrupted there" in said


def test_the_command_knows_a_collection_by_its_manifest(folders: tuple[Path, Path]) -> None:
    """places.py says the name again: the library would take longer to load."""
    assert [places.is_collection(str(folder)) for folder in folders] == [False, True]
    assert places.COLLECTION == manifest.COLLECTION


def test_a_shard_that_something_else_wrote_is_not_served(folders: tuple[Path, Path], tmp_path: Path) -> None:
    copy = shutil.copytree(folders[1], tmp_path / "copy")
    with searchlib.open(copy / "shard-1") as shard, shard.writer() as writer:
        writer.add({"id": "stray", "body": "behind the collection's back", "_ordinal": 1})
    with pytest.raises(CorruptIndexError, match="something else wrote there"):
        searchlib.open(copy)
