"""A later `searchlib index` reads as the earlier one did, and says so; what is there is never pruned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from running import Run


def told(run: Run, *arguments: str) -> dict[str, Any]:
    done = run("index", *arguments, "--json")
    assert done.code == 0, done.err
    result: dict[str, Any] = json.loads(done.out)
    return result


FILES: dict[str, bytes] = {
    "d/a.txt": "Наш текст".encode("cp866"),
    "d/.h.txt": b"hidden words",
    "d/.ignore": b"i.txt",
    "d/i.txt": b"ignored words",
    "d/x.md": b"# Excluded",
    "d/r.jsonl": b'{"text": "a row"}\n',
    "d/deep.json": b'{"a": {"b": [{"text": "in a list"}]}}',
}
WAYS = [
    ["--hidden"],
    ["--no-ignore"],
    ["--encoding", "cp866"],
    ["--errors", "replace"],
    ["--map", "text=body"],
    ["--records", "a.b"],
    ["--exclude", "*.md"],
    ["--include", "*.txt"],
    ["--include", "*.txt", "--include", "*.jsonl", "--exclude", "i.*", "--hidden", "--map", "text=body"],
]


@pytest.fixture
def d(run: Run) -> Run:
    for name, content in FILES.items():
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return run


@pytest.mark.parametrize("way", WAYS)
def test_a_plain_run_does_the_same_again(d: Run, way: list[str]) -> None:
    first = told(d, "d", *way)
    assert first["as_before"] == [] and first["kept"] == []
    before = d("export").out
    again = told(d, "d", "--prune")
    assert (again["indexed"], again["removed"], again["kept"]) == (0, 0, [])
    assert again["passed_over"] == first["passed_over"]
    ((read,)) = again["as_before"]
    assert read["paths"] == ["d"] and sorted(read["options"].split()) == sorted(
        " ".join(way)
        .replace("*", "'*")
        .replace("md", "md'")
        .replace(".txt", ".txt'")
        .replace("jsonl", "jsonl'")
        .replace("i.'*", "'i.*'")
        .split()
    )
    said = d("index", "d")
    assert f"note: d: read as before, {read['options']} (--defaults forgets it)" in said.err.splitlines()
    assert "read as before" not in d("index", "d", *way).err, "it is told"
    assert told(d, "d", "--force")["indexed"] == first["indexed"] and d("export").out == before
    assert told(d, "d", "--defaults")["as_before"] == [] == told(d, "d")["as_before"]


@pytest.mark.parametrize("path", ["e", "e/deep.json"])
@pytest.mark.parametrize("way", [["--records", "nope"], ["--encoding", "utf-16"]])
def test_a_way_in_which_nothing_could_be_read_is_not_remembered(run: Run, way: list[str], path: str) -> None:
    """Which files are read is: a later run must not read what this one was told to leave."""
    Path("e").mkdir()
    Path("e/deep.json").write_text('{"a": {"b": [{"text": "in a list"}]}}')
    refused = run("index", path, *way, "--exclude", "*.md")
    assert refused.code == 1 and "1 refused" in refused.err
    again = json.loads(run("index", path, "--json").out)
    assert [read["options"] for read in again["as_before"]] == ["--exclude '*.md'"]
    assert again["refused"] == [] and again["indexed"] == 1


def test_a_way_in_which_one_file_of_a_folder_was_read_is_remembered(d: Run) -> None:
    assert d("index", "d", "--records", "nope").code == 1
    assert "read as before, --records nope" in d("index", "d").err


def test_what_a_narrower_run_passes_over_stays_and_is_named(d: Run) -> None:
    told(d, "d", "--hidden", "--no-ignore")
    done = d("index", "d", "--defaults", "--prune", "--exclude", "*.md")
    what = "3 files of the index are there, but passed over, and their documents stay: "
    line = next(line for line in done.err.splitlines() if "stay" in line)
    assert line.startswith(f"note: {what}") and line.endswith("; `searchlib rm PATH` removes them")
    assert all(str(Path(f"d/{name}").absolute()) in line for name in (".h.txt", "i.txt", "x.md"))
    assert "removed" not in done.out and d("hidden", "-c").out == "1\n"
    assert d("rm", "d/.h.txt", "--yes").out == "1 document deleted\n"
    assert told(d, "d")["kept"] == [str(Path(f"d/{name}").absolute()) for name in ("i.txt", "x.md")]
    Path("d/x.md").unlink()
    gone = told(d, "d", "--prune")
    assert gone["removed"] == 1 and gone["kept"] == [str(Path("d/i.txt").absolute())]


def test_each_path_of_one_run_is_read_in_its_own_way(d: Run) -> None:
    Path("e").mkdir()
    Path("e/.h.txt").write_text("hidden elsewhere")
    Path("e/r.jsonl").write_text('{"text": "another row"}\n')
    told(d, "d", "--encoding", "cp866", "--exclude", "*.jsonl")
    told(d, "e", "--hidden", "--map", "text=body")
    done = told(d, "d", "e", "--prune")
    assert [each["paths"] for each in done["as_before"]] == [["d"], ["e"]]
    assert (done["indexed"], done["removed"], done["kept"]) == (0, 0, [])
    Path("d/a.txt").write_bytes("Ваш текст".encode("cp866"))
    Path("e/r.jsonl").write_text('{"text": "a changed row"}\n')
    assert told(d, "d", "e", "-")["indexed"] == 3
    assert d("ваш", "-l").out == "a.txt\n" and d("body:changed", "-l").out == "r.jsonl#1\n"


def test_a_schema_that_was_chosen_stays(d: Run) -> None:
    Path("s.json").write_text('{"body": {"kind": "text"}, "title": {"kind": "text"}}')
    told(d, "d", "--schema", "s.json", "--map", "text=body")
    done = told(d, "d", "--force")
    assert done["new_fields"] == {} and d("stats").out.count("text") >= 2
    assert d("body:row", "-c").out == "1\n"


def test_standard_input_is_not_remembered(run: Run) -> None:
    assert run("index", "-", "--format", "jsonl", input=b'{"body": "one"}\n').code == 0
    done = run("index", "-", input=b"a plain text")
    assert done.code == 0 and "as before" not in done.err
    assert run("plain", "-c").out == "1\n"
