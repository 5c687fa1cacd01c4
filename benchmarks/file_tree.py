"""A tree of files of each format, made of the generated documents: the same texts in each, the same bytes.

A file is some thirty paragraphs, as office programs write them: runs of a few words, styles, a table now and
then. Which formats are read, and how, is not known here.
"""

from __future__ import annotations

import io
import itertools
import json
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from . import generate, vocabulary

_PARAGRAPHS = 30
_RUN_WORDS = 8
_COLUMNS = [first + second for first in ("", "A", "B") for second in "BCDEFGHIJKLMNOPQRSTUVWXYZ"]
_OOXML = "http://schemas.openxmlformats.org/"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"


class Text(NamedTuple):
    """What a file says: its title and its paragraphs."""

    title: str
    paragraphs: list[str]


def write(
    folder: Path, formats: list[str], files_each: int, sources: vocabulary.Sources | None = None
) -> dict[str, int]:
    """Files of these formats in a folder each; returns the bytes of each format's files.

    sources: what the texts are made of; None: those of the corpora.
    """
    sizes: dict[str, int] = {}
    made = list(texts(files_each, sources or vocabulary.load()))
    for name in formats:
        place = folder / name
        place.mkdir(parents=True)
        for number, text in enumerate(made):
            data = MAKERS[name](text)
            sizes[name] = sizes.get(name, 0) + len(data)
            (place / f"{number:05}.{name}").write_bytes(data)
    return sizes


def texts(number: int, sources: vocabulary.Sources) -> Iterator[Text]:
    """The texts; fewer are the beginning of more."""
    documents = generate.documents(sources, number * _PARAGRAPHS)
    while taken := list(itertools.islice(documents, _PARAGRAPHS)):
        yield Text(taken[0]["title"], [document["body"] for document in taken])


def _plain(text: Text) -> bytes:
    return "\n\n".join([text.title, *text.paragraphs]).encode()


def _markdown(text: Text) -> bytes:
    parts = [f"# {text.title}"]
    for number, paragraph in enumerate(text.paragraphs):
        first, _, rest = paragraph.partition(" ")
        parts.append(
            f"- **{first}** {rest}" if number % 5 == 4 else f"*{first}* [{rest[:20]}](a.md){rest[20:]}"
        )
    return "\n\n".join(parts).encode()


def _html(text: Text) -> bytes:
    inner = "".join(f'<p class="a"><b>{_first(p)}</b>{escape(_rest(p))}</p>\n' for p in text.paragraphs)
    head = f'<meta charset="utf-8"><title>{escape(text.title)}</title><style>p {{ margin: 0 }}</style>'
    body = f"<h1>{escape(text.title)}</h1>{inner}"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def _mail(text: Text) -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"] = "Ann <ann@example.com>", "Bob <bob@example.com>"
    message["Subject"], message["Date"] = text.title, "Fri, 01 Mar 2024 10:00:00 +0000"
    message.set_content("\n\n".join(text.paragraphs))
    return bytes(message)


def _subtitles(text: Text) -> bytes:
    cues = []
    for number, piece in enumerate(itertools.chain.from_iterable(map(_pieces, text.paragraphs)), 1):
        moment = f"00:{number // 60:02}:{number % 60:02}"
        cues.append(f"{number}\n{moment},000 --> {moment},900\n{piece}\n")
    return "\n".join(cues).encode()


def _notebook(text: Text) -> bytes:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": [f"{paragraph}\n"]}
        for paragraph in text.paragraphs
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _rtf(text: Text) -> bytes:
    def coded(words: str) -> str:
        return "".join(c if c < "\x80" else f"\\u{ord(c)}?" for c in words)

    inner = "".join(
        "".join(f"{{\\f0\\fs22 {coded(piece)} }}" for piece in _pieces(paragraph)) + "\\par\n"
        for paragraph in text.paragraphs
    )
    return f"{{\\rtf1\\ansi\\ansicpg1251\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\n{inner}}}".encode()


def _fb2(text: Text) -> bytes:
    inner = "".join(f"<p><emphasis>{_first(p)}</emphasis>{escape(_rest(p))}</p>" for p in text.paragraphs)
    title = escape(text.title)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info>'
        f"<book-title>{title}</book-title><lang>ru</lang></title-info></description>"
        f"<body><section><title><p>{title}</p></title>{inner}</section></body></FictionBook>"
    ).encode()


def _docx(text: Text) -> bytes:
    word = f'xmlns:w="{_OOXML}wordprocessingml/2006/main"'
    style = '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:sz w:val="22"/></w:rPr>'

    def paragraph(words: str) -> str:
        runs = (
            f'<w:r w:rsidRPr="00A77B3E">{style}<w:t xml:space="preserve">{escape(piece)} </w:t></w:r>'
            for piece in _pieces(words)
        )
        return f'<w:p w:rsidR="00A77B3E"><w:pPr><w:spacing w:after="200"/></w:pPr>{"".join(runs)}</w:p>'

    body = "".join(map(paragraph, [text.title, *text.paragraphs]))
    return _package(
        {
            "[Content_Types].xml": f'<Types xmlns="{_OOXML}package/2006/content-types"/>',
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/document.xml": f"<w:document {word}><w:body>{body}</w:body></w:document>",
        }
    )


