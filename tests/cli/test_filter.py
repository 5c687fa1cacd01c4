"""searchlib query --filter: among which documents is searched, in text and JSON."""

from __future__ import annotations

import json

import pytest
from running import Run


def ids(run: Run, *arguments: str) -> list[str]:
    done = run("query", *arguments, "--json")
    assert done.code in (0, 1), done.err
    return [found["id"] for found in map(json.loads, done.lines) if "id" in found]


def test_a_filter_leaves_what_it_lets_through(indexed: Run) -> None:
    found = ids(indexed, "*")
    assert "csto.txt" in found and len(found) > 2
    assert ids(indexed, "*", "--filter", "Tashkent") == [
        one for one in found if one in ids(indexed, "Tashkent")
    ]
    assert ids(indexed, "*", "--filter", "id:csto.txt") == ["csto.txt"]
    assert ids(indexed, "police", "--filter", "выборы") == []


def test_it_neither_scores_nor_marks(indexed: Run) -> None:
    plain, filtered = indexed("query", "Tashkent"), indexed("query", "Tashkent", "--filter", "police")
    assert filtered.lines[0] in plain.lines
    assert "**Tashkent**" in filtered.out and "**police**" not in filtered.out


def test_several_must_all_let_it_through(indexed: Run) -> None:
    both = ids(indexed, "*", "--filter", "Tashkent", "--filter", "police")
    assert both == ids(indexed, "*", "--filter", "+Tashkent +police") == ["csto.txt"]


@pytest.mark.parametrize("empty", ["", "  ", "!!!"])
def test_an_empty_one_finds_nothing(indexed: Run, empty: str) -> None:
    done = indexed("query", "Tashkent", "--filter", empty)
    assert done.code == 1 and done.out.startswith("0 hits in ")


@pytest.mark.parametrize(("wrong", "said"), [("nofield:x", "nofield"), ("a " * 30_000, "at most")])
def test_what_it_cannot_say_is_an_error(indexed: Run, wrong: str, said: str) -> None:
    done = indexed("query", "Tashkent", "--filter", wrong)
    assert done.code == 2 and said in done.err and done.out == ""
