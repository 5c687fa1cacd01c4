"""Documents of office programs and books: what they say of themselves, and what is read of each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sample_files import collect, read_file, write

import office_files as made
from searchlib.sources.formats.document_fields import document_fields, says_something
from searchlib.sources.places import place_of

SAMPLES = made.samples()
NOT_READ = (
    "вычеркнуто",
    "скрыто",
    "тайно",
    "тайное",
    "примечание",
    "рецензента",
    "черта",
    "накрыто",
    "17",
    "сканировщик",
)
TITLES = {
    "договор.docx": "Договор № 7",
    "договор.odt": "Договор № 7",
    "договор.rtf": "Договор № 7",
    "договор.pdf": "Договор № 7",
    "продажи.pptx": "Отчёт о продажах",  # its own says that it is a presentation
    "продажи.odp": "Отчёт о продажах",
    "смета.xlsx": "Смета",
    "смета.ods": "Смета",
    "души.epub": "Мёртвые души",
    "опыт.ipynb": "Опыт с данными",
}
DATES = {".rtf": "2026-05-31T10:20", ".epub": "1842-05-21", ".fb2": "1869-01-01", ".fb2.zip": "1869-01-01"}


@pytest.fixture(scope="module")
def fields(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("office")
    return {name: read_file(folder, name, sample.data) for name, sample in SAMPLES.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_of_each_type(name: str, fields: dict[str, dict[str, Any]]) -> None:
    body, sample = fields[name]["body"], SAMPLES[name]
    assert body.count(sample.word) == 1
    assert place_of(name, body, body.index(sample.word)) == sample.place
    words = set(body.split())
    assert words.isdisjoint(NOT_READ), words.intersection(NOT_READ)
    assert made.ROAD in body and "Полтава" in body and "\u200b" not in body
    assert "Город\tЖители\nПолтава\t279593" in body or "Город\tПолтава" in body
    assert "שלום" in body or name == "мир.fb2"
    others = [other.word for name, other in SAMPLES.items() if other.word != sample.word]
    assert not any(word in body for word in others)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_document_says_of_itself(name: str, fields: dict[str, dict[str, Any]]) -> None:
    said = fields[name]
    assert said["title"] == TITLES.get(name, "Война и мир")
    if name.endswith(".ipynb"):
        return
    book = name.endswith((".epub", ".fb2", ".fb2.zip"))
    assert said["author"] == ("Николай Гоголь" if "души" in name else "Лев Толстой" if book else "Анна Ли")
    ending = name[name.index(".") :]
    assert said["date"].startswith(DATES.get(ending, "2026-05-31T10:20:30"))
    if ending not in (".rtf", ".epub", ".fb2", ".fb2.zip"):
        assert said["keywords"] == ["смета", "дом"] and said["language"] in ("ru", "ru-RU")


def test_notes_boxes_and_margins_are_read_once(fields: dict[str, dict[str, Any]]) -> None:
    for name in ("договор.docx", "договор.odt", "договор.rtf"):
        body = fields[name]["body"]
        for said in ("Сноска внизу", "Врезка сбоку", "Колонтитул фирмы", "Казань"):
            assert body.count(said) == 1, (name, said)
        assert body.index("Полтава") < body.index("Сноска внизу") < body.index("Колонтитул фирмы")
    for name in ("продажи.pptx", "продажи.odp"):
        assert fields[name]["body"].count("ООО Ромашка") == 1
        assert "Сказать вслух" in fields[name]["body"]


def test_a_title_of_one_letter_is_one_where_the_document_says_it() -> None:
    for title, taken in (("Я", "Я"), ("Z", "Z"), ("V", "The heading"), ("7", "The heading")):
        assert document_fields("", "a.docx", {"title": title}, heading="The heading")["title"] == taken
    assert document_fields("", "a.docx", {}, heading="Я")["title"] == "a.docx"


@pytest.mark.parametrize(
    ("title", "says"),
    [
        *(
            (title, True)
            for title in ("Договор", "Отчёт 2026", "Новый год", "ТЗ", "My document of rights", "Q3 plan")
        ),
        *(
            (title, False)
            for title in (
                "",
                " ",
                "1",
                "I",
                "=====",
                "2026-05-31",
                "№ 7",
                "Document1",
                "Документ1",
                "Документ Microsoft Word",
                "Microsoft Word - Документ1.doc",
                "PowerPoint Presentation",
                "Презентация PowerPoint",
                "Слайд 1",
                "Книга1",
                "Лист1",
                "Untitled",
                "Без названия",
                "Без имени 1",
                "Title",
                "Sheet1",
            )
        ),
    ],
)
def test_a_title_says_something_or_another_is_taken(title: str, says: bool) -> None:
    assert says_something(title) is says
    taken = document_fields("", "a.docx", {"title": title}, heading="The first heading")["title"]
    assert taken == (title if says else "The first heading")
    assert document_fields("", "a.docx", {"title": "Document1"}, heading=title)["title"] == (
        title if says else "a.docx"
    )


def test_a_book_is_called_as_it_is() -> None:
    for title in ("1984", "Untitled", "Книга", "V."):
        assert document_fields("", "a.fb2", {"title": title}, is_book=True)["title"] == title
    assert document_fields("", "a.fb2", {"title": "***"}, is_book=True)["title"] == "a.fb2"


def test_what_says_nothing_is_no_field() -> None:
    said = {"author": "Admin", "date": "0101-01-01T00:00:00", "language": "русский язык", "keywords": " ; ,"}
    assert document_fields("x", "a.docx", said) == {"title": "a.docx", "body": "x"}
    assert document_fields("x", "a.docx", {"date": "2026-05-31"})["date"] == "2026-05-31"


def test_a_book_with_a_chapter_that_is_lost_is_read_and_it_is_said(tmp_path: Path) -> None:
    notices: list[str] = []
    data = made.epub("<p>one</p>", "<p>two</p>", "<p>three</p>").replace(b"ch 1.xhtml", b"ch 9.xhtml")
    write(tmp_path, {"a.epub": data})
    documents, problems = collect(tmp_path, on_notice=lambda problem: notices.append(problem.reason))
    assert documents[0]["body"] == "one\n\f\n\n\f\nthree\n" and not problems
    assert "1 of its 3 chapters are not read: chapter 2" in notices[0]


def test_a_page_may_have_instructions_in_it(tmp_path: Path) -> None:
    page = "<p>one<?php echo 1 ?> two</p><?x?><p>three</p>"
    write(tmp_path, {"a.epub": made.epub(page), "b.html": f"<html><body>{page}</body></html>"})
    documents, problems = collect(tmp_path)
    assert not problems and [document["body"] for document in documents] == ["one two\n\nthree\n"] * 2


def test_books_under_rights_management_are_refused_and_hidden_fonts_are_not(tmp_path: Path) -> None:
    def encrypted(algorithm: str, name: str) -> dict[str, str | bytes]:
        return {
            "META-INF/encryption.xml": (
                '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
                f'<e:EncryptionMethod Algorithm="{algorithm}"/>'
                f'<e:CipherData><e:CipherReference URI="{name}"/>'
                "</e:CipherData></e:EncryptedData></encryption>"
            )
        }

    font = encrypted("http://www.idpf.org/2008/embedding", "OEBPS/a.ttf")
    book = encrypted("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/text/ch%200.xhtml")
    write(
        tmp_path, {"a.epub": made.epub("<p>one</p>", more=font), "b.epub": made.epub("<p>one</p>", more=book)}
    )
    documents, problems = collect(tmp_path)
    assert [document["id"] for document in documents] == ["a.epub"]
    assert "b.epub: is under digital rights management" in problems[0]


def test_an_encrypted_document_of_libreoffice_is_named(tmp_path: Path) -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    data = made.opendocument("text", "", **{"META-INF/manifest.xml": manifest})
    write(tmp_path, {"a.odt": data})
    assert "is encrypted with a password" in collect(tmp_path)[1][0]


@pytest.mark.parametrize(
    ("name", "other", "reason"),
    [
        ("a.docx", "смета.xlsx", "not a Word document"),
        ("a.xlsx", "договор.docx", "not an Excel workbook"),
        ("a.pptx", "смета.xlsx", "not a PowerPoint presentation"),
        ("a.docx", "договор.odt", "not a Word document"),
        ("a.odt", "смета.ods", "is not an OpenDocument text"),
        ("a.odp", "договор.odt", "is not an OpenDocument presentation"),
        ("a.epub", "договор.docx", "lacks 'META-INF/container.xml'"),
        ("a.odt", "договор.docx", "lacks 'content.xml'"),
        ("a.rtf", "договор.docx", "is not RTF"),
        ("a.docx", "договор.rtf", "but RTF; name it .rtf"),
        ("a.fb2.zip", "договор.docx", "holds 0 books"),
        ("a.ipynb", "договор.rtf", "is not a notebook"),
    ],
)
def test_a_file_under_another_ones_name_is_refused(
    name: str, other: str, reason: str, tmp_path: Path
) -> None:
    write(tmp_path, {name: SAMPLES[other].data})
    documents, problems = collect(tmp_path)
    assert not documents and reason in problems[0]


@pytest.mark.parametrize(
    ("name", "tool"),
    [
        ("a.doc", "soffice --headless --convert-to docx"),
        ("a.xls", "--convert-to xlsx"),
        ("a.PPT", "--convert-to pptx"),
        ("a.djvu", "djvutxt"),
        ("a.7z", "7z x"),
        ("a.rar", "unrar x"),
        ("a.msg", "msgconvert"),
        ("a.mobi", "ebook-convert"),
        ("a.xlsb", "--convert-to xlsx"),
        ("a.pages", "export it as .docx"),
    ],
)
def test_what_is_not_read_is_named_with_the_tool_that_converts_it(
    name: str, tool: str, tmp_path: Path
) -> None:
    write(tmp_path, {name: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "b.txt": "text"})
    documents, problems = collect(tmp_path)
    assert [document["id"] for document in documents] == ["b.txt"]
    assert name in problems[0] and tool in problems[0]


@pytest.mark.parametrize("name", ["договор.rtf", "договор.docx", "смета.xlsx", "договор.odt", "смета.ods"])
def test_a_doc_is_read_as_what_it_is(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.doc": SAMPLES[name].data})
    documents, problems = collect(tmp_path)
    assert not problems and SAMPLES[name].word in documents[0]["body"]


def test_a_page_may_be_called_doc(tmp_path: Path) -> None:
    write(tmp_path, {"a.xls": "<html><body><table><tr><td>a</td><td>b</td></tr></table></body></html>"})
    assert collect(tmp_path)[0][0]["body"] == "a\tb\n"


def test_rtf_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    write(tmp_path, {"letter": SAMPLES["договор.rtf"].data})
    assert collect(tmp_path / "letter")[0][0]["title"] == "Договор № 7"


def test_a_picture_book_may_be_larger_than_a_document(tmp_path: Path) -> None:
    data = made.packed({"pad.bin": b"x" * (65 << 20)}, 0)
    with pytest.raises(Exception, match="lacks"):
        read_file(tmp_path, "a.epub", data)


def test_a_format_is_loaded_when_a_file_of_it_is_met(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "text", "b.md": "# text"})
    code = (
        "import sys; from searchlib import Sources; list(Sources(sys.argv[1]));"
        "print([name for name in sys.modules if name.startswith('searchlib.sources.formats.')"
        " or name in ('xml.parsers.expat', 'pyexpat', 'zipfile')])"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    loaded = done.stdout
    for name in ("docx", "xml_reader", "zip_package", "rtf", "flow", "expat", "zipfile"):
        assert name not in loaded, loaded


BESIDE = {
    "договор.docx": ("docProps/core.xml", "word/footnotes.xml", "word/header.xml"),
    "договор.odt": ("styles.xml", "meta.xml"),
    "продажи.pptx": ("docProps/core.xml", "ppt/notesSlides/n.xml"),
    "продажи.odp": ("meta.xml",),
    "смета.xlsx": ("docProps/core.xml",),
    "смета.ods": ("meta.xml",),
}


@pytest.mark.parametrize(("name", "part"), [(name, part) for name in BESIDE for part in BESIDE[name]])
def test_a_damaged_part_beside_the_text_costs_itself_and_is_named(
    tmp_path: Path, name: str, part: str
) -> None:
    sample = made.samples()[name]
    notices: list[str] = []
    (tmp_path / name).write_bytes(made.with_members(sample.data, {part: "<a><b>"}))
    documents, problems = collect(tmp_path, on_notice=lambda problem: notices.append(problem.reason))
    assert problems == [] and sample.word in documents[0]["body"]
    (said,) = (notice for notice in notices if "its part" in notice)
    assert said.startswith(f"its part {part!r} (is damaged") and said.endswith(" is not read")


def test_of_many_damaged_parts_one_is_named(tmp_path: Path) -> None:
    data = made.samples()["договор.docx"].data
    (tmp_path / "a.docx").write_bytes(made.with_members(data, dict.fromkeys(BESIDE["договор.docx"], "")))
    notices: list[str] = []
    collect(tmp_path, on_notice=lambda problem: notices.append(problem.reason))
    (said,) = (notice for notice in notices if "its part" in notice)
    assert said.endswith(" and 2 more of its parts are not read")
