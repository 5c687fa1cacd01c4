"""One binary, several instruction sets: whichever is chosen, the same hits with the same bits."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import searchlib
from searchlib import Index, Schema, Text, _core

SEED = int(os.environ.get("SEARCHLIB_SEED", "20261124"))
WORDS = [f"word{number}" for number in range(60)]
QUERIES = [
    "word0 word1 word7",
    "word3 word50",
    "word2 AND word5",
    '"word0 word1"',
    "word59",
    '"word4 word0"~3',
]

SEARCH = """
import json, sys
import searchlib
from searchlib import _core
index = searchlib.open(sys.argv[1])
found = [index.search(query, limit=25) for query in json.loads(sys.argv[2])]
hits = [[(hit.id, hit.score.hex()) for hit in results] for results in found]
print(json.dumps([_core.kernels_path(), hits]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Frequent words, so that postings fill blocks; documents of all lengths, so that frequencies vary."""
    rng = random.Random(SEED)
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    folder = tmp_path_factory.mktemp("vector-paths") / "index"
    index = Index.create(folder, Schema(text=Text(languages=())))
    with index.writer() as writer:
        for number in range(3000):
            size = rng.choice((3, 12, 40, 200))
            writer.add({"id": str(number), "text": " ".join(rng.choices(WORDS, weights, k=size))})
    return folder


def hits_of(folder: Path, **environment: str) -> tuple[str, object]:
    path = str(Path(searchlib.__file__).parent.parent)
    result = subprocess.run(
        [sys.executable, "-c", SEARCH, str(folder), json.dumps(QUERIES)],
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    name, hits = json.loads(result.stdout)
    return name, hits


def fastest_here() -> str:
    """What the core should choose by itself: where the system does not tell what the processor can, what it
    chooses in this process."""
    facts = Path("/proc/cpuinfo")
    if not facts.exists():
        return _core.kernels_path()
    can = facts.read_text(encoding="utf-8").split()
    return "avx2" if {"avx2", "bmi2"} <= {*can} else "portable"


def test_the_portable_path_gives_the_same_bits(folder: Path) -> None:
    name, hits = hits_of(folder, SEARCHLIB_PORTABLE="1")
    assert name == "portable"
    chosen, own = hits_of(folder, SEARCHLIB_PORTABLE="0")
    assert chosen == fastest_here()
    assert hits == own, f"{chosen} and portable differ (seed {SEED})"
    assert isinstance(hits, list)
    assert all(len(found) == 25 for found in hits), "every query has enough hits to differ"


def test_both_paths_equal_the_exhaustive_search(folder: Path) -> None:
    searcher = searchlib.open(folder)._searcher
    for query in QUERIES:
        plan = _core.Plan(searcher.plan(query).core)
        for limit in (1, 10, 100, 1000):
            exhaustive = searcher.core.search(plan, limit, exhaustive=True)
            assert searcher.core.search(plan, limit) == exhaustive, (query, limit, SEED)
