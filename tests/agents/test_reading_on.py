"""Reading: passages that together are the text, around a match, and of documents that are not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from calls import Tools
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import Index, Keyword, Schema, Text
from searchlib.agents.catalog import Catalog
from searchlib.agents.texts import passage

SENTENCES = (
    "Саммит ОДКБ прошёл в Ташкенте.",
    "The summit was held in Tashkent!",
    "Реки мелеют\nот года к году…",
    "слово" * 30,
    "«Вода», — сказал он.",
    "a b c\n\n\n",
    "🙂" * 5,
)
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=60).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(300, 900))
@settings(max_examples=25)
def test_passages_together_are_the_texts(written: tuple[Index, Tools], texts: list[str], budget: int) -> None:
    index, tools = written
    with index.writer() as writer:
        writer.add_many({"id": f"d{number}", "body": text} for number, text in enumerate(texts))
    told = {f"d{number}": "" for number in range(len(texts))}
    answer = tools.read(ids=list(told), budget=budget)
    for _ in range(1_000):
        assert answer["documents"]
        for one in answer["documents"]:
            assert one["start"] == len(told[one["id"]])
            assert "note" not in one
            told[one["id"]] += one["text"]
            assert one["end"] == len(told[one["id"]])
        if "cursor" not in answer:
            break
        answer = tools.read(cursor=answer["cursor"], budget=budget)
    assert list(told.values()) == texts


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Tools]:
    folder = tmp_path_factory.mktemp("read") / "own"
    return Index.create(folder, Schema(body=Text())), Tools(Catalog({"own": str(folder)}))


@given(TEXTS, st.integers(0, 500), st.integers(0, 30_000))
def test_a_passage_ends_behind_a_line_a_sentence_or_a_word_where_it_can(
    text: str, start: int, room: int
) -> None:
    end = passage(text, start, room)
    assert start < end <= len(text) or start >= len(text)


def test_a_passage_of_sentences_ends_with_one(tools: Tools) -> None:
    [one] = tools.read(ids=["security/tashkent-i-odkb.txt"], budget=500)["documents"]
    assert one["end"] < one["length"]
    assert one["text"].rstrip().endswith((".", "!", "?", "…"))


def test_it_begins_shortly_before_a_match(tools: Tools) -> None:
    [one] = tools.read(ids=["security/tashkent-i-odkb.txt"], match="аэродром", budget=300)["documents"]
    assert "аэродром" in one["text"]
    assert one["start"] > 0
    assert one["place"] == "line 5"
    further = tools.read(ids=["security/tashkent-i-odkb.txt"], match="Ташкент", offset=600, budget=300)
    [one] = further["documents"]
    assert one["start"] > 300
    assert "Ташкент" in one["text"]
    [none] = tools.read(ids=["security/tashkent-i-odkb.txt"], match="hippopotamus")["documents"]
    assert "no match" in none["note"]
    assert none["start"] == 0


def test_the_start_of_a_snippet_is_where_reading_goes_on(tools: Tools) -> None:
    hit = tools.search("Карши-Ханабад", limit=1)["hits"][0]
    snippet = hit["snippets"][0]
    [one] = tools.read(ids=[hit["id"]], offset=snippet["start"])["documents"]
    assert one["text"].split()[0] == snippet["text"].replace("**", "").split()[0]


def test_documents_share_a_budget_and_those_that_are_not_there_are_named(tools: Tools) -> None:
    ids = ["security/tashkent-i-odkb.txt", "letopis-1966", "security/tashkent-i-odbk.txt", "нет такого"]
    answer = tools.read(ids=ids, budget=900)
    assert [one["id"] for one in answer["documents"]] == ids[:2]
    assert answer["missing"][0]["similar"][0] == ids[0]
    assert [one["id"] for one in answer["missing"]] == ids[2:]
    told = tools.refused("read", ids=ids[2:])
    assert told["kind"] == "not_found"
    assert "did you mean 'security/tashkent-i-odkb.txt'" in told["message"]


def test_what_else_is_stored_comes_with_the_first_passage(tools: Tools) -> None:
    [one] = tools.read(ids=["letopis-1966"])["documents"]
    assert one["fields"] == {"published": "1966-04-26", "tags": ["природа", "землетрясение"]}
    [tags] = tools.read(ids=["letopis-1966"], field="tags")["documents"]
    assert tags["text"] == "природа\nземлетрясение"


def test_a_document_that_changed_meanwhile_is_said(new_tools: Callable[..., Any]) -> None:
    index, tools = new_tools(Schema(body=Text()), [{"id": "a", "body": "слово за слово. " * 200}])
    first = tools.read(ids=["a"], budget=300)
    with index.writer() as writer:
        writer.add({"id": "a", "body": "другой текст. " * 200})
    second = tools.read(cursor=first["cursor"], budget=300)
    assert "has changed" in second["documents"][0]["note"]
    with index.writer() as writer:
        writer.delete("a")
    assert tools.refused("read", cursor=first["cursor"])["kind"] == "not_found"


def test_a_cursor_knows_its_index_and_documents(corpus_folder: Path, new_tools: Callable[..., Any]) -> None:
    _, own = new_tools(Schema(body=Text()), [{"id": "a", "body": "слово за слово. " * 200}])
    path = own.catalog["own"].path
    both = Tools(Catalog({"corpus": str(corpus_folder), "own": path}))
    first = both.read(ids=["a"], index="own", budget=300)
    second = both.read(cursor=first["cursor"], ids=["a"], budget=300)
    assert second["index"] == "own"
    assert second["documents"][0]["start"] == first["documents"][0]["end"]
    for other in ({"index": "corpus"}, {"ids": ["b"]}):
        assert both.refused("read", cursor=first["cursor"], **other)["kind"] == "bad_cursor"
    assert own.read(cursor=first["cursor"], budget=300)["documents"]


def test_fields_without_a_stored_text_are_refused(new_tools: Callable[..., Any]) -> None:
    schema = Schema(body=Text(stored=False), tag=Keyword())
    _, tools = new_tools(schema, [{"id": "a", "body": "слово", "tag": "лес"}])
    assert tools.refused("read", ids=["a"])["kind"] == "not_stored"
    assert tools.refused("read", ids=["a"], field="body")["kind"] == "not_stored"
    assert tools.read(ids=["a"], field="tag")["documents"][0]["text"] == "лес"
    assert tools.search("слово")["hits"][0]["id"] == "a"
    assert tools.refused("read")["kind"] == "bad_argument"


def test_nothing_that_people_cannot_see_comes_through(new_tools: Callable[..., Any]) -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all")
    text = f"слово\x1b[31m красное\x07 \u202eоборот\u2066 {hidden}конец\r\nстрока\x00"
    _, tools = new_tools(
        Schema(title=Text(), body=Text(), tag=Keyword()),
        [
            {"id": "a\x1b[2J", "title": text, "body": text, "tag": text},
        ],
    )
    answers = [
        tools.search("слово", show=["tag"]),
        tools.read(ids=["a\x1b[2J"]),
        tools.call("count", by=["tag"]),
    ]
    for answer in answers:
        shown = str(answer)
        for character in ("\x1b", "\x07", "\u202e", "\u2066", "\x00", *hidden):
            assert repr(character)[1:-1] not in shown.replace("a\\x1b[2J", ""), character
