"""searchlib explain: how a query is understood, and what scores are made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run


def test_words_lemmas_stopwords_and_numbers_of_documents(indexed: Run) -> None:
    done = indexed("explain", "the lessons of выборах")
    assert done.code == 0 and done.err == ""
    assert done.lines[:5] == [
        "any of",
        "  the: a stopword, left out",
        "  lessons → {lesson}, in 1 document",
        "  of: a stopword, left out",
        "  выборах → {выборы, выбор}, in 1 document",
    ]


def test_the_best_hit_down_to_frequencies(indexed: Run) -> None:
    done = indexed("explain", "Tashkent")
    assert done.lines[0] == "Tashkent → {tashkent}, in 2 documents"
    assert done.lines[2] == "csto.txt"
    assert done.lines[3].endswith("word {tashkent}")
    assert any(": tf 1" in line and "length" in line for line in done.lines)
    assert "r1" not in done.lines
    assert "r1" in indexed("explain", "Tashkent", "--limit", "2").lines
    assert len(indexed("explain", "Tashkent", "--limit", "0").lines) == 1


def test_a_document_that_is_no_hit(indexed: Run) -> None:
    done = indexed("explain", "Tashkent", "--doc", "notes.md", "--doc", "r1")
    assert done.code == 0
    assert "notes.md" in done.lines and "  0 no match: {tashkent}" in done.lines
    assert "r1" in done.lines and "csto.txt" not in done.lines
    done = indexed("explain", "Tashkent", "--doc", "nowhere")
    assert (done.code, done.err) == (1, "no document has the id 'nowhere'\n")


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("Ташкенту", "  0.8 × synonym Tashkent → {tashkent}, in 2 documents"),
        ("Дарьей", "  0.7 × name darya → {darya}, in 1 document"),
        ("ds,jhs", "  0.9 × keyboard layout выборы → {выборы, выбор}, in 1 document"),
        ("ОДКБ", "  0.8 × synonym CSTO → {csto}, in 1 document"),
    ],
)
def test_what_stands_for_a_word(indexed: Run, query: str, line: str) -> None:
    assert line not in indexed("explain", query).lines
    done = indexed("explain", query, "--cross-script")
    assert done.code == 0
    assert done.lines[0] == "the best of" and line in done.lines
    assert any("times, for the " in scored for scored in done.lines)


def test_what_may_have_been_meant(indexed: Run) -> None:
    done = indexed("explain", "Tashknt")
    assert done.code == 1
    assert done.lines == [
        "Tashknt → {tashknt}, in no document",
        "Did you mean: Tashkent  (typo: Tashknt → Tashkent)",
    ]


def test_patterns_phrases_fields_and_what_is_excluded(indexed: Run) -> None:
    done = indexed("explain", '+tash* "police force" title:выборы^2 -парламент', "--limit", "1")
    assert done.lines[:9] == [
        "query",
        "  required",
        "    tash* → tashkent, in 2 documents",
        "  any of",
        '    "police force" → {police, force}, in 1 document',
        "    2 × title:выборы → {выборы, выбор}, in 1 document",
        "  excluded",
        "    парламент → {парламент}, in 1 document",
        "",
    ]
    assert any(line.endswith("1 matches tash*: Tashkent, at one score for all") for line in done.lines)


def test_json_has_the_query_first_and_then_documents(indexed: Run) -> None:
    done = indexed("explain", "Ташкент the", "--cross-script", "--json", "-n", "2")
    query, *hits = map(json.loads, done.lines)
    assert list(query) == ["query"]
    first, second = query["query"]["parts"]
    assert first["kind"] == "variants" and second["is_dropped"]
    own, other = first["parts"]
    assert (own["text"], own["lemmas"], own["num_docs"], own["weight"]) == ("Ташкент", ["ташкент"], 0, 1.0)
    assert (other["text"], other["reason"], other["weight"]) == ("Tashkent", "synonym", 0.8)
    assert [hit["id"] for hit in hits] == ["csto.txt", "r1"]
    assert all(hit["score"] == hit["explanation"]["value"] > 0 for hit in hits)


def test_options_of_a_query_mean_the_same(indexed: Run, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("copper, police", "utf-8")
    done = indexed("explain", "coppers", "--synonyms", "own.txt")
    assert "  0.8 × synonym police → {police}, in 1 document" in done.lines
    done = indexed("explain", "force", "--field", "title")
    assert (done.code, done.lines) == (1, ["force → {force}, in no document"])
    assert indexed("explain", "police", "--ranking", "rich").code == 0


@pytest.mark.parametrize("query", ["", "  "])
def test_an_empty_query(indexed: Run, query: str) -> None:
    done = indexed("explain", query)
    assert done.code == 2 and "the query is empty" in done.err
