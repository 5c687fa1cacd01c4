"""Stored texts that are no UTF-8, as a file has them that somebody made by hand.

Nothing is read of them, and no memory beyond theirs is touched: `make sanitize` sees that best.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from searchlib import _core
from searchlib.analysis.analyzer import Analyzer
from searchlib.errors import CorruptIndexError
from searchlib.highlight import Fragment, Span, WordMatch, printable
from searchlib.highlight.fragments import abbreviations
from searchlib.storage.documents import DocumentsReader, DocumentsWriter
from searchlib.storage.memory import MemoryDirectory
from searchlib.storage.segment import SegmentFile
from searchlib.storage.segment_writer import SegmentWriter

ANALYZER = Analyzer.for_languages(("en", "ru"))
MARKS = [WordMatch(("lynx",))]

BROKEN = [
    *(bytes([byte]) for byte in b"\x80\x9f\xa0\xbf\xc0\xc1\xc3\xe0\xed\xf0\xf4\xf5\xfe\xff"),
    *(b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xe0\x9f\xbf", b"\xf0\x80\x80\x80", b"\xf0\x8f\xbf\xbf"),
    *(b"\xf4\x90\x80\x80", b"\xf7\xbf\xbf\xbf", b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80"),
    *(b"\xd0", b"\xe2\x82", b"\xe2\x82 ", b"\xf0\x9f\x8f", b"\xf0\x9f", b"\xd0\xd0", b"\xe2\xd0\xb0"),
    *(b"\x80" * 8, b"\x80" * 1000, b"\xbf" * 70_000, b"\xc3" * 4096, b"\xe2\x82" * 4096, b"\xf0" * 4096),
    *("лес".encode()[:-1], "лес".encode()[1:], "лес".encode("cp1251"), "forêt".encode("latin-1")),
    *("лес".encode("utf-16"), "🦊".encode()[:3] * 500, "🦊".encode()[1:] * 500),
]  # fmt: skip
TEXTS = [*BROKEN, *(b"A lynx " + one + b" ran" for one in BROKEN), *(one + b"\nlynx" for one in BROKEN[:8])]
GOOD = ["", "A lynx.", "рысь, lynx", "🦊 lynx", "\ud83d lynx", "x" * 5000]


def line_of(*values: bytes) -> bytes:
    shown = [
        b'"' + value.replace(b"\\", rb"\\").replace(b'"', rb"\"").replace(b"\n", rb"\n") + b'"'
        for value in values
    ]
    return b'{"body":' + (shown[0] if len(shown) == 1 else b"[" + b",".join(shown) + b"]") + b"}"


def written(lines: list[bytes]) -> tuple[DocumentsReader, _core.DocumentLines]:
    directory = MemoryDirectory()
    with SegmentWriter(directory, "000001.segment") as segment:
        writer = DocumentsWriter(segment)
        for line in lines:
            writer.add_encoded(line.replace(b"\x00", rb"\u0000"))
        writer.finish()
        entry = segment.finish()
    reader = DocumentsReader(SegmentFile.open(directory, entry))
    return reader, _core.read_documents([0], [reader.core], list(range(len(lines))))


def shown(texts: _core.FieldTexts) -> tuple[list[str], list[Any]]:
    """Each text as a page shows it, whole and in fragments."""
    marked = _core.mark_texts(texts, MARKS, ANALYZER.core, ANALYZER.resolve)
    style: dict[str, Any] = {"html": False, "before": "<", "after": ">", "separator": "…"}
    marked.render(abbreviations(), 3, 40, **style)
    return marked.render(abbreviations(), None, 40, **style), marked.fragments(
        abbreviations(), 3, 40, Fragment, Span
    )


def utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_text_that_is_no_utf8_is_not_there(number: int) -> None:
    lines = [
        line_of(utf8(GOOD[1])),
        line_of(TEXTS[number]),
        line_of(b"lynx", TEXTS[number], b"x"),
        line_of(b"x"),
    ]
    reader, found = written(lines)
    texts = _core.field_texts(found, "body")
    assert texts.unread() == [1, 2] and texts.texts() == ["A lynx.", "", "", "x"]
    assert texts.text(1) == texts.text(2) == ""
    assert shown(texts)[0] == ["A <lynx>.", "", "", "x"]
    assert _core.mark_keywords(texts, MARKS, True).spans(Span)[1:3] == [[], []]
    for doc in (1, 2):
        with pytest.raises(CorruptIndexError, match="a document that is none"):
            reader.get(doc)


def test_good_texts_among_them_stay() -> None:
    source = random.Random(5)
    for _ in range(30):
        chosen: list[str | bytes] = [source.choice([*GOOD, *TEXTS]) for _ in range(12)]
        _, found = written([line_of(one if isinstance(one, bytes) else utf8(one)) for one in chosen])
        texts = _core.field_texts(found, "body")
        assert texts.unread() == [n for n, one in enumerate(chosen) if isinstance(one, bytes)]
        assert texts.texts() == ["" if isinstance(one, bytes) else one for one in chosen]
        whole, fragments = shown(texts)
        for one, text, pieces in zip(chosen, whole, fragments, strict=True):
            assert text == (
                "" if isinstance(one, bytes) else one.replace("lynx", "<lynx>").replace("\ud83d", "\ufffd")
            )
            assert bool(pieces) == bool(text)


LETTERS = ["лес", "ёж", "wood", " ", "é", "Ж", "ß", "a", "𐍈", "漢字", "\ud83d", "🦊", "n" * 17, "ш" * 9]


def test_any_bytes_are_what_python_reads() -> None:
    source = random.Random(6)
    lines, expected = [], []
    for _ in range(3000):
        text = utf8("".join(source.choices(LETTERS, k=source.randrange(20))))
        for _ in range(source.randrange(3)):
            at = source.randrange(len(text) + 1)
            behind = at + source.randrange(2)
            text = (
                text[:at] + bytes(source.choices(range(0x80, 0x100), k=source.randrange(3))) + text[behind:]
            )
        lines.append(line_of(text))
        try:
            expected.append(text.decode("utf-8", "surrogatepass"))
        except UnicodeDecodeError:
            expected.append("")
    texts = _core.field_texts(written(lines)[1], "body")
    assert texts.texts() == expected
    assert shown(texts)[0] == list(map(printable, expected))
    assert 500 < expected.count("") < 2500


def test_what_is_put_in_its_place_is_read() -> None:
    _, found = written([line_of(text) for text in TEXTS])
    texts = _core.field_texts(found, "body")
    for number in texts.unread():
        texts.put(number, ["a", "lynx"])
    assert texts.unread() == [] and texts.texts() == ["a\nlynx"] * len(TEXTS)
    assert shown(texts)[0] == ["a\n<lynx>"] * len(TEXTS)
