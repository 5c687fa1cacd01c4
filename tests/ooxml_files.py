"""Packages, and documents of Word, PowerPoint and Excel, made by hand; bytes are the same on each run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

OOXML = "http://schemas.openxmlformats.org/"
REL = f"{OOXML}officeDocument/2006/relationships"
HEBREW = "שלום עולם"
ROAD = "до\u00adрога"
"""With a soft hyphen in it."""


def packed(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip package of these members, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            package.writestr(info, data)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[str], str]) -> bytes:
    """A package with each of its texts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed({name: change(package.read(name).decode()) for name in package.namelist()})


def with_members(data: bytes, members: Mapping[str, str | bytes]) -> bytes:
    """A package with these members, new or instead of others."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed({name: package.read(name) for name in package.namelist()} | dict(members))


def relations(*found: tuple[str, str, str]) -> str:
    """A part of relations: id, the last word of the type, target."""
    inner = "".join(
        f'<Relationship Id="{id}" Type="{REL}/{kind}" Target="{target}"/>' for id, kind, target in found
    )
    return f'<Relationships xmlns="{OOXML}package/2006/relationships">{inner}</Relationships>'


def core(title: str = "", creator: str = "") -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{OOXML}package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>ru-RU</dc:language>"
        "<cp:keywords>смета, дом</cp:keywords>"
        "<dcterms:created>2026-05-31T10:20:30Z</dcterms:created></cp:coreProperties>"
    )


def office(main: str, parts: Mapping[str, str], title: str = "", creator: str = "") -> bytes:
    """A package of OOXML."""
    root = relations(
        ("rId1", "officeDocument", main), ("rId2", "metadata/core-properties", "docProps/core.xml")
    )
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{OOXML}package/2006/content-types"/>',
            "_rels/.rels": root,
            "docProps/core.xml": core(title, creator),
            **parts,
        }
    )


W = (
    f'xmlns:w="{OOXML}wordprocessingml/2006/main" xmlns:mc="{OOXML}markup-compatibility/2006"'
    f' xmlns:m="{OOXML}officeDocument/2006/math" xmlns:wps="urn:wps" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    inner = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{inner}{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def word_table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


WORD_STYLES = (
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="character" w:styleId="h"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)


def docx(body: str, title: str = "", creator: str = "", **more: str) -> bytes:
    """A Word document of this body. more: parts by their kinds: footnotes, header…"""
    rels = [("rS", "styles", "styles.xml"), *((f"r{kind}", kind, f"{kind}.xml") for kind in more)]
    parts = {
        "word/document.xml": f"<w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(*rels),
        "word/styles.xml": WORD_STYLES,
        **{f"word/{kind}.xml": part for kind, part in more.items()},
    }
    return office("word/document.xml", parts, title, creator)


def text_box(text: str) -> str:
    """A box as Word writes it: twice."""
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def word_sample(word: str) -> bytes:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    deleted = '<w:del w:id="1"><w:r><w:delText>вычеркнуто</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("вписано")}</w:ins>'
    link = f'<w:hyperlink r:id="x" xmlns:r="{REL}">{run("ссылка")}</w:hyperlink>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF код </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("рисунок 7")}'
    )
    body = (
        paragraph("Договор аренды", style="a3")
        + paragraph("Стороны", style="1")
        + paragraph(f"Слово {word} и {ROAD}", note, ".")
        + paragraph("Раз", deleted, " ", inserted, " ", link, " ", field, run("скрыто", "<w:vanish/>"))
        + paragraph("Рядом с врезкой.", text_box("Врезка сбоку"))
        + word_table(("Город", "Жители"), ("Полтава", "279593"))
        + paragraph("Ка", run("зань", "<w:b/>"), run("тайно", '<w:rStyle w:val="h"/>'))
        + paragraph(HEBREW)
    )
    footnotes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator">{paragraph("черта")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Сноска внизу")}</w:footnote></w:footnotes>'
    )
    comments = (
        f'<w:comments {W}><w:comment w:id="0">{paragraph("примечание рецензента")}</w:comment></w:comments>'
    )
    header = f"<w:hdr {W}>{paragraph('Колонтитул фирмы')}</w:hdr>"
    return docx(body, "Договор № 7", "Анна Ли", footnotes=footnotes, comments=comments, header=header)


A = f'xmlns:a="{OOXML}drawingml/2006/main" xmlns:p="{OOXML}presentationml/2006/main" xmlns:r="{REL}"'


def shape(*paragraphs: str, kind: str = "") -> str:
    role = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
    inner = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp>{role}<p:txBody>{inner}</p:txBody></p:sp>"


def slide_table(*rows: tuple[str, ...]) -> str:
    cells = (
        "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in row)
        for row in rows
    )
    inner = "".join(f"<a:tr>{row}</a:tr>" for row in cells)
    return f"<p:graphicFrame><a:graphic><a:tbl>{inner}</a:tbl></a:graphic></p:graphicFrame>"


def pptx(*slides: str, title: str = "", notes: Mapping[int, str] | None = None) -> bytes:
    """A presentation; its files are numbered against the order of its slides."""
    num = len(slides)
    files = [f"slides/slide{num - i}.xml" for i in range(num)]
    order = "".join(f'<p:sldId id="{256 + i}" r:id="rId{i}"/>' for i in range(num))
    parts = {
        "ppt/presentation.xml": f"<p:presentation {A}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"rId{i}", "slide", file) for i, file in enumerate(files))
        ),
    }
    for number, (file, slide) in enumerate(zip(files, slides, strict=True), 1):
        parts[f"ppt/{file}"] = f"<p:sld {A}><p:cSld><p:spTree>{slide}</p:spTree></p:cSld></p:sld>"
        if notes and number in notes:
            name = file.rpartition("/")[2]
            parts[f"ppt/slides/_rels/{name}.rels"] = relations(("n", "notesSlide", "../notesSlides/n.xml"))
            parts["ppt/notesSlides/n.xml"] = f"<p:notes {A}>{notes[number]}</p:notes>"
    return office("ppt/presentation.xml", parts, title, "Анна Ли")


def slides_sample(word: str) -> bytes:
    foot = shape("ООО Ромашка", kind="ftr") + shape("17", kind="sldNum")
    return pptx(
        shape("Отчёт о продажах", kind="title") + shape("Первая мысль", f"Вторая {ROAD}") + foot,
        slide_table(("Город", "Жители"), ("Полтава", "279593")) + foot,
        shape(f"Тут стоит {word}", HEBREW) + foot,
        title="PowerPoint Presentation",
        notes={3: shape("Сказать вслух") + shape("3", kind="sldNum")},
    )


X = f'xmlns="{OOXML}spreadsheetml/2006/main" xmlns:r="{REL}"'


def xlsx(
    *sheets: tuple[str, str], strings: tuple[str, ...] = (), formats: tuple[str, ...] = (), title: str = ""
) -> bytes:
    """A workbook; the inside of each sheet's <sheetData>, by its name; "!" before it hides it."""
    tabs = "".join(
        f'<sheet name="{name.lstrip("!")}" sheetId="{i + 9}" r:id="rId{i}"'
        + (' state="hidden"/>' if name[0] == "!" else "/>")
        for i, (name, _) in enumerate(sheets)
    )
    codes = "".join(f'<numFmt numFmtId="{164 + i}" formatCode="{code}"/>' for i, code in enumerate(formats))
    cells = '<xf numFmtId="0"/><xf numFmtId="14"/>' + "".join(
        f'<xf numFmtId="{164 + i}"/>' for i in range(len(formats))
    )
    parts = {
        "xl/workbook.xml": f"<workbook {X}><sheets>{tabs}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *((f"rId{i}", "worksheet", f"worksheets/s{i}.xml") for i in range(len(sheets))),
            ("rS", "sharedStrings", "sharedStrings.xml"),
            ("rF", "styles", "/xl/styles.xml"),
        ),
        "xl/sharedStrings.xml": f"<sst {X}>{''.join(f'<si>{text}</si>' for text in strings)}</sst>",
        "xl/styles.xml": f"<styleSheet {X}><numFmts>{codes}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>",
        **{
            f"xl/worksheets/s{i}.xml": f"<worksheet {X}><sheetData>{data}</sheetData></worksheet>"
            for i, (_, data) in enumerate(sheets)
        },
    }
    return office("xl/workbook.xml", parts, title, "Анна Ли")


def sheets_sample(word: str) -> bytes:
    return xlsx(
        (
            "Смета",
            '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
            '<row><c t="str"><v>Полтава</v></c><c><v>279593</v></c></row>'
            f'<row><c t="inlineStr"><is><t>{ROAD}</t></is></c><c><v>0.30000000000000004</v></c>'
            '<c s="1"><v>46173</v></c><c s="2"><v>0.256</v></c><c s="3"><v>1234.5</v></c>'
            '<c t="b"><v>1</v></c><c t="str"><f>A1&amp;A2</f><v>итог</v></c></row>',
        ),
        ("!Черновик", '<row><c t="inlineStr"><is><t>тайное</t></is></c></row>'),
        (
            "Города",
            f'<row><c t="inlineStr"><is><t>{HEBREW}</t></is></c></row><row/>'
            f'<row><c/><c t="inlineStr"><is><r><t>Тут </t></r><r><t>{word}</t></r></is></c></row>',
        ),
        strings=("<t>Город</t>", "<r><t>Жи</t></r><r><t>тели</t></r><rPh><t>чтение</t></rPh>"),
        formats=("0.0%", "#,##0.00&quot; руб.&quot;"),
        title="Книга1",
    )
