"""Documents of office programs, made by hand: a small one of each type, with what such documents have.

Each has one word that no other has, a table, Cyrillic, Hebrew, a soft hyphen, and things that must not be
read. Bytes are the same on each run.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple

OOXML = "http://schemas.openxmlformats.org/"
REL = f"{OOXML}officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
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


O = " ".join(  # noqa: E741 (OpenDocument)
    f'xmlns:{name}="{ODF}{of}:1.0"'
    for name, of in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "presentation": "presentation",
        "meta": "meta",
    }.items()
)


def opendocument(
    kind: str, body: str, title: str = "", styles: str = "", master: str = "", **more: str
) -> bytes:
    """A package of OpenDocument: text, presentation or spreadsheet."""
    inner = "spreadsheet" if kind == "spreadsheet" else kind
    meta = (
        f'<office:document-meta {O} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        f"<dc:title>{title}</dc:title><meta:initial-creator>Анна Ли</meta:initial-creator>"
        "<dc:creator>Пётр</dc:creator><meta:creation-date>2026-05-31T10:20:30.5</meta:creation-date>"
        "<meta:keyword>смета</meta:keyword><meta:keyword>дом</meta:keyword><dc:language>ru</dc:language>"
        "</office:meta></office:document-meta>"
    )
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": (
                f"<office:document-content {O}><office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:{inner}>{body}</office:{inner}></office:body></office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {O}><office:master-styles>{master}</office:master-styles>"
                "</office:document-styles>"
            ),
            "meta.xml": meta,
            **more,
        }
    )


HIDDEN_STYLE = '<style:style style:name="T9"><style:text-properties text:display="none"/></style:style>'


def odf_table(*rows: tuple[str, ...], name: str = "Т", style: str = "") -> str:
    cells = (
        "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        for row in rows
    )
    inner = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="{name}" table:style-name="{style}">{inner}</table:table>'


def odt_sample(word: str) -> bytes:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Сноска внизу</text:p></text:note-body></text:note>"
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>вычеркнуто</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="1">Договор   аренды</text:h>'
        f"<text:p>Слово\n {word} и {ROAD}{note}.</text:p>"
        '<text:p>Ка<text:span text:style-name="b">зань</text:span><text:s text:c="2"/>там<text:tab/>тут'
        '<text:span text:style-name="T9">скрыто</text:span>'
        "<office:annotation><text:p>примечание</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>пункт раз</text:p></text:list-item>"
        "<text:list-item><text:p>пункт два</text:p></text:list-item></text:list>"
        + odf_table(("Город", "Жители"), ("Полтава", "279593"))
        + "<text:p>Рядом<draw:frame><draw:text-box><text:p>Врезка сбоку</text:p></draw:text-box></draw:frame>"
        "</text:p>"
        f"<text:p>{HEBREW}</text:p>"
    )
    header = "<style:header><text:p>Колонтитул фирмы</text:p></style:header>"
    master = f"<style:master-page>{header}</style:master-page>"
    return opendocument("text", body, "Договор № 7", HIDDEN_STYLE, master * 2)


def odp_sample(word: str) -> bytes:
    def frame(text: str, kind: str = "") -> str:
        return (
            f'<draw:frame presentation:class="{kind}"><draw:text-box><text:p>{text}</text:p></draw:text-box>'
            "</draw:frame>"
        )

    body = (
        "<presentation:footer-decl>ООО Ромашка</presentation:footer-decl>"
        f"<draw:page>{frame('Отчёт о продажах', 'title')}{frame(f'Первая {ROAD}')}"
        f"{frame('17', 'page-number')}</draw:page>"
        f"<draw:page>{odf_table(('Город', 'Жители'), ('Полтава', '279593'))}</draw:page>"
        f"<draw:page>{frame(f'Тут стоит {word}')}{frame(HEBREW)}"
        f"<presentation:notes>{frame('Сказать вслух')}</presentation:notes></draw:page>"
    )
    return opendocument("presentation", body)


def ods_sample(word: str) -> bytes:
    styles = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    dates = (
        '<table:table table:name="Дни"><table:table-row><table:table-cell office:value-type="date"'
        ' office:date-value="2026-05-31"><text:p>31.05.26</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="3"><text:p>ноль</text:p></table:table-cell>'
        "<table:covered-table-cell><text:p>накрыто</text:p></table:covered-table-cell>"
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
        f"<table:table-row><table:table-cell><text:p>{word}</text:p><text:p>вторая {ROAD}</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    body = (
        odf_table(("Город", "Жители"), ("Полтава", "279593"), (HEBREW,), name="Смета")
        + odf_table(("тайное",), name="Черновик", style="ta2")
        + dates
    )
    return opendocument("spreadsheet", body, styles=styles)


def epub(*chapters: str, title: str = "Мёртвые души", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A book of these pages, the insides of their <body>."""
    items = "".join(
        f'<item id="c{i}" href="text/ch%20{i}.xhtml" media-type="application/xhtml+xml"/>'
        for i in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>{title}</dc:title><dc:creator>Николай Гоголь</dc:creator><dc:language>ru</dc:language>"
        "<dc:date>1842-05-21</dc:date><dc:subject>поэма</dc:subject>"
        "<dc:description>&lt;p&gt;О покупке.&lt;/p&gt;</dc:description></metadata>"
        f'<manifest>{items}<item id="css" href="a.css" media-type="text/css"/></manifest>'
        f"<spine>{order}</spine></package>"
    )
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
            ),
            "OEBPS/book.opf": package,
            **{
                f"OEBPS/text/ch {i}.xhtml": (
                    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
                    f"<title/></head><body>{chapter}</body></html>"
                )
                for i, chapter in enumerate(chapters)
            },
            **(more or {}),
        }
    )


