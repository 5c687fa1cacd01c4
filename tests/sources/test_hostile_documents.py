"""Documents that are damaged or made to harm: a typed error that says what it is, in bounded time."""

from __future__ import annotations

import io
import os
import random
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_files import read_file

import office_files as made
from hang import must_end
from searchlib.errors import SourceError
from searchlib.sources.formats import rtf_reader, suffix_of, xml_reader, zip_package
from searchlib.sources.formats.rtf import read_rtf
from searchlib.sources.formats.xml_reader import XmlReader

SAMPLES = made.samples()
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF = " ".join(f'xmlns:{name}="{_ODF}{name}:1.0"' for name in ("office", "style", "text"))
NUM_MUTATIONS = 20 * int(os.environ.get("SEARCHLIB_TEST_DEPTH") or 1)
"""Of each sample in each way, and twice as many inside packages: 2,160 in all."""


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    + "]><a>&a9;</a>"
)

BAD_XML = {
    "a thousand million laughs": (LAUGHS, "declares an entity"),
    "an external entity": (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "declares an entity",
    ),
    "a parameter entity": ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://a.b/">%x;]><a/>', "declares an entity"),
    "one long value": (f'<!DOCTYPE a [<!ENTITY x "{"x" * 100_000}">]><a>{"&x;" * 1_000}</a>', "declares"),
    "deep nesting": ("<a>" * 100_000, "nested more than 1,000 deep"),
    "an endless tag": (f'<a b="{"x" * (20 << 20)}"/>', "a tag of more than 8 MiB"),
    "an endless comment": (f"<a><!--{'x' * (20 << 20)}--></a>", "a tag of more than 8 MiB"),
    "many names": ("<a>" + "".join(f"<b{i}/>" for i in range(60_000)) + "</a>", "50,000 names"),
    "many names of attributes": (
        "<a>" + "".join(f'<b c{i}=""/>' for i in range(60_000)) + "</a>",
        "50,000 names",
    ),
    "no end": ("<a><b>", "not well-formed XML (no element found"),
    "another end": ("<a></b>", "not well-formed XML (mismatched tag"),
    "nothing": ("", "not well-formed XML (no element found"),
    "text": ("Hello", "not well-formed XML (syntax error"),
    "an unknown entity": ("<a>&nbsp;</a>", "undefined entity"),
    "an unknown encoding": ('<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
    "an encoding of many bytes": ('<?xml version="1.0" encoding="shift_jis"?><a/>', "encoding"),
}


def in_pieces(text: str) -> list[bytes]:
    data = text.encode()
    return [data[i : i + 65_536] for i in range(0, len(data), 65_536)]


@pytest.mark.parametrize("name", BAD_XML)
def test_xml_that_does_harm_is_refused(name: str) -> None:
    text, reason = BAD_XML[name]
    with must_end(), pytest.raises(SourceError, match=re.escape(reason)):
        XmlReader().read(in_pieces(text), "'content.xml'")


def test_the_number_of_elements_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_reader, "MAX_ELEMENTS", 1_000)
    with pytest.raises(SourceError, match="more than 1,000 elements"):
        XmlReader().read(in_pieces("<a>" + "<b/>" * 2_000 + "</a>"), "text")


def test_names_of_html_are_read_where_a_document_type_declares_them() -> None:
    class Reader(XmlReader):
        said = ""

        def text(self, data: str) -> None:
            self.said += data

    reader = Reader()
    head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    reader.read(in_pieces(f"{head}<a>м&nbsp;и&mdash;т&nosuch;</a>"), "text")
    assert reader.said == "м\u00a0и—т"


XML_TYPES = [name for name in SAMPLES if not name.endswith((".ipynb", ".rtf", ".pdf"))]


