"""Documents of Word and Excel that are one XML, and are called .doc and .xls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sample_files import collect, read_file, write

from ooxml_files import W, core, paragraph, run
from searchlib.sources.places import place_of

OFFICE = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
SAID = (
    f"<o:DocumentProperties {OFFICE}><o:Title>Смета</o:Title><o:Author>Анна Ли</o:Author>"
    "</o:DocumentProperties>"
)
WORD = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
    ' xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
)


def read(tmp_path: Path, name: str, text: str) -> dict[str, Any]:
    """The document of a file of that name."""
    return read_file(tmp_path, name, f'<?xml version="1.0"?>{text}'.encode())


def annotation(kind: str, inner: str) -> str:
    return f'<aml:annotation w:type="Word.{kind}"><aml:content>{inner}</aml:content></aml:annotation>'


def word_2003(body: str) -> str:
    style = '<w:style w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    return (
        f"<w:wordDocument {WORD}>{SAID}<w:styles>{style}</w:styles><w:body>{body}</w:body></w:wordDocument>"
    )


def test_word_2003(tmp_path: Path) -> None:
    note = f"<w:r><w:footnote>{paragraph('Сноска внизу')}</w:footnote></w:r>"
    comment = annotation("Comment", paragraph("тайно"))
    gone, added = annotation("Deletion", run("тайно")), annotation("Insertion", run("вписано"))
    label = '<w:p><w:pPr><w:listPr><wx:t wx:val="1.2."/></w:listPr></w:pPr>'
    margins = f"<w:sectPr><w:hdr>{paragraph('Верх')}</w:hdr><w:ftr>{paragraph('7')}</w:ftr></w:sectPr>"
    body = (
        paragraph("Глава", style="H")
        + paragraph("раз", note, " ", comment, gone, added, run("тайно", "<w:vanish/>"))
        + f"{label}{run('пункт')}</w:p>{margins}"
    )
    found = read(tmp_path, "a.doc", word_2003(body))
    assert (found["title"], found["author"]) == ("Смета", "Анна Ли")
    assert found["body"] == "Глава\n\nраз вписано\n1.2. пункт\n\nСноска внизу\n\nВерх\n"


def part(name: str, kind: str, inner: str) -> str:
    kind = f'pkg:contentType="application/x.{kind}+xml"'
    return f'<pkg:part pkg:name="{name}" {kind}><pkg:xmlData>{inner}</pkg:xmlData></pkg:part>'


def test_a_package_of_word_written_flat(tmp_path: Path) -> None:
    styles = f'<w:styles {W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>'
    text = paragraph("Глава", style="1") + paragraph("раз", '<w:r><w:footnoteReference w:id="2"/></w:r>')
    package = (
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        + part("/docProps/core.xml", "core-properties", core("Смета", "Анна Ли"))
        + part("/word/document.xml", "document.main", f"<w:document {W}><w:body>{text}</w:body></w:document>")
        + part("/word/footnotes.xml", "footnotes",
               f'<w:footnotes {W}><w:footnote w:id="2">{paragraph("Сноска")}</w:footnote></w:footnotes>')
        + part("/word/header1.xml", "header", f"<w:hdr {W}>{paragraph('Верх')}</w:hdr>")
        + part("/word/comments.xml", "comments", f"<w:comments {W}>{paragraph('тайно')}</w:comments>")
        + part("/word/styles.xml", "styles", styles)
        + "</pkg:package>"
    )  # fmt: skip
    found = read(tmp_path, "a.doc", package)
    assert (found["title"], found["author"]) == ("Смета", "Анна Ли")
    assert found["body"] == "Глава\n\nраз\n\nСноска\n\nВерх\n"


def test_excel_2003(tmp_path: Path) -> None:
    def sheet(name: str, *rows: str, more: str = "") -> str:
        inner = "".join(f"<Row>{row}</Row>" for row in rows)
        return f'<Worksheet ss:Name="{name}"><Table>{inner}</Table>{more}</Worksheet>'

    def cell(kind: str, value: str) -> str:
        return f'<Cell><Data ss:Type="{kind}">{value}</Data><Comment><Data>тайно</Data></Comment></Cell>'

    hidden = (
        '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
        "</WorksheetOptions>"
    )
    share = '<Cell ss:StyleID="p"><Data ss:Type="Number">0.256</Data></Cell>'
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    book = (
        f'<Workbook xmlns="{space}" xmlns:ss="{space}">{SAID}'
        + '<Styles><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style></Styles>'
        + sheet("Города", cell("String", "Полтава") + cell("Number", "279593"), share)
        + sheet("Тайный", cell("String", "тайно"), more=hidden)
        + sheet("Даты", cell("DateTime", "2026-05-31T00:00:00.000") + cell("Boolean", "1"))
        + "</Workbook>"
    )
    found = read(tmp_path, "a.xls", book)
    assert (found["title"], found["author"]) == ("Смета", "Анна Ли")
    assert found["body"] == "Города\n\nПолтава\t279593\n25.6%\n\f\nДаты\n\n2026-05-31\tTRUE\n"
    assert place_of("a.xls", found["body"], found["body"].index("TRUE")) == "sheet 2"


def test_what_is_no_document_of_these_is_refused_with_the_way_to_convert_it(tmp_path: Path) -> None:
    files = {"a.doc": '<?xml version="1.0"?><a/>', "b.xls": b"\xd0\xcf\x11\xe0"}
    documents, problems = collect(write(tmp_path, dict(files)))
    assert documents == [] and len(problems) == 2
    assert all("convert it" in problem for problem in problems)


def test_documents_that_are_called_xml(tmp_path: Path) -> None:
    sheet = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    package = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    story = f"<w:document {W}><w:body>{paragraph('Рассказ')}</w:body></w:document>"
    of_word = part("/word/document.xml", "main", story)
    write(
        tmp_path,
        {
            "word.xml": f'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
            f"{word_2003(paragraph('раз'))}",
            "flat.xml": f'<?xml version="1.0"?><pkg:package {package}>{of_word}</pkg:package>',
            "sheet.xml": f'<?xml version="1.0"?><Workbook {sheet} xmlns:ss="{sheet[7:-1]}">'
            '<Worksheet ss:Name="Лист"><Table><Row><Cell><Data ss:Type="String">клетка</Data></Cell></Row>'
            "</Table></Worksheet></Workbook>",
            "other.xml": "<package><item>слова</item></package>",
        },
    )
    said: list[str] = []
    documents, problems = collect(tmp_path, on_notice=lambda problem: said.append(problem.reason))
    assert problems == []
    bodies = {row["id"]: row["body"] for row in documents}
    assert bodies["word.xml"] == "раз\n" and bodies["flat.xml"] == "Рассказ\n"
    assert bodies["sheet.xml"] == "Лист\n\nклетка\n" and bodies["other.xml"] == "слова\n"
    assert said == ["read as Word in XML", "read as Excel in XML", "read as Word in XML"]
