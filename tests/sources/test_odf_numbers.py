"""Numbers, formulas, charts and flat files of LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_files import collect, content, read_file, write

import office_files as made
from odf_files import O
from searchlib.errors import SourceError
from searchlib.sources.places import place_of

MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"'


def levels(*kinds: str, more: str = "") -> str:
    """A style of lists, L; each level shows all before it."""
    return "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-format="{kind}" style:num-suffix="."'
        f' text:display-levels="{level}" {more}/>'
        for level, kind in enumerate(kinds, 1)
    )


def style(inner: str, name: str = "L") -> str:
    return f'<text:list-style style:name="{name}">{inner}</text:list-style>'


def items(*of: str, attributes: str = 'text:style-name="L"') -> str:
    """A list; an item is text, or what begins with "<"."""
    inner = "".join(
        f"<text:list-item>{one if one.startswith('<') else f'<text:p>{one}</text:p>'}</text:list-item>"
        for one in of
    )
    return f"<text:list {attributes}>{inner}</text:list>"


def nested(text: str, *of: str) -> str:
    return f"<text:p>{text}</text:p>{items(*of, attributes='')}"


def shown(tmp_path: Path, body: str, styles: str, master: str = "") -> str:
    text: str = read_file(tmp_path, "a.odt", made.opendocument("text", body, styles=styles, master=master))[
        "body"
    ]
    return text.strip("\n").replace("\n\n", "\n")


NUMBERS = [
    (items("a", "b"), "1. a\n2. b"),
    (items(nested("a", "b", "c"), nested("d", "e")), "1. a\n1.1. b\n1.2. c\n2. d\n2.1. e"),
    (items("<text:p>a</text:p><text:p>b</text:p>", "c"), "1. a\nb\n2. c"),
    (items("a") + items("b"), "1. a\n1. b"),
    (items("a") + items("b", attributes='text:style-name="L" text:continue-numbering="true"'), "1. a\n2. b"),
    (items("a", attributes='text:style-name="L" xml:id="x"') + items("b")
     + items("c", attributes='text:style-name="L" text:continue-list="x"'), "1. a\n1. b\n2. c"),
    (items("a").replace("<text:list-item>", '<text:list-item text:start-value="7">'), "7. a"),
    (items(items("a", attributes="")), "1.1. a"),
    (items("a", attributes='text:style-name="none"'), "a"),
    ("<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>", "a"),
    ('<text:list text:style-name="L"><text:list-header><text:p>a</text:p></text:list-header></text:list>',
     "a"),
    (items("<text:number>9)</text:number><text:p>a</text:p>"), "1. a"),
    ("<text:p>a</text:p>" + items("<text:p/>", "b"), "a\n1. \n2. b"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), NUMBERS)
def test_lists(body: str, text: str, tmp_path: Path) -> None:
    assert shown(tmp_path, body, style(levels("1", "1"))) == text


@pytest.mark.parametrize(
    ("inner", "labels"),
    [
        (levels("a"), "a. b."),
        (levels("I"), "I. II."),
        (levels("i"), "i. ii."),
        (levels("А, Б, .., Аа, Аб, ... (ru)"), "А. Б."),
        (levels("а, б, .., аа, аб, ... (ru)"), "а. б."),
        (levels(""), "- -"),
        ('<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>', "- -"),
        (levels("1", more='text:start-value="5"'), "5. 6."),
        (levels("1", more='style:num-prefix="§"'), "§1. §2."),
        (levels("1", more='style:num-list-format="(%1%)"'), "(1) (2)"),
    ],
)
def test_kinds_of_numbers(inner: str, labels: str, tmp_path: Path) -> None:
    text = shown(tmp_path, items("x", "x"), style(inner))
    assert [line.removesuffix("x").strip() or "-" for line in text.split("\n")] == labels.split()


def test_numbers_of_headings_and_of_lists_stand_in_the_styles_and_titles_go_without(tmp_path: Path) -> None:
    outline = levels("1", "1").replace("list-level-style-number", "outline-level-style")
    master = f"<text:outline-style>{outline}</text:outline-style>{style(levels('a'))}"
    head = '<text:h text:outline-level="{}">{}</text:h>'.format
    body = head(1, "One") + head(2, "Two") + head(2, "Three") + head(1, "Four") + items("x")
    data = made.opendocument("text", body, master=master)
    fields = read_file(tmp_path, "a.odt", data)
    assert fields["body"].split("\n\n") == ["1. One", "1.1. Two", "1.2. Three", "2. Four", "a. x\n"]
    assert fields["title"] == "One"


FORMULAS = [
    ("<mi>a</mi><mo>=</mo><mn>2</mn>", "a=2"),
    ("<mfrac><mi>a</mi><mrow><mi>b</mi><mi>c</mi></mrow></mfrac>", "a/bc"),
    ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mn>1</mn>", "x²+1"),
    ("<msup><mi>e</mi><mrow><mi>k</mi><mi>t</mi></mrow></msup>", "e^kt"),
    ("<msup><mi>e</mi><mfrac><mi>a</mi><mi>b</mi></mfrac></msup>", "e^a/b"),
    ("<msub><mi>x</mi><mn>1</mn></msub>", "x1"),
    ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x1²"),
    ("<msqrt><mi>x</mi></msqrt>", "√x"),
    ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
    ("<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd><mi>c</mi></mtd></mtr></mtable>",
     "a b; c"),
    ('<semantics><mi>a</mi><annotation encoding="StarMath 5.0">a over b</annotation></semantics>', "a"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "text"), FORMULAS)
def test_a_formula_stands_in_its_line(formula: str, text: str, tmp_path: Path) -> None:
    link = '<draw:object xlink:href="./Object 1" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
    body = f"<text:p>x <draw:frame>{link}</draw:frame> y</text:p>"
    data = made.opendocument("text", body, **{"Object 1/content.xml": f"<math {MATH}>{formula}</math>"})
    assert read_file(tmp_path, "a.odt", data)["body"] == f"x {text} y\n"
    inline = body.replace("/></draw:frame>", f"><math {MATH}>{formula}</math></draw:object></draw:frame>")
    assert read_file(tmp_path, "a.fodt", flat("text", inline))["body"] == f"x {text} y\n"


def flat(kind: str, body: str, styles: str = "", master: str = "", mime: str = "") -> bytes:
    """A flat file."""
    return (
        f'<?xml version="1.0"?><office:document {O} xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' office:mimetype="{mime or f"application/vnd.oasis.opendocument.{kind}"}">'
        "<office:meta><dc:title>Смета</dc:title><dc:creator>Анна Ли</dc:creator></office:meta>"
        f"<office:styles>{styles}</office:styles><office:master-styles>{master}</office:master-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def test_what_a_chart_says_is_read_and_its_numbers_are_not(tmp_path: Path) -> None:
    chart = (
        f'<office:document-content {O} xmlns:c="urn:oasis:names:tc:opendocument:xmlns:chart:1.0">'
        "<office:body><office:chart><c:chart><c:title><text:p>Продажи</text:p></c:title><table:table><table:table-row>"
        "<table:table-cell><text:p>Полтава</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float"><text:p>17</text:p></table:table-cell>'
        "</table:table-row></table:table></c:chart></office:chart></office:body></office:document-content>"
    )
    link = '<draw:frame><draw:object xlink:href="./Object%201" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
    link += "</draw:frame>"
    part = {"Object 1/content.xml": chart}
    text = made.opendocument("text", f"<text:p>a</text:p><text:p>{link}</text:p><text:p>b</text:p>", **part)
    assert read_file(tmp_path, "a.odt", text)["body"] == "a\nПродажи\nПолтава\nb\n"
    table = made.odf_table(("a", "b")).replace(
        "<table:table-row>", f"<table:shapes>{link}</table:shapes><table:table-row>", 1
    )
    sheet = read_file(tmp_path, "a.ods", made.opendocument("spreadsheet", table, **part))["body"]
    assert "Продажи" in sheet and "Полтава" not in sheet
    damaged = made.opendocument("text", f"<text:p>a{link}</text:p>", **{"Object 1/content.xml": "<a>"})
    found: list[str] = []
    folder = write(tmp_path / "d", {"a.odt": damaged})
    documents, problems = collect(folder, on_notice=lambda problem: found.append(str(problem)))
    assert content(documents)[0]["body"] == "a\n" and problems == []
    assert any("'Object 1/content.xml'" in said for said in found)


def test_flat_files(tmp_path: Path) -> None:
    margin = "<style:master-page><style:header><text:p>Верх</text:p></style:header></style:master-page>"
    comment = "<office:annotation><dc:creator>Пётр</dc:creator></office:annotation>"
    body = f"<text:h>Глава</text:h><text:p>раз{comment}</text:p>"
    fields = read_file(tmp_path, "a.fodt", flat("text", body, master=margin))
    assert (fields["title"], fields["author"], fields["body"]) == (
        "Смета",
        "Анна Ли",
        "Глава\n\nраз\n\nВерх\n",
    )
    page = (
        "<draw:page><draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></draw:page>"
    )
    slides = read_file(tmp_path, "a.fodp", flat("presentation", page.format("раз") + page.format("два")))[
        "body"
    ]
    assert place_of("a.fodp", slides, slides.index("два")) == "slide 2"
    sheets = made.odf_table(("a",), name="Один") + made.odf_table(("b",), name="Два")
    table = read_file(tmp_path, "a.fods", flat("spreadsheet", sheets))["body"]
    assert place_of("a.fods", table, table.index("b")) == "sheet 2"


def test_flat_files_of_another_kind_are_refused(tmp_path: Path) -> None:
    for data in (
        flat("text", "", mime="application/vnd.oasis.opendocument.spreadsheet"),
        b"<html><p>x</p></html>",
    ):
        with pytest.raises(SourceError, match="is not an OpenDocument text"):
            read_file(tmp_path, "a.fodt", data)
    package = made.opendocument("text", "<text:p>x</text:p>")
    assert read_file(tmp_path, "a.fodt", package)["body"] == "x\n", "whatever it is called"
