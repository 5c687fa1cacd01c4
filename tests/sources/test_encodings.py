"""Encodings: what each file was written in must be found, or refused with a reason."""

from __future__ import annotations

import codecs
import random

import pytest

from searchlib.errors import SourceError
from searchlib.sources.encodings import check_encoding, decode, detect

RUSSIAN = [
    "Официальный Ташкент пока молчит о заявлении президента Белоруссии, который призвал Узбекистан извлечь"
    " уроки из событий в Казахстане; в Москве же говорят о силах быстрого развёртывания.",
    "Аральское море когда-то было четвёртым по величине озером мира. Хлопковые поля выпили его реки, и на"
    " месте дна осталась соляная пустыня, которую теперь засаживают саксаулом.",
    "Чтобы доехать до Бишкека, нужно перевалить через горы: «Явно не близкий путь», — сказал водитель, — и"
    " всё-таки повёз нас. Энергия, экономика, философия, съезд, объявление, щенок.",
    "Здесь English words стоят рядом с русскими: Windows Server, OLE DB, ADO; и всё равно это русский текст,"
    " потому что букв кириллицы в нём больше, чем латинских.",
]
ENGLISH = [
    "The official Tashkent has so far kept silent about the statement made by the President of Belarus, who"
    " called upon Uzbekistan to learn lessons from the events in Kazakhstan.",
    "“It isn’t easy,” she said – the café’s owner was naïve, and the price rose to £5 within a month of the"
    " opening, which surprised nobody who had read the papers.",
]
CYRILLIC_PAGES = ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "iso8859-5"]
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("encoding", CYRILLIC_PAGES + WIDE)
@pytest.mark.parametrize("text", RUSSIAN)
def test_russian_is_read_in_every_encoding(text: str, encoding: str) -> None:
    text = text.encode(encoding, "ignore").decode(encoding)  # no dash in KOI8-R
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize("size", [100, 150, 300])
def test_any_hundred_characters_are_enough(encoding: str, size: int) -> None:
    text = " ".join(RUSSIAN).encode(encoding, "ignore").decode(encoding)
    for start in range(0, len(text) - size, 7):
        piece = text[start : start + size]
        assert decode(piece.encode(encoding)).text == piece


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_capitals_alone_are_enough(encoding: str) -> None:
    for text in RUSSIAN[:2]:
        text = text.upper().encode(encoding, "ignore").decode(encoding)
        assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", *WIDE])
@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_read_in_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_how_is_told() -> None:
    assert decode(b"plain")[1:] == ("utf-8", "utf-8")
    assert decode(codecs.BOM_UTF8 + b"marked")[1:] == ("utf-8", "bom")
    assert decode(RUSSIAN[0].encode("koi8-r", "ignore"))[1:] == ("koi8-r", "guessed")
    assert decode(RUSSIAN[0].encode("cp866", "ignore"), "cp866")[1:] == ("cp866", "forced")


def test_yayu_in_cp1251_is_no_byte_order_mark() -> None:
    text = (
        "яют граждан о том, что мост через реку закрыт на ремонт до самой осени, и просят их ехать в объезд"
    )
    assert decode(text.encode("cp1251")).text == text


def test_text_of_other_languages_is_left_to_the_general_detector() -> None:
    text = "Zażółć gęślą jaźń: łąka, żółw, ścieżka, źdźbło, pięć, świerszcz i mnóstwo innych polskich słów."
    assert decode(text.encode("cp1250")).text == text


def test_few_broken_bytes_are_not_guessed_at() -> None:
    broken = RUSSIAN[0].encode()[:151] + b"\xff" + RUSSIAN[0].encode()[151:]
    with pytest.raises(SourceError, match=r"broken UTF-8 at byte 15\d .*iconv"):
        decode(broken)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF; name it .pdf"),
        (b"PK\x03\x04\x14\x00\x06\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "gzip"),
        (b"\x7fELF\x02\x01\x01\x00", "a program"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08", "binary"),
    ],
)
def test_binary_is_refused_with_its_kind(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        decode(data)


def test_random_bytes_never_crash() -> None:
    rng = random.Random(7)
    for size in [1, 2, 3, 17, 400] * 20:
        data = rng.randbytes(size)
        try:
            assert isinstance(decode(data).text, str)
        except SourceError as error:
            assert str(error)


def test_text_may_begin_like_a_binary() -> None:
    assert decode(b"GIF8 and BZh are signatures").how == "utf-8"
    assert decode(b"BZh was here").how == "utf-8"


def test_a_sample_may_end_inside_a_character() -> None:
    sample = "ё".encode()[:1]
    assert detect(b"abc " + sample, complete=False) == ("utf-8", "utf-8")


def test_forced_encoding_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(SourceError, match=r"byte 0 \(0xce\) is not ascii text"):
        decode("Ω".encode(), "ascii")


@pytest.mark.parametrize("name", ["klingon-8", "", "a\0b", "rot13", "base64"])
def test_unknown_encodings_are_named(name: str) -> None:
    with pytest.raises(SourceError, match="unknown encoding"):
        check_encoding(name)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_a_nul_byte_in_rows_is_damage_to_one_row(encoding: str) -> None:
    text = "id,body\n" + "".join(f"{n},Слово о полку Игореве и его людях\n" for n in range(20))
    data = text.encode(encoding)
    damaged = data[:300] + b"\0" + data[301:]
    assert detect(damaged, by_row=True)[0] == encoding
    with pytest.raises(SourceError, match="binary"):
        detect(damaged)
    assert detect(text.encode("utf-16-le"), by_row=True)[0] == "utf-16-le"
