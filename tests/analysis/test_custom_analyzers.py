"""Text(analyzer=function) and Text(stopwords=…): a user's own lemmas and little words."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Analyzer, Index, Schema, Text
from searchlib.errors import AnalyzerMismatchError, AnalyzerMismatchWarning, SchemaError


def first_letters(word: str) -> str:
    """Three letters of a word."""
    return word[:3]


def both(word: str) -> list[str]:
    return [word, word[::-1]]


class Suffix:
    """An analyzer with a state, a name and a version."""

    def __init__(self, length: int, version: str = "1") -> None:
        self.length, self.name, self.version = length, "suffix", version

    def __call__(self, word: str) -> tuple[str, ...]:
        return (word[-self.length :],)


def index_of(field: Text, *texts: str) -> Index:
    index = Index.in_memory(Schema(body=field))
    with index.writer() as writer:
        writer.add_many({"id": number, "body": text} for number, text in enumerate(texts))
    index.refresh()
    return index


def found(index: Index, query: str) -> list[str]:
    return sorted(hit.id for hit in index.search(query))


def test_words_are_found_by_the_functions_lemmas():
    index = index_of(Text(analyzer=first_letters), "Столешница большая", "STONE wall", "wi-fi", "1000 руб")
    assert found(index, "столб") == ["0"] and found(index, "стук") == [] and found(index, "stork") == ["1"]
    assert found(index, '"столы больные"') == ["0"] and found(index, "1000") == ["3"]
    assert index.search("столб")[0].highlight("body") == "<mark>Столешница</mark> большая"
    assert index.search("сто*")[0].id == "0"


def test_several_lemmas_and_objects():
    assert found(index_of(Text(analyzer=both), "abc", "cba", "xyz"), "abc") == ["0", "1"]
    assert found(index_of(Text(analyzer=Suffix(2)), "running", "sing", "sung"), "king") == ["0", "1", "2"]
    assert Analyzer(custom=Text(analyzer=both).analyzer).lemmas("ab") == ("ab", "ba")


def test_fields_of_one_index_may_differ():
    index = Index.in_memory(Schema(body=Text(), short=Text(analyzer=first_letters)))
    with index.writer() as writer:
        writer.add({"id": 1, "body": "выборы", "short": "выборы"})
    index.refresh()
    assert len(index.search("body:выборов")) == len(index.search("short:выброс")) == 1
    assert len(index.search("body:выброс")) == 0


@pytest.mark.parametrize("wrong", [5, "no function", lambda word: word, object()])
def test_what_is_no_analyzer(wrong: Any):
    if isinstance(wrong, str):
        with pytest.raises(AnalyzerMismatchError, match="does not know"):
            Index.in_memory(Schema(body=Text(analyzer=wrong)))
    else:
        with pytest.raises(SchemaError, match="analyzer"):
            Text(analyzer=wrong)


def returns(value: object) -> Any:
    def analyzer(word: str) -> object:
        return value

    return analyzer


@pytest.mark.parametrize("value", [None, 5, [5], b"x", ["\ud800"], "x" * 2000])
def test_an_answer_that_is_none(value: object):
    with pytest.raises(SchemaError, match=r"gives a lemma or several"):
        index_of(Text(analyzer=returns(value)), "слово")


@pytest.mark.parametrize("value", ["", [], (), [""]])
def test_no_lemma_is_the_word_itself(value: object):
    assert found(index_of(Text(analyzer=returns(value)), "слово", "слова"), "слово") == ["0"]


def test_another_function_of_that_name_is_noticed(tmp_path: Path):
    index = Index.create(tmp_path / "index", Schema(body=Text(analyzer=Suffix(3))))
    with index.writer() as writer:
        writer.add({"id": 1, "body": "выборы"})
    assert searchlib.open(tmp_path / "index").search("сборы").total == 1
    for other in (Suffix(2), Suffix(3, version="2")):
        Text(analyzer=other)
        with pytest.warns(AnalyzerMismatchWarning):
            changed = searchlib.open(tmp_path / "index")
        with pytest.raises(AnalyzerMismatchError):
            changed.writer()
    Text(analyzer=Suffix(3))
    assert searchlib.open(tmp_path / "index").search("сборы").total == 1


def test_a_program_that_does_not_know_it_is_told(tmp_path: Path):
    Index.create(tmp_path / "index", Schema(body=Text(analyzer=first_letters)))
    lines = [
        "import searchlib",
        f"try: searchlib.open({str(tmp_path / 'index')!r})",
        "except searchlib.errors.SearchlibError as error: print(error)",
    ]
    code = "\n".join(lines)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "first_letters, which this program does not know; import its function" in done.stdout


def test_own_stopwords():
    index = index_of(Text(stopwords=("table", "ёж")), "the oak table", "an oak", "a table", "ежи")
    assert found(index, "oak Table") == ["0", "1"] and index.search("oak, table!").dropped == ["table!"]
    assert found(index, "the oak") == ["0", "1"] and index.search("the oak").dropped == []
    assert found(index, '"oak table"') == ["0"] and found(index, "table") == ["0", "2"]
    assert found(index_of(Text(stopwords=()), "the oak", "the ash"), "the oak") == ["0", "1"]
    with pytest.raises(SchemaError, match="tuple of strings"):
        Text(stopwords="the")
    assert Schema.from_dict(Schema(a=Text(stopwords={"b", "a"})).to_dict())["a"].stopwords == ("a", "b")  # type: ignore[attr-defined]
