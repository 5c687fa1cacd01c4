"""Archives that change: what is in them now is found, what is gone is not, what stayed is not rewritten."""

from __future__ import annotations

import io
import os
import random
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archive_files import ARCHIVED, COMPRESSED, raw_zip, tarred, unpacked_to, zipped

import searchlib
from searchlib import Index
from searchlib.sources.ignoring import Choice
from searchlib.sources.sources import Sources
from searchlib.sources.update import Progress, update_index


class Kept:
    """An index in memory, and what the last update of it said."""

    def __init__(self) -> None:
        self.index = Index.in_memory(searchlib.Schema(title=searchlib.Text(), body=searchlib.Text()))
        self.problems: list[str] = []

    @property
    def bodies(self) -> dict[str, str]:
        return {document["id"]: document.get("body", document.get("text", "")) for document in self.index}

    def update(self, *paths: Path, prune: bool = False, force: bool = False, **options: Any) -> Progress:
        self.problems = []
        sources = Sources(
            *paths,
            schema=self.index.schema,
            grows=True,
            on_error=lambda problem: self.problems.append(str(problem)),
            **options,
        )
        with self.index.writer() as writer:
            done = update_index(sources, writer, prune=prune, force=force)
        self.index.refresh()
        return done


@pytest.fixture
def kept() -> Kept:
    return Kept()


def put(path: Path, data: bytes) -> None:
    """A file that is old enough for its time to be trusted, and of another time than before."""
    old = path.stat().st_mtime_ns if path.exists() else time.time_ns() - 10**12
    path.write_bytes(data)
    os.utime(path, ns=(old, old + 10**9))


PACKS = [zipped, tarred, lambda members: COMPRESSED[".zst"](tarred(members))]
pack = pytest.mark.parametrize("pack", PACKS, ids=["zip", "tar", "tar.zst"])
Pack = Callable[[dict[str, str | bytes]], bytes]


@pack
def test_an_unchanged_archive_is_not_read_again(tmp_path: Path, kept: Kept, pack: Pack) -> None:
    put(tmp_path / "a.zip", pack({"a.txt": "one", "t.csv": "text\ntwo\nthree\n"}))
    done = kept.update(tmp_path)
    assert (done.num_documents, done.num_files_read) == (3, 1)
    done = kept.update(tmp_path)
    assert (done.num_documents, done.num_files_read, done.num_files_unchanged) == (0, 0, 1)
    assert kept.bodies == {"a.zip/a.txt": "one", "a.zip/t.csv#2": "two", "a.zip/t.csv#3": "three"}


@pack
def test_only_what_changed_is_written_and_what_is_gone_is_removed(
    tmp_path: Path, kept: Kept, pack: Pack
) -> None:
    put(tmp_path / "a.zip", pack({"a.txt": "one", "b.txt": "two", "gone.txt": "x", "t.csv": "text\nr\ns\n"}))
    kept.update(tmp_path)
    put(tmp_path / "a.zip", pack({"a.txt": "one", "b.txt": "new", "c.txt": "four", "t.csv": "text\nr\ns\n"}))
    done = kept.update(tmp_path)
    assert (done.num_documents, done.num_removed, done.num_files_read) == (2, 1, 1)
    texts = {"a.zip/a.txt": "one", "a.zip/b.txt": "new", "a.zip/c.txt": "four"}
    assert kept.bodies == {**texts, "a.zip/t.csv#2": "r", "a.zip/t.csv#3": "s"}
    assert kept.update(tmp_path).num_files_unchanged == 1
    assert kept.update(tmp_path, force=True).num_documents == 5


@pack
def test_a_table_that_loses_rows_loses_their_documents(tmp_path: Path, kept: Kept, pack: Pack) -> None:
    put(
        tmp_path / "a.zip", pack({"t.csv": "text\nr\ns\nq\n", "in.zip": zipped({"x.txt": "x", "y.txt": "y"})})
    )
    kept.update(tmp_path)
    put(tmp_path / "a.zip", pack({"t.csv": "text\nr\n", "in.zip": zipped({"x.txt": "x"})}))
    done = kept.update(tmp_path)
    assert kept.bodies == {"a.zip/t.csv#2": "r", "a.zip/in.zip/x.txt": "x"} and done.num_removed == 3


