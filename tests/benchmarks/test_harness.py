"""The harness itself: its percentiles, its check of top lists, a small run and its report."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path
from typing import Any

import pytest
from benchmarks.corpora import Document
from benchmarks.generate import write
from benchmarks.peers import Formula
from benchmarks.vocabulary import Sources

from benchmarks import (
    agreement,
    counting,
    counts,
    growth,
    oneshot,
    peers,
    queries,
    readme,
    report,
    results,
    run,
    targets,
)
from benchmarks import corpora as corpora_module


def test_percentiles_are_by_nearest_rank() -> None:
    summary = queries.summary([float(n) for n in range(1, 201)])
    assert (summary["p50_us"], summary["p95_us"], summary["p99_us"]) == (100, 190, 198)
    assert summary["mean_us"] == 100.5 and summary["num_queries"] == 200
    assert summary["qps"] == pytest.approx(1e6 / 100.5, abs=0.1)


def test_lengths_are_rounded_as_one_byte_keeps_them() -> None:
    assert [agreement.byte_rounded(length) for length in range(41)] == list(range(41))
    assert [agreement.byte_rounded(length) for length in (41, 43, 55, 56, 59, 100, 1000)] == [
        40,
        42,
        54,
        56,
        56,
        96,
        984,
    ]


def test_the_reference_is_bm25() -> None:
    documents = [Document("a", "x x y"), Document("b", "y z"), Document("c", "z z z z")]
    scores = agreement.Reference(documents, ["x z"]).scores("x z", Formula(lengths="exact"))
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    assert scores["a"] == pytest.approx(idf * 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 3)))
    assert set(scores) == {"a", "b", "c"}


def test_the_reference_knows_and_and_phrases() -> None:
    documents = [Document("a", "x y x y"), Document("b", "y x"), Document("c", "z z z z")]
    reference = agreement.Reference(documents, ["x z", "x y"], ["x y"])
    formula = Formula(lengths="exact")
    assert reference.scores("x z", formula, "and") == {}
    assert set(reference.scores("x y", formula, "and")) == {"a", "b"}
    idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    expected = 2 * idf * 2 / (2 + 1.2 * (0.25 + 0.75 * 4 / (10 / 3)))
    assert reference.scores("x y", formula, "phrase") == {"a": pytest.approx(expected)}


def test_a_wrong_top_list_is_told_from_a_tie() -> None:
    scores, formula = {"a": 3.0, "b": 2.0, "c": 2.0, "d": 1.0}, Formula()
    assert agreement.disagreement([("a", 3.0), ("c", 2.0), ("b", 2.0)], scores, formula, 3) is None
    assert agreement.disagreement([("a", 3.0), ("c", 2.0), ("d", 1.0)], scores, formula, 3) is not None
    assert agreement.disagreement([("a", 3.0), ("d", 2.0), ("b", 2.0)], scores, formula, 3) is not None
    assert agreement.disagreement([("a", 3.0), ("c", 2.0)], scores, formula, 3) is not None
    assert agreement.disagreement([("a", 3.001), ("c", 2.0), ("b", 2.0)], scores, formula, 3) is not None


def test_a_whole_run_and_its_report(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """300 documents through the engine that every Python has, each task in a process of its own."""
    monkeypatch.setattr(corpora_module, "DATA", tmp_path)
    monkeypatch.setenv(corpora_module.DATA_VARIABLE, str(tmp_path))
    write("d10k", sources, tmp_path, num_docs=300)
    out = tmp_path / "results" / "run.json"
    arguments = [
        "--size",
        "10k",
        "--engines",
        "sqlite_fts5",
        "--repeats",
        "1",
        "--one-shot",
        "2",
        "--budget",
        "0.1",
    ]
    arguments += ["--out", str(out)]
    assert run.main(arguments) == 0
    measured = results.read(out)
    assert measured["indexing"][0]["num_docs"] == 300
    assert {row["operation"] for row in measured["queries"]} == set(queries.OPERATIONS)
    right = {"corpus": "d10k", "engine": "sqlite_fts5", "num_queries": 50, "wrong": 0, "first": None}
    assert measured["agreement"] == [{**right, "mode": "and"}, {**right, "mode": "or"}]
    assert set(oneshot.FLOORS) & set(results.one_shot(measured, "d10k"))
    text = report.markdown(measured)
    assert "sqlite_fts5" in text and "50 of 50" in text
    assert "| OR-10 against tantivy, p50 | d1m | ≥ 6× | not measured |" in text


def test_an_absent_engine_is_named_with_its_reason(tmp_path: Path) -> None:
    measured = (
        {
            "machine": {
                "date": "2026-01-01",
                "cpu": "c",
                "cores": 2,
                "memory_gib": 1,
                "system": "s",
                "python": "3.12",
            }
            | {"commit": "abc", "uncommitted_changes": False, "load_average": 0.0},
            "arguments": {"repeats": "1", "threads": "1"},
            "engines": {"pisa": {"absent": "pyterrier-pisa is not installed"}},
        }
        | {name: [] for name in ("indexing", "queries", "batches", "one_shot", "agreement")}
        | {"corpora": {}}
    )
    assert "| pisa | absent: pyterrier-pisa is not installed |" in report.markdown(measured)


def test_losses_are_shown() -> None:
    row = {"mean_us": 10.0, "p50_us": 10.0, "p95_us": 10.0, "p99_us": 10.0, "qps": 1.0, "num_queries": 1}
    queries_rows = [
        {"corpus": "d1m", "engine": engine, "operation": "or-10", "clock": "call", "runs": [row]}
        for engine in ("searchlib", "tantivy")
    ]
    measured = {
        "corpora": {"d1m": {}},
        "queries": queries_rows,
        "indexing": [],
        "batches": [],
        "one_shot": [],
    }
    judged = {(target.name, target.corpus): (target, ratio) for target, ratio in targets.judge(measured)}
    target, ratio = judged["OR-10 against tantivy, p50", "d1m"]
    assert ratio == 1.0 and not target.met(ratio)
    assert judged["AND-10 against tantivy, mean", "d1m"][1] is None
    assert "| OR-10 against tantivy, p50 | d1m | ≥ 6× | 1.00× | NO |" in report.targets_table(measured)


def test_growth_has_a_line_for_each_engine_and_a_column_for_each_size() -> None:
    row = {"mean_us": 10.0, "p50_us": 12.0, "p95_us": 10.0, "p99_us": 10.0, "qps": 1.0, "num_queries": 1}
    measured = {
        "corpora": {
            "d1m": {"num_docs": 1_000_000, "text_bytes": 1e9},
            "d10k": {"num_docs": 10_000, "text_bytes": 1e7},
        },
        "queries": [
            {"corpus": corpus, "engine": engine, "operation": "or-10", "clock": "call", "runs": [row]}
            for corpus, engine in (("d10k", "searchlib"), ("d1m", "searchlib"), ("d10k", "whoosh"))
        ],
        "indexing": [],
    }
    assert growth.sizes(measured) == ["d10k", "d1m"]
    lines = growth.tabulate(measured)["OR-10 p50, µs"]
    assert lines == {"searchlib": {"d10k": 12.0, "d1m": 12.0}, "whoosh": {"d10k": 12.0}}


def measured_at(*corpora: str, faster: str) -> dict[str, Any]:
    """A run in which `faster` is twice as fast as the others, whoosh measured at the first corpus only."""
    engines = {"searchlib": {"version": "1"}, "tantivy": {"version": "t 1"}, "whoosh": {"version": "w 2"}}
    speeds = {name: 2.0 if name == faster else 1.0 for name in engines}
    rows = [(c, name) for c in corpora for name in engines if name != "whoosh" or c == corpora[0]]
    latency = {name: {f"{key}_us": 100 / speed for key in ("p50", "p95")} for name, speed in speeds.items()}
    run = {
        name: dict.fromkeys(("seconds", "cpu_seconds", "settled_seconds"), 1 / speeds[name])
        for name in engines
    }
    return {
        "machine": {"cpu": "c", "cores": 2, "date": "2026-01-01T00:00"},
        "arguments": {"repeats": "3"},
        "engines": engines,
        "corpora": {corpus: {"num_docs": 1000 + n, "text_bytes": 1e6} for n, corpus in enumerate(corpora)},
        "indexing": [
            {"corpus": corpus, "engine": name, "runs": [run[name]], "num_docs": 1000}
            | {"peak_rss_bytes": 2**20, "total_bytes": 10**6, "stored_bytes": None}
            for corpus, name in rows
        ],
        "queries": [
            {"corpus": corpus, "engine": name, "operation": "or-10", "clock": "call", "runs": [latency[name]]}
            for corpus, name in rows
        ],
        "batches": [],
        "one_shot": [],
    }


def test_the_readme_shows_losses_in_bold_and_slow_engines_at_their_size() -> None:
    lost = readme.section(measured_at("d20k", "d100k", faster="tantivy"), "run")
    assert "|  | searchlib, plain forms | tantivy | Whoosh (1,000 documents) |" in lost
    assert "| indexing, documents/s | **1,000** | 2,000 | 1,000 |" in lost
    assert "| best 10 of any words, µs p50 / p95 | **100** / **100** | 50 / 50 | 100 / 100 |" in lost
    won = readme.section(measured_at("d20k", "d100k", faster="searchlib"), "run")
    assert "| best 10 of any words, µs p50 / p95 | 50 / 50 | 100 / 100 | 100 / 100 |" in won
    assert "t 1, w 2" in won and "run-growth.svg" in won


def test_the_readmes_have_a_place_for_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("README.md", readme.RESULTS)
    own = {name: (readme.PROJECT / name).read_text(encoding="utf-8") for name in names}
    for name, text in own.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    measured = {"format": results.FORMAT, **measured_at("d20k", faster="tantivy")}
    results.write(measured, tmp_path / "run.json")
    monkeypatch.setattr(readme, "PROJECT", tmp_path)
    assert readme.main([str(tmp_path / "run.json")]) == 0
    written = {name: (tmp_path / name).read_text(encoding="utf-8") for name in names}
    assert readme.summary(measured) in written["README.md"]
    assert readme.section(measured, "run") in written[readme.RESULTS]
    for name, text in own.items():
        assert written[name].splitlines()[0] == text.splitlines()[0]
        assert written[name].splitlines()[-1] == text.splitlines()[-1]


def test_results_of_another_format_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"format": 0}), encoding="utf-8")
    with pytest.raises(SystemExit, match="format 0, expected 1"):
        results.read(path)


def test_patterns_are_made_of_passages_of_real_words() -> None:
    from benchmarks import patterns, vocabulary

    texts = [
        "caravan market desert silk road trade " * 60,
        "караван рынок пустыня дорога торговля город " * 60,
    ]
    sources = vocabulary.from_texts("made", texts)
    cut = list(patterns.passages(sources, 5))
    assert [key for key, _ in cut] == ["en0", "ru1", "en2", "ru3", "en4"]
    assert all(len(text.split()) == 100 for _, text in cut)
    assert len(list(patterns.passages(sources, 100))) == 8  # there is no more text
    made = patterns.patterns({"caravan": 3, "desert": 9, "market": 3, "road": 50, "silken": 2}, 3)
    assert all(len(some) == 3 for some in made.values())
    assert {pattern.text for pattern in made["prefix of 4"]} == {"cara", "dese", "mark"}
    assert patterns.Pattern("wildcard", "t?sh.k*nt").regex() == r"t.sh\.k.*nt"
    assert patterns.Pattern("fuzzy", "rode", 1).node().to_text() == "rode~"


def test_counts_of_every_kind_are_made_of_the_texts() -> None:
    rng = random.Random(1)
    words = [f"word{chr(97 + n // 8)}{chr(97 + n % 8)}" for n in range(40)]
    docs = [rng.choices(words, range(40, 0, -1), k=30) for _ in range(200)]
    texts = counts.Texts(docs)
    for make in counts.KINDS.values():
        for _ in range(5):
            tree = make(rng, texts)
            assert tree[0] in ("word", "phrase", "and", "or", "not")
            assert set(json.dumps(tree).replace('"', " ").split()) & set(words)


def test_a_peer_that_is_ahead_is_bold() -> None:
    times = {"searchlib": [10.0, 10.0, 30.0], "a": [5.0, 8.0, 60.0], "b": [20.0, 20.0, 20.0]}
    line = counts.row("kind", ["searchlib", "a", "b", "c"], times)
    assert line.startswith("| kind | 10.0 / 30.0 | **8.0 / 60.0** | 20.0 / 20.0 | – | 0.80 | ")


def test_a_worker_counts_by_every_way_and_keeps_the_best(tmp_path: Path) -> None:
    (tmp_path / "texts.tsv").write_text("0\ta b c\n1\ta b\n2\tb a d\n3\ta c b\n", encoding="utf-8")
    worker = counting.Worker(peers.engine("searchlib"))
    assert "version" in worker.describe()
    assert worker.build(str(tmp_path / "texts.tsv"), str(tmp_path / "index")) == 4
    worker.open(str(tmp_path / "index"))
    word, both = ["word", "a"], ["and", [["word", "a"], ["word", "c"]]]
    trees = [word, both, ["phrase", ["a", "b"]], ["not", word, ["word", "c"]], ["not", ["or", [both]], word]]
    for k in (0, 10):
        assert worker.prepare(trees, k) == [4, 2, 2, 2, 0]
        worker.go()
        assert len(worker.best()) == 5 and all(0 < each < 1e6 for each in worker.best())
