"""The comparison of rankings: its intervals, its choice, its tables, and that a variant is what it says."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from benchmarks.ranking_tables import Gain
from benchmarks.variants import (
    ADDED,
    BASELINES,
    DEFAULT,
    FIELDED,
    FIELDS,
    ONE_FIELD,
    STEMS,
    WEIGHTS,
    TitleWeight,
)

from benchmarks import ranking
from benchmarks import ranking_tables as tables
from searchlib.evaluation import Measured

DOCS = [
    {"id": "a", "title": "Water law", "text": "Who owns a river, and the water in it?"},
    {"id": "b", "title": "Rivers", "text": "Water, water and more waters; a long text on the law of nature."},
    {"id": "c", "title": "Peace", "text": "Laws of war and agreements."},
]


def measured(*values: float) -> Measured:
    per_query = {
        str(number): {"nDCG@10": value, "R@100": value, "RR@10": value} for number, value in enumerate(values)
    }
    mean = sum(values) / len(values)
    return Measured({"nDCG@10": mean, "R@100": mean, "RR@10": mean}, per_query)


def test_each_collection_counts_alike() -> None:
    before = {"small": measured(0.0, 0.5), "large": measured(*[0.5] * 98, 0.0, 1.0)}
    after = {"small": measured(0.5, 0.5), "large": measured(*[0.5] * 98, 0.0, 1.0)}
    found = tables.gain(before, after)
    assert found.mean == pytest.approx(0.125) and tables.mean(after) == 0.5
    assert found.high - found.mean == pytest.approx(found.mean - found.low)
    assert tables.gain(before, before) == Gain(0.0, 0.0, 0.0)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    chance, held = random.Random(5), 0
    for _ in range(400):
        before = {name: measured(*[0.0] * size) for name, size in (("x", 40), ("y", 120))}
        after = {
            name: measured(*(chance.gauss(0.1, 0.3) for _ in row.per_query)) for name, row in before.items()
        }
        found = tables.gain(before, after)
        held += found.low <= 0.1 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_a_choice_never_sees_what_it_is_judged_on() -> None:
    rows = {
        "one": {"x": measured(0.9, 0.9), "y": measured(0.1, 0.1), "z": measured(0.2, 0.2)},
        "two": {"x": measured(0.1, 0.1), "y": measured(0.4, 0.4), "z": measured(0.3, 0.3)},
    }
    chosen = tables.left_one_out(rows, ["one", "two"])
    assert chosen == {"x": "two", "y": "one", "z": "one"}
    assert tables.chosen_row(rows, chosen)["x"].mean["nDCG@10"] == 0.1


def test_tables() -> None:
    rows = {"first": {"x": measured(0.0, 0.5)}, "second": {"x": measured(0.5, 1.0)}}
    assert tables.table(rows, "nDCG@10").splitlines() == [
        "| nDCG@10 | x | mean |",
        "|---|---|---|",
        "| first | 0.2500 | 0.2500 |",
        "| second | **0.7500** | **0.7500** |",
    ]
    (line,) = tables.table_of_gains(rows, "first").splitlines()[2:]
    assert line.startswith("| second | **+0.5000 [+0.5000, +0.5000]** |")
    assert "| first | 0.1000 |" in tables.table_of_losses({"first": {"x": 0.1}}, "lost")


def test_targets_are_missed_where_they_are() -> None:
    good = {"x": measured(*[0.5] * 20)}
    rows = {**dict.fromkeys(BASELINES, good), DEFAULT: {"x": measured(*[0.4] * 20)}}
    verdicts = ranking.checks(rows, {DEFAULT: {"x": 0.02}})
    assert len(verdicts) == 4 and not any(verdict.met for verdict in verdicts)
    rows[DEFAULT] = {"x": measured(*[0.52, 0.53] * 10)}
    assert all(verdict.met for verdict in ranking.checks(rows, {DEFAULT: {"x": 0.0}}))


@pytest.fixture
def laboratory(tmp_path: Path) -> ranking.Laboratory:
    pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")
    import gzip

    lines = "".join(json.dumps(row) + "\n" for row in DOCS)
    (tmp_path / "docs.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    queries = {"1": "water law", "2": "law:river NOT peace"}
    (tmp_path / "queries.jsonl").write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in queries.items())
    )
    (tmp_path / "qrels.tsv").write_text("1\ta\t1\n2\tb\t1\n")
    return ranking.Laboratory(tmp_path)


def test_every_variant_finds_something(laboratory: ranking.Laboratory) -> None:
    for variant in (*BASELINES.values(), *FIELDS.values(), *WEIGHTS.values()):
        assert laboratory.measured(variant).mean["R@100"] == 1.0
    default = FIELDS[DEFAULT].configuration
    assert default.used_ranking == "default" and default.fields == "inferred"
    assert {variant.configuration.fields for variant in BASELINES.values()} == {"one"}
    assert FIELDS[FIELDED].configuration == default.replace(ranking="bm25")


def test_added_fields_score_the_sum_of_each(laboratory: ranking.Laboratory) -> None:
    laboratory.measured(FIELDS[ADDED])
    index = next(index for (how, _), index in laboratory._indexes.items() if isinstance(how, TitleWeight))
    assert index.schema["title"].boost == 2.0  # type: ignore[attr-defined]
    run = FIELDS[ADDED].run(index, {"q": "water"})["q"]
    titles, texts = (
        {hit.id: hit.explain() for hit in index.search(f"{name}:water", ranking="bm25")}
        for name in ("title", "text")
    )
    assert run.keys() == titles.keys() | texts.keys()
    only_text = run.keys() - titles.keys()
    for document in only_text:
        assert run[document] == pytest.approx(texts[document].value)
    with FIELDS[ADDED].applied():
        pass  # and nothing of it stays
    assert FIELDS[FIELDED].run(index, {"q": "water"})["q"] != run


def test_the_readmes_have_places_for_the_tables() -> None:
    for path in (ranking.PROJECT / "README.md", ranking.PROJECT / ranking.RESULTS):
        assert len(ranking._MARKS.findall(path.read_text("utf-8"))) == 1
    written = (ranking.PROJECT / "benchmarks" / "README.md").read_text("utf-8")
    assert "written down before the first run" in written
    assert ", ".join(f"{weight:g}" for weight in (1, 2, 3, 5, 8)) in written
    assert ONE_FIELD in BASELINES and STEMS in BASELINES