def _pptx(text: Text) -> bytes:
    drawing = f'xmlns:a="{_OOXML}drawingml/2006/main" xmlns:p="{_OOXML}presentationml/2006/main"'
    related = f'xmlns:r="{_OOXML}officeDocument/2006/relationships"'
    kind = f"{_OOXML}officeDocument/2006/relationships/slide"
    members = {
        "[Content_Types].xml": f'<Types xmlns="{_OOXML}package/2006/content-types"/>',
        "_rels/.rels": _relation("officeDocument", "ppt/presentation.xml"),
    }
    ids, relations = "", ""
    for number, words in enumerate(text.paragraphs, 1):
        inner = "".join(f"<a:p><a:r><a:t>{escape(piece)}</a:t></a:r></a:p>" for piece in _pieces(words))
        members[f"ppt/slides/slide{number}.xml"] = (
            f"<p:sld {drawing}><p:cSld><p:spTree><p:sp><p:txBody>{inner}</p:txBody></p:sp></p:spTree>"
            "</p:cSld></p:sld>"
        )
        ids += f'<p:sldId id="{255 + number}" r:id="r{number}"/>'
        relations += f'<Relationship Id="r{number}" Type="{kind}" Target="slides/slide{number}.xml"/>'
    members["ppt/presentation.xml"] = (
        f"<p:presentation {drawing} {related}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    )
    members["ppt/_rels/presentation.xml.rels"] = (
        f'<Relationships xmlns="{_OOXML}package/2006/relationships">{relations}</Relationships>'
    )
    return _package(members)


def _xlsx(text: Text) -> bytes:
    sheet = f'xmlns="{_OOXML}spreadsheetml/2006/main"'
    related = f'xmlns:r="{_OOXML}officeDocument/2006/relationships"'
    strings: list[str] = []
    rows = ""
    for number, words in enumerate(text.paragraphs, 1):
        cells = f'<c r="A{number}"><v>{number * 1.5}</v></c>'
        for column, piece in zip(_COLUMNS, _pieces(words), strict=False):
            cells += f'<c r="{column}{number}" t="s"><v>{len(strings)}</v></c>'
            strings.append(f"<si><t>{escape(piece)}</t></si>")
        rows += f'<row r="{number}">{cells}</row>'
    base = f"{_OOXML}officeDocument/2006/relationships/"
    return _package(
        {
            "[Content_Types].xml": f'<Types xmlns="{_OOXML}package/2006/content-types"/>',
            "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": (
                f'<workbook {sheet} {related}><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets>'
                "</workbook>"
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{_OOXML}package/2006/relationships">'
                f'<Relationship Id="r1" Type="{base}worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="r2" Type="{base}sharedStrings" Target="sharedStrings.xml"/>'
                "</Relationships>"
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {sheet}><sheetData>{rows}</sheetData></worksheet>",
            "xl/sharedStrings.xml": f"<sst {sheet}>{''.join(strings)}</sst>",
        }
    )


def _odt(text: Text) -> bytes:
    def paragraph(words: str) -> str:
        spans = (f'<text:span text:style-name="T1">{escape(piece)} </text:span>' for piece in _pieces(words))
        return f'<text:p text:style-name="P1">{"".join(spans)}</text:p>'

    body = "".join(map(paragraph, text.paragraphs))
    return _package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": (
                f'<office:document-content xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0">'
                f'<office:body><office:text><text:h text:outline-level="1">{escape(text.title)}</text:h>'
                f"{body}</office:text></office:body></office:document-content>"
            ),
        }
    )


def _epub(text: Text) -> bytes:
    chapters = [text.paragraphs[start : start + 10] for start in range(0, len(text.paragraphs), 10)]
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf"/></rootfiles></container>'
        ),
        "book.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata><dc:title>{escape(text.title)}</dc:title></metadata><manifest>"
            + "".join(
                f'<item id="c{number}" href="c{number}.xhtml" media-type="application/xhtml+xml"/>'
                for number in range(len(chapters))
            )
            + "</manifest><spine>"
            + "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
            + "</spine></package>"
        ),
    }
    for number, paragraphs in enumerate(chapters):
        inner = "".join(f"<p><i>{_first(p)}</i>{escape(_rest(p))}</p>" for p in paragraphs)
        members[f"c{number}.xhtml"] = (
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{inner}</body></html>'
        )
    return _package(members)


def _pieces(paragraph: str) -> Iterator[str]:
    words = paragraph.split(" ")
    return (" ".join(words[start : start + _RUN_WORDS]) for start in range(0, len(words), _RUN_WORDS))


def _first(paragraph: str) -> str:
    return escape(paragraph.partition(" ")[0])


def _rest(paragraph: str) -> str:
    return f" {paragraph.partition(' ')[2]}"


def _relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_OOXML}package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_OOXML}officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
    )


def _package(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return out.getvalue()


MAKERS: dict[str, Callable[[Text], bytes]] = {
    "txt": _plain,
    "md": _markdown,
    "html": _html,
    "eml": _mail,
    "srt": _subtitles,
    "ipynb": _notebook,
    "rtf": _rtf,
    "fb2": _fb2,
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "odt": _odt,
    "epub": _epub,
}
"""By the ends of the files' names."""
