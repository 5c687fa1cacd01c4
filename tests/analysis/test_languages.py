"""What every language keeps, and that one more needs no more than its module, its data and a line."""

from __future__ import annotations

import ast
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

import pytest

import searchlib
from searchlib import Index, Schema, Text, _core
from searchlib.analysis import languages
from searchlib.analysis.analyzer import Analyzer
from searchlib.analysis.language import SCRIPTS, Akin, Language, word_list
from searchlib.analysis.languages import DEFAULT_LANGUAGES, DICTIONARIES, dictionaries, known_codes, language
from searchlib.analysis.stopwords import is_stopword
from searchlib.errors import SearchlibError
from searchlib.highlight.fragments import abbreviations

SOURCES = Path(searchlib.__file__).parent

# ---- those that are there


@pytest.mark.parametrize("code", known_codes())
def test_a_language_answers_what_is_asked_of_it(code: str) -> None:
    one = language(code)
    assert one.code == code
    assert one is language(code)
    assert one.scripts
    assert set(one.scripts) <= set(SCRIPTS)
    assert one.version()
    assert one.lemmas("qwxz") or one.scripts == ("cyrillic",)
    assert all(_core.match_key(word) == word for word in one.stopwords())
    assert all(word.casefold() == word for word in one.abbreviations())


def test_dictionaries_come_in_the_registrys_order() -> None:
    assert [one.code for one in dictionaries()] == list(DICTIONARIES)
    assert [one.code for one in dictionaries(["de", *reversed(DEFAULT_LANGUAGES)])] == list(DEFAULT_LANGUAGES)
    assert dictionaries(()) == ()
    with pytest.raises(KeyError):
        language("zz")


def test_stems_that_stand_in_for_a_dictionary_have_its_stopwords() -> None:
    for one in dictionaries():
        stems = one.code + languages.STEMS
        assert stems not in known_codes() or language(stems).stopwords() == one.stopwords()


def test_a_list_that_is_gone_is_said() -> None:
    with pytest.raises(SearchlibError, match=r"nowhere\.txt: No such file.*; reinstall"):
        word_list("nowhere.txt")


# ---- one more


class Toki(Language):
    """A language of a few words."""

    code, scripts = "tok", ("latin", "arabic")
    surname_endings = ("poki",)
    LEMMAS: ClassVar = {
        "'o": ("o",),
        "tomoj": ("tomo",),
        "tomo": ("tomo",),
        "jan": ("jan",),
        "janli": ("jan", "li"),
    }

    def lemmas(self, word: str) -> tuple[str, ...]:
        return self.LEMMAS.get(word, (word,))

    def version(self) -> str:
        return "tok1"

    def spellings(self, word: str) -> tuple[str, ...]:
        return (word.replace("w", "v"),) if "w" in word else ()

    def is_clitic(self, word: str) -> bool:
        return word == "'o"

    def stopwords(self) -> frozenset[str]:
        return frozenset({"li", "pi"})

    def relatives(self, lemmas: Sequence[str], akin: Akin) -> Iterable[str]:
        return ["tomosi" for lemma in lemmas if lemma == "tomo"]

    def knows(self, word: str) -> bool:
        return word in self.LEMMAS

    def is_common(self, word: str) -> bool:
        return word == "tomoj"

    def abbreviations(self) -> dict[str, str]:
        return {"tmj": "*"}


@pytest.fixture
def toki(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The language's code, registered as any other is: its module, and a line."""
    module = types.ModuleType("searchlib.analysis.toki")
    module.LANGUAGE = Toki()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(DICTIONARIES, "tok", "toki")
    yield "tok"
    language.cache_clear()


def test_words_of_a_new_language_are_analysed(toki: str) -> None:
    analyzer = Analyzer((toki,))
    assert analyzer.lemmas("Tomoj") == ("tomo",)
    assert analyzer.lemmas("wan") == ("wan", "van")
    assert analyzer.lemmas("'o") == ("o",)
    assert analyzer.fingerprint.startswith("tok-")
    assert analyzer.fingerprint != Analyzer(()).fingerprint
    assert toki in known_codes()


def test_it_shares_its_script_with_others(toki: str) -> None:
    assert Analyzer((toki, "en")).lemmas("lives") == ("lives", "life", "live")
    assert [token.lemmas for token in Analyzer((toki, "ru")).tokens("tomoj стали")] == [
        ("tomo",),
        ("стать", "сталь"),
    ]


def test_it_is_searched_with_its_stopwords_relatives_and_highlights(toki: str) -> None:
    index = Index.in_memory(Schema(body=Text(languages=(toki,))))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "jan li lon tomoj"})
        writer.add({"id": "2", "body": "tomosi li pona"})
    index.refresh()
    (hit,) = index.search("tomo li", ranking="bm25")
    assert (hit.id, hit.highlight("body", formatter="html")) == ("1", "jan li lon <mark>tomoj</mark>")
    assert is_stopword("Li", frozenset({toki}))
    assert {hit.id for hit in index.search("tomo", ranking="rich")} == {"1", "2"}


def test_it_answers_suggestions(toki: str) -> None:
    index = Index.in_memory(Schema(body=Text(languages=(toki,))))
    with index.writer() as writer:
        writer.add({"id": "1", "body": "jan tomoj"})
    index.refresh()
    vocabulary = index._searcher.suggester.vocabulary(["body"])
    assert vocabulary is not None
    assert (vocabulary.is_word("tomoj"), vocabulary.is_word("police")) == (True, False)
    assert (vocabulary.may_be_name("tomoj"), vocabulary.may_be_name("jan")) == (False, True)


def test_no_sentence_ends_at_its_abbreviations(toki: str, monkeypatch: pytest.MonkeyPatch) -> None:
    abbreviations.cache_clear()
    text = "Lon tmj. Poki. Pona."
    assert _core.sentence_borders(text, 0, len(text), abbreviations()) == [0, 15, 20]
    monkeypatch.undo()
    abbreviations.cache_clear()


# ---- nobody else spells a language

ALLOWED = {
    "analysis/languages.py",
    *(f"analysis/{module}.py" for module in DICTIONARIES.values()),
    # Which code pages what is written in has, and with which letters: of many languages without dictionaries.
    *(f"sources/{module}.py" for module in ("cyrillic", "latin", "latin_letters", "letters")),
    # The languages that the page itself speaks.
    *(f"serve/page/{module}.py" for module in ("messages", "showing", "speaking")),
}


def codes_in(path: Path) -> list[str]:
    """A module's strings that are codes of languages with dictionaries, and its imports of those."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value.replace(",", " ").split()
            if words and all(word in DICTIONARIES for word in words):
                found.append(f"line {node.lineno}: {node.value!r}")
        elif isinstance(node, ast.ImportFrom):
            names = {(node.module or "").rpartition(".")[2], *(alias.name for alias in node.names)}
            found += [f"line {node.lineno}: imports {name}" for name in names & set(DICTIONARIES.values())]
    return found


def test_languages_are_spelt_nowhere_else() -> None:
    elsewhere = {}
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        if name not in ALLOWED and (found := codes_in(path)):
            elsewhere[name] = found
    assert elsewhere == {}, "what depends on a language belongs to its module in analysis/"