@pack
def test_rows_keep_their_own_ids_when_another_table_before_them_takes_the_same(
    tmp_path: Path, kept: Kept, pack: Pack
) -> None:
    """The unchanged one has the id already, though it stands behind."""
    put(tmp_path / "a.zip", pack({"a.csv": "id,text\n1,one\n", "b.csv": "id,text\n5,five\n"}))
    kept.update(tmp_path)
    put(tmp_path / "a.zip", pack({"a.csv": "id,text\n5,other\n", "b.csv": "id,text\n5,five\n"}))
    kept.update(tmp_path)
    assert kept.bodies == {"5": "five", "a.zip/a.csv#id=5": "other"}


def test_a_damaged_member_keeps_the_document_that_it_had(tmp_path: Path, kept: Kept) -> None:
    path = tmp_path / "a.zip"
    put(path, zipped({"a.txt": "one", "b.txt": "two"}, 0))
    kept.update(tmp_path)
    put(path, zipped({"a.txt": "One", "b.txt": "new"}, 0).replace(b"new", b"nEw", 1))
    kept.update(tmp_path)
    assert kept.bodies == {"a.zip/a.txt": "One", "a.zip/b.txt": "two"}
    assert len(kept.problems) == 1 and "a.zip/b.txt: is damaged: the checksum" in kept.problems[0]
    put(path, raw_zip(b"b.txt", flags=1))
    kept.update(tmp_path)
    assert kept.bodies == {"a.zip/a.txt": "One", "a.zip/b.txt": "two"}, "nothing of it was taken"
    assert "'b.txt' is encrypted" in kept.problems[0]


