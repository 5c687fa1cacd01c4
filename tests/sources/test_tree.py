"""The tree of files of all types: each is found by a word that only it holds, at its place, or is named.

A choice of it is in the repository; the whole is made by LibreOffice, pandoc and Python's libraries, and our
texts are compared with theirs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tree.make import Made, lacking, make_tree, read_list
from tree.selection import SELECTION
from tree.witnesses import table

from searchlib import Index, Sources, place_of, source_of, update_index

_NOT_READ = "doc ppt xls mediawiki 1 textile"
NOT_READ = frozenset(_NOT_READ.split())
"""Types that may be named with the reason, or passed over; any other file must be found."""

WITHIN, IN_ORDER = 0.99, 0.98
"""Of the words after the rules, and of those that both have: notes stand elsewhere."""


class Indexed(NamedTuple):
    index: Index
    refused: dict[str, str]  # the reasons by the files' paths
    passed: set[str]


def indexed(root: Path) -> Indexed:
    refused: dict[str, str] = {}
    passed: set[str] = set()
    sources = Sources(
        root,
        on_error=lambda problem: refused.setdefault(problem.where, problem.reason),
        on_passed=lambda path, reason: passed.add(path),
        grows=True,
    )
    index = Index.in_memory(sources.schema)
    with index.writer() as writer:
        update_index(sources, writer)
    index.refresh()
    return Indexed(index, refused, passed)


def faults(root: Path, made: list[Made], found: Indexed) -> Iterator[str]:
    """What is wrong with files of the tree."""
    for each in made:
        path = str(root / each.name)
        hits = found.index.search(each.form)
        sources = {source_of(found.index, hit.id) for hit in hits}
        if not sources:
            kind = each.name.partition(".")[2]
            if kind not in NOT_READ:
                yield f"{each.name} is not found by {each.form}: {found.refused.get(path)}"
            elif path not in found.passed and not found.refused.get(path):
                yield f"{each.name} is neither found nor named"
        elif sources != {path}:
            yield f"{each.form} finds {sources}, and not {path} alone"
        elif each.place:
            (hit,) = hits
            place = place_of(hit.id, hit.text("body"), hit.text("body").index(each.word))
            if place != each.place:
                yield f"{each.name} has {each.word} at {each.place}, and {place} is said"


def test_the_selection_is_found() -> None:
    made = read_list(SELECTION)
    assert {str(SELECTION / each.name) for each in made} == {
        str(path) for path in SELECTION.rglob("*") if path.is_file()
    }
    assert len({each.name.partition(".")[2] for each in made}) >= 40
    assert list(faults(SELECTION, made, indexed(SELECTION))) == []


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Made]]:
    if os.environ.get("SEARCHLIB_SLOW") != "1":
        pytest.skip("minutes long: SEARCHLIB_SLOW=1")
    if absent := lacking():
        pytest.skip(f"no {absent} to make the tree of files")
    root = tmp_path_factory.mktemp("whole") / "tree"
    return root, make_tree(root)


def test_the_tree_is_found(tree: tuple[Path, list[Made]]) -> None:
    root, made = tree
    assert len(made) >= 300 and len({each.name.partition(".")[2] for each in made}) >= 30
    assert list(faults(root, made, indexed(root))) == []


def test_witnesses_agree(tree: tuple[Path, list[Made]]) -> None:
    lines = table(*tree)
    assert {line.witness for line in lines} == {"LibreOffice", "pandoc", "python-pptx"}
    assert len(lines) >= 30
    for line in lines:
        assert line.ruled >= WITHIN, line
        assert line.ordered >= IN_ORDER, line
