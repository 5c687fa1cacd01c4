"""searchlib.evaluate from files to figures."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import searchlib
from searchlib.errors import SchemaError
from searchlib.evaluation import SNOWBALL, Configuration, read_run

pytest.importorskip("ir_measures", reason="ir-measures is not installed: pip install 'searchlib[eval]'")

Files = tuple[Path, Path, Path]


def test_the_figures(collection: Files) -> None:
    found = searchlib.evaluate(*collection)
    assert found.num_docs == 5
    assert list(found.per_query) == ["1", "2", "3", "4"]  # nobody judged 5
    assert found.per_query["1"] == {"nDCG@10": 1.0, "RR@10": 1.0, "R@100": 1.0}
    assert found.per_query["2"]["RR@10"] == 1.0  # люди: another form of человек
    assert found.per_query["4"]["nDCG@10"] == 0.0  # no word in it
    assert found.mean["RR@10"] == 0.75
    assert found.comparisons == {} and found.baseline is None


def test_plain_forms_find_less(collection: Files) -> None:
    found = searchlib.evaluate(*collection, languages=(), against=Configuration())
    assert found.per_query["2"]["RR@10"] == 0.0
    assert found.comparisons["RR@10"].worse == 2 and found.comparisons["RR@10"].better == 0
    assert found.baseline is not None and found.baseline.mean["RR@10"] == 0.75
    assert found.mean == {name: c.second for name, c in found.comparisons.items()}


def test_stems(collection: Files) -> None:
    found = searchlib.evaluate(*collection, languages=SNOWBALL)
    assert found.per_query["2"]["RR@10"] == 0.0  # no stem leads from люди to человек
    assert found.per_query["3"]["RR@10"] == 1.0


def test_a_run_compared_with_itself(collection: Files, tmp_path: Path) -> None:
    first = searchlib.evaluate(*collection, run=tmp_path / "a.trec")
    assert read_run(tmp_path / "a.trec") == {query: scores for query, scores in first.run.items() if scores}
    again = searchlib.evaluate(*collection, against=tmp_path / "a.trec", measures=["AP", "P@1"])
    assert {c.p for c in again.comparisons.values()} == {1.0}
    assert set(again.mean) == {"AP", "P@1"}


def test_parameters_reach_the_index(collection: Files) -> None:
    plain = searchlib.evaluate(*collection)
    other = searchlib.evaluate(*collection, k1=0.0)
    assert plain.run["3"] != other.run["3"]
    assert dataclasses.asdict(other.configuration) == {
        "languages": ("en", "ru"),
        "k1": 0.0,
        "b": 0.75,
        "ranking": None,
    }
    with pytest.raises(SchemaError):
        searchlib.evaluate(*collection, languages=("xx",))
    with pytest.raises(SchemaError):
        searchlib.evaluate(*collection, b=2)


def test_no_measure_is_computed_late(collection: Files, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no measure"):
        searchlib.evaluate(*collection, measures=["bogus"], run=tmp_path / "a.trec")
    assert not (tmp_path / "a.trec").exists()
