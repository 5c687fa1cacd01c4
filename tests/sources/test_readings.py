"""How files were read is remembered, and done again; what is there and was passed over is never pruned."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

import pytest
from sample_files import write

import searchlib
from searchlib import Choice, How, Index, Schema, Sources, Text, readings, remove_source, update_index
from searchlib.types import HoldsDocuments


def made() -> Index:
    return Index.in_memory(Schema(title=Text(), body=Text()))


def read(
    index: Index, *paths: Path, prune: bool = False, anew: bool = False, **told: Any
) -> searchlib.Progress:
    several = [
        each.sources(schema=index.schema, on_error="skip", gone_ok=prune)
        for each in readings(index, *paths, anew=anew, **told)
    ]
    with index.writer() as writer:
        done = update_index(several, writer, prune=prune)
    index.refresh()
    return done


OPTIONS: list[dict[str, Any]] = [
    {},
    {"encoding": "cp866"},
    {"records": "a.b"},
    {"rename": (("text", "body"),)},
    {"include": ("*.md",)},
    {"exclude": ("drafts/", "**/x", "!keep")},
    {"hidden": True},
    {"ignore": False},
    {"encoding": "cp1251", "hidden": True, "rename": (("a", "title"), ("b", "body"))},
]


@pytest.mark.parametrize("second", OPTIONS[1:])
@pytest.mark.parametrize("first", OPTIONS)
def test_a_later_run_reads_as_before_but_for_what_it_is_told(
    tmp_path: Path, first: dict[str, Any], second: dict[str, Any]
) -> None:
    write(tmp_path, {"a.md": "A", "in/b.md": "B"})
    index = made()

    def how(*paths: Path, **told: Any) -> How:
        (found,) = readings(index, *paths, **told)
        return found.how

    read(index, tmp_path, **first)
    assert how(tmp_path) == How(**first) == how(tmp_path / "in") == how(), "what is new is as its folder"
    assert how(tmp_path, **second) == How(**{**first, **second})
    read(index, tmp_path, **second)
    assert how(tmp_path) == How(**{**first, **second})
    read(index, tmp_path, anew=True, **second)
    assert how(tmp_path) == How(**second)
    assert How.of_kept(json.loads(json.dumps(how(tmp_path).as_kept()))) == how(tmp_path)
    read(index, tmp_path, anew=True)
    assert how(tmp_path) == How() and how(tmp_path.parent) == How()


def test_sources_told_by_a_program_are_remembered_too(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A", "no/b.txt": "B", "c.md": "C"})
    index = made()
    sources = Sources(
        tmp_path,
        encoding="CP866",
        rename={"b": "body", "a": "title"},
        exclude=[tmp_path / "no"],
        choice=Choice(["*.txt"], ["x"], hidden=True, ignore=False),
        schema=index.schema,
    )
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    (again,) = readings(index)
    assert again.paths == (str(tmp_path),)
    assert again.sources(schema=index.schema).how == sources.how == again.how
    assert again.how.rename == (("a", "title"), ("b", "body")) and again.how.without == (
        str(tmp_path / "no"),
    )
    assert again.how.include == ("*.txt",) and again.how.hidden and not again.how.ignore
    assert read(index).num_documents == 0 and list(index.ids()) == ["a.txt"]
    beside = again.sources(schema=index.schema, exclude=[tmp_path / "index"])
    assert beside.how == again.how, "what is not entered now alone is not remembered"


PATTERNS = [
    ("*.md", True), ("drafts", True), ("drafts/", True), ("!a.md", True), ("**/x", True), ("!**/x/", True),
    ("/a.md", False), ("a/b", False), ("a/*.md", False), ("!/a", False), ("a/**", False), ("**/a/b", False),
]  # fmt: skip


@pytest.mark.parametrize(("pattern", "holds"), PATTERNS)
def test_a_folder_inside_takes_the_patterns_that_hold_anywhere(
    tmp_path: Path, pattern: str, holds: bool
) -> None:
    write(tmp_path, {"in/a.txt": "A", "b.txt": "B"})
    index = made()
    read(index, tmp_path, exclude=(pattern,), hidden=True)
    (inside,) = readings(index, tmp_path / "in")
    assert inside.how == How(exclude=(pattern,) if holds else (), hidden=True)


def test_a_folder_inside_that_was_read_otherwise_stays_so(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a.txt": "наш".encode(), "in/b.txt": "наш".encode("cp866"), "in/deep/c.txt": "наш".encode("koi8-r")},
    )
    old, inner, deep = tmp_path, tmp_path / "in", tmp_path / "in" / "deep"
    for file in tmp_path.rglob("*.txt"):
        os.utime(file, (1_000_000_000, 1_000_000_000))
    index = made()
    read(index, inner, encoding="cp866", exclude=("deep",))
    read(index, deep / "c.txt", encoding="koi8-r")
    read(index, old)
    titles = {"b.txt": "наш", "c.txt": "наш", "a.txt": "наш"}
    assert {document["id"]: document["title"] for document in index} == titles
    for paths in ([old], [old, inner], [], [inner, old], [old]):
        done = read(index, *paths, prune=True)
        assert (done.num_documents, done.num_removed, done.kept) == (0, 0, []), paths
    found = {each.paths: (each.how.encoding, each.apart) for each in readings(index, old)}
    assert found == {
        (str(old),): (None, (str(inner),)),
        (str(inner),): ("cp866", (str(deep / "c.txt"),)),
        (str(deep / "c.txt"),): ("koi8-r", ()),
    }
    told = readings(index, old, hidden=True)
    assert [each.how.hidden for each in told] == [True] * 3 and len(told) == 3
    (all_,) = readings(index, old, anew=True)
    assert set(all_.paths) == {str(old), str(inner), str(deep / "c.txt")} and all_.how == How()


def test_a_format_is_that_of_files_alone(tmp_path: Path) -> None:
    write(tmp_path, {"rows": '{"body": "x"}\n', "in/a.txt": "A"})
    index = made()
    read(index, tmp_path / "rows", tmp_path / "in", format="jsonl")
    found = {each.paths: each.how for each in readings(index)}
    assert found == {(str(tmp_path / "in"),): How(), (str(tmp_path / "rows"),): How(format="jsonl")}
    assert read(index).num_documents == 0 or set(index.ids()) == {"a.txt", "rows#1"}


def test_one_reading_where_all_is_read_in_one_way(tmp_path: Path) -> None:
    for name in "abc":
        write(tmp_path, {f"{name}/{name}.txt": name})
    index = made()
    paths = [tmp_path / name for name in "abc"]
    (all_,) = readings(None, *paths, "-", hidden=True)
    assert all_.paths == (*map(str, paths), "-") and all_.how == How(hidden=True)
    read(index, paths[0], hidden=True)
    read(index, paths[1], hidden=True)
    assert [each.paths for each in readings(index)] == [tuple(map(str, paths[:2]))]
    assert len(readings(index, *paths)) == 2 and readings(made()) == []
    with index.writer() as writer:
        remove_source(writer, paths[0])
    index.refresh()
    assert readings(index, paths[0])[0].how == How(), "what was taken out is forgotten"


def test_what_is_unknown_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="unknown: nope"):
        readings(made(), tmp_path, nope=True)


NARROWER: dict[str, dict[str, Any]] = {
    "hidden": {},
    "ignored": {"hidden": True, "ignore": True},
    "excluded": {"hidden": True, "ignore": False, "exclude": ("*.md", "out/")},
    "not included": {"hidden": True, "ignore": False, "include": ("a.*",)},
}


@pytest.mark.parametrize("prune", [False, True])
@pytest.mark.parametrize("why", NARROWER)
def test_what_is_there_and_passed_over_keeps_its_documents(tmp_path: Path, why: str, prune: bool) -> None:
    files = {
        "a.txt": "A",
        ".h.txt": "H",
        ".in/h.txt": "H",
        ".ignore": "i.txt",
        "i.txt": "I",
        "x.md": "X",
        "out/o.txt": "O",
    }
    write(tmp_path, dict(files))
    index = made()
    read(index, tmp_path, hidden=True, ignore=False)
    before = set(index.ids())
    assert before >= {"a.txt", ".h.txt", ".in/h.txt", "i.txt", "x.md", "out/o.txt"}
    done = read(index, tmp_path, prune=prune, anew=True, **NARROWER[why])
    met = {"hidden": {"a.txt", "x.md", "out/o.txt"}, "ignored": before - {"i.txt"},
           "excluded": before - {"x.md", "out/o.txt"}, "not included": {"a.txt"}}[why]  # fmt: skip
    assert set(index.ids()) == before and done.num_removed == 0 and done.vanished == []
    assert {os.path.relpath(path, tmp_path) for path in done.kept} == before - met
    gone = sorted(before - met)[0]
    (tmp_path / gone).unlink()
    done = read(index, tmp_path, prune=prune, anew=True, **NARROWER[why])
    assert done.num_removed == prune and done.vanished == ([] if prune else [str(tmp_path / gone)])
    assert set(index.ids()) == before - ({gone} if prune else set())
    with index.writer() as writer:
        assert sum(remove_source(writer, path) for path in done.kept) == len(done.kept)
    index.refresh()
    assert read(index, tmp_path, prune=True, anew=True, **NARROWER[why]).kept == []


def test_what_took_the_place_of_a_file(tmp_path: Path) -> None:
    """A folder of its name: the file is gone. A link: something is there, which is not looked into."""
    write(tmp_path, {"a.txt": "A", "b.txt": "B", "c.txt": "C"})
    index = made()
    read(index, tmp_path)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).unlink()
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "b.txt").symlink_to("nowhere")
    done = read(index, tmp_path, prune=True)
    assert set(index.ids()) == {"b.txt", "c.txt"} and done.kept == [str(tmp_path / "b.txt")]


def test_a_file_given_apart_is_not_missed_by_a_run_over_its_folder(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "A", ".h.txt": "H", ".in/b.txt": "B"})
    index = made()
    read(index, tmp_path / ".h.txt")
    read(index, tmp_path / ".in")
    done = read(index, tmp_path, prune=True)
    assert (done.kept, done.vanished, len(index)) == ([], [], 3)


def holds(index: HoldsDocuments) -> dict[str, tuple[bool, int]]:
    return {each.path: (each.is_folder, each.num_files) for each in searchlib.holdings(index)}


def test_a_folder_that_was_given_and_one_of_which_single_files_were(tmp_path: Path) -> None:
    write(tmp_path, {"n/notes.md": "N", "n/private.md": "P", "d/a.txt": "A"})
    index = made()
    read(index, tmp_path / "n" / "notes.md", tmp_path / "d")
    assert holds(index) == {str(tmp_path / "d"): (True, 1), str(tmp_path / "n"): (False, 1)}
    assert all(each.last_run for each in searchlib.holdings(index))
    assert {path for each in readings(index) for path in each.paths} == {
        str(tmp_path / "n" / "notes.md"),
        str(tmp_path / "d"),
    }
    read(index, tmp_path / "n")
    assert holds(index)[str(tmp_path / "n")] == (True, 2)


@pytest.mark.parametrize("seed", range(40))
def test_runs_in_any_order_of_any_options(tmp_path: Path, seed: int) -> None:
    """Each file's document is as the last run over it was told, or one before it, whatever was between."""
    draw = random.Random(seed)
    folders = ["", "a", "a/b", "c"]
    names = [f"{folder}/{name}".lstrip("/") for folder in folders for name in ("x.jsonl", ".y.jsonl")]
    write(tmp_path, {name: json.dumps({"p": f"p {name}", "q": f"q {name}"}) + "\n" for name in names})
    index = Index.in_memory(Schema(body=Text()))
    read(index, tmp_path, rename=(("p", "body"),))
    how = {
        "": ("p", False)
    }  # a folder that was given → the field that is its body, whether hidden ones count

    def way(folder: str) -> tuple[str, bool]:
        while folder not in how:
            folder = folder.rpartition("/")[0]
        return how[folder]

    expected = {name: f"p {name}" for name in names if not name.rpartition("/")[2].startswith(".")}
    for _ in range(8):
        given = draw.sample(folders, draw.randint(1, 2))
        told: dict[str, Any] = {}
        if draw.random() < 0.5:
            told["rename"] = ((draw.choice("pq"), "body"),)
        if draw.random() < 0.4:
            told["hidden"] = draw.random() < 0.7
        inner = [
            folder for folder in how if any(folder.startswith(f"{each}/" if each else "") for each in given)
        ]
        after = {
            folder: (
                told["rename"][0][0] if "rename" in told else way(folder)[0],
                told.get("hidden", way(folder)[1]),
            )
            for folder in (*given, *inner)
        }
        how.update(after)
        for name in names:
            folder, _, base = name.rpartition("/")
            if any(folder == each or folder.startswith(f"{each}/" if each else "") for each in given):
                field, hidden = way(folder)
                if hidden or not base.startswith("."):
                    expected[name] = f"{field} {name}"
        anything = read(index, *(tmp_path / each for each in given), prune=draw.random() < 0.5, **told)
        assert anything.vanished == []
        bodies = {str(document["body"])[2:]: str(document["body"]) for document in index}
        assert bodies == expected
