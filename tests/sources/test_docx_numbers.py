"""The numbers of lists and headings in Word documents, as Word shows them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_files import read_file

import office_files as made
from office_files import run

KINDS = {
    "decimal": ("1", "2", "3", "27"),
    "decimalZero": ("01", "02", "03", "27"),
    "lowerLetter": ("a", "b", "c", "aa"),
    "upperLetter": ("A", "B", "C", "AA"),
    "lowerRoman": ("i", "ii", "iii", "xxvii"),
    "upperRoman": ("I", "II", "III", "XXVII"),
    "russianLower": ("а", "б", "в", "я"),
    "russianUpper": ("А", "Б", "В", "Я"),
    "ordinal": ("1", "2", "3", "27"),
}
LEGAL = [("decimal", "%1."), ("decimal", "%1.%2."), ("russianLower", "%3)"), ("bullet", "•")]


def numbering(*kinds: list[tuple[str, str]], overrides: str = "", starts: str = "1") -> str:
    """A part of numbering: list n has the levels of the n-th kind, list 9 is the first one's begun anew."""
    parts = []
    for number, levels in enumerate(kinds, 1):
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="{starts}"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{label}"/></w:lvl>'
            for level, (kind, label) in enumerate(levels)
        )
        parts.append(f'<w:abstractNum w:abstractNumId="{number + 40}">{inner}</w:abstractNum>')
    for number in range(1, len(kinds) + 1):
        parts.append(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number + 40}"/></w:num>')
    parts.append(f'<w:num w:numId="9"><w:abstractNumId w:val="41"/>{overrides}</w:num>')
    return f"<w:numbering {made.W}>{''.join(parts)}</w:numbering>"


def item(text: str, level: int = 0, of: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr>{run(text)}</w:p>"


def text_of(tmp_path: Path, body: str, part: str) -> str:
    found: str = read_file(tmp_path, "a.docx", made.docx(body, numbering=part))["body"]
    return found.strip("\n")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_number(kind: str, tmp_path: Path) -> None:
    lines = text_of(tmp_path, "".join(item("x") for _ in range(30)), numbering([(kind, "%1)")])).split("\n")
    first, second, third, later = KINDS[kind]
    assert lines[:3] == [f"{first}) x", f"{second}) x", f"{third}) x"]
    assert f"{later}) x" in lines[26:28]


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        ([0, 0, 0], "1. 2. 3."),
        ([0, 1, 1, 0, 1], "1. 1.1. 1.2. 2. 2.1."),
        ([0, 1, 2, 2, 1, 2], "1. 1.1. а) б) 1.2. а)"),
        ([1, 1], "1.1. 1.2."),
        ([0, 2, 0, 2], "1. а) 2. а)"),
        ([0, 3, 3, 0], "1. - - 2."),
        ([3], "-"),
        ([8, 0], "- 1."),
    ],
)
def test_levels(items: list[int], shown: str, tmp_path: Path) -> None:
    text = text_of(tmp_path, "".join(item("x", level) for level in items), numbering(LEGAL))
    assert [line.removesuffix("x").strip() or "-" for line in text.split("\n")] == shown.split()


def test_lists_count_apart_and_one_of_a_kind_goes_on_unless_it_begins_anew(tmp_path: Path) -> None:
    body = item("a") + item("b", of=2) + item("c") + item("d", of=9) + item("e", of=9)
    assert text_of(tmp_path, body, numbering(LEGAL, LEGAL)) == "1. a\n1. b\n2. c\n3. d\n4. e"
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    assert text_of(tmp_path, body, numbering(LEGAL, LEGAL, overrides=anew)) == "1. a\n1. b\n2. c\n7. d\n8. e"
    assert text_of(tmp_path, item("a") + item("b"), numbering(LEGAL, starts="5")) == "5. a\n6. b"


def test_what_has_no_number(tmp_path: Path) -> None:
    for body in (item("x", of=0), item("x", of=77), item("x", level=8), made.paragraph("x")):
        assert text_of(tmp_path, body, numbering(LEGAL)) == "x"
    assert read_file(tmp_path, "a.docx", made.docx(item("x")))["body"] == "x\n"


def test_a_heading_has_its_number_and_a_title_goes_without(tmp_path: Path) -> None:
    styled = '<w:p><w:pPr><w:pStyle w:val="1"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    fields = read_file(
        tmp_path, "a.docx", made.docx(f"{styled}{run('Стороны')}</w:p>", numbering=numbering(LEGAL))
    )
    assert (fields["title"], fields["body"]) == ("Стороны", "1. Стороны\n")


def test_numbers_of_a_style(tmp_path: Path) -> None:
    place = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    style = f'<w:style w:styleId="L"><w:pPr>{place}</w:pPr></w:style>'
    data = made.repacked(
        made.docx(made.paragraph("x", style="L") * 2, numbering=numbering(LEGAL)),
        lambda text: text.replace("</w:styles>", f"{style}</w:styles>"),
    )
    assert read_file(tmp_path, "a.docx", data)["body"] == "1.1. x\n1.2. x\n"


def test_a_level_begins_anew_where_its_list_first_comes_to_it(tmp_path: Path) -> None:
    """Pandoc writes an override of every level into each list; the outer one goes on behind an inner one."""
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>' for level in range(3)
    )
    body = item("a") + item("b", 1, of=9) + item("c") + item("d", 1, of=9)
    assert text_of(tmp_path, body, numbering(LEGAL, overrides=anew)) == "1. a\n1.1. b\n2. c\n2.1. d"


def test_a_paragraphs_own_list_goes_before_that_of_its_style_whatever_comes_first(tmp_path: Path) -> None:
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    for properties in (f'<w:pStyle w:val="1"/>{own}', f'{own}<w:pStyle w:val="1"/>'):
        body = f"<w:p><w:pPr>{properties}</w:pPr>{run('x')}</w:p>"
        assert text_of(tmp_path, body, numbering(LEGAL)) == "1. x"
