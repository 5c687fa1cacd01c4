"""ir-measures against the slow oracle, and what is measured against what tools say of the file of the run."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
import slow_measures

import searchlib
from searchlib.evaluation import MEASURES, measure, read_run, write_run
from searchlib.evaluation.measures import MissingExtraError, depth_of

SEED = int(os.environ.get("SEARCHLIB_SEED", "20260"))


@pytest.fixture
def _with_ir_measures() -> None:
    pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")


def _random_case(chance: random.Random) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, float]]]:
    documents = [f"d{number}" for number in range(150)]
    qrels = {
        f"q{number}": {
            d: chance.choice((-2, -1, 0, 0, 1, 1, 2)) for d in chance.sample(documents, chance.randint(1, 12))
        }
        for number in range(30)
    }
    run = {
        query_id: slow_measures.in_order(
            {
                d: chance.choice((0.25, 0.25 + chance.random() * 1e-8, chance.random()))
                for d in chance.sample(documents, chance.randint(1, 120))
            }
        )
        for query_id in qrels
        if chance.random() < 0.9
    }
    run["nobody-judged-it"] = {"d1": 1.0}
    return qrels, run


@pytest.mark.usefixtures("_with_ir_measures")
def test_measures_equal_the_oracle() -> None:
    chance = random.Random(SEED)
    for _ in range(5):
        qrels, run = _random_case(chance)
        measured = measure(qrels, run)
        assert list(measured.per_query) == list(qrels)
        for query_id, judged in qrels.items():
            scores = run.get(query_id, {})
            assert measured.per_query[query_id] == pytest.approx(
                {
                    "nDCG@10": slow_measures.ndcg(judged, scores, 10),
                    "RR@10": slow_measures.reciprocal_rank(judged, scores, 10),
                    "R@100": slow_measures.recall(judged, scores, 100),
                }
            ), f"seed {SEED}, {query_id}"
        for name in MEASURES:
            assert measured.mean[name] == pytest.approx(sum(measured.values(name)) / len(qrels))


@pytest.mark.usefixtures("_with_ir_measures")
def test_every_tool_measures_the_written_run_alike(tmp_path: Path) -> None:
    """trec_eval's order of ties, MS MARCO's, and the one of the file are one: there are no ties."""
    import ir_measures
    import pytrec_eval

    chance = random.Random(SEED + 1)
    for number in range(5):
        qrels, run = _random_case(chance)
        shuffled = {query_id: _ties_shuffled(scores, chance) for query_id, scores in run.items()}
        measured = measure(qrels, shuffled)
        path = tmp_path / f"{number}.trec"
        write_run(path, shuffled)
        back = read_run(path)
        assert {q: list(scores) for q, scores in back.items()} == {q: list(s) for q, s in shuffled.items()}
        assert measure(qrels, back) == measured
        positive = {q: {d: max(0, gain) for d, gain in judged.items()} for q, judged in qrels.items()}
        with path.open() as lines:
            ours = ir_measures.calc_aggregate(
                [ir_measures.parse_measure(name) for name in MEASURES],
                positive,
                list(ir_measures.read_trec_run(lines)),
            )
        assert {str(name): value for name, value in ours.items()} == pytest.approx(measured.mean)
        with path.open() as lines:
            theirs = pytrec_eval.parse_run(lines)
        found = pytrec_eval.RelevanceEvaluator(positive, {"ndcg_cut.10", "recall.100"}).evaluate(theirs)
        assert sum(row["ndcg_cut_10"] for row in found.values()) / len(qrels) == pytest.approx(
            measured.mean["nDCG@10"]
        )
        assert sum(row["recall_100"] for row in found.values()) / len(qrels) == pytest.approx(
            measured.mean["R@100"]
        )


def _ties_shuffled(scores: dict[str, float], chance: random.Random) -> dict[str, float]:
    """Best first still, in 64 bits, and equal ones in any order, as an engine ranks."""
    documents = list(scores)
    chance.shuffle(documents)
    return {d: scores[d] for d in sorted(documents, key=scores.__getitem__, reverse=True)}


@pytest.mark.usefixtures("_with_ir_measures")
def test_two_names_of_one_measure() -> None:
    measured = measure({"a": {"d": 1}}, {"a": {"e": 2.0, "d": 1.0}}, ["RR@10", "MRR@10", "R(rel=1)@5", "R@5"])
    assert measured.mean == {"RR@10": 0.5, "MRR@10": 0.5, "R(rel=1)@5": 1.0, "R@5": 1.0}


@pytest.mark.usefixtures("_with_ir_measures")
def test_how_deep_a_measure_looks() -> None:
    assert depth_of(["nDCG@10"]) == depth_of(["P@5", "R@100"]) == 100
    assert depth_of(["nDCG@10", "R@500"]) == 500
    assert depth_of(["AP"]) == depth_of(["Rprec", "P@5"]) == 1000


@pytest.mark.usefixtures("_with_ir_measures")
def test_a_measure_that_nothing_here_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    import ir_measures

    monkeypatch.setattr(ir_measures.DefaultPipeline, "supports", lambda measure: "nDCG" not in str(measure))
    with pytest.raises(ValueError, match=r"knows 'nDCG@10', but not how to compute it"):
        measure({}, {}, ["P@5", "nDCG@10"])


@pytest.mark.usefixtures("_with_ir_measures")
def test_a_run_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="best document first"):
        measure({"a": {"d": 1}}, {"a": {"d": 1.0, "e": 2.0}})


@pytest.mark.usefixtures("_with_ir_measures")
def test_spam_is_not_relevant() -> None:
    """Relevance below 0 made pytrec_eval read beyond its memory."""
    judged = {"a": {"d": -2, "e": 1}, "b": {"d": -1}}
    measured = measure(judged, {"a": {"d": 2.0, "e": 1.0}, "b": {"d": 1.0}}, ["RR@10", "R@100", "AP"])
    assert measured.per_query == {
        "a": {"RR@10": 0.5, "R@100": 1.0, "AP": 0.5},
        "b": {"RR@10": 0.0, "R@100": 0.0, "AP": 0.0},
    }


@pytest.mark.usefixtures("_with_ir_measures")
def test_nothing_found_is_zero() -> None:
    measured = measure({"a": {"d": 1}, "b": {"d": 1}}, {"a": {"d": 3.0}, "b": {}})
    assert measured.mean["nDCG@10"] == 0.5
    assert measure({"a": {"d": 1}}, {}).mean["R@100"] == 0.0


@pytest.mark.usefixtures("_with_ir_measures")
@pytest.mark.parametrize("name", ["nDGC@10", "", "__import__('os')", "nDCG@"])
def test_unknown_measures(name: str) -> None:
    with pytest.raises(ValueError, match=r"no measure .*nDCG@10"):
        measure({}, {}, [name])


def test_without_ir_measures_the_message_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'searchlib\[eval\]'") as caught:
        measure({"a": {"d": 1}}, {})
    assert isinstance(caught.value, searchlib.errors.SearchlibError) and isinstance(caught.value, ImportError)
