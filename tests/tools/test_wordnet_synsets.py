"""tools/wordnet_synsets.py: the committed file is what it builds, with Princeton's offsets."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "src" / "searchlib" / "translations" / "data" / "synsets.zst"


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wordnet_synsets", ROOT / "tools" / "wordnet_synsets.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load_tool()


def test_the_committed_file_is_rebuilt(tmp_path: Path) -> None:
    import zstandard

    if not (tool.WORDNET / "index.sense").is_file():
        pytest.skip(f"no WordNet at {tool.WORDNET}: Debian's wordnet-base and wordnet-sense-index")
    assert tool.main(["--out", str(tmp_path / "synsets.zst")]) == 0
    made, committed = (path.read_bytes() for path in (tmp_path / "synsets.zst", COMMITTED))
    unpacked = zstandard.ZstdDecompressor().decompress
    assert unpacked(made) == unpacked(committed)  # another zstandard may pack it another way


def test_without_wordnet_it_says_where_that_comes_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main(["--out", str(tmp_path / "x"), "--wordnet", str(tmp_path)]) == 2
    assert "apt-get install wordnet-base wordnet-sense-index" in capsys.readouterr().err


@pytest.mark.parametrize(("num_bytes", "moved"), [(3_155_427, True), (3_155_426, False)])
def test_debians_offsets_become_princetons(tmp_path: Path, num_bytes: int, moved: bool) -> None:
    """By the size of the adjectives: a licence, a few synsets, and blanks up to that."""
    lines = ["  1 licence", "01681307 00 s 02 laid 0 set 0 000 | x", "01681478 00 s 01 galore(ip) 0 000 | x"]
    adjectives = "\n".join(lines) + "\n"
    (tmp_path / "data.adj").write_text(adjectives + "  ".ljust(num_bytes - len(adjectives)), "ascii")
    verbs = [f"{at:08} 29 v 01 word{at} 0 000 | x" for at in (612841, 613000, 2422681, 2422900)]
    (tmp_path / "data.verb").write_text("\n".join(verbs) + "\n", "ascii")
    (tmp_path / "index.sense").write_text("set%5:00:00:arranged:00 01681307 2 4\n", "ascii")
    expected = [1681307, 1681477] if moved else [1681307, 1681478]
    found = list(tool.synsets(tmp_path, "a"))
    assert [at for at, _ in found] == expected
    assert found[0][1] == [("laid", 0), ("set", 4)] and found[1][1] == [("galore", 0)]
    expected = [612841, 612982, 2422663, 2422900] if moved else [612841, 613000, 2422681, 2422900]
    assert [at for at, _ in tool.synsets(tmp_path, "v")] == expected
