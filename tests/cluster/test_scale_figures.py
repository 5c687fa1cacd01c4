"""`python -m benchmarks scale` measures shards of a small corpus, and simulates requests to many of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest

from benchmarks import corpora, scale, scale_figures, service_times, shards

TEXT = """
    the river keeps its name from mountains to desert people who live along tell old stories about floods
    bridges markets merchants every spring water rises fields turn green villages река сохраняет своё имя от
    гор до пустыни люди берегах рассказывают старые истории осенью вода уходит
"""
WORDS = TEXT.split()
NUM_DOCS = 600


@pytest.fixture(autouse=True, scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated corpus, as `generate` leaves it."""
    data, chance = tmp_path_factory.mktemp("data"), Random(1)
    lines = [
        {"id": f"en-{n:07}", "title": chance.choice(WORDS), "body": " ".join(chance.choices(WORDS, k=30))}
        for n in range(NUM_DOCS)
    ]
    texts = [" ".join(chance.sample(WORDS, 3)) for _ in range(150)]
    phrases = [" ".join(line["body"].split()[:2]) for line in lines[:150]]
    for name, rows in (
        ("tiny", lines),
        ("tiny.queries", [{"text": text} for text in texts]),
        ("tiny.phrases", [{"text": text} for text in phrases]),
    ):
        (data / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(corpora, "DATA", data)
        patched.setitem(corpora.SIZES, "tiny", NUM_DOCS)
        patched.setattr(service_times, "_QUERIES", 12)
        patched.setattr(service_times, "_PASSES", 2)
        patched.setattr(scale, "FAN_OUTS", (1, 4))
        patched.setattr(scale, "_SIZES", (200, 600))
        yield data


def test_shards_have_the_documents_that_follow_each_other() -> None:
    first, second = (shards.shard("tiny", 200, skipped) for skipped in (0, 200))
    sizes, numbers = scale_figures.bytes_of(first)
    assert numbers["documents"] == 200 and sum(sizes.values()) <= numbers["bytes"]
    assert {"postings", "positions", "dictionaries", "stored texts", "columns", "ids"} <= sizes.keys()
    ids = []
    for folder in (first, second):
        with scale_figures.Collection(service_times.OneShard(folder)) as collection:
            ids += list(collection.ids())
    assert ids == [f"en-{n:07}" for n in range(400)]
    with pytest.raises(SystemExit, match="fewer than 900"):
        shards.shard("tiny", 700, 200)


def test_a_row_has_a_time_for_each_shard_and_pass() -> None:
    folders = [shards.shard("tiny", 200, skipped) for skipped in (0, 200)]
    asked = service_times.queries("tiny")
    assert len(asked) == 8
    for kind, some in asked.items():
        rows = service_times.taken(folders, some[:3])
        assert [len(row) for row in rows] == [4, 4, 4], kind
        assert all(one.sent > 0 < one.received and one.on_clock > 0 for row in rows for one in row)


def test_a_router_merges_what_many_shards_answer() -> None:
    folder = shards.shard("tiny", 200)
    assert scale_figures.router_seconds(folder, "tiny", 1) > 0
    with scale_figures.Collection(scale_figures.Replayed(folder, 3)) as collection:
        assert len(collection) == 600
        hits = collection.search("river")
        assert len(hits) == 10 and hits.total % 3 == 0


def test_the_simulation_is_a_table_that_a_seed_repeats(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--corpus", "tiny", "--documents", "200", "--questions", "100", "--seed", "7"]
    assert scale.main(command) == 0
    table = capsys.readouterr().out
    assert "seed 7" in table and "96 queries" in table
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[4:]]
    assert [row[0] for row in rows] == ["1", "4"]
    for row in rows:
        p50, p99, p999 = map(float, row[2:5])
        assert 0 < p50 <= p99 <= p999
    assert scale.main(command) == 0
    assert capsys.readouterr().out == table


def test_all_figures_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert scale.main(["--corpus", "tiny", "--figures"]) == 0
    told = capsys.readouterr().out
    for part in (
        r"200 documents: [\d.]+ bytes each \(",
        r"600 documents: .* documents a processor second",
        r"worker: RssAnon \d+ MB, RssFile \d+ MB",
        r"\| phrase \| ([\d.]+ \| ){6}-?[\d.]+ \|",
        r"ten texts: first: \d messages, [\d,]+ bytes there, [\d,]+ back; again",
        r"a word remembered: \d\d+ bytes",
        r"router, 4 shards: [\d.]+ ms of planning and merging, [\d.]+ of sockets",
    ):
        assert re.search(part, told), part
