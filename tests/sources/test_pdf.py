"""PDF files: the text of a page as it is read, letters, what a document says of itself, what is not read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from sample_files import collect, read_file, write

from pdf_files import PICTURE, Pdf
from searchlib import Index, place_of
from searchlib.errors import SourceError
from searchlib.sources.formats.pdf_letters import clean
from searchlib.sources.sources import Sources
from searchlib.sources.update import update_index


def body_of(folder: Path, pdf: Pdf) -> str:
    body = read_file(folder, "a.pdf", pdf.bytes())["body"]
    assert isinstance(body, str)
    return body


def test_a_page_is_a_place_and_a_sentence_goes_on_across_pages(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, ["Первая страница о кошках"]))
    pdf.page()
    pdf.page(*pdf.lines(50, 700, ["и собаках\fв доме"]))
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.pdf").write_bytes(pdf.bytes())
    index = Index.create(tmp_path / "index", Sources(str(tmp_path / "files")).schema)
    with index.writer() as writer:
        update_index(Sources(str(tmp_path / "files"), schema=index.schema), writer)
    index.refresh()
    (hit,) = index.search('"кошках и собаках"')
    body = hit.text("body")
    assert body == "Первая страница о кошках\f\fи собаках в доме\n"
    assert [place_of("a.pdf", body, body.index(word)) for word in ("кошках", "доме")] == ["page 1", "page 3"]


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("о том, как развивалась инфор-", "мация и техника в стране", "информация"),
        ("this is a long line of the infor-", "mation that we have", "information"),
        ("о том, как развивалась инфор\u00ad", "мация и техника в стране", "информация"),
        ("this is a long line of the infor\u2010", "mation that we have", "information"),
        ("это явление социально-", "экономическое по своей сути", "социально-экономическое"),
        ("it has been a well-", "known fact for many years", "well-known"),
        ("далёкий город Нью-", "Йорк стоит на берегу океана", "Нью-Йорк"),
        ("спросил он кого-", "нибудь из прохожих на улице", "кого-нибудь"),
        ("по стандарту ISO-", "9001 от прошлого года и раньше", "ISO-9001"),
        ("актёр Арнольд Шварценег-", "гер приехал в Москву", "Шварценеггер"),
    ],
)
def test_a_word_that_a_line_divides(line: str, following: str, joined: str, tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, [line, following]))
    body = body_of(tmp_path, pdf)
    assert f" {joined} " in body and body.count("\n") == 1


@pytest.mark.parametrize(("said", "joined"), [("веб-сайт", "веб-сайт"), ("вебсайт", "вебсайт")])
def test_the_document_itself_says_how_a_word_is_written(said: str, joined: str, tmp_path: Path) -> None:
    """The bounds of the rule: of a word that neither the document nor a dictionary has, it is a guess."""
    pdf = Pdf()
    pdf.page(
        *pdf.lines(50, 700, [f"на этой странице {said} стоит", "в середине строки, а тут веб-", "сайт."])
    )
    assert body_of(tmp_path, pdf).endswith(f"а тут {joined}.\n")


def test_a_page_that_ends_inside_a_word_is_left_to_the_search(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, ["Строка с переносом пере-"]))
    pdf.page(*pdf.lines(50, 700, ["нос на новой странице"]))
    assert body_of(tmp_path, pdf) == "Строка с переносом пере-\fнос на новой странице\n"


PROSE = [
    "Экономика области росла все эти годы, и вместе с ней росли",
    "города, дороги и заводы, о которых тогда писали все газеты",
    "страны.",
]


def test_lines_are_paragraphs_and_headings_lists_and_tables_stand_apart(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(
        pdf.text(50, 760, "Глава первая", 16),
        *pdf.lines(50, 730, PROSE),
        *pdf.lines(50, 694, PROSE),
        *pdf.lines(50, 640, ["• первый пункт", "• второй пункт"]),
        *(pdf.text(50 + 150 * n, 600, cell) for n, cell in enumerate(["Год", "Доход", "Расход"])),
        *(pdf.text(50 + 150 * n, 588, cell) for n, cell in enumerate(["2001", "15", "16"])),
    )
    paragraph = " ".join(PROSE)
    assert body_of(tmp_path, pdf) == (
        f"Глава первая\n\n{paragraph}\n{paragraph}\n\n• первый пункт\n• второй пункт\n\n"
        "Год\tДоход\tРасход\n2001\t15\t16\n"
    )


def test_an_indent_begins_a_paragraph(tmp_path: Path) -> None:
    pdf = Pdf()
    full = [
        "Экономика области росла все эти годы, и вместе с ней росло",
        "население её городов и посёлков, и деревень вокруг них всех.",
    ]
    pdf.page(
        pdf.text(70, 700, full[0][:54]),
        pdf.text(50, 688, full[1][:58]),
        pdf.text(70, 676, full[0][:54]),
        pdf.text(50, 664, full[1][:58]),
    )
    assert body_of(tmp_path, pdf).count("\n") == 2


def test_the_number_of_a_note_is_no_part_of_a_word_and_notes_come_last(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(
        pdf.text(50, 700, "Это было давно"),
        pdf.text(50 + 14 * 5, 704, "12", 6),
        pdf.text(50 + 14 * 5 + 6, 700, " и неправда, но память о том жи-"),
        pdf.text(50, 80, "12", 5),
        pdf.text(56, 78, "Смотри летопись за тот год.", 8),
    )
    pdf.page(*pdf.lines(50, 700, ["ва до сих пор."]))
    assert body_of(tmp_path, pdf) == (
        "12 Смотри летопись за тот год.\n\nЭто было давно¹² и неправда, но память о том жи-\fва до сих пор.\n"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("oﬃce ﬁles", "office files"),
        ("Cafe\u0301 й", "Café й"),
        ("Yucat´an ¨uber", "Yucatán über"),
        ("ﺳﻼﻡ", "سلام"),
        ("a\u200bb\u00adc", "abc"),
        ("x\x01\x02y\ufffd", "xy"),
        ("\uf0b7 item", "• item"),
        ("\ud835\udc65 + 1", "𝑥 + 1"),
        ("ˆq ´ x", "ˆq ´ x"),
    ],
)
def test_letters_are_those_of_text(written: str, read: str) -> None:
    assert clean(written).replace("\u00ad", "") == read


def test_russian_in_fonts_that_call_it_latin(tmp_path: Path) -> None:
    pdf = Pdf()
    line = "Социально-экономическое развитие и ёлка".encode("cp1251").decode("latin-1")
    pdf.page(*pdf.lines(50, 700, [line, "è â ãîðîäå Paris"]))
    pdf.page(*pdf.lines(50, 700, ["un élève a été à l'école préférée de l'été dernier, où naïveté"]))
    russian, french = body_of(tmp_path, pdf).split("\f")
    assert russian.startswith("Социально-экономическое развитие и ёлка") and "и в городе Paris" in russian
    assert french.startswith("un élève a été à l'école")


def test_hebrew_is_read_from_its_right_end(tmp_path: Path) -> None:
    pdf = Pdf()
    lines = ["זהו טקסט בעברית לבדיקת כיוון הכתיבה מימין", "לשמאל במסמך"]
    pdf.page(pdf.text(50, 700, lines[0][::-1]), pdf.text(50 + 5 * (len(lines[0]) - 11), 688, lines[1][::-1]))
    assert body_of(tmp_path, pdf) == " ".join(lines) + "\n"


def test_text_is_read_whatever_way_it_is_turned_and_though_it_is_hidden(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(pdf.text(100, 700, "an invisible layer of a scan", mode=3))
    pdf.page(
        pdf.text(100, 100, "first line of a page that lies", turn=1),
        pdf.text(112, 100, "on its side", turn=1),
        entries="/Rotate 90",
    )
    pdf.page(*pdf.lines(100, 700, ["upright text"]), pdf.text(30, 200, "margin", turn=1))
    pdf.page(pdf.text(400, 700, "upside", turn=2), pdf.text(100, 400, "down", turn=3))
    assert body_of(tmp_path, pdf).split("\f") == [
        "an invisible layer of a scan",
        "first line of a page that lies\non its side",
        "upright text\n\nmargin",
        "upside\n\ndown\n",
    ]


def test_what_readers_filled_in_and_wrote_is_read_but_no_links(tmp_path: Path) -> None:
    pdf = Pdf(catalog="/AcroForm<</Fields[10 0 R 11 0 R 13 0 R]>>")
    field = "<</Type/Annot/Subtype/Widget/FT/{}/T(f{})/V({})/Rect[0 0 9 9]{}>>"
    for number, (kind, value, more) in enumerate(
        [("Tx", "Ivan Petrov", ""), ("Btn", "Yes", ""), ("Tx", "secret", "/F 2")]
    ):
        pdf.object(field.format(kind, number, value, more))
    pdf.object("<</Type/Annot/Subtype/Text/Contents(a remark)/Rect[0 0 9 9]>>")
    pdf.object("<</Type/Annot/Subtype/Link/Contents(a link)/Rect[0 0 9 9]/A<</S/URI/URI(http://a.b/)>>>>")
    pdf.page(
        pdf.text(50, 700, "Name:"), annotations=["10 0 R", "11 0 R", "12 0 R", "13 0 R", "14 0 R", "13 0 R"]
    )
    assert body_of(tmp_path, pdf) == "Name:\n\nIvan Petrov\n\na remark\n"


def test_attached_files_are_named(tmp_path: Path) -> None:
    pdf = Pdf(catalog="/Names<</EmbeddedFiles<</Names[(a) 10 0 R]>>>>")
    pdf.object("<</Type/Filespec/F(sums.xlsx)/UF(sums.xlsx)/EF<</F 11 0 R>>>>")
    pdf.stream(b"12345", "/Type/EmbeddedFile")
    pdf.page(pdf.text(50, 700, "see the sheet"))
    write(tmp_path, {"a.pdf": pdf.bytes()})
    notices: list[str] = []
    documents, problems = collect(tmp_path, on_notice=lambda problem: notices.append(problem.reason))
    assert documents[0]["attachments"] == ["sums.xlsx"] and not problems
    assert "files attached to it (1) are not read: sums.xlsx" in notices


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Отчёт за год", "Отчёт за год"),
        ("Microsoft Word - Отчёт за год", "Отчёт за год"),
        ("Microsoft Word - report_final.doc", "Крупный заголовок на две строки"),
        ("C:\\docs\\report.dvi", "Крупный заголовок на две строки"),
        ("untitled", "Крупный заголовок на две строки"),
        ("Отчёт".encode("cp1251").decode("latin-1"), "Отчёт"),
        (None, "Крупный заголовок на две строки"),
    ],
)
def test_a_title_is_what_somebody_gave(title: str | None, expected: str, tmp_path: Path) -> None:
    pdf = Pdf({} if title is None else {"Title": title})
    pdf.page(*pdf.lines(50, 780, ["Крупный заголовок", "на две строки"], 18, 20), *pdf.lines(50, 700, PROSE))
    assert read_file(tmp_path, "a.pdf", pdf.bytes())["title"] == expected


def test_what_a_document_says_of_itself(tmp_path: Path) -> None:
    pdf = Pdf(
        {
            "Author": "Иван Петров",
            "Subject": "о дорогах",
            "Keywords": "дом; смета",
            "CreationDate": "D:20240531102030Z",
        },
        catalog="/Lang(en-GB)",
    )
    pdf.page(pdf.text(50, 700, "text"))
    fields = read_file(tmp_path, "a.pdf", pdf.bytes())
    del fields["body"]
    assert fields == {
        "title": "a.pdf",
        "author": "Иван Петров",
        "description": "о дорогах",
        "keywords": ["дом", "смета"],
        "date": "2024-05-31T10:20:30Z",
        "language": "en-GB",
    }


XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" {}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def test_xmp_says_what_the_information_does_not_and_that_of_pictures_is_not_heard(tmp_path: Path) -> None:
    pdf = Pdf({"Author": "Иван"})
    pdf.page(pdf.text(50, 700, "text"))
    pdf.stream(XMP.format('xmlns:pdf="http://ns.adobe.com/pdf/1.3/"', "Устав общества").encode())
    pdf.stream(XMP.format('xmlns:tiff="http://ns.adobe.com/tiff/1.0/"', "IMG_2034").encode())
    fields = read_file(tmp_path, "a.pdf", pdf.bytes())
    assert fields["title"] == "Устав общества" and fields["author"] == "Иван"


# ---- what is not read is named


def refusal(folder: Path, data: bytes, name: str = "a.pdf") -> str:
    write(folder, {name: data})
    documents, problems = collect(folder)
    assert not documents and len(problems) == 1
    return problems[0]


def test_pictures_of_text_are_named_with_the_tool(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(PICTURE).page(PICTURE)
    assert "has no text: its pages are pictures or drawings" in refusal(tmp_path, pdf.bytes())
    pdf.page(pdf.text(50, 700, "слова")).page()
    write(tmp_path, {"a.pdf": pdf.bytes()})
    notices: list[str] = []
    (document,), problems = collect(tmp_path, on_notice=lambda problem: notices.append(problem.reason))
    assert document["body"] == "\f\fслова\f\n" and not problems
    assert (
        "2 of its 4 pages (1, 2) have no text, but pictures; recognize its letters: ocrmypdf FILE OUT"
        in notices
    )


def test_fonts_that_do_not_name_their_letters(tmp_path: Path) -> None:
    pdf = Pdf(named=False)
    pdf.page(*pdf.lines(50, 700, ["".join(map(chr, range(0x2400, 0x2430)))] * 4))
    assert "ocrmypdf --force-ocr" in refusal(tmp_path, pdf.bytes())
    readable = Pdf(named=False)
    readable.page(*readable.lines(50, 700, ["plain letters whose font says nothing of them"]))
    assert body_of(tmp_path, readable).startswith("plain letters")


def test_a_password_of_the_user_is_named_and_an_empty_one_needs_none(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, ["тайный текст"]))
    assert read_file(tmp_path, "a.pdf", pdf.bytes(password=""))["body"] == "тайный текст\n"
    assert "is encrypted with a password; save it without one" in refusal(tmp_path, pdf.bytes(password="x"))


def test_a_page_without_anything(tmp_path: Path) -> None:
    assert "is empty: none of its pages" in refusal(tmp_path, Pdf().page().page().bytes())


def test_a_file_that_is_none_and_one_with_junk_before_it(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, ["text"]))
    assert read_file(tmp_path, "a.pdf", b"HTTP/1.1 200 OK\r\n\r\n" + pdf.bytes())["body"] == "text\n"
    assert "is not a PDF, as its name says" in refusal(tmp_path, b"x" * 2_000 + pdf.bytes())


def test_a_pdf_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, ["text"]))
    write(tmp_path, {"letter": pdf.bytes()})
    assert collect(tmp_path / "letter")[0][0]["body"] == "text\n"
    assert "a PDF; name it .pdf" in refusal(tmp_path / "txt", pdf.bytes() + b"\xff", "a.txt")


def test_the_package_is_named_where_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing: Any = None
    monkeypatch.setitem(sys.modules, "pypdfium2.raw", missing)
    with pytest.raises(SourceError, match=r"pip install 'searchlib\[documents\]'"):
        read_file(tmp_path, "a.pdf", Pdf().page().bytes())


def test_a_file_that_is_called_otherwise_is_read_as_what_it_is(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.page(*pdf.lines(50, 700, ["text"]))
    page = "<!DOCTYPE html><html><body>Sign in to see this file</body></html>"
    write(tmp_path, {"a.doc": pdf.bytes(), "b.pdf": page})
    documents, problems = collect(tmp_path)
    assert [document["body"].strip() for document in documents] == ["text", "Sign in to see this file"]
    assert not problems
