"""tools/wordnet_table.py: the committed table is what it builds, and its counts are NLTK's."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "src" / "searchlib" / "analysis" / "data" / "wordnet.bin"


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wordnet_table", ROOT / "tools" / "wordnet_table.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()


@pytest.fixture(scope="module")
def reader() -> Iterator[Any]:
    if not (tool.WORDNET / "index.sense").is_file():
        pytest.skip(f"no WordNet at {tool.WORDNET}: Debian's wordnet-base and wordnet-sense-index")
    with tool.wordnet_reader() as opened:
        yield opened


def test_counts_are_those_of_nltk(reader: Any) -> None:
    """NLTK finds a count by a sense's whole key; here a sense that has another key by now keeps it."""
    words = tool.vocabulary(reader)
    chosen = [*random.Random(7).sample(sorted(words), 150), "be", "person", "good", "well", "saw"]
    equal = []
    for word in chosen:
        for part, count in words[word].items():
            senses = [lemma for lemma in reader.lemmas(word, part) if lemma.name().lower() == word]
            nltk_count = sum(lemma.count() for lemma in senses)
            assert count >= nltk_count, (word, part)
            equal.append(count == nltk_count)
    assert sum(equal) >= 0.97 * len(equal)


def test_exceptions_are_those_of_wordnet(reader: Any) -> None:
    irregular = tool.exceptions(reader)
    assert irregular["n"]["mice"] == ["mouse"]
    assert irregular["v"]["went"] == ["go"]
    assert irregular["a"]["worst"] == ["bad"]
    assert irregular["n"]["comics"] == ["comic"], "comic_strip is two words"


def test_an_exception_is_the_shortest_rule() -> None:
    assert tool.exception_record([(0, "mouse")], "mice") == b"\x01" + bytes([0, 3, 4]) + b"ouse"
    assert tool.exception_record([(2, "after")], "after") == b"\x01" + bytes([2, 0, 0])


def test_a_hash_table_finds_every_entry() -> None:
    entries = {f"word{number}": number for number in range(1000)}
    starts, keys, values = (
        memoryview(part).cast(code) for part, code in zip(tool.hash_table(entries, 4), "IIH", strict=True)
    )
    for word, number in entries.items():
        hashed = tool.word_hash(word.encode())
        bucket = range(starts[hashed >> 60], starts[(hashed >> 60) + 1])
        assert [values[row] for row in bucket if keys[row] == hashed & 0xFFFFFFFF] == [number]


def test_words_that_collide_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "word_hash", lambda word: len(word))
    with pytest.raises(ValueError, match="share a bucket"):
        tool.hash_table({"cat": 1, "dog": 2}, 4)


def test_rebuilding_gives_the_committed_bytes(reader: Any, tmp_path: Path) -> None:
    assert tool.main(["--out", str(tmp_path / "table.bin")]) == 0
    assert (tmp_path / "table.bin").read_bytes() == COMMITTED.read_bytes()
    assert COMMITTED.stat().st_size <= 700_000


def test_without_wordnet_it_says_what_to_install(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["--out", str(tmp_path / "table.bin"), "--wordnet", str(tmp_path)]) == 2
    assert "apt-get install wordnet-base" in capsys.readouterr().err