@pack
def test_an_archive_that_is_cut_off_keeps_what_is_behind_the_cut(
    tmp_path: Path, kept: Kept, pack: Pack
) -> None:
    noise = random.Random(1)
    texts = {f"{n}.txt": "".join(noise.choices("абвгдежз ", k=20_000)) for n in range(8)}
    put(tmp_path / "a.zip", pack({**texts}))
    kept.update(tmp_path)
    before = kept.bodies
    data = pack({**texts, "0.txt": "changed"})
    put(tmp_path / "a.zip", data[: len(data) // 2])
    done = kept.update(tmp_path)
    assert kept.bodies == {**before, "a.zip/0.txt": "changed"} and done.num_removed == 0
    assert any("a.zip: is" in problem for problem in kept.problems)


def test_an_archive_that_is_gone_or_moved(tmp_path: Path, kept: Kept) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder / "a.zip", zipped({"a.txt": "one", "t.csv": "id,text\n5,five\n"}))
    put(folder / "b.txt", b"plain")
    kept.update(folder)
    (folder / "a.zip").rename(folder / "z.zip")
    kept.update(folder)
    assert kept.bodies == {"z.zip/a.txt": "one", "5": "five", "b.txt": "plain"}
    (folder / "z.zip").unlink()
    assert kept.update(folder).vanished == [str(folder / "z.zip")] and len(kept.bodies) == 3
    assert kept.update(folder, prune=True).num_removed == 2 and kept.bodies == {"b.txt": "plain"}


def test_what_an_index_holds_of_an_archive(tmp_path: Path, kept: Kept) -> None:
    put(
        tmp_path / "a.zip",
        zipped({"a.txt": "one", "t.csv": "id,text\n5,five\n", "x.zip": zipped({"y.txt": "y"})}),
    )
    put(tmp_path / "b.tgz", COMPRESSED[".gz"](tarred({"a.txt": "two"})))
    kept.update(tmp_path)
    held = searchlib.holdings(kept.index)
    assert [(each.num_files, each.num_documents) for each in held] == [(2, 4)]
    assert searchlib.documents_under(kept.index, tmp_path / "a.zip") == [
        "5",
        "a.zip/a.txt",
        "a.zip/x.zip/y.txt",
    ]
    for document_id, name in {"5": "a.zip", "a.zip/x.zip/y.txt": "a.zip", "b.tgz/a.txt": "b.tgz"}.items():
        assert searchlib.source_of(kept.index, document_id) == str(tmp_path / name)
    with kept.index.writer() as writer:
        assert searchlib.remove_source(writer, tmp_path / "a.zip") == 3
    kept.index.refresh()
    assert list(kept.bodies) == ["b.tgz/a.txt"]


def test_other_members_are_read_when_others_are_asked_for(tmp_path: Path, kept: Kept) -> None:
    put(tmp_path / "a.zip", zipped({"a.txt": "one", "b.md": "two", ".h.txt": "three"}))
    kept.update(tmp_path, choice=Choice(["*.txt"]))
    assert list(kept.bodies) == ["a.zip/a.txt"]
    assert kept.update(tmp_path, choice=Choice(["*.txt"])).num_files_unchanged == 1
    done = kept.update(tmp_path, choice=Choice(hidden=True))
    assert set(kept.bodies) == {"a.zip/a.txt", "a.zip/b.md", "a.zip/.h.txt"} and done.num_documents == 2
    kept.update(tmp_path, choice=Choice(["*.md"]))
    assert len(kept.bodies) == 3, "what is there, and passed over now, stays"


def test_an_archive_within_is_read_anew_when_others_are_asked_for(tmp_path: Path, kept: Kept) -> None:
    put(tmp_path / "a.zip", zipped({"in.zip": zipped({"a.txt": "one", "b.md": "two"}), "c.md": "three"}))
    kept.update(tmp_path, choice=Choice(exclude=["*.txt"]))
    assert set(kept.bodies) == {"a.zip/in.zip/b.md", "a.zip/c.md"}
    kept.update(tmp_path)
    assert set(kept.bodies) == {"a.zip/in.zip/a.txt", "a.zip/in.zip/b.md", "a.zip/c.md"}


def test_members_that_are_excluded_later_stay_and_are_named(tmp_path: Path, kept: Kept) -> None:
    inner = zipped({"d.txt": "four", "t.csv": "text\nfive\n"})
    put(
        tmp_path / "a.zip",
        zipped({"a.txt": "one", "b.txt": "two", "c.md": "three", "in.zip": inner, "e.png": ""}),
    )
    kept.update(tmp_path)
    before = kept.bodies
    notes: list[str] = []
    choice = Choice(exclude=["*.txt", "*.csv"])
    kept.update(tmp_path, choice=choice, on_notice=lambda problem: notes.append(str(problem)))
    assert kept.bodies == before
    assert notes == [
        f"{tmp_path / 'a.zip'}: 4 members are there, but passed over, and their documents stay: 'a.txt', "
        "'b.txt', 'in.zip/d.txt' and 1 more; to be rid of them, remove the archive from the index and read "
        "it again"
    ]


@pytest.mark.parametrize("what", ["is excluded", "is damaged"])
def test_what_is_not_read_in_an_archive_within_leaves_its_neighbours_their_ids(
    tmp_path: Path, kept: Kept, what: str
) -> None:
    """The neighbour that changed got an id of its own, and its old document stayed beside it."""
    put(tmp_path / "a.zip", zipped({"in.zip": zipped({"a.txt": "one", "b.txt": "two", "c.txt": "gone"}, 0)}))
    kept.update(tmp_path)
    inner = zipped({"a.txt": "new", "b.txt": "Two"}, 0)
    if what == "is damaged":
        inner = inner.replace(b"new", b"nEw", 1)
    put(tmp_path / "a.zip", zipped({"in.zip": inner}))
    kept.update(tmp_path, choice=Choice(exclude=["a.txt"] * (what == "is excluded")))
    assert kept.bodies == {"a.zip/in.zip/a.txt": "one", "a.zip/in.zip/b.txt": "Two"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_written_anew_only_when_one_of_them_changed(
    tmp_path: Path, kept: Kept
) -> None:
    def packed(*members: tuple[str, str]) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            for name, text in members:
                archive.writestr(zipfile.ZipInfo(name), text)
        return data.getvalue()

    put(tmp_path / "a.zip", packed(("a.txt", "one"), ("a.txt", "two"), ("b.txt", "three")))
    kept.update(tmp_path)
    assert kept.bodies == {"a.zip/a.txt": "one", "a.zip/a.txt#2": "two", "a.zip/b.txt": "three"}
    put(tmp_path / "a.zip", packed(("a.txt", "one"), ("a.txt", "two"), ("b.txt", "new")))
    assert kept.update(tmp_path).num_documents == 1
    assert kept.bodies == {"a.zip/a.txt": "one", "a.zip/a.txt#2": "two", "a.zip/b.txt": "new"}
    put(tmp_path / "a.zip", packed(("a.txt", "one"), ("a.txt", "too"), ("b.txt", "new")))
    assert kept.update(tmp_path).num_documents == 2
    assert kept.bodies == {"a.zip/a.txt": "one", "a.zip/a.txt#2": "too", "a.zip/b.txt": "new"}
    put(tmp_path / "a.zip", packed(("a.txt", "one"), ("b.txt", "new")))
    kept.update(tmp_path)
    assert kept.bodies == {"a.zip/a.txt": "one", "a.zip/b.txt": "new"}


def test_each_member_that_is_passed_over_is_told(tmp_path: Path, kept: Kept) -> None:
    """Files are looked at ahead: the walk was at its end when an archive was read, and nobody was told."""
    inner = zipped({"y.png": "", "d.txt": "four"})
    put(tmp_path / "a.zip", zipped({"x.png": "", ".h.txt": "", "a.txt": "one", "in.zip": inner}))
    put(tmp_path / "b.png", b"")
    told: list[tuple[str, str]] = []
    kept.update(tmp_path, on_passed=lambda path, reason: told.append((path, reason)))
    at = str(tmp_path / "a.zip")
    assert sorted(told) == [
        (f"{at}/.h.txt", "hidden"),
        (f"{at}/in.zip/y.png", ".png"),
        (f"{at}/x.png", ".png"),
        (str(tmp_path / "b.png"), ".png"),
    ]


def test_an_archive_that_turns_into_a_document_and_back(tmp_path: Path, kept: Kept) -> None:
    path = tmp_path / "a"
    for data, bodies in (
        (zipped({"a.txt": "one", "b.txt": "two"}), {"a/a.txt": "one", "a/b.txt": "two"}),
        (b"plain text", {"a": "plain text"}),
        (COMPRESSED[".gz"](b"plain text"), {"a": "plain text"}),
        (COMPRESSED[".gz"](tarred({"a.txt": "one"})), {"a/a.txt": "one"}),
    ):
        put(path, data)
        kept.update(path)
        assert kept.bodies == bodies and kept.problems == []


@pytest.mark.parametrize("seed", range(6))
def test_any_history_of_an_archive_ends_as_its_last_state(tmp_path: Path, kept: Kept, seed: int) -> None:
    draw = random.Random(seed)
    name = draw.choice(sorted(ARCHIVED))
    members: dict[str, str | bytes] = {}
    for _ in range(6):
        for _ in range(draw.randrange(4)):
            number = draw.randrange(5)
            if draw.random() < 0.3:
                members.pop(f"{number}.txt", None)
                members.pop(f"{number}.csv", None)
            elif draw.random() < 0.5:
                members[f"{number}.txt"] = draw.choice("абв") * 3
            else:
                rows = range(draw.randrange(4))
                members[f"{number}.csv"] = "text\n" + "".join(f"{draw.choice('абв')}{row}\n" for row in rows)
        data = ARCHIVED[name](dict(sorted(members.items(), key=lambda _: draw.random())))
        put(tmp_path / name, data)
        kept.update(tmp_path)
        shutil.rmtree(tmp_path / "plain", ignore_errors=True)
        (tmp_path / "plain").mkdir()
        unpacked_to(tmp_path / "plain", members)
        other = Kept()
        other.update(tmp_path / "plain")
        shutil.rmtree(tmp_path / "plain")
        assert kept.bodies == {f"{name}/{id}": body for id, body in other.bodies.items()}
