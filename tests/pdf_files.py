"""PDF files written by hand: text at chosen places, in a font of which every letter is half as wide as high.

A character beyond ASCII has a code of the font's, and a ToUnicode map says what it is.
"""

from __future__ import annotations

import hashlib
import itertools
import zlib
from collections.abc import Iterable, Mapping, Sequence

from ooxml_files import ROAD

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

PICTURE = "q 100 0 0 100 50 600 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
"""A grey square, drawn as a picture."""


class Pdf:
    """A file in the making. info: the document information; catalog, trailer: further entries there.

    named: whether the font says which letters it has.
    """

    def __init__(
        self, info: Mapping[str, str] | None = None, *, catalog: str = "", named: bool = True
    ) -> None:
        self._info, self._catalog, self._named = dict(info or {}), catalog, named
        self._codes: dict[str, int] = {}
        self._pages: list[tuple[str, str, list[str]]] = []
        self._objects: list[bytes] = []  # from number 10 on

    def object(self, data: str | bytes) -> int:
        """A further object; its number."""
        self._objects.append(data if isinstance(data, bytes) else data.encode("latin-1"))
        return 9 + len(self._objects)

    def stream(self, data: bytes, entries: str = "") -> int:
        return self.object(_stream(data, entries))

    def page(self, *content: str, entries: str = "", annotations: Sequence[str] = ()) -> Pdf:
        """A page of A4. content: what text() gives, or operators."""
        self._pages.append(("\n".join(content), entries, list(annotations)))
        return self

    def text(self, x: float, y: float, text: str, size: float = 10, *, turn: int = 0, mode: int = 0) -> str:
        """Text from (x, y) on, in points from the lower left corner. turn: in quarters; mode: 3 is hidden."""
        cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turn]
        matrix = f"{cos} {sin} {-sin} {cos} {x} {y}"
        return f"BT /F1 {size} Tf {mode} Tr {matrix} Tm <{self._encoded(text)}> Tj ET"

    def lines(
        self, x: float, y: float, lines: Iterable[str], size: float = 10, leading: float = 12
    ) -> list[str]:
        """Lines below one another."""
        return [self.text(x, y - number * leading, line, size) for number, line in enumerate(lines)]

    def _encoded(self, text: str) -> str:
        codes = []
        for character in text:
            if " " <= character <= "~":
                codes.append(ord(character))
            else:
                codes.append(self._codes.setdefault(character, 0x80 + len(self._codes)))
        return bytes(codes).hex()

    def bytes(self, *, password: str | None = None, version: str = "1.7") -> bytes:
        """The file. password: that of the user, with which it is encrypted by RC4 of 40 bits."""
        kids, pages, number = [], [], 10 + len(self._objects)
        for content, entries, listed in self._pages:
            notes = f"/Annots [{' '.join(listed)}]" if listed else ""
            pages += [
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {number + 1} 0 R"
                f"/Resources<</Font<</F1 3 0 R>>>>{notes}{entries}>>".encode("latin-1"),
                _stream(zlib.compress(content.encode("latin-1")), "/Filter/FlateDecode"),
            ]
            kids.append(f"{number} 0 R")
            number += 2
        unicode = "/ToUnicode 4 0 R" if self._named else ""
        info = "".join(f"/{key} {_string(value)}" for key, value in self._info.items())
        objects = [
            f"<</Type/Catalog/Pages 2 0 R{self._catalog}>>".encode("latin-1"),
            f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode(),
            (
                f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/LastChar 255"
                f"/FontDescriptor 6 0 R/Widths[{'500 ' * 224}]{unicode}>>"
            ).encode(),
            _stream(self._to_unicode(), ""),
            f"<<{info}>>".encode("latin-1"),
            (
                b"<</Type/FontDescriptor/FontName/Helvetica/Flags 32/FontBBox[0 -200 500 800]/ItalicAngle 0"
                b"/Ascent 800/Descent -200/CapHeight 700/StemV 80>>"
            ),
            *[b"null"] * 3,
            *self._objects,
            *pages,
        ]
        return _file(objects, version, password)

    def _to_unicode(self) -> bytes:
        pairs = [(f"{code:02x}", letter.encode("utf-16-be").hex()) for letter, code in self._codes.items()]
        pairs += [(f"{code:02x}", f"{code:04x}") for code in range(0x20, 0x7F)]
        blocks = ""
        for begin in range(0, len(pairs), 100):
            block = pairs[begin : begin + 100]
            blocks += (
                f"{len(block)} beginbfchar\n" + "".join(f"<{a}> <{b}>\n" for a, b in block) + "endbfchar\n"
            )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange\n{blocks}endcmap end end"
        ).encode()


