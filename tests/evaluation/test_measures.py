"""ir-measures against the slow oracle, the paired test against enumeration."""

from __future__ import annotations

import itertools
import random
import sys

import pytest
import slow_measures

import searchlib
from searchlib.evaluation import MEASURES, compare, measure
from searchlib.evaluation.measures import MissingExtraError

SEED = 20_260


@pytest.fixture
def _with_ir_measures() -> None:
    pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")


def _random_case(chance: random.Random) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, float]]]:
    documents = [f"d{number}" for number in range(150)]
    qrels = {
        f"q{number}": {
            d: chance.choice((0, 0, 1, 1, 2)) for d in chance.sample(documents, chance.randint(1, 12))
        }
        for number in range(30)
    }
    run = {
        query_id: {
            d: chance.choice((0.25, chance.random()))
            for d in chance.sample(documents, chance.randint(1, 120))
        }
        for query_id in qrels
        if chance.random() < 0.9
    }
    run["nobody judged it"] = {"d1": 1.0}
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


def test_the_randomisation_test_against_all_signs() -> None:
    chance = random.Random(SEED)
    for count in (1, 5, 9):
        first = [chance.choice((0.0, 0.5, chance.random())) for _ in range(count)]
        second = [chance.choice((value, chance.random(), 1.0)) for value in first]
        differences = [b - a for a, b in zip(first, second, strict=True)]
        signs = list(itertools.product((1, -1), repeat=count))
        sums = [abs(sum(s * d for s, d in zip(row, differences, strict=True))) for row in signs]
        exact = sum(total >= sums[0] - 1e-9 for total in sums) / len(sums)
        found = compare(first, second)
        assert found.p == pytest.approx(exact, abs=0.02), f"seed {SEED}"
        assert found.difference == pytest.approx(sum(differences) / count)
        assert found.better + found.worse + found.equal == count


def test_comparisons_are_reproducible_and_symmetric() -> None:
    chance = random.Random(SEED)
    first = [chance.random() for _ in range(40)]
    second = [value + chance.random() * 0.2 for value in first]
    assert compare(first, second) == compare(first, second)
    assert compare(first, second).p < 0.001
    assert compare(first, first).p == 1.0
    forth, back = compare(first, second, seed=7), compare(second, first, seed=7)
    assert (forth.p, forth.better, forth.difference) == (back.p, back.worse, pytest.approx(-back.difference))


@pytest.mark.parametrize("values", [([], []), ([1.0], [1.0, 2.0])])
def test_runs_of_other_queries_cannot_be_compared(values: tuple[list[float], list[float]]) -> None:
    with pytest.raises(ValueError, match="same queries"):
        compare(*values)
