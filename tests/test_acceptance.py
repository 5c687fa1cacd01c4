"""What a person does first: an article, asked for in other words, another language, another encoding."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shared_data import needed

ARTICLE = "csto_police_force.txt"


def searchlib(*arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, "-m", "searchlib", *arguments], capture_output=True, text=True, encoding="utf-8"
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def hits(index: Path, query: str) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for line in searchlib("query", query, "--index", str(index), "--json").splitlines()[:-1]
    ]


def marked(hit: dict[str, Any]) -> set[str]:
    """The marked words; each span must slice the stored text, and lie in its fragment."""
    found = set()
    for fragment in hit["fragments"]:
        text = hit["fields"][fragment["field"]]
        assert text[fragment["start"] : fragment["end"]] == fragment["text"]
        for start, end in fragment["spans"]:
            assert fragment["start"] <= start < end <= fragment["end"]
            found.add(text[start:end])
    return found


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = needed("articles")
    index = tmp_path_factory.mktemp("article") / "index"
    searchlib("index", str(articles), "--index", str(index))
    return index


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Tashkent CSTO", {"Tashkent", "CSTO"}),
        ("police forces", {"Police", "Force"}),
        ("learned lessons", {"learn", "lessons"}),
        ("protest", {"protests"}),
        ("authoritarian ruler", {"authoritarian", "rulers"}),
        ('"re-established itself into a police force"', {"re-established itself into a police force"}),
    ],
)
def test_the_article_is_found(article: Path, query: str, words: set[str]) -> None:
    (hit,) = hits(article, query)
    assert hit["id"] == ARTICLE
    assert hit["score"] > 0
    assert words <= marked(hit)


RUSSIAN = {
    "elections.txt": "Осень\n\nВ ноябре прошли выборы президента республики, и явка была высокой.",
    "road.txt": "Дорога\n\nОни шли всю ночь через перевал и к утру увидели огни города.",
    "people.txt": "Площадь\n\nК вечеру на площади собрались люди с флагами и плакатами.",
}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "utf-16"])
def test_russian_documents_are_found_in_any_form_and_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "texts").mkdir()
    for name, text in RUSSIAN.items():
        (tmp_path / "texts" / name).write_text(text, encoding)
    searchlib("index", str(tmp_path / "texts"), "--index", str(tmp_path / "index"))
    for query, name, words in [
        ("выборов президентов", "elections.txt", {"выборы", "президента"}),
        ("идти", "road.txt", {"шли"}),
        ("человек", "people.txt", {"люди"}),
    ]:
        (hit,) = hits(tmp_path / "index", query)
        assert hit["id"] == name
        assert marked(hit) == words
