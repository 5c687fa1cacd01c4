"""Books of EPUB and FictionBook, notebooks, and RTF, made by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ooxml_files import HEBREW, ROAD, packed


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
