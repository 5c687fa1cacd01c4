"""dictd's dictionaries: packed and not, by the path of either file; what does not fit, and damage."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from dictionaries import ARTICLES, base64, write_dictd

from searchlib import Translations
from searchlib.errors import SearchlibError, SourceError


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("name", ["sea.index", "sea.dict"])
def test_a_dictionary_by_the_path_of_any_of_its_files(tmp_path: Path, packed: bool, name: str) -> None:
    write_dictd(tmp_path, packed=packed)
    path = tmp_path / (f"{name}.dz" if packed and name == "sea.dict" else name)
    table = Translations.load(path)
    assert table.of("harbours") == [("гавань", 0.48), ("порт", 0.24), ("убежище", 0.16), ("приют", 0.12)]
    assert table.of("маяками") == [("lighthouse", 1.0)]
    assert table.of("sailing ships") == [("парусное судно", 1.0)]
    assert table.of("плавать")[0] == ("sail", 1.0)
    assert table.left_out == {"articles without a translation": 1}  # the
    assert table.of("About") == table.of("database") == []


def test_windows_line_ends_and_empty_lines(tmp_path: Path) -> None:
    path = write_dictd(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    assert Translations.load(path).of("harbour")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("harbour", "expected a word, a tab, two numbers in base 64"),
        ("harbour\tA", "expected a word, a tab, two numbers in base 64"),
        ("harbour\tA\t!", "expected a word, a tab, two numbers in base 64"),
        ("harbour\t\tA", "expected a word, a tab, two numbers in base 64"),
        ("harbour\tA\tAAAAAAAAAAAAAAAAAAA", "expected a word, a tab, two numbers in base 64"),
        ("harbour\tA\t////", "an article at 0 of 16,777,215 bytes, .* do the two files belong together"),
        ("harbour\t//////////\tB", "an article at .* do the two files belong together"),
    ],
)
def test_an_index_that_makes_no_sense(tmp_path: Path, line: str, message: str) -> None:
    path = write_dictd(tmp_path)
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")
    with pytest.raises(SourceError, match=f"sea.index, line {len(ARTICLES) + 2}: {message}"):
        Translations.load(path)


def test_half_a_dictionary_is_none(tmp_path: Path) -> None:
    path = write_dictd(tmp_path)
    (tmp_path / "sea.dict.dz").unlink()
    with pytest.raises(SourceError, match=r"two files, .index and .dict or .dict.dz"):
        Translations.load(path)
    with pytest.raises(SourceError, match=r"two files, .index and .dict or .dict.dz"):
        Translations.load(tmp_path / "absent.dict")


def test_articles_that_are_not_packed_as_their_name_says(tmp_path: Path) -> None:
    path = write_dictd(tmp_path)
    packed = tmp_path / "sea.dict.dz"
    data = packed.read_bytes()
    for wrong in (b"", b"plain text", data[:-30], data[:20], b"\x1f\x8b" + bytes(40)):
        packed.write_bytes(wrong)
        with pytest.raises(SourceError):
            Translations.load(path)


def test_another_encoding_has_no_translations(tmp_path: Path) -> None:
    path = write_dictd(tmp_path, ARTICLES[1:2], encoding="utf-8")
    (tmp_path / "sea.dict.dz").unlink()
    content = "lighthouse маяк".encode("koi8-r")
    (tmp_path / "sea.dict").write_bytes(content)
    path.write_text(f"lighthouse\tA\t{base64(len(content))}\n", "utf-8")
    with pytest.raises(SourceError, match="no translation was found; is it a bilingual dictionary, in UTF-8"):
        Translations.load(path)


def test_pairs_of_one_script_are_translations_only_where_all_are(tmp_path: Path) -> None:
    german = [("haus", "haus /haʊs/\nhouse; home"), ("hafen", "harbour")]
    table = Translations.load(write_dictd(tmp_path, german))
    assert table.of("house") == [("haus", 1.0)] and table.of("hafen") == [("harbour", 1.0)]
    table = Translations.load(write_dictd(tmp_path, [*ARTICLES, ("haven", "haven\n  = harbour")]))
    assert table.of("haven") == [] and table.left_out["pairs of one script"] == 1


def test_damage_is_an_answer_or_an_error(tmp_path: Path) -> None:
    path, rng = write_dictd(tmp_path), random.Random(5)
    files = {name: (tmp_path / name).read_bytes() for name in ("sea.index", "sea.dict.dz")}
    for _ in range(150):
        name = rng.choice(list(files))
        changed = bytearray(files[name])
        for _ in range(rng.randrange(1, 4)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        (tmp_path / name).write_bytes(changed)
        with contextlib.suppress(SearchlibError):
            assert len(Translations.load(path)) > 0
        (tmp_path / name).write_bytes(files[name])
