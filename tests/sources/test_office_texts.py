"""What of a document is text: as people see it on paper or on the screen, piece by piece."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sample_files import collect, read_file, write

import office_files as made
from office_files import paragraph as p
from office_files import rtf_text as t
from office_files import run

HIDDEN = "<w:vanish/>"
BOX = made.text_box
MATH = "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>"


def m(kind: str, *arguments: str, properties: str = "") -> str:
    """An element of a formula; an argument is text, or named: "sup:2"."""
    inner = ""
    for argument in arguments:
        name, colon, said = ("", "", argument) if argument.startswith("<") else argument.partition(":")
        name, said = (name, said) if colon else ("", argument)
        text = said if said.startswith("<") else f"<m:r><m:t>{said}</m:t></m:r>"
        inner += f"<m:{name or 'e'}>{text}</m:{name or 'e'}>"
    return f"<m:{kind}>{properties}{inner}</m:{kind}>"


SQUARE = m("sSup", "x", "sup:2")
BRACKETS = '<m:dPr><m:begChr m:val="["/><m:sepChr m:val=","/><m:endChr m:val=""/></m:dPr>'
SUM = '<m:naryPr><m:chr m:val="∑"/></m:naryPr>'
FORMULAS = [
    (m("d", "l"), "(l)"),
    (m("d", "a", "b", properties=BRACKETS), "[a,b"),
    (m("d", m("d", "a") + m("d", "b")), "((a)(b))"),
    (SQUARE, "x²"),
    (m("sSup", "e", "sup:kt"), "e^kt"),
    (m("sSup", "e", f"sup:{SQUARE}"), "e^x²"),
    (m("sSub", "x", "sub:1"), "x1"),
    (m("f", "num:a", "den:b"), "a/b"),
    (m("rad", "x"), "√x"),
    (m("nary", "sub:i", "sup:9", "x", properties=SUM), "∑i⁹x"),
    (m("nary", "x", properties="<m:naryPr/>"), "∫x"),
    (m("func", "fName:sin", "x"), "sin x"),
    (f"<m:m>{m('mr', 'a', 'b')}</m:m>", "a b"),
    (m("eqArr", "a=b", "c=d"), "a=b; c=d"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "text"), FORMULAS)
def test_formulas(formula: str, text: str, tmp_path: Path) -> None:
    inner = f"<m:oMath>{formula}</m:oMath>"
    assert read_file(tmp_path, "a.docx", made.docx(p("x ", inner)))["body"] == f"x {text}\n"
    slide = made.shape("x ").replace("</a:p>", f"<m:oMathPara>{inner}</m:oMathPara></a:p>")
    slide = slide.replace("<p:sp>", f'<p:sp xmlns:m="{made.OOXML}officeDocument/2006/math">', 1)
    assert read_file(tmp_path, "a.pptx", made.pptx(slide))["body"].rstrip("\n") == f"x {text}"


def row(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


WORD = [
    (p("one") + p("two"), "one\ntwo"),
    (p() + p("one") + p() + p(), "one"),
    (p("Ка", run("зань", "<w:b/>")), "Казань"),
    (p(run("two "), run("words")), "two words"),
    (p(run("one") + "<w:r><w:tab/></w:r>" + run("two")), "one\ttwo"),
    ("<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>" + run("one") + "</w:p>", "one"),
    (p(run("one") + "<w:r><w:br/></w:r>" + run("two")), "one\ntwo"),
    (p(run("one") + '<w:r><w:br w:type="page"/></w:r>' + run("two")), "one\ntwo"),
    (p(run("до") + "<w:r><w:softHyphen/></w:r>" + run("рога")), "до\u00adрога"),
    (p(run("wi") + "<w:r><w:noBreakHyphen/></w:r>" + run("fi")), "wi\u2011fi"),
    (p("до\u00adрога"), "до\u00adрога"),
    (p("one-\ntwo"), "one-\ntwo"),
    (p("one", run("hidden", HIDDEN)), "one"),
    (p("one", run("seen", '<w:vanish w:val="0"/>')), "oneseen"),
    (p("one", run("hidden", '<w:rStyle w:val="h"/>')), "one"),
    (p("one", f'<w:del w:id="1">{run("gone")}</w:del>'), "one"),
    (p("one", f'<w:ins w:id="1">{run("new")}</w:ins>'), "onenew"),
    (p("one", f'<w:moveFrom w:id="1">{run("gone")}</w:moveFrom>'), "one"),
    (p("one", f'<w:moveTo w:id="1">{run("new")}</w:moveTo>'), "onenew"),
    (p("one", '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>', "2"), "one2"),
    (p("see ", f'<w:hyperlink w:anchor="x">{run("there")}</w:hyperlink>'), "see there"),
    (p(f'<w:fldSimple w:instr="DATE">{run("today")}</w:fldSimple>'), "today"),
    (p(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('filled in')}</w:sdtContent></w:sdt>"), "filled in"),
    (f"<w:sdt><w:sdtContent>{p('a block')}</w:sdtContent></w:sdt>", "a block"),
    (p(f"<w:smartTag>{run('Poltava')}</w:smartTag>"), "Poltava"),
    (p("м", run("2", '<w:vertAlign w:val="superscript"/>')), "м²"),
    (p("слово", run("12", '<w:vertAlign w:val="superscript"/>'), " далее"), "слово¹² далее"),
    (p("H", run("2", '<w:vertAlign w:val="subscript"/>'), "O"), "H2O"),
    (p("x", run("n", '<w:vertAlign w:val="superscript"/>')), "xn"),
    (p("formula ", MATH), "formula E=mc"),
    (p("one", BOX("box")), "one\nbox"),
    (p("one", BOX("box"), " two"), "one two\nbox"),
    (p(BOX("first"), BOX("second")), "first\nsecond"),
    (p(f"<w:r><w:pict><w:txbxContent>{p('old box')}</w:txbxContent></w:pict></w:r>"), "old box"),
    (made.word_table(("a", "b"), ("c", "d")), "a\tb\nc\td"),
    (made.word_table(("a", ""), ("", "d")), "a\nd"),
    (p("x") + made.word_table(("a", "b")) + p("y"), "x\na\tb\ny"),
    (row(p("a") + p("b"), p("c")), "a\nb\tc"),
    (row(made.word_table(("a", "b")) + p(), p("c")), "a\tb\tc"),
    (p("Head", style="1") + p("text"), "Head\n\ntext"),
    (p("before") + p("Head", style="1") + p("text"), "before\n\nHead\n\ntext"),
    (p(made.HEBREW), made.HEBREW),
    (p("a & b").replace("&", "&amp;"), "a & b"),
    (p("<w:r><w:t>😀</w:t></w:r>"), "😀"),
    (p(f"<w:r><w:ruby><w:rt>{run('kan')}</w:rt><w:rubyBase>{run('漢')}</w:rubyBase></w:ruby></w:r>"), "漢"),
    (p("one", '<w:r><w:commentReference w:id="1"/></w:r>'), "one"),
    (p("one") + '<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>' + run("seen") + "</w:p>", "one\nseen"),
    (p("x", '<w:r><w:footnoteReference w:id="2"/></w:r>', " y") + p("z"), "x y\nz\n\nnote"),
    (p("x", '<w:r><w:footnoteReference w:id="9"/></w:r>'), "x"),
    (p("x", '<w:del><w:r><w:footnoteReference w:id="2"/></w:r></w:del>'), "x"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), WORD)
def test_word(body: str, text: str, tmp_path: Path) -> None:
    notes = f'<w:footnotes {made.W}><w:footnote w:id="2">{p("note")}</w:footnote></w:footnotes>'
    assert read_file(tmp_path, "a.docx", made.docx(body, footnotes=notes))["body"].strip("\n") == text


def test_files_that_are_embedded_are_named(tmp_path: Path) -> None:
    name = "word/_rels/document.xml.rels"
    links = made.relations(
        ("rS", "styles", "styles.xml"), ("a", "package", "a.xlsx"), ("b", "oleObject", "b.bin")
    )
    more = {name: links, "word/a.xlsx": b"PK", "word/b.bin": b"x"}
    data = made.with_members(made.docx(p("one")), more)
    said: list[str] = []
    documents, problems = collect(
        write(tmp_path, {"a.docx": data}), on_notice=lambda one: said.append(str(one))
    )
    assert [document["body"] for document in documents] == ["one\n"] and problems == []
    assert any("2 files embedded in it are not read" in notice for notice in said)


def test_what_was_written_by_word_in_its_strict_form(tmp_path: Path) -> None:
    def stricter(text: str) -> str:
        return text.replace(
            f"{made.OOXML}wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"
        )

    data = made.repacked(made.docx(p("one", run("hidden", HIDDEN))), stricter)
    assert read_file(tmp_path, "a.docx", data)["body"] == "one\n"


ODT = [
    ("<text:p>one</text:p><text:p>two</text:p>", "one\ntwo"),
    ("<text:p>  one \n two  </text:p>\n\n<text:p/>", "one two"),
    ("<text:p>Ка<text:span>зань</text:span> и <text:span> мы</text:span></text:p>", "Казань и мы"),
    ('<text:p>a<text:s text:c="3"/>b<text:s/>c</text:p>', "a   b c"),
    ('<text:p>a<text:s text:c="999999999"/>b</text:p>', "a b"),
    ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
    ("<text:h>Head</text:h><text:p>text</text:p>", "Head\n\ntext"),
    ('<text:p>a<text:span text:style-name="T9">hidden</text:span>b</text:p>', "ab"),
    ('<text:p text:style-name="T9">hidden</text:p><text:p>b</text:p>', "b"),
    ('<text:section text:display="none"><text:p>hidden</text:p></text:section><text:p>b</text:p>', "b"),
    ('<text:p>a<text:hidden-text text:is-hidden="true">x</text:hidden-text></text:p>', "a"),
    ('<text:p>a<text:hidden-text text:is-hidden="false">x</text:hidden-text></text:p>', "ax"),
    ("<text:p>a<office:annotation><text:p>said</text:p></office:annotation>b</text:p>", "ab"),
    ("<text:p>a<text:bookmark/><text:a>link</text:a><text:date>31.05</text:date></text:p>", "alink31.05"),
    ('<text:p>м<text:span text:style-name="up">2</text:span></text:p>', "м²"),
    ("<text:p>a<text:page-number>7</text:page-number></text:p>", "a"),
    (made.odf_table(("a", "b"), ("c", "d")), "a\tb\nc\td"),
    ("<text:list><text:list-header><text:p>h</text:p></text:list-header><text:list-item><text:p>a</text:p>"
     "<text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>",
     "h\na\nb"),
    ("<text:p>a<draw:frame><draw:image/></draw:frame>b</text:p>", "ab"),
    (f"<text:p>a<draw:frame xmlns:svg='{made.ODF}svg-compatible:1.0'><svg:title>image1.png</svg:title>"
     "<svg:desc>a picture</svg:desc></draw:frame>b</text:p>", "ab"),
    ("<table:content-validations><table:error-message><text:p>No!</text:p></table:error-message>"
     "</table:content-validations><text:p>a<text:script>x()</text:script></text:p>", "a"),
    ("<text:p>a<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>kan</text:ruby-text></text:ruby>"
     "</text:p>", "a漢"),
    ("<text:p>x<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p>"
     "<text:p>m</text:p></text:note-body></text:note>.</text:p><text:p>y</text:p>", "x.\ny\n\nn\nm"),
    ("<text:p>до\u00adрога wi‑fi</text:p>", "до\u00adрога wi‑fi"),
    ("<text:table-of-content><text:index-body><text:p>Главы</text:p></text:index-body></text:table-of-content>",
     "Главы"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), ODT)
def test_odt(body: str, text: str, tmp_path: Path) -> None:
    up = '<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>'
    data = made.opendocument("text", body, styles=made.HIDDEN_STYLE + up)
    assert read_file(tmp_path, "a.odt", data)["body"].strip("\n") == text


RTF = [
    (r"one\par two\par", "one\ntwo"),
    ("one\r\nline\\par", "oneline"),
    ("two\\par\r\nparagraphs", "two\nparagraphs"),
    (r"\b Ka\b0 zan", "Kazan"),
    (t("Полтава"), "Полтава"),
    (r"\u1055?\u1086?", "По"),
    (r"\u-3913?", chr(0x10000 - 3913)),
    (r"\uc0\u1055\u1086", "По"),
    (r"\uc2\u1055??x", "Пx"),
    (r"\u1055\'3fx", "Пx"),
    (r"{\uc0\u1055}\u1086?", "По"),
    (r"\u-10179?\u-8704?", "😀"),
    (r"\u1055\~x", "Пx"),
    (r"a\~b\_c\-d\emdash\endash\bullet\lquote\rquote\ldblquote\rdblquote", "a\u00a0b\u2011c\u00add—–•‘’“”"),
    (r"\{a\}\\", r"{a}\ ".strip()),
    (r"a\tab b\line c", "a\tb\nc"),
    (r"{\v hidden}seen", "seen"),
    (r"\v hidden\v0 seen", "seen"),
    (r"\v hidden\plain seen", "seen"),
    (r"{\deleted gone}{\revised new}", "new"),
    (r"{\*\annotation said}{\*\atnauthor Ann}one", "one"),
    (r"{\*\unknown x}one", "one"),
    (r"{\unknown x}one", "xone"),
    (r"one{\pict\pngblip 89504e47}two", "onetwo"),
    (r"one{\object{\*\objdata 0105}{\result shown}}", "oneshown"),
    (r"{\field{\*\fldinst PAGE}{\fldrslt 7}}", "7"),
    (r"{\*\bkmkstart x}one{\*\bkmkend x}", "one"),
    (r"{\xe entry}one{\tc contents}", "one"),
    (r"\trowd\cellx1\cellx2 a\cell b\cell\row c\cell d\cell\row\pard e", "a\tb\nc\td\ne"),
    (r"\trowd\cellx1\cellx2 \cell b\cell\row", "b"),
    (r"a\par\par\par b", "a\nb"),
    (r"x{\footnote note}y\par z", "xy\nz\n\nnote"),
    (r"{\header\pard head\par}{\footer\pard 7\par}one", "one\n\nhead"),
    (r"{\headerl head}{\headerr head}one", "one\n\nhead"),
    (r"{\listtext\pard 1.\tab}point", "1. point"),
    (r"{\listtext\pard\'95\tab}point", "point"),
    (r"{\f1\'f9\'ec\'e5\'ed}", "שלום"),
    (r"\f1\'f9\f0\'f9", "שщ"),
    (r"\ansicpg1252\f9\'e9", "é"),
    (r"{\*\shppict{\pict 00}}one", "one"),
    (r"a{\shp{\*\shpinst{\sp{\sn fill}{\sv 7}}{\shptxt\pard box\par}}{\shprslt{\*\do\dptxbxtext box}}}\par b",
     "a\nbox\nb"),
    (r"m{\super 2}", "m²"),
    (r"m\super 2\nosupersub  x", "m² x"),
    (r"H{\sub 2}O", "H2O"),
    (r"a\bin5 {{{{{b", "ab"),
    ("a\\\nb", "a\nb"),
    (r"\pard\outlinelevel0 Head\par\pard text", "Head\n\ntext"),
    (r"\pard\s1 Head\par\pard\s2 text", "Head\n\ntext"),
    (r"\pard\s1{\listtext\pard 1.\tab}Head{\footnote\pard n\par}\par\pard text", "1. Head\n\ntext\n\nn"),
    (r"{\header\pard\s1 top\par}one", "one\n\ntop"),
    (r"a}trailing}", "a"),
    (r"{{{a", "a"),
    (r"a\page b\sect c", "a\nb\nc"),
    (r"{\upr{x}{\*\ud{y}}}z", "yz"),
    (r"{\upr{\b x}{\*\ud{\b\u1087?}}}z", "пz"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), RTF)
def test_rtf(body: str, text: str, tmp_path: Path) -> None:
    assert read_file(tmp_path, "a.rtf", made.rtf(body))["body"].strip("\n") == text


def test_what_rtf_says_of_itself_twice_is_read_in_unicode(tmp_path: Path) -> None:
    info = r"{\upr{\title ??}{\*\ud{\title \u1044?\u1072?}}}{\author Ann}"
    fields = read_file(tmp_path, "a.rtf", made.rtf("x", info))
    assert (fields["title"], fields["author"], fields["body"]) == ("Да", "Ann", "x\n")


def test_rtf_of_japanese_in_bytes(tmp_path: Path) -> None:
    data = b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset128 MS;}}\\f0 \\'93\\'fa\\'96\\'7b}"
    assert read_file(tmp_path, "a.rtf", data)["body"] == "日本\n"


FB2 = [
    ("<section><p>one</p><p>two</p></section>", "one\ntwo"),
    ("<section><p> one\n <strong>two</strong>three </p></section>", "one twothree"),
    ("<section><title><p>A</p><p>B</p></title><p>x</p></section>", "A\nB\n\nx"),
    ("<section><p>x</p></section><section><p>y</p></section>", "x\n\f\ny"),
    ("<section><title><p>P</p></title><section><p>x</p></section><section><p>y</p></section></section>",
     "P\n\nx\n\f\ny"),
    ("<section><section><section><p>x</p></section><section><p>y</p></section></section></section>",
     "x\n\ny"),
    ("<section><poem><stanza><v>a</v><v>b</v></stanza><stanza><v>c</v></stanza></poem></section>",
     "a\nb\n\nc"),
    ("<section><cite><p>q</p><text-author>Ann</text-author></cite><p>x</p></section>", "q\nAnn\nx"),
    ("<section><p>x</p><empty-line/><p>y</p><subtitle>* * *</subtitle><p>z</p></section>",
     "x\n\ny\n\n* * *\n\nz"),
    ('<section><p>слово<a type="note" href="#1">1</a> и <a href="#2">ссылка</a></p></section>',
     "слово¹ и ссылка"),
    ("<section><p>м<sup>2</sup>, H<sub>2</sub>O</p></section>", "м², H2O"),
    ('<section><image href="#a"/><p>x</p></section>', "x"),
    ("<section><table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table></section>", "a\tb\nc"),
    ("<section><p>тире&mdash;и&nbsp;пробел &amp; &lt;</p></section>", "тире—и\u00a0пробел & <"),
    (f"<section><p>{made.HEBREW} до\u00adрога</p></section>", f"{made.HEBREW} до\u00adрога"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), FB2)
def test_fb2(body: str, text: str, tmp_path: Path) -> None:
    assert read_file(tmp_path, "a.fb2", made.fb2(body))["body"].strip("\n\f") == text


def slide_text(tmp_path: Path, *slides: str) -> str:
    body: str = read_file(tmp_path, "a.pptx", made.pptx(*slides))["body"]
    return body.strip("\n")


def test_slides(tmp_path: Path) -> None:
    shape, of = made.shape, "<a:p><a:r><a:t>{}</a:t></a:r></a:p>".format
    ghost = f'<a:tc hMerge="1"><a:txBody>{of("ghost")}</a:txBody></a:tc>'
    merged = f'<a:tbl><a:tr><a:tc gridSpan="2"><a:txBody>{of("a")}</a:txBody></a:tc>{ghost}</a:tr></a:tbl>'
    raised = shape("м</a:t></a:r><a:r><a:rPr baseline='30000'/><a:t>2</a:t></a:r><a:r><a:t> 7")
    number = shape("p. </a:t></a:r><a:fld type='slidenum'><a:t>7</a:t></a:fld><a:r><a:t>")
    twice = (
        f'<mc:AlternateContent xmlns:mc="{made.OOXML}markup-compatibility/2006"><mc:Choice>{shape("a")}'
        f"</mc:Choice><mc:Fallback>{shape('a')}</mc:Fallback></mc:AlternateContent>"
    )
    title = shape("T", kind="title") + shape("a") + shape("7", kind="sldNum") + shape("1.1", kind="dt")
    for slides, text in [
        ((shape("a", "b"),), "a\nb"),
        ((shape("a") + shape("b"), shape("c")), "a\nb\n\f\nc"),
        ((shape("a"), "", shape("c")), "a\n\f\n\n\f\nc"),
        ((f"<p:grpSp>{shape('a')}<p:grpSp>{shape('b')}</p:grpSp></p:grpSp>",), "a\nb"),
        ((made.slide_table(("a", "b"), ("c", "")),), "a\tb\nc"),
        ((merged,), "a"),
        ((raised,), "м² 7"),
        ((number,), "p. "),
        ((twice,), "a"),
        ((title,), "T\n\na"),
        ((shape("a") + shape("Co", kind="ftr"), shape("b") + shape("Co", kind="ftr")), "a\nCo\n\f\nb"),
        (tuple(shape(str(i)) for i in range(12)), "\n\f\n".join(map(str, range(12)))),
    ]:
        assert slide_text(tmp_path, *slides) == text


def cells(*values: str) -> str:
    return f"<row>{''.join(values)}</row>"


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


SHEETS: list[tuple[str, str]] = [
    (cells(inline("a"), inline("b")) + cells(inline("c")), "a\tb\nc"),
    (cells(inline("a"), "<c/>", "<c><v/></c>", inline("b")), "a\tb"),
    (cells(*(f'<c t="s"><v>{number}</v></c>' for number in ("0", "9", "-1", "x", ""))), "shared"),
    (cells('<c t="e"><v>#DIV/0!</v></c>', '<c t="b"><v>0</v></c>'), "#DIV/0!\tFALSE"),
    (cells(*(f'<c t="d"><v>2026-05-31T{time}</v></c>' for time in ("00:00:00", "10:00:00"))),
     "2026-05-31\t2026-05-31 10:00:00"),
    (cells('<c s="1"><f>NOW()</f><v>46173</v></c>', '<c s="99"><v>7</v></c>', '<c s="x"><v>8</v></c>'),
     "2026-05-31\t7\t8"),
    (cells('<c t="str"><f>CONCAT("x")</f><v>given</v></c>'), "given"),
    (cells(inline("two\nlines")), "two\nlines"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), SHEETS)
def test_sheets(data: str, text: str, tmp_path: Path) -> None:
    body = read_file(tmp_path, "a.xlsx", made.xlsx(("S", data), strings=("<t> shared </t>",)))["body"]
    assert body.strip("\n") == f"S\n\n{text}".strip("\n")


def test_notebooks(tmp_path: Path) -> None:
    def body(*cells: Any) -> str:
        return str(read_file(tmp_path, "a.ipynb", made.notebook(*cells))["body"])

    assert body({"cell_type": "code", "source": "a\fb"}, {"cell_type": "raw", "source": []}) == "a\nb\n\f\n"
    odd = {"source": 5, "outputs": [3, {"data": {"text/html": "x"}}]}
    assert body({"cell_type": "code"}, 7, None, odd) == "\n\f\n"
    old = b'{"worksheets": [{"cells": [{"cell_type": "heading", "source": "Head"}, {"input": "x = 1"}]}]}'
    fields = read_file(tmp_path, "a.ipynb", old)
    assert (fields["title"], fields["body"]) == ("Head", "Head\n\f\nx = 1\n")
