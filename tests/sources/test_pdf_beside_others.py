"""PDF files that LibreOffice makes: their words beside those of its plain text, and beside poppler's."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from sample_files import read_file

PROSE = (
    "Исследование социально-экономического развития области показало, что значительное увеличение "
    "производительности труда достигается благодаря государственным инвестициям в промышленность и в "
    "сельское хозяйство. The economy of the region grew in all these years, and with it the cities."
)
ARABIC = "هذا نص عربي قصير يختبر اتجاه الكتابة"
HEBREW = "זהו טקסט בעברית לבדיקת כיוון"


def document(num_columns: int) -> str:
    """A flat OpenDocument text: justified columns with notes, a header, a footer, a list, a table."""
    paragraphs = []
    for number in range(12):
        words = PROSE.split()
        words = words[number:] + words[:number]
        note = (
            f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}'
            f"</text:note-citation><text:note-body><text:p>Сноска номер {number} об источнике.</text:p>"
            "</text:note-body></text:note>"
        )
        if number % 4 == 0:
            paragraphs.append(f'<text:h text:style-name="H" text:outline-level="1">Глава {number}</text:h>')
        paragraphs.append(f'<text:p text:style-name="J">{" ".join(words)} слово{note}.</text:p>')
    rows = [("Товар", "Число"), ("Доска обрезная", "15"), ("Гвозди", "3000")]
    table = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    namespaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "style", "text", "table")
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><office:document {namespaces}
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt"
 fo:language="ru" fo:country="RU"/></style:default-style>
<style:style style:name="J" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:text-indent="0.8cm"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:text-properties fo:font-size="16pt"/>
</style:style>
</office:styles><office:automatic-styles><style:page-layout style:name="pm"><style:page-layout-properties
 fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout>
<style:style style:name="S" style:family="section"><style:section-properties><style:columns
 fo:column-count="{num_columns}" fo:column-gap="0.6cm"/></style:section-properties></style:style>
</office:automatic-styles><office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="pm"><style:header><text:p>Верхний колонтитул</text:p></style:header>
<style:footer><text:p>Страница <text:page-number/></text:p></style:footer></style:master-page>
</office:master-styles><office:body><office:text><text:p>Отчёт на всю ширину страницы</text:p>
<text:section text:name="s" text:style-name="S">{"".join(paragraphs)}</text:section>
<text:list><text:list-item><text:p>первый пункт</text:p></text:list-item></text:list>
<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{table}</table:table>
<text:p>{ARABIC}</text:p><text:p>{HEBREW}</text:p></office:text></office:body></office:document>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of columns-1 to columns-3, as .pdf and as .txt."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice: Debian's libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("libreoffice")
    sources = []
    for num_columns in (1, 2, 3):
        path = folder / f"columns-{num_columns}.fodt"
        path.write_text(document(num_columns), "utf-8")
        sources.append(str(path))
    home = f"-env:UserInstallation=file://{folder}/home"
    for kind in ("pdf", "txt:Text"):
        command = [soffice, home, "--headless", "--convert-to", kind, "--outdir", str(folder), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def words(text: str) -> list[str]:
    """Words in small letters; the number of a note is one of its own."""
    text = re.sub("[⁰¹²³⁴-⁹]+", lambda match: f" {unicodedata.normalize('NFKC', match.group())}", text)
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).lower()
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+", text)


@pytest.mark.parametrize("num_columns", [1, 2, 3])
def test_the_words_are_those_of_the_document(num_columns: int, made: Path, tmp_path: Path) -> None:
    name = f"columns-{num_columns}"
    body = read_file(tmp_path, "a.pdf", (made / f"{name}.pdf").read_bytes())["body"]
    plain = Counter(words((made / f"{name}.txt").read_text("utf-8-sig")))
    found = Counter(words(body))
    assert (plain - found).total() <= 0.01 * plain.total(), plain - found
    for said in (ARABIC, HEBREW, "Товар\tЧисло\nДоска обрезная\t15", "первый пункт\n"):
        assert body.count(said) == 1, said


@pytest.mark.parametrize("num_columns", [1, 2, 3])
def test_paragraphs_are_read_column_by_column(num_columns: int, made: Path, tmp_path: Path) -> None:
    """A paragraph that ends in its column, or goes on in the next one, is whole; pages may divide one."""
    body = read_file(tmp_path, "a.pdf", (made / f"columns-{num_columns}.pdf").read_bytes())["body"]
    flat = " ".join(words(body.replace("\f", " ")))
    whole = 0
    for number in range(12):
        turned = PROSE.split()[number:] + PROSE.split()[:number]
        whole += " ".join(words(" ".join(turned))) in flat
    assert whole >= (11, 11, 10)[num_columns - 1]
    assert [int(number) for number in re.findall(r"Глава (\d+)", body)] == [0, 4, 8]


@pytest.mark.parametrize("num_columns", [1, 2, 3])
def test_poppler_finds_no_word_that_is_not_found_here(num_columns: int, made: Path, tmp_path: Path) -> None:
    """But for the word beside a page's number, and for compounds, whose hyphen it drops at a line's end."""
    if shutil.which("pdftotext") is None:
        pytest.skip("no pdftotext: Debian's poppler-utils")
    path = made / f"columns-{num_columns}.pdf"
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, timeout=60).stdout
    body = read_file(tmp_path, "a.pdf", path.read_bytes())["body"]
    found = set(words(body))
    assert set(words(said.decode())) <= found | {word.replace("-", "") for word in found} | {"страница"}
