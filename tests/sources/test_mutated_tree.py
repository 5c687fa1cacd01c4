"""Damaged files of all types end in documents or in reasons, in bounded time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mutated_tree import Files, damaged_file, faults, originals
from tree.selection import SELECTION

from searchlib.sources.formats import suffix_of

NUM_FILES, NUM_SLOW = 150, 2_000
KINDS = (
    "docx odt fodt rtf doc pptx odp fodp xlsx ods fods xls epub fb2 fb2.zip ipynb eml mbox srt vtt html"
    " xhtml md rst txt org adoc tex csv tsv json jsonl py log"
)
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def files() -> Files:
    return originals()


def test_there_is_a_file_of_each_type_of_the_tree(files: Files) -> None:
    suffixes = {suffix_of(name) for name, _ in files}
    assert suffixes >= {suffix_of(path.name) for path in SELECTION.rglob("*.*")}
    assert suffixes >= {f".{kind}" for kind in KINDS.split()}


def test_a_number_makes_the_same_file_each_time(files: Files) -> None:
    assert [damaged_file(files, seed) for seed in range(20)] == [
        damaged_file(files, seed) for seed in range(20)
    ]


def test_damaged_files_are_read_or_refused(files: Files, tmp_path: Path) -> None:
    first = int(os.environ.get("SEARCHLIB_SEED") or 0) * NUM_FILES
    found = {
        seed: fault for seed in range(first, first + NUM_FILES) if (fault := faults(tmp_path, files, seed))
    }
    assert found == {}, "the numbers of the files: python tests/sources/mutated_tree.py NUMBER NUMBER+1"


@pytest.mark.skipif(os.environ.get("SEARCHLIB_SLOW") != "1", reason="minutes long: SEARCHLIB_SLOW=1")
def test_thousands_of_damaged_files_in_bounded_memory() -> None:
    command = [sys.executable, str(HERE / "mutated_tree.py"), "0", str(NUM_SLOW)]
    path = os.pathsep.join((str(HERE.parent), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path})
    assert done.returncode == 0, done.stdout + done.stderr