def _string(text: str) -> str:
    text = text.replace("\\", "\\\\")
    return f"({text})" if text.isascii() else f"<feff{text.encode('utf-16-be').hex()}>"


def _stream(data: bytes, entries: str) -> bytes:
    return f"<</Length {len(data)}{entries}>>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes], version: str, password: str | None) -> bytes:
    """The file of objects whose numbers are their places from 1 on: 1 the catalog, 5 the information."""
    trailer = ""
    if password is not None:
        objects, trailer = _encrypted(objects, password)
    out = bytearray(f"%PDF-{version}\n%\xe2\xe3\xcf\xd3\n".encode("latin-1"))
    places = []
    for number, data in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + data + b"\nendobj\n"
    begin = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Info 5 0 R{trailer}>>\n".encode()
    return bytes(out + f"startxref\n{begin}\n%%EOF\n".encode())


def _encrypted(objects: Sequence[bytes], password: str) -> tuple[list[bytes], str]:
    """PDF's first encryption (V 1, R 2). Strings are none of those objects but of the information."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    permissions = (-4).to_bytes(4, "little", signed=True)
    key = hashlib.md5(padded + owner + permissions + b"0123456789abcdef").digest()[:5]
    found = []
    for number, data in enumerate(objects, 1):
        head, mark, rest = data.partition(b"\nstream\n")
        if mark:
            own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            data = head + mark + _rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream"
        found.append(data)
    found[4] = b"<<>>"
    id = b"0123456789abcdef".hex()
    user = _rc4(key, _PADDING)
    found.append(f"<</Filter/Standard/V 1/R 2/P -4/O <{owner.hex()}>/U <{user.hex()}>>>".encode())
    return found, f"/Encrypt {len(found)} 0 R/ID[<{id}><{id}>]"


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def columns(
    pdf: Pdf, left: Sequence[str], right: Sequence[str], *, by_row: bool, y: float = 780
) -> list[str]:
    """Two columns, written one after the other, or line by line across both."""
    one, other = pdf.lines(50, y, left), pdf.lines(310, y, right)
    if not by_row:
        return one + other
    return [text for pair in itertools.zip_longest(one, other) for text in pair if text]


def pdf_sample(word: str) -> bytes:
    """Two pages: a heading, a paragraph with a divided word, a table, Hebrew; a word on the second page."""
    pdf = Pdf(
        {
            "Title": "Договор № 7",
            "Author": "Анна Ли",
            "Keywords": "смета, дом",
            "CreationDate": "D:20260531102030+03'00'",
        },
        catalog="/Lang(ru-RU)",
    )
    pdf.page(
        pdf.text(50, 780, "Договор № 7", 18),
        *pdf.lines(50, 740, [f"Первый абзац договора говорит о том, что {ROAD} постро-", "ена."]),
        *(pdf.text(x, 690, cell) for x, cell in ((50, "Город"), (150, "Жители"))),
        *(pdf.text(x, 678, cell) for x, cell in ((50, "Полтава"), (150, "279593"))),
        pdf.text(50, 640, "".join(reversed("שלום"))),
    )
    pdf.page(*pdf.lines(50, 780, [f"Тут стоит {word}", "и больше ничего."]))
    return pdf.bytes()
