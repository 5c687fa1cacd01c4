"""Solr's format, read with care."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from searchlib import Synonyms
from searchlib.errors import SourceError
from searchlib.synonyms import bundled
from searchlib.synonyms.table import BUNDLED_PATH


def test_equivalents_and_one_way() -> None:
    table = Synonyms.parse(
        "# comment\n\nОДКБ, CSTO, Treaty Organization\nСталинград => Волгоград, Volgograd\n"
    )
    assert table.of("одкб") == ["CSTO", "Treaty Organization"]
    assert table.of("Treaty Organizations") == ["ОДКБ", "CSTO"]
    assert table.of("Сталинграду") == ["Волгоград", "Volgograd"]
    assert table.of("Волгоград") == []
    assert table.of("") == table.of("!") == table.of("nothing") == []
    assert len(table) == 2 and table.max_words == 2


def test_a_backslash_makes_a_comma_plain() -> None:
    table = Synonyms.parse(r"Reading\, Berkshire, RDG" "\n" r"a\=>b, cc")
    assert table.of("RDG") == ["Reading, Berkshire"]
    assert table.of("cc") == ["a=>b"]


@pytest.mark.parametrize(
    ("line", "word", "others"),
    [
        (r"back\\, slash", "slash", ["back\\"]),
        (r"\# of, number", "number", ["# of"]),
        (r"five \=\> six, seven", "seven", ["five => six"]),
        (r"tail\, end, tip", "tip", ["tail, end"]),
        ("one,\ttwo words ,three", "one", ["two words", "three"]),
        ("left, leaving => gone, went away", "left", ["gone", "went away"]),
        ("same => same, other", "same", ["other"]),
    ],
)
def test_escapes_spaces_and_mappings(line: str, word: str, others: list[str]) -> None:
    assert Synonyms.parse(line).of(word) == others


def test_a_name_is_no_form_of_another_word() -> None:
    table = Synonyms.parse("Семей, Semey\nЛьвов, Lviv\nЛиван, Lebanon\nАвиценна, Avicenna")
    assert table.of("Семей") == ["Semey"]
    assert table.of("семей") == table.of("семья") == table.of("Семьи") == table.of("лев") == []
    assert table.of("Semey") == []  # nobody finds it by what is looked up as «семья»
    assert table.of("Львове") == ["Lviv"] and table.of("Ливаном") == ["Lebanon"]
    assert table.of("Авиценны") == ["Avicenna"]


def test_lines_from_python() -> None:
    table = Synonyms([(["кот", "кошка"], ["cat"]), (["two\nlines"], ["x"])])
    assert table.of("котами") == ["cat"] and table.of("two lines") == ["x"] and table.of("cat") == []


def test_an_acronym_that_is_a_word_needs_its_capitals() -> None:
    table = Synonyms.parse("US, USA\nВОЗ, WHO\nМИД, MFA\nОДКБ, CSTO")
    assert table.of("US") == ["USA"] and table.of("us") == []
    assert table.of("WHO") == ["ВОЗ"] and table.of("who") == [] and table.of("воз") == []
    assert table.of("csto") == ["ОДКБ"] and table.of("МИДом") == ["MFA"]


def test_two_tables_are_one() -> None:
    both = Synonyms.parse("a1, b1") | Synonyms.parse("a1, c1")
    assert both.of("a1") == ["b1", "c1"]
    assert len(both) == 2 and both.of("b1") == ["a1"]
    assert len(Synonyms.bundled() | both) == len(Synonyms.bundled()) + 2


def test_the_bundled_table() -> None:
    table = Synonyms.bundled()
    assert len(table) > 200
    assert (
        "CSTO" in table.of("ОДКБ") and "Tashkent" in table.of("Ташкенту") and "Paris" in table.of("Парижем")
    )
    assert "ООН" in table.of("United Nations") and "Алма-Ата" in table.of("Almaty")


def test_what_concerns_one_term_is_what_the_whole_table_says() -> None:
    table = Synonyms.bundled()
    text = Path(BUNDLED_PATH).read_text("utf-8")
    terms = [term.strip() for line in text.splitlines() if line[:1] != "#" for term in re.split(",|=>", line)]
    assert len(terms) > 900
    for term in [*terms, "Ташкентом", "МИДа", "Объединённым Нациям", "ds", "Нур-Султану", "", "!", "x y z"]:
        assert bundled.synonyms_of(term) == table.of(term), term


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a, b\nalone\n", "line 2: expected two terms or more"),
        ("a, , b", "line 1: a term is empty"),
        ("a =>", "line 1: a term is empty"),
        ("a => b => c", "line 1: a line has one => at most"),
        ("!, a", "line 1: a term has 1 to 8 words, '!' has 0"),
        ("a b c d e f g h i, x", "line 1: a term has 1 to 8 words"),
        ("\n\n" + ", ".join(f"t{n}" for n in range(65)), "line 3: a line has at most 64 terms"),
        ("a, " + "b" * 10_001, "line 1: a line has at most 10,000 characters"),
    ],
)
def test_errors_name_the_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as error:
        Synonyms.load(path)
    assert str(error.value).startswith(f"{path}, {message}")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot read the synonyms in"):
        Synonyms.load(tmp_path / "absent")
    with pytest.raises(SourceError, match="cannot read the synonyms in"):
        Synonyms.load(tmp_path)
    (tmp_path / "cp1251").write_bytes("a, b\nкот, кошка".encode("cp1251"))
    with pytest.raises(SourceError, match="line 2: not UTF-8"):
        Synonyms.load(tmp_path / "cp1251")
    (tmp_path / "large").write_bytes(b"#" * 16_000_001)
    with pytest.raises(SourceError, match="at most 16,000,000 bytes"):
        Synonyms.load(tmp_path / "large")
    (tmp_path / "bom").write_bytes("\ufeffкот, кошка\r\n".encode())
    assert Synonyms.load(tmp_path / "bom").of("кота") == ["кошка"]
