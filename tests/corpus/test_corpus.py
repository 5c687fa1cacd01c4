"""The demo corpus is what its section of the README promises: two languages, enough documents, clean files.

Reads corpus/ as bytes and JSON and knows nothing of the library: a broken text is told from a broken index.
Only what ships is judged, the named folders and JSONL files; a file that a user puts into corpus/ is not.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
FOLDERS = ("culture", "economy", "nature", "politics", "science", "security")
SHIPPED_ROWS = ("chronicle.jsonl", "letopis.jsonl", "science/space-log.jsonl")
KEYS = {"id", "title", "body", "published", "tags"}


def text_files() -> list[Path]:
    files = (path for folder in FOLDERS for path in (CORPUS / folder).iterdir())
    return sorted(path for path in files if path.suffix in {".txt", ".md"})


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines()]


def documents() -> dict[str, str]:
    """The text of each document, title included, by its path or row id."""
    texts = {path.relative_to(CORPUS).as_posix(): path.read_text(encoding="utf-8") for path in text_files()}
    for name in SHIPPED_ROWS:
        texts |= {row["id"]: f"{row['title']}\n\n{row['body']}" for row in rows(name)}
    return texts


def is_russian(text: str) -> bool:
    """By script: more Cyrillic letters than Latin ones."""
    return len(re.findall(r"[А-Яа-яЁё]", text)) > len(re.findall(r"[A-Za-z]", text))


def holding(*words: str) -> set[str]:
    """The documents in which every word stands as written, whatever its case."""
    patterns = [re.compile(rf"\b{word}\b", re.IGNORECASE) for word in words]
    return {name for name, text in documents().items() if all(p.search(text) for p in patterns)}


def test_there_are_enough_documents_in_each_language() -> None:
    russian = [is_russian(text) for text in documents().values()]
    assert len(russian) >= 60
    assert russian.count(True) >= 28
    assert russian.count(False) >= 28


def test_every_folder_mixes_both_languages() -> None:
    languages: dict[str, set[bool]] = {folder: set() for folder in FOLDERS}
    for path in text_files():
        languages[path.parent.name].add(is_russian(path.read_text(encoding="utf-8")))
    assert {folder for folder, found in languages.items() if found != {True, False}} == set()


def test_every_file_is_clean_utf8() -> None:
    for path in [*text_files(), *(CORPUS / name for name in SHIPPED_ROWS)]:
        text = path.read_bytes().decode("utf-8")  # raises, and names the byte, on anything else
        assert "\ufffd" not in text and "\r" not in text and not text.startswith("\ufeff"), path
        assert path.name.isascii(), path


@pytest.mark.parametrize("path", text_files(), ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_a_text_file_is_a_title_and_a_body(path: Path) -> None:
    title, blank, body = path.read_text(encoding="utf-8").split("\n", 2)
    assert title.strip() and blank == ""
    assert title.startswith("# ") == (path.suffix == ".md")
    assert 80 <= len(body.split()) <= 550


@pytest.mark.parametrize("name", SHIPPED_ROWS)
def test_every_row_has_the_keys_and_a_date(name: str) -> None:
    for number, row in enumerate(rows(name), start=1):
        where = f"{name}#{number}"
        assert isinstance(row, dict) and row.keys() == KEYS, where
        assert all(isinstance(row[key], str) and row[key].strip() for key in KEYS - {"tags"}), where
        assert row["tags"] and all(isinstance(tag, str) and tag for tag in row["tags"]), where
        date.fromisoformat(row["published"])


def test_folders_hold_nothing_else() -> None:
    """A file of another type would be indexed, or skipped with a warning, in everybody's first demo."""
    others = {path for folder in FOLDERS for path in (CORPUS / folder).iterdir()} - set(text_files())
    assert others == {CORPUS / "science/space-log.jsonl"}


def test_row_ids_are_unique() -> None:
    ids = [row["id"] for name in SHIPPED_ROWS for row in rows(name)]
    assert len(ids) == len(set(ids))


def test_a_word_is_not_spelt_in_two_scripts() -> None:
    """A Latin letter inside a Cyrillic word (or the reverse) is a typing slip that readers cannot see."""
    mixed = re.compile(r"[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")
    slips = {name: match.group() for name, text in documents().items() if (match := mixed.search(text))}
    assert slips == {}


def test_the_demo_query_has_something_to_rank() -> None:
    both = holding("Tashkent", "CSTO")
    assert len(both) >= 4
    assert holding("Tashkent") - both and holding("CSTO") - both


@pytest.mark.parametrize(
    "words",
    [
        ("ОДКБ", "Ташкент"),
        ("выборы", "президента"),
        ("шли",),
        ("люди",),
        ("дети",),
        ("лет",),
        ("городов",),
        ("went",),
        ("children",),
        ("mice",),
        ("better",),
        ("was", "built"),
        ("police", "forces"),
        ("Fergana",),
        ("Ferghana",),
        ("премьер-министр",),
        ("Silk-Road-era",),
        ("north-western",),
        ("США",),
        ("ООН",),
        (r"т\.е",),
        (r"U\.S",),
        ("o'zbek",),
        ("Qur'an",),
        ("Uzbekistan's",),
    ],
    ids=" ".join,
)
def test_words_that_make_a_search_interesting(words: tuple[str, ...]) -> None:
    assert holding(*words)
