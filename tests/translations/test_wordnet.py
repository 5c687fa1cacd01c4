"""Open Multilingual WordNet's files: joined with the synsets that ship, and what of a file is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchlib import Translations
from searchlib.errors import SourceError
from searchlib.translations import wordnet
from searchlib.translations.wordnet import synsets
from shared_data import needed

TAB = """# Made up\trus\thttp://example.com/\tCC0
00181781-n\trus:lemma\tвыборы
02084071-n\trus:lemma\tсобака
02084071-n\trus:lemma\tпёс
02084071-n\trus:lemma\tпёс
02084071-n\trus:def\t0\tживотное
02084071-n\trus:exe\t0\tсобака лает
01926311-v\tlemma\tбежать
01835496-v\tlemma\tидти
00007846-n\trus:lemma\tчеловек
10467395-n\trus:lemma\tглава_государства
"""

# Offsets of Princeton's WordNet 3.0, as others print them.
KNOWN = {
    "00001740-n": "entity",
    "02084071-n": "dog",
    "00007846-n": "person",
    "04105893-n": "room",
    "01926311-v": "run",
    "01835496-v": "travel",
    "00612841-v": "suppress",
    "02423762-v": "inhibit",
    "01123148-a": "good",
    "01681307-a": "laid",
}


def written(folder: Path, text: str, name: str = "wn-data-rus.tab") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_both_ways_by_the_synsets(tmp_path: Path) -> None:
    table = Translations.load(written(tmp_path, TAB))
    assert table.of("elections") == [("выборы", 1.0)]
    assert table.of("выборами") == [("election", 1.0)]
    assert dict(table.of("dogs")) == {"собака": 0.5, "пес": 0.5} or dict(table.of("dogs")) == {
        "собака": 0.5,
        "пёс": 0.5,
    }
    assert table.of("ran") == [("бежать", 1.0)]
    assert table.of("went") == [("идти", 1.0)]
    # Where a sense has several English words, they count as they are used.
    assert [term for term, _ in table.of("людей")][:2] == ["person", "individual"]
    assert table.of("human") == []
    assert table.of("domestic dog")[0][1] == 0.5
    assert table.left_out == {"a stopword": 4, "lines of definitions and examples": 2}  # someone, somebody


def test_the_name_of_the_file_says_nothing(tmp_path: Path) -> None:
    assert Translations.load(written(tmp_path, TAB, "rus.txt")).of("elections")


def test_satellites_are_adjectives(tmp_path: Path) -> None:
    # "moribund" is a satellite; some files call it s, some a.
    for kind in "as":
        text = f"00004171-{kind}\tlemma\tумирающий\n"
        assert Translations.load(written(tmp_path, text)).of("moribund") == [("умирающий", 1.0)]


def test_another_wordnet_is_refused(tmp_path: Path) -> None:
    text = "".join(f"0{n:07}-n\tlemma\tслово\n" for n in range(9_000_001, 9_000_101)) + TAB
    with pytest.raises(SourceError, match=r"synsets, 100 are none of WordNet 3\.0; take a file for that"):
        Translations.load(written(tmp_path, text))
    table = Translations.load(written(tmp_path, TAB + "09999999-n\tlemma\tслово\n"))
    assert table.left_out["synsets that WordNet 3.0 lacks"] == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("02084071-n", "lines of definitions and examples"),
        ("02084071-n\tlemma", "lines of definitions and examples"),
        ("02084071-n\tlemma\t", "lines of definitions and examples"),
        ("02084071-n\tlemma\t ", "a side without a word"),
        ("nonsense\tlemma\tслово", "synsets that WordNet 3.0 lacks"),
        ("99999999-q\tlemma\tслово", "synsets that WordNet 3.0 lacks"),
        ("02084071-n\tlemma\tсл\ufffdво", "characters that are no text"),
    ],
)
def test_lines_that_are_left_out(tmp_path: Path, line: str, reason: str) -> None:
    table = Translations.load(written(tmp_path, f"{TAB}{line}\n"))
    assert table.left_out.keys() - {"a stopword"} == {"lines of definitions and examples", reason}


def test_a_line_has_a_limit(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="line 12: a line has at most 10,000 characters"):
        Translations.load(written(tmp_path, f"{TAB}02084071-n\tlemma\t{'x' * 10_000}\n"))


def test_the_synsets_are_princetons() -> None:
    found = synsets(KNOWN)
    assert {name: words[0][0] for name, words in found.items()} == KNOWN


def test_a_broken_installation_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordnet, "SYNSETS", str(tmp_path / "absent.zst"))
    with pytest.raises(SourceError, match="reinstall searchlib"):
        Translations.load(written(tmp_path, TAB))
    (tmp_path / "absent.zst").write_bytes(b"no zstandard")
    with pytest.raises(SourceError, match="reinstall searchlib"):
        Translations.load(written(tmp_path, TAB))


def test_the_whole_of_wiktionarys_file() -> None:
    table = Translations.load(needed("translations", "wn-wikt-rus.tab"))
    assert len(table) > 55_000
    assert "synsets that WordNet 3.0 lacks" not in table.left_out, "every synset has its English side"
    for word, translation in [
        ("election", "выборы"),
        ("restrain", "сдерживать"),
        ("say", "говорить"),
        ("to say", ""),
        ("prime minister", "премьер-министр"),
    ]:
        assert translation in [term for term, _ in table.of(word)] or not translation
