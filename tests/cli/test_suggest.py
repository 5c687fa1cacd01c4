"""searchlib query where words fail: what is said, and what the options find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run

from searchlib import Index
from searchlib.errors import SearchTimeout


def test_did_you_mean_and_why(indexed: Run) -> None:
    done = indexed("query", "ds,jhs")
    assert done.code == 1
    assert done.lines[0].startswith("0 hits")
    assert done.lines[1] == "Did you mean: выборы  (keyboard layout: ds,jhs → выборы)"
    done = indexed("query", "Tashknt polcie")
    assert done.lines[-1].startswith(
        "Did you mean: Tashkent police  (typo: Tashknt → Tashkent, typo: polcie → police)"
    )


def test_nothing_is_said_where_all_words_are_found(indexed: Run) -> None:
    for query in ("Tashkent police", "президентам", "tash*", "-ghbdtn Tashkent"):
        assert "Did you mean" not in indexed("query", query).out


def test_beside_json_it_goes_to_stderr(indexed: Run) -> None:
    done = indexed("query", "police Tashknt", "--json")
    hit, last = map(json.loads, done.out.splitlines())
    assert hit["id"] == "csto.txt"
    assert last["suggestions"][0] == {"query": "police Tashkent", "reason": "typo: Tashknt → Tashkent"}
    assert done.err == "did you mean: police Tashkent (typo: Tashknt → Tashkent)\n"


def test_cross_script(indexed: Run) -> None:
    assert indexed("query", "Ташкенту ОДКБ").code == 1
    done = indexed("query", "Ташкенту ОДКБ", "--cross-script", "--explain")
    assert done.code == 0
    assert done.lines[0].startswith("  1 **CSTO** in **Tashkent**")
    assert any("0.8 times, for the synonym CSTO" in line for line in done.lines)


def test_synonyms_of_ones_own(indexed: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("# mine\ncopper, police\nсейм, парламент\n", "utf-8")
    assert indexed("query", "coppers").code == 1
    assert "csto.txt" in indexed("query", "coppers", "--synonyms", "own.txt").out
    (tmp_path / "more.txt").write_text("вече => выборы", "utf-8")
    done = indexed("query", "вече сейма", "--synonyms", "own.txt", "--synonyms", "more.txt")
    assert "ru/vybory.txt" in done.out and "ru/cp1251.txt" in done.out


def test_a_file_of_synonyms_that_makes_no_sense(indexed: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("alone", "utf-8")
    done = indexed("query", "x", "--synonyms", "own.txt")
    assert done.code == 2 and "own.txt, line 1: expected two terms or more" in done.err
    assert indexed("query", "x", "--synonyms", "absent.txt").code == 2


def test_completions(indexed: Run) -> None:
    done = indexed("complete", "the pol")
    assert done.code == 0 and done.lines == ["the police"]
    done = indexed("complete", "пр", "--limit", "2", "--json")
    assert [set(json.loads(line)) for line in done.lines] == [{"text", "word", "num_docs"}] * 2
    assert indexed("complete", "qqq").code == 1
    assert indexed("complete", "pol", "--field", "title").code == 1
    assert indexed("complete", "pol", "--field", "title,body").lines == ["police"]
    assert indexed("complete", "pol", "--field", "nowhere").code == 2


def test_suggestions_have_the_time_of_the_search(indexed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object, timeout: float | None, **__: object) -> None:
        assert timeout is not None and 0 < timeout <= 50
        raise SearchTimeout("late", timeout)

    monkeypatch.setattr(Index, "suggest", late)
    for command in ("query", "explain"):
        result = indexed(command, "tashknt", "--timeout", "50")
        assert "no suggestions: the time of --timeout is over" in result.err


def test_the_time_of_a_completion(indexed: Run) -> None:
    result = indexed("complete", "tash", "--timeout", "0.000000001")
    assert result.code == 2
    assert "did not end within 1e-09 s" in result.err
