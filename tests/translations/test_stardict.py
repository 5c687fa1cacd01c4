"""StarDict's dictionaries: its types of articles, alternate headwords, packed files; damage."""

from __future__ import annotations

import contextlib
import gzip
import random
from pathlib import Path

import pytest
from dictionaries import write_stardict

from searchlib import Translations
from searchlib.errors import SearchlibError, SourceError

PORT = ("port", "гавань; порт".encode())
MAST = ("mast", "мачта".encode())


@pytest.mark.parametrize("name", ["sea.ifo", "sea.idx", "sea.dict"])
@pytest.mark.parametrize("wide", [False, True])
def test_a_dictionary_by_the_path_of_any_of_its_files(tmp_path: Path, name: str, wide: bool) -> None:
    write_stardict(tmp_path, [PORT, MAST], wide=wide)
    table = Translations.load(tmp_path / name)
    assert table.of("ports") == [("гавань", 0.667), ("порт", 0.333)]
    assert table.of("мачтами") == [("mast", 1.0)]


def test_packed_files(tmp_path: Path) -> None:
    path = write_stardict(tmp_path, [PORT])
    for name, packed in (("sea.dict", "sea.dict.dz"), ("sea.idx", "sea.idx.gz")):
        (tmp_path / packed).write_bytes(gzip.compress((tmp_path / name).read_bytes()))
        (tmp_path / name).unlink()
    assert Translations.load(path).of("port")
    assert Translations.load(tmp_path / "sea.idx.gz").of("port")


@pytest.mark.parametrize(
    ("types", "article"),
    [
        ("m", "порт"),
        ("l", "порт"),
        ("h", "<b>port</b><br>порт"),
        ("x", "<k>port</k>\n<dtrn>порт</dtrn><ex>port wine портвейн</ex>"),
        ("g", "<span color='blue'>порт</span>"),
        ("m", "<i>порт</i>"),  # many say text and give HTML
        ("tm", "pɔːt\0порт"),
        ("mW", "порт\0RIFFзвук"),
        ("", "mпорт\0"),
        ("", "tpɔːt\0mпорт\0"),
        ("", "W\0\0\0\4RIFFmпорт\0"),
        ("", "mпорт"),  # no end
    ],
)
def test_types_of_articles(tmp_path: Path, types: str, article: str) -> None:
    path = write_stardict(tmp_path, [("port", article.encode())], types)
    assert Translations.load(path).of("port") == [("порт", 1.0)]


@pytest.mark.parametrize(
    ("types", "article"),
    [("W", "порт"), ("", "Pzzzzпорт"), ("", ""), ("t", "порт"), ("n", "порт")],
)
def test_what_is_no_text(tmp_path: Path, types: str, article: str) -> None:
    path = write_stardict(tmp_path, [MAST, ("port", article.encode("latin-1", "ignore"))], types or "")
    if types in ("m", ""):
        path = write_stardict(tmp_path, [("mast", "mмачта\0".encode()), ("port", article.encode())], "")
        table = Translations.load(path)
        assert table.of("port") == [] and table.left_out == {"articles without a translation": 1}
    else:
        with pytest.raises(SourceError, match="no translation was found"):
            Translations.load(path)


def test_alternate_headwords_share_an_article(tmp_path: Path) -> None:
    path = write_stardict(tmp_path, [PORT, MAST], alternates=[("haven", 0), ("pole", 1)])
    table = Translations.load(path)
    assert table.of("haven") == table.of("port") and table.of("poles") == [("мачта", 1.0)]
    write_stardict(tmp_path, [PORT], alternates=[("haven", 1)])
    with pytest.raises(SourceError, match=r"sea.syn: no headword at byte 0"):
        Translations.load(path)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("sea.ifo", b"[Sea]\n", "expected a first line of \"StarDict's dict ifo file\", got '\\[Sea\\]"),
        ("sea.ifo", b"\xff\xfe", "sea.ifo, line 1: not UTF-8"),
        ("sea.idx", b"port", "no headword at byte 0: damaged, or no .idx"),
        ("sea.idx", b"port\0\0\0\0", "no headword at byte 0"),
        ("sea.idx", b"x" * 300 + b"\0" + bytes(8), "no headword at byte 0"),
        ("sea.idx", b"port\0\0\0\0\0\0\0\0\1port", "no headword at byte 13"),
        ("sea.idx", b"port\0\0\0\xff\0\0\0\0\1", "'port' has an article at 65,280 of 1 bytes"),
        ("sea.idx", b"port\0\xff\xff\xff\xff\xff\xff\xff\xff", "do the two files belong together"),
        ("sea.idx", b"", "no translation was found"),
        ("sea.dict", b"", "do the two files belong together"),
    ],
)
def test_files_that_make_no_sense(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = write_stardict(tmp_path, [PORT])
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=message):
        Translations.load(path)


@pytest.mark.parametrize("name", ["sea.idx", "sea.dict"])
def test_half_a_dictionary_is_none(tmp_path: Path, name: str) -> None:
    path = write_stardict(tmp_path, [PORT])
    (tmp_path / name).unlink()
    with pytest.raises(SourceError, match=r"a dictionary of StarDict is .*sea.ifo, .idx or"):
        Translations.load(path)


def test_damage_is_an_answer_or_an_error(tmp_path: Path) -> None:
    path, rng = write_stardict(tmp_path, [PORT, MAST], alternates=[("haven", 0)]), random.Random(9)
    files = {name: (tmp_path / name).read_bytes() for name in ("sea.ifo", "sea.idx", "sea.dict", "sea.syn")}
    for _ in range(200):
        name = rng.choice(list(files))
        changed = bytearray(files[name])
        changed[rng.randrange(len(changed))] = rng.randrange(256)
        (tmp_path / name).write_bytes(changed[: rng.choice([len(changed), rng.randrange(len(changed))])])
        with contextlib.suppress(SearchlibError):
            assert len(Translations.load(path)) > 0
        (tmp_path / name).write_bytes(files[name])