@pytest.mark.parametrize("name", XML_TYPES)
@pytest.mark.parametrize("harm", ["laughs", "depth"])
def test_each_type_refuses_entities_and_depth(name: str, harm: str, tmp_path: Path) -> None:
    """Or reads a chapter of a book as a browser would, which expands nothing."""

    def spoilt(data: bytes) -> bytes:
        if harm == "depth":
            end = data.rindex(b"</")
            return data[:end] + b"<x>" * 5_000 + b"</x>" * 5_000 + data[end:]
        head = LAUGHS.partition("<a>")[0].encode()
        start = data.index(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return data[:start] + head + data[start:]

    main = {
        ".docx": "word/document.xml",
        ".pptx": "ppt/slides/slide1.xml",
        ".xlsx": "xl/worksheets/s0.xml",
        ".epub": "OEBPS/book.opf",
        ".fb2.zip": "война.fb2",
    }
    member = main.get(suffix_of(name), "content.xml")
    data = SAMPLES[name].data
    if suffix_of(name) == ".fb2":
        data = spoilt(data)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {inner: package.read(inner) for inner in package.namelist()}
        data = made.packed({**members, member: spoilt(members[member])})
    with must_end(), pytest.raises(SourceError, match="declares an entity" if harm == "laughs" else "nested"):
        read_file(tmp_path, name, data)


@pytest.mark.parametrize(
    "piece",
    ["{", "{\\*\\shpinst{\\shptxt ", "{\\footnote ", "\\", "\\'", "\\u1?", "\\par ", "\\bin9999999999 "],
)
def test_rtf_ends_on_any_repetition(piece: str) -> None:
    with must_end():
        try:
            assert "body" in read_rtf(b"{\\rtf1 " + piece.encode() * 100_000, "a.rtf")
        except SourceError as error:
            assert "nested more than 1,000" in str(error)


def test_rtf_with_boxes_under_many_groups_is_linear() -> None:
    groups = b"{\\footnote {\\shptxt x}" + b"{" * 900
    with must_end():
        read_rtf(b"{\\rtf1 " + groups + b"\\par " * 150_000 + b"}" * 902, "a.rtf")


def test_repeated_cells_fill_no_memory(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="99999999"><text:p>{}</text:p></table:table-cell>'
    row = '<table:table-row table:number-rows-repeated="99999999">{}</table:table-row>'
    for text, num in (("x", 100), ("x" * 100_000, 30)):
        rows = row.format(cell.format(text) * num)
        body = f'<table:table table:name="a">{rows * 3}</table:table>'
        with must_end():
            try:
                fields = read_file(tmp_path, "a.ods", made.opendocument("spreadsheet", body))
                assert len(fields["body"]) < 64 << 20
            except SourceError as error:
                assert "longer than" in str(error)


def test_repeated_rows_fill_no_memory(tmp_path: Path) -> None:
    """A short row a thousand times over, in each of very many rows: borders are text as well."""
    cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="1000">{cell}</table:table-row>'
    data = made.opendocument("spreadsheet", f'<table:table table:name="a">{row * 40_000}</table:table>')
    tracemalloc.start()
    try:
        with must_end(), pytest.raises(SourceError, match="its text is longer than"):
            read_file(tmp_path, "a.ods", data)
        assert tracemalloc.get_traced_memory()[1] < 200 << 20
    finally:
        tracemalloc.stop()


def test_headers_of_very_many_page_styles_take_linear_time(tmp_path: Path) -> None:
    headers = "".join(f"<style:header><text:p>h{i}</text:p></style:header>" for i in range(100_000))
    styles = f"<office:document-styles {ODF}>{headers * 2}</office:document-styles>"
    data = made.with_members(made.opendocument("text", "<text:p>x</text:p>"), {"styles.xml": styles})
    with must_end():
        body = read_file(tmp_path, "a.odt", data)["body"]
    assert body.split() == ["x", *(f"h{i}" for i in range(100_000))]


def test_headings_within_headings_take_linear_time(tmp_path: Path) -> None:
    heading = "<text:h>" * 900 + "<text:s/>" * 1_000_000 + "</text:h>" * 900
    with must_end(12):
        read_file(tmp_path, "a.odt", made.opendocument("text", heading))


def test_a_part_that_many_relations_name_is_read_once(tmp_path: Path) -> None:
    relation = '<Relationship Id="r{}" Type="http://x/header" Target="header9.xml"/>'
    relations = "".join(map(relation.format, range(200_000)))
    names = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    data = made.with_members(
        made.docx(made.paragraph("<w:r><w:t>x</w:t></w:r>")),
        {
            "word/_rels/document.xml.rels": f"<Relationships {names}>{relations}</Relationships>",
            "word/header9.xml": f"<w:hdr {made.W}>{made.paragraph('<w:r><w:t>foot</w:t></w:r>')}</w:hdr>",
        },
    )
    with must_end(12):
        assert read_file(tmp_path, "a.docx", data)["body"].split() == ["x", "foot"]


def test_a_string_in_each_cell_fills_no_memory(tmp_path: Path) -> None:
    cells = '<c t="s"><v>0</v></c>' * 5_000
    data = made.xlsx(("S", f"<row>{cells}</row>"), strings=(f"<t>{'x' * 1_000_000}</t>",))
    with must_end(), pytest.raises(SourceError, match="a row of it is longer than"):
        read_file(tmp_path, "a.xlsx", data)


def test_a_note_of_each_word_fills_no_memory(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2">{made.paragraph("x" * 100_000)}</w:footnote>'
    note = f"<w:footnotes {made.W}>{note}</w:footnotes>"
    data = made.docx(made.paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>' * 9_000), footnotes=note)
    with must_end(), pytest.raises(SourceError, match="its text is longer than"):
        read_file(tmp_path, "a.docx", data)


def test_a_slide_that_is_shown_over_and_over_is_unpacked_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_package, "MAX_UNPACKED_BYTES", 1 << 20)
    data = made.pptx(*[made.shape("x" * 20_000)] * 100)
    data = made.repacked(data, lambda text: re.sub(r"slides/slide\d+\.xml", "slides/slide1.xml", text))
    with pytest.raises(SourceError, match="unpacks to more than"):
        read_file(tmp_path, "a.pptx", data)


def test_rtf_has_a_limit_of_words_and_long_titles_take_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with must_end():
        title = read_rtf(made.rtf("x", "{\\title " + "a{}" * 150_000 + "}"), "a.rtf")["title"]
    assert title == "a.rtf"
    monkeypatch.setattr(rtf_reader, "MAX_WORDS", 1_000)
    with pytest.raises(SourceError, match="more than 1,000 words and groups"):
        read_rtf(made.rtf("a{}" * 1_000), "a.rtf")


# ---- mutations


def flipped(data: bytes, random: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def cut(data: bytes, random: random.Random) -> bytes:
    at = random.randrange(len(data))
    if random.random() < 0.5:
        return data[:at]
    return data[:at] + data[min(len(data), at + random.randrange(1, 200)) :]


def nested(data: bytes, random: random.Random) -> bytes:
    """A part of it many times over, where it stands."""
    at = random.randrange(len(data))
    end = min(len(data), at + random.randrange(1, 120))
    return data[:at] + data[at:end] * random.choice((2, 10, 1_000)) + data[end:]


def inside(change: Callable[[bytes, random.Random], bytes]) -> Callable[[bytes, random.Random], bytes]:
    """The same of a member of a package, which is then whole again."""

    def changed(data: bytes, random: random.Random) -> bytes:
        if not data.startswith(b"PK"):
            return change(data, random)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = {name: package.read(name) for name in package.namelist()}
        name = random.choice([name for name, data in members.items() if data])
        return made.packed({**members, name: change(members[name], random)})

    return changed


WAYS = {
    "flipped": flipped,
    "cut": cut,
    "nested": nested,
    "flipped inside": inside(flipped),
    "cut inside": inside(cut),
    "nested inside": inside(nested),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_mutations_end_in_a_document_or_a_typed_error(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    seed = os.environ.get("SEARCHLIB_SEED") or 15
    num_refused = 0
    for way, change in WAYS.items():
        draw = random.Random(f"{seed} {name} {way}")
        for number in range(NUM_MUTATIONS * (2 if "inside" in way else 1)):
            data = change(SAMPLES[name].data, draw)
            try:
                with must_end(20):
                    fields = read_file(tmp_path, name, data)
                assert isinstance(fields["title"], str) and isinstance(fields["body"], str)
                fields["body"].encode()
            except SourceError as error:
                num_refused += 1
                assert 10 < len(str(error)) < 1_000, (way, number)
    assert num_refused, "a mutation that nothing refuses changes nothing"
