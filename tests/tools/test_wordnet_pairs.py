"""tools/wordnet_pairs.py: the committed list is what it builds, and what a line is."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from searchlib.analysis.languages import language

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "src" / "searchlib" / "analysis" / "data" / "pairs.txt"


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wordnet_pairs", ROOT / "tools" / "wordnet_pairs.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()


def test_the_committed_list_is_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (tool.WORDNET / "data.noun").is_file():
        pytest.skip(f"no WordNet at {tool.WORDNET}: Debian's wordnet-base and wordnet-sense-index")
    monkeypatch.setattr(sys, "argv", ["wordnet_pairs.py", "--out", str(tmp_path / "pairs.txt")])
    tool.main()
    assert (tmp_path / "pairs.txt").read_bytes() == COMMITTED.read_bytes()


def test_a_synset_that_has_both_ways_gives_a_pair(tmp_path: Path) -> None:
    lines = [
        "  1 the licence",
        "1 06 n 02 health_care 0 healthcare 0 000 | x",
        "2 06 n 02 a_b 0 ab 0 000 | x",
    ]
    for part in tool.PARTS:
        (tmp_path / f"data.{part}").write_text("\n".join(lines) + "\n", "ascii")
    assert tool.pairs(tmp_path) == ["health_care"]


def test_english_alone_has_pairs() -> None:
    assert "health_care" in language("en").written_apart()
    assert not language("ru").written_apart()