def epub_sample(word: str) -> bytes:
    return epub(
        "<h1>Глава первая</h1><p>В ворота гостиницы въехала&nbsp;бричка.</p>",
        f'<p><a id="x"/>Тут {word} и {ROAD}</p><table><tr><td>Город</td><td>Полтава</td></tr></table>',
        f"<p>{HEBREW}</p><script>не видно</script>",
    )


def fb2(body: str, notes: str = "", encoding: str = "utf-8", title: str = "Война и мир") -> bytes:
    """A book of this body."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"'
        ' xmlns:l="http://www.w3.org/1999/xlink"><description><title-info><genre>prose</genre><author>'
        "<first-name>Лев</first-name><last-name>Толстой</last-name></author>"
        f"<book-title>{title}</book-title><annotation><p>О войне.</p></annotation>"
        '<date value="1869-01-01">1869</date><lang>ru</lang></title-info><document-info><author>'
        "<nickname>сканировщик</nickname></author></document-info></description>"
        f'<body>{body}</body><body name="notes">{notes}</body>'
        '<binary id="a.jpg" content-type="image/jpeg">/9j/4AAQSkZJRg==</binary></FictionBook>'
    )
    return text.encode(encoding)


def fb2_sample(word: str, encoding: str = "utf-8") -> bytes:
    hebrew = "" if encoding.startswith("windows") else f"<p>{HEBREW}</p>"
    return fb2(
        "<title><p>Том первый</p></title>"
        "<section><title><p>I</p></title><p>Eh bien, mon prince.</p></section>"
        f"<section><title><p>II</p></title><p>Тут <emphasis>{word}</emphasis> и {ROAD}"
        '<a l:href="#n1" type="note">1</a></p>'
        f"<table><tr><td>Город</td><td>Полтава</td></tr></table>{hebrew}</section>",
        '<section id="n1"><title><p>1</p></title><p>Сноска внизу.</p></section>',
        encoding,
    )


def notebook(*cells: Mapping[str, object], **metadata: object) -> bytes:
    value = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(value, ensure_ascii=False).encode()


def notebook_sample(word: str) -> bytes:
    return notebook(
        {"cell_type": "markdown", "source": ["# Опыт с данными\n", f"Вот **{ROAD}**\n"]},
        {
            "cell_type": "code",
            "source": f"print('{word}')",
            "outputs": [
                {"output_type": "stream", "text": ["\x1b[31mвышло\x1b[0m\n"]},
                {"output_type": "display_data", "data": {"image/png": "iVBORw0KG", "text/plain": ["график"]}},
                {"output_type": "error", "ename": "ValueError", "evalue": "беда", "traceback": ["..."]},
            ],
        },
        {"cell_type": "markdown", "source": f"| Город | Полтава |\n|---|---|\n\n{HEBREW}"},
    )


def rtf_text(text: str) -> str:
    """Text as RTF of cp1251 has it; what that lacks as \\u."""
    pieces = []
    for one in text:
        try:
            data = one.encode("cp1251")
        except UnicodeEncodeError:
            units = one.encode("utf-16-le")
            numbers = (
                int.from_bytes(units[i : i + 2], "little", signed=True) for i in (0, *range(2, len(units), 2))
            )
            pieces += [f"\\u{number}?" for number in numbers]
            continue
        if one in "\\{}":
            pieces.append(f"\\{one}")
        elif one == "\u00ad":
            pieces.append("\\-")
        else:
            pieces.append(one if data[0] < 0x80 else f"\\'{data[0]:02x}")
    return "".join(pieces)


def rtf(body: str, info: str = "") -> bytes:
    """An RTF document of this body."""
    head = (
        r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times New Roman;}{\f1\fcharset177 David;}}"
        r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s1\outlinelevel0 heading 1;}}"
        rf"{{\*\generator Word;}}{{\info{info}}}"
    )
    return f"{head}{body}}}".encode("ascii")


def rtf_sample(word: str) -> bytes:
    t = rtf_text
    info = rf"{{\title {t('Договор № 7')}}}{{\author {t('Анна Ли')}}}{{\creatim\yr2026\mo5\dy31\hr10\min20}}"
    row = r"\trowd\cellx1000\cellx2000\intbl {}\cell {}\cell\row"
    body = (
        rf"{{\header\pard {t('Колонтитул фирмы')}\par}}"
        rf"\pard\s1\outlinelevel0 {t('Договор аренды')}\par\pard\plain "
        rf"{t('Слово')} {word} {t(f'и {ROAD}')}"
        rf"{{\super\chftn{{\footnote\pard {{\chftn}} {t('Сноска внизу')}}}}}.\par "
        rf"{t('Ка')}{{\b {t('зань')}}}{{\v {t('скрыто')}}}"
        rf"{{\deleted {t('вычеркнуто')}}} \emdash\~{t('там')}\par "
        rf"{{\field{{\*\fldinst HYPERLINK http://a.b}}{{\fldrslt {t('ссылка')}}}}}"
        rf"{{\shp{{\*\shpinst{{\sp{{\sn x}}{{\sv 1}}}}{{\shptxt {t('Врезка сбоку')}\par}}}}"
        rf"{{\shprslt{{\*\do\dptxbxtext {t('Врезка сбоку')}}}}}}}\par "
        + row.format(t("Город"), t("Жители"))
        + row.format(t("Полтава"), "279593")
        + rf"\pard{{\*\annotation {t('примечание')}}}{{\f1\'f9\'ec\'e5\'ed}} {t('😀')}\par "
    )
    return rtf(body, info)


class Sample(NamedTuple):
    """A file, the word that only it holds, and the place of the word."""

    data: bytes
    word: str
    place: str


def samples() -> dict[str, Sample]:
    """A document of each type, by its file's name."""
    made = {
        "договор.docx": (word_sample, "аккредитив", ""),
        "договор.odt": (odt_sample, "бергамот", ""),
        "продажи.pptx": (slides_sample, "виадук", "slide 3"),
        "продажи.odp": (odp_sample, "гобелен", "slide 3"),
        "смета.xlsx": (sheets_sample, "дирижабль", "sheet 2"),
        "смета.ods": (ods_sample, "ежевика", "sheet 2"),
        "души.epub": (epub_sample, "жимолость", "chapter 2"),
        "война.fb2": (fb2_sample, "зиккурат", "chapter 2"),
        "мир.fb2": (lambda word: fb2_sample(word, "windows-1251"), "ипподром", "chapter 2"),
        "война.fb2.zip": (lambda word: packed({"война.fb2": fb2_sample(word)}), "кастаньеты", "chapter 2"),
        "опыт.ipynb": (notebook_sample, "лабиринт", "cell 2"),
        "договор.rtf": (lambda word: rtf_sample(rtf_text(word)), "мандолина", ""),
    }
    return {name: Sample(make(word), word, place) for name, (make, word, place) in made.items()}
