"""The compiled table: its bytes, that it says what the dictionary says, and that no damage goes unseen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Analyzer, Translations, _core
from searchlib.errors import SourceError
from searchlib.translations import table as table_module

PAIRS = [
    ("lighthouse", "маяк", 1),
    ("harbour", "гавань", 3),
    ("harbour", "порт", 1),
    ("sea lion", "морской лев", 1),
]

# Byte for byte what docs/translations.md shows; a change of it is another version.
BODY = (
    "harbour\tгавань\t750\tпорт\t250\n"
    "lighthouse\tмаяк\t1000\n"
    "sea lion\tморской лев\t1000\n"
    "~гаван\tгавань\n"
    "~маяк\tмаяк\n"
    "~порт\tпорт\n"
    "гавань\tharbour\t1000\n"
    "маяк\tlighthouse\t1000\n"
    "морской лев\tsea lion\t1000\n"
    "порт\tharbour\t1000\n"
)


def golden(body: str = BODY, version: int = 1, **other: object) -> bytes:
    data = body.encode()
    analyzer = Analyzer().fingerprint
    header = {"words": 7, "max_words": 2, "analyzer": analyzer, "source": "translations"}
    header |= {"bytes": len(data), "crc32c": f"{_core.crc32c(data):08x}"} | other
    import json

    return f"searchlib translations {version}\n{json.dumps(header)}\n".encode() + data


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "sea.translations"
    Translations(PAIRS).save(path)
    return path


def test_the_bytes_of_a_table(saved: Path) -> None:
    assert saved.read_bytes() == golden()


def test_a_table_says_what_its_dictionary_says(saved: Path, tmp_path: Path) -> None:
    made, loaded = Translations(PAIRS), Translations.load(saved)
    for text in (
        "harbours",
        "гаванями",
        "маяк",
        "sea lions",
        "морского льва",
        "whale",
        "",
        "~гаван",
        "zzz",
        "!",
    ):
        assert loaded.of(text) == made.of(text)
    assert len(loaded) == len(made) == 7 and loaded.max_words == 2 and loaded.left_out == {}
    loaded.save(tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == saved.read_bytes()


words = st.text("abcdefgабвгдежз", min_size=2, max_size=5)


@given(st.lists(st.tuples(words, words, st.integers(1, 9)), min_size=1, max_size=30))
def test_every_key_is_found_among_any_others(pairs: list[tuple[str, str, int]]) -> None:
    try:
        made = Translations(pairs)
    except SourceError:
        return  # stopwords alone
    rows = [line.split("\t") for line in made._tables[0].data.decode().split("\n")[2:-1]]
    assert [row[0].encode() for row in rows] == sorted(row[0].encode() for row in rows)
    for key, *rest in rows:
        if not key.startswith("~"):
            found = made._tables[0].translations(key)
            assert [part for term, share in found for part in (term, str(round(share * 1000)))] == rest
    for key in ("", "a", "яяя", "я", "~", "\t", "\n"):
        assert made._tables[0].translations(key) == [] or key in dict.fromkeys(row[0] for row in rows)


def test_a_table_that_is_there_is_replaced_and_nothing_else_is(saved: Path, tmp_path: Path) -> None:
    Translations([("cat", "кот")]).save(saved)
    assert Translations.load(saved).of("cat") == [("кот", 1.0)]
    (tmp_path / "letter").write_text("dear friend", "utf-8")
    with pytest.raises(SourceError, match="letter is there and no table of translations; choose"):
        Translations([("cat", "кот")]).save(tmp_path / "letter")
    assert (tmp_path / "letter").read_text("utf-8") == "dear friend"
    with pytest.raises(OSError, match="No such file"):
        Translations([("cat", "кот")]).save(tmp_path / "absent" / "x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter", "sea.translations"]


def test_a_table_that_is_replaced_keeps_its_link_and_its_permissions(saved: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.translations"
    link.symlink_to(saved.name)
    saved.chmod(0o600)
    Translations([("cat", "кот")]).save(link)
    assert link.is_symlink() and saved.stat().st_mode & 0o777 == 0o600
    assert Translations.load(saved).of("cat") == [("кот", 1.0)]
    long = tmp_path / ("x" * 250)
    Translations([("cat", "кот")]).save(long)
    assert Translations.load(long).of("cat") == [("кот", 1.0)]


def test_one_dictionary_a_table() -> None:
    with pytest.raises(SourceError, match="here are 2; save each alone"):
        (Translations(PAIRS) | Translations(PAIRS)).save("x")
    with pytest.raises(SourceError, match="here are 0"):
        Translations().save("x")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (golden(version=2), "a table of version 2, where 1 is read; make it anew"),
        (golden(version=100), "a table of version 100, where 1 is read"),
        (golden(analyzer="en+ru-0000000000000000"), "built with other dictionaries or rules than those"),
        (golden(crc32c="00000000"), "the table is damaged; make it anew from the dictionary"),
        (golden(bytes=1), "the table is damaged"),
        (golden(words="many"), "the table is damaged"),
        (golden(words=None), "the table is damaged"),
        (b"searchlib translations 1\n", "the table is damaged"),
        (b"searchlib translations 1\n{}\n", "the table is damaged"),
        (b"searchlib translations 1\n[]\n", "the table is damaged"),
        (b"searchlib translations 1\n" + b"[" * 4000 + b"\n", "the table is damaged"),
        (b"searchlib translations 1\n\xff\xfe\n", "the table is damaged"),
        (b"searchlib translations ", "expected a table that `searchlib translations build` made"),
        (b"searchlib translations x\n", "expected a table that"),
        (b"searchlib translations 1", "expected a table that"),
    ],
)
def test_what_is_no_table_of_now_says_so(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "t"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=message) as error:
        Translations.load(path)
    assert str(error.value).startswith(str(path))


@pytest.mark.parametrize("cut", range(0, 420, 7))
def test_a_table_that_was_cut_off_is_refused(saved: Path, cut: int) -> None:
    data = saved.read_bytes()
    saved.write_bytes(data[: min(cut, len(data) - 1)])
    with pytest.raises(SourceError):
        Translations.load(saved)


def test_every_changed_byte_shows(saved: Path) -> None:
    data, rng = saved.read_bytes(), random.Random(11)
    body = data.index(b"\n", data.index(b"\n") + 1) + 1
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << rng.randrange(8)
        saved.write_bytes(changed)
        try:
            Translations.load(saved)
        except SourceError:
            continue
        assert at < body, "what is said of the dictionary's name may change, no row may"


def test_rows_that_make_no_sense_under_a_right_checksum(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_bytes(golden("cat\tкот\nдом\thouse\tmany\nкот\n"))
    table = Translations.load(path)
    for word in ("cat", "дом"):
        with pytest.raises(SourceError, match="the table is damaged"):
            table.of(word)
    assert table.of("dog") == []


def test_a_table_has_a_limit(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MAX_FILE_BYTES", 100)
    with pytest.raises(SourceError, match="at most 100 bytes"):
        Translations.load(saved)
