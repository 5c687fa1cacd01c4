"""searchlib query: what people see, and what programs read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from running import Run

import searchlib


def test_hits_are_numbered_titled_and_marked(indexed: Run) -> None:
    done = indexed("query", "Tashkent CSTO")
    assert done.code == 0
    assert done.err == ""
    assert done.lines[0].startswith("  1 **CSTO** in **Tashkent**  ")
    assert done.lines[1] == "    csto.txt, line 3"
    assert done.lines[2].startswith("    The police force of **Tashkent** learned a lesson.")
    assert done.lines[-1].startswith("2 of 2 hits in ")


@pytest.mark.parametrize(
    ("query", "document", "mark"),
    [
        ("police forces", "csto.txt", "**police** **force**"),
        ("learned lessons", "csto.txt", "**learned** a **lesson**"),
        ("выборов президентов", "ru/vybory.txt", "**Выборы** **президента**"),
        ("идти", "ru/vybory.txt", "**шли**"),
        ("человек", "ru/vybory.txt", "**Люди**"),
        ("парламентом", "ru/cp1251.txt", "**парламента**"),
        ('"police force"', "csto.txt", "**police force**"),
        ("title:выборы", "ru/vybory.txt", "**Выборы**"),
    ],
)
def test_words_are_found_in_all_their_forms(indexed: Run, query: str, document: str, mark: str) -> None:
    done = indexed("query", query)
    assert done.code == 0
    assert done.lines[1].partition(", line ")[0] == f"    {document}"
    assert mark in done.out


def test_several_arguments_are_one_query(indexed: Run) -> None:
    assert indexed("query", "Tashkent", "CSTO").lines[0] == indexed("query", "Tashkent CSTO").lines[0]


def test_limit_and_offset(indexed: Run) -> None:
    assert indexed("query", "Tashkent", "-n", "1").lines[0].startswith("  1 ")
    second = indexed("query", "Tashkent", "-n", "1", "--offset", "1")
    assert second.lines[0].startswith("  2 ")
    assert second.lines[-1].startswith("1 of 2 hits")
    count = indexed("query", "Tashkent", "--limit", "0")
    assert (count.code, len(count.lines)) == (0, 1)
    assert count.out.startswith("2 hits in ")


def test_no_hit_is_exit_code_1(indexed: Run) -> None:
    done = indexed("query", "zyzzyva")
    assert done.code == 1
    assert done.out.startswith("0 hits in ")


def test_field_option(indexed: Run) -> None:
    assert indexed("query", "force", "--field", "title").code == 1
    assert indexed("query", "force", "-f", "title,body").code == 0


def test_json_is_one_object_a_line_with_exact_spans(indexed: Run) -> None:
    done = indexed("query", "Tashkent CSTO", "--json")
    *hits, last = [json.loads(line) for line in done.lines]
    assert last == {"total": 2, "notes": [], "suggestions": []}
    assert [hit["id"] for hit in hits] == ["csto.txt", "r1"]
    assert list(hits[0]) == ["id", "score", "fields", "fragments"]
    assert hits[0]["score"] > hits[1]["score"] > 0
    seen = set()
    for hit in hits:
        for fragment in hit["fragments"]:
            text = hit["fields"][fragment["field"]]
            assert text[fragment["start"] : fragment["end"]] == fragment["text"]
            seen |= {text[start:end] for start, end in fragment["spans"]}
    assert {word.lower() for word in seen} == {"tashkent", "csto"}


def test_json_without_hits_is_a_summary(indexed: Run) -> None:
    done = indexed("query", "zyzzyva", "--json")
    last = json.loads(done.out)
    assert (done.code, last["total"]) == (1, 0)
    assert [reason["kind"] for reason in last["reasons"]] == ["nowhere"]


def test_number_of_fragments(indexed: Run) -> None:
    assert len(indexed("query", "Tashkent CSTO", "-n", "1", "--fragments", "0").lines) == 4
    hits = indexed("query", "Tashkent", "--json", "--fragments", "0").lines
    assert json.loads(hits[0])["fragments"] == []


def test_index_comes_from_option_then_environment(indexed: Run) -> None:
    assert indexed("query", "Tashkent", env={"SEARCHLIB_INDEX": "nowhere"}).code == 2
    assert (
        indexed("query", "Tashkent", "--index", "indexes/default", env={"SEARCHLIB_INDEX": "nowhere"}).code
        == 0
    )


def test_colour_is_for_terminals_unless_told_otherwise(indexed: Run) -> None:
    assert "\x1b" not in indexed("query", "Tashkent").out
    forced = indexed("query", "Tashkent", env={"FORCE_COLOR": "1"}).out
    assert "\x1b[1;33mTashkent\x1b[0m" in forced
    assert "**" not in forced
    assert "\x1b" not in indexed("query", "Tashkent", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out


def test_stopwords_alone_are_a_query(indexed: Run) -> None:
    done = indexed("query", "the of")
    assert done.code == 0
    assert "**The**" in done.out


def test_stopwords_beside_words_are_named(indexed: Run) -> None:
    assert ", without the" in indexed("query", "the Tashkent").lines[-1]


def test_what_is_not_understood_is_said_on_stderr(indexed: Run) -> None:
    for arguments in (("query", "author:Tashkent"), ("query", "author:Tashkent", "--json")):
        done = indexed(*arguments)
        assert done.code == 0 and done.lines
        assert "note: there is no field 'author', so that it was read as text" in done.err
        assert "note:" not in "\n".join(done.lines)
    assert "note:" not in indexed("query", "title:Tashkent").err
    done = indexed("query", "!!!")
    assert done.code == 1 and "note: there is no word in the query" in done.err


def test_strict_refuses_it(indexed: Run) -> None:
    for command in ("query", "explain"):
        done = indexed(command, "author:Tashkent", "--strict")
        assert done.code == 2 and "there is no field 'author'" in done.err
    assert indexed("query", "Tashkent", "--strict").code == 0
    assert "note: there is no field 'author'" in indexed("explain", "author:Tashkent").err
    done = indexed("rm", "--query", "author:Tashkent")
    assert done.code == 2 and "there is no field 'author'" in done.err


def test_plain_text_has_no_operators(indexed: Run) -> None:
    asked = ["Tashkent", "NOT", "title:CSTO"]
    plain = indexed("query", "--syntax", "plain", *asked, "--json", "-n", "1000")
    words = indexed("query", "Tashkent", "title", "CSTO", "--json", "-n", "1000")
    assert plain.code == 0 and plain.err == "" and plain.lines == words.lines
    assert plain.lines != indexed("query", *asked, "--json", "-n", "1000").lines
    told = indexed("explain", "--syntax", "plain", *asked).out
    assert "excluded" not in told and "title → {title}" in told
    assert "the query is empty" in indexed("query", "--syntax", "plain", " ").err


def test_expand(indexed: Run) -> None:
    plain = indexed("query", "Tashkent", "--json", "-n", "1000").lines
    expanded = indexed("query", "Tashkent", "--expand", "bo1", "--json", "-n", "1000").lines
    assert expanded and expanded != plain
    told = indexed("explain", "Tashkent", "--expand", "bo1").out
    assert "expanded by" in told and "× expanded word" in told and "for the expanded word" in told
    assert indexed("query", "Tashkent", "--expand", "rm3").code == 2


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("Tashkent", 2),
        ("Tashkent CSTO", 2),
        ("Tashkent AND CSTO", 1),
        ("Tashkent -police", 1),
        ('"police force"', 1),
        ("выборы парламент", 2),
        ("row*", 2),
        ("zyzzyva", 0),
    ],
)
def test_count_prints_the_number_alone(indexed: Run, query: str, total: int) -> None:
    done = indexed("query", "--count", "--", query)
    assert (done.code, done.out) == (0 if total else 1, f"{total}\n")
    done = indexed("query", "--count", "--json", "-n", "1", "--offset", "1", "--", query)
    assert (done.code, json.loads(done.out)) == (0 if total else 1, {"total": total})


def test_like_finds_what_is_like_a_document(indexed: Run) -> None:
    done = indexed("like", "csto.txt")
    assert done.code == 0
    assert done.lines[1].strip().endswith("#r1") or "r1" in done.out
    assert re.match(r"1 of 1 hit in ", done.lines[-1])  # that others are .txt, too, is no likeness
    *found, last = [json.loads(line) for line in indexed("like", "csto.txt", "--json", "-n", "5").lines]
    assert len(found) == last["total"] == 1 and found[0]["fields"]["body"] == "Row one of Tashkent"
    assert indexed("like", "csto.txt", "--offset", "1").code == 1
    assert json.loads(indexed("like", "csto.txt", "--field", "title", "--json").out)["total"] == 0


def test_like_an_unknown_document_is_an_error(indexed: Run) -> None:
    done = indexed("like", "nobody.txt")
    assert done.code == 2
    assert "no document has the id 'nobody.txt'" in done.err
    assert indexed("like", "csto.txt", "--field", "nowhere").code == 2


def test_terms_lists_them_in_order_with_their_documents(indexed: Run) -> None:
    done = indexed("terms", "body", "r")
    assert done.code == 0
    listed = [line.split() for line in done.lines]
    terms = [term for _, term in listed]
    assert terms == sorted(terms) and all(term.startswith("r") for term in terms)
    assert ["2", "row"] in listed
    found = [json.loads(line) for line in indexed("terms", "body", "r", "--json", "--places").lines]
    assert {"term": "row", "num_docs": 2, "num_places": 2} in found
    assert [each["term"] for each in found] == terms
    assert len(indexed("terms", "body", "-n", "3").lines) == 3
    counts = [int(line.split()[0]) for line in indexed("terms", "body", "--frequent", "-n", "0").lines]
    assert counts == sorted(counts, reverse=True) and len(counts) > 20


def test_terms_that_are_not_there(indexed: Run) -> None:
    assert indexed("terms", "body", "zzz").code == 1
    assert indexed("terms", "nowhere").code == 2


@pytest.mark.parametrize("query", ["zyzzyva", "Tashkent AND zyzzyva", "Tashkant"])
@pytest.mark.parametrize("output", [[], ["-l"], ["--format", "csv"]])
def test_quiet_does_not_look_for_what_it_does_not_print(
    indexed: Run, monkeypatch: pytest.MonkeyPatch, query: str, output: list[str]
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise AssertionError

    monkeypatch.setattr(searchlib.Index, "suggest", fail)
    monkeypatch.setattr(searchlib.Index, "why_nothing", fail)
    done = indexed("query", query, "-q", *output)
    assert (done.code, done.err) == (1, "") and "Tashkent" not in done.out


def test_show_writes_values_as_hits_do(run: Run) -> None:
    kinds = {"body": "text", "day": "date", "n": "number", "b": "boolean"}
    Path("s.json").write_text(json.dumps({name: {"kind": kind} for name, kind in kinds.items()}))
    Path("r.jsonl").write_text('{"id": "1", "body": ["a", "b"], "day": "2024-05-31", "n": 3.0, "b": true}\n')
    assert run("index", "r.jsonl", "--schema", "s.json").code == 0
    assert run("show", "1").lines == ["id: 1", "body: a; b", "day: 2024-05-31", "n: 3", "b: yes"]
    shown = run("query", "a", "--fields", "body,day,n,b").out
    assert "day: 2024-05-31" in shown and "n: 3" in shown and "b: yes" in shown
