"""Translations: lines of word, tab, translation; how a word is looked up; what is refused and left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchlib import Translations
from searchlib.errors import SourceError
from searchlib.translations import contract

SEA = """# what sailors say
harbour\tгавань\t3
harbour\tпорт
lighthouse\tмаяк
sailing ship\tпарусное судно
sailing ship\tпарусник\t2
election\tвыборы
publication\tпубликация
steel\tсталь
become\tстать
to moor\tпришвартоваться
bill of rights\tбилль о правах
"""


def written(folder: Path, text: str, name: str = "sea.tsv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


@pytest.fixture(scope="module")
def sea(tmp_path_factory: pytest.TempPathFactory) -> Translations:
    return Translations.load(written(tmp_path_factory.mktemp("sea"), SEA))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("harbour", "гавань"),
        ("harbours", "гавань"),
        ("Harbours", "гавань"),
        ("HARBOUR", "гавань"),
        ("гавань", "harbour"),
        ("гаванях", "harbour"),
        ("Портами", "harbour"),
        ("маяку", "lighthouse"),
        ("sailing ship", "парусник"),
        ("sailing ships", "парусник"),
        ("Sailing  Ships", "парусник"),
        ("парусное судно", "sailing ship"),
        ("парусник", "sailing ship"),
        ("election", "выборы"),
        ("elections", "выборы"),
        ("выборах", "election"),
        ("bill of rights", "билль о правах"),
        ("билля о правах", "bill of rights"),
        ("publish", "публикация"),  # by publication, of the same root
        ("публиковать", "publication"),  # by публикация
        ("publishing", "публикация"),
    ],
)
def test_a_word_is_found_in_any_form(sea: Translations, text: str, first: str) -> None:
    assert sea.of(text)[0][0] == first


@pytest.mark.parametrize(
    "text",
    ["", " ", "!", "whale", "кит", "harbour ship", "a b c d e f g", "ship", "rights", "\ud800", "\n\t"],
)
def test_what_is_not_there_has_none(sea: Translations, text: str) -> None:
    assert sea.of(text) == []


def test_probabilities_are_shares_of_the_weights(sea: Translations) -> None:
    assert sea.of("harbour") == [("гавань", 0.75), ("порт", 0.25)]
    assert sea.of("sailing ship") == [("парусник", 0.667), ("парусное судно", 0.333)]
    assert sea.of("порт") == [("harbour", 1.0)]
    # «стали» is of стать, or of сталь; the root of a word counts less than either.
    assert sea.of("стали") == [("become", 1.0), ("steel", 0.5)]
    assert sea.of("publish") == [("публикация", 0.36)]


def test_a_pair_given_twice_counts_once_at_its_higher_weight(tmp_path: Path) -> None:
    text = "cat\tкот\n" * 50 + "cat\tкошка\t3\ncat\tкот\t1\nкот\tcat\n"
    assert Translations.load(written(tmp_path, text)).of("cat") == [("кошка", 0.75), ("кот", 0.25)]


def test_circles_end(tmp_path: Path) -> None:
    text = "cat\tкот\nкот\tcat\ncat\tcat\nкот\tкоту\nкот\tкошка\nкошка\tкот\n"
    table = Translations.load(written(tmp_path, text))
    assert [term for term, _ in table.of("cat")] == ["кот"]
    assert {term for term, _ in table.of("кот")} == {"cat", "кошка"}  # «коту» is кот itself


def test_weights_of_any_size(tmp_path: Path) -> None:
    table = Translations.load(written(tmp_path, "cat\tкот\t1e308\ncat\tкошка\t1e308\ncat\tкиса\t1e-300\n"))
    assert table.of("cat") == [("кот", 0.5), ("кошка", 0.5), ("киса", 0.001)]


def test_translations_of_a_word_are_bounded(tmp_path: Path) -> None:
    text = "".join(f"thing\tштука{chr(1072 + n % 32)}{chr(1072 + n // 32)}\t{n + 1}\n" for n in range(200))
    assert len(Translations.load(written(tmp_path, text)).of("thing")) <= 64


def test_two_dictionaries_are_asked_together(sea: Translations) -> None:
    other = Translations([("harbour", "пристань"), ("harbour", "порт"), ("whale", "кит")])
    both = sea | other
    assert dict(both.of("harbour")) == {"гавань": 0.75, "порт": 0.5, "пристань": 0.5}
    assert both.of("whale") == [("кит", 1.0)] and sea.of("whale") == []
    assert len(both) == len(sea) + len(other) and both.max_words == sea.max_words == 3
    assert repr(both) == f"<Translations: {len(both)} words>"


def test_none_at_all() -> None:
    nothing = Translations()
    assert not nothing and nothing.of("cat") == [] and nothing.max_words == 0
    assert (nothing | nothing).of("cat") == []


def test_pairs_from_python() -> None:
    table = Translations([("cat", "кот", 3), ("cat", "кошка", 1.0), ("sea lion", "морской лев")])
    assert table.of("cats") == [("кот", 0.75), ("кошка", 0.25)]
    assert table.of("морских львов") == [("sea lion", 1.0)]
    for weight in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="a weight is a number above 0"):
            Translations([("cat", "кот", weight)])
    with pytest.raises(SourceError, match="no translation was found"):
        Translations([("cat", "!!!")])


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    text = "cat\tкот\n" + "dog\tсобака из тех, что не дают спать\nthe\tартикль\nelephant\t!!!\n"
    text += "wolf\tво\u0007лк\nfox\t" + "л" * 101 + "\nbear\tмед\ufffdведь\n"
    table = Translations.load(written(tmp_path, text))
    assert table.left_out == {  # of words, both ways
        "characters that are no text": 2,
        "more than 5 words": 2,
        "a stopword": 2,
        "a side without a word": 2,
        "more than 100 characters": 1,
    }
    assert (table | table).left_out["a stopword"] == 4
    assert len(table) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "cat\tкот\nalone\n",
            "line 2: expected word, tab, translation, and perhaps a tab and a weight, got",
        ),
        ("cat, dog\n", "line 1: expected word, tab, translation"),
        ("a\tb\tc\td\n", "line 1: expected word, tab, translation"),
        ("cat\tкот\theavy\n", "line 1: a weight is a number above 0, got 'heavy'"),
        ("cat\tкот\t0\n", "line 1: a weight is a number above 0, got '0'"),
        ("cat\tкот\t-1\n", "line 1: a weight is a number above 0"),
        ("cat\tкот\tnan\n", "line 1: a weight is a number above 0"),
        ("cat\tкот\tinf\n", "line 1: a weight is a number above 0"),
        ("cat\tкот\t\n", "line 1: a weight is a number above 0, got ''"),
        ("cat\t\n", "line 1: a side of the tab is empty"),
        ("\tкот\n", "line 1: a side of the tab is empty"),
        ("# all\n\n \t \n\t\tкот\n", "line 4: a side of the tab is empty"),
        ("cat\t" + "к" * 10_000, "line 1: a line has at most 10,000 characters"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SourceError) as error:
        Translations.load(path)
    assert str(error.value).startswith(f"{path}, {message}")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "the\tthe\n", "cat\tcats\n", "cat\tthe\n"])
def test_a_file_without_a_translation_is_no_dictionary(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="no translation was found; is it a bilingual"):
        Translations.load(written(tmp_path, text))


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="cannot read the dictionary"):
        Translations.load(tmp_path / "absent.tsv")
    with pytest.raises(SourceError, match="cannot read the dictionary"):
        Translations.load(tmp_path)
    (tmp_path / "cp1251").write_bytes("cat\tcat\ncat\tкот".encode("cp1251"))
    with pytest.raises(SourceError, match="cp1251, line 2: not UTF-8; save the file as UTF-8"):
        Translations.load(tmp_path / "cp1251")
    (tmp_path / "bom").write_bytes("\ufeffcat\tкот\r\n".encode())
    assert Translations.load(tmp_path / "bom").of("cats") == [("кот", 1.0)]
    monkeypatch.setattr(contract, "MAX_FILE_BYTES", 10)
    with pytest.raises(SourceError, match="at most 10 bytes, unpacked"):
        Translations.load(tmp_path / "bom")


def test_a_dictionary_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "MAX_PAIRS", 2)
    assert Translations.load(written(tmp_path, "cat\tкот\ncat\tкошка\ncat\tкот\n"))
    with pytest.raises(SourceError, match="a dictionary has at most 2 pairs of words"):
        Translations.load(written(tmp_path, "cat\tкот\ncat\tкошка\ndog\tпёс\n"))


def test_terms_do_not_run_into_each_other(tmp_path: Path) -> None:
    # A hyphen at a line's end joins words, numbers stand with a space between: not from term to term.
    text = "pre-\tпред-\nfix\tпочинить\n1\tодин\n000\tнули\nc.\tв.\nyear\tгод\ncm\tсм\n"
    table = Translations.load(written(tmp_path, text))
    assert table.of("fix") == [("починить", 1.0)]
    assert table.of("year")[0] == ("год", 1.0)
