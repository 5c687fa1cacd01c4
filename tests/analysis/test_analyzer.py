"""The analyzer as a whole: the words that must come out right, routing, matches, fingerprints."""

from __future__ import annotations

import builtins
import io
import mmap
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import _core
from searchlib.analysis.analyzer import Analyzer, Match, Token
from searchlib.errors import SchemaError

# `→` the first lemma; `{…}` the whole set, the first one first; `∋` somewhere in the set; `∌` nowhere in it.
WORDS = """
стали{стать,сталь} ели{есть,ель} мыла{мыло,мыть} пила{пила,пить,пил} стекла{стекло,стечь} белки{белка,белок}
кружки{кружка,кружок} еду{еда,ехать} бегу{бег,бежать} вести{вести,весть} теста{тест,тесто} есть{есть,быть}
осёл→осел осел{осесть,осел} лет{год,лет} все{все,весь} людей→человек детей→ребенок шёл→идти
лучше{хороший,лучше} жжёт→жечь возьми→взять умрёт→умереть сделанный→сделать умывшись→умыться семян→семя
семей→семья пятьюдесятью→пятьдесят обеими→оба полугода→полгода Пушкина{пушкин,пушкино}
Толстого{толстой,толстый} Токаева∋токаев Шевченко→шевченко МИДа→мид см{смотреть,см}
премьер-министром→премьер-министр Санкт-Петербурга→санкт-петербург пеку{пек,печь} нём∌немой children→child
mice→mouse geese→goose people→person as→as has→have was→be boss→boss his→his better→good worst→bad
analyses{analysis,analyse} criteria→criterion indices→index lives{life,live} leaves{leave,leaf}
left{leave,left} lying→lie dying→die studies→study bases{base,basis} axes{axis,ax,axe} wolves→wolf buses→bus
news→news politics→politics species{species,specie} building{build,building} united{unite,united}
found{find,found} founded→found saw{see,saw} thought{think,thought} rose{rise,rose} travelled∋travel
websites→website uzbeks→uzbek hung→hang alumni→alumnus oxen→ox don't{do,not} US→us us→we
"""

ANALYZER = Analyzer()


@pytest.mark.parametrize("rule", WORDS.split())
def test_words_that_must_come_out_right(rule: str) -> None:
    found = re.fullmatch(r"([^→{∋∌]+)([→{∋∌])([^}]+)}?", rule)
    assert found
    word, relation, expected = found.groups()
    lemmas = ANALYZER.lemmas(word)
    if relation == "→":
        assert lemmas[0] == expected
    elif relation == "{":
        wanted = expected.split(",")
        assert lemmas[0] == wanted[0]
        assert sorted(lemmas) == sorted(wanted)
    else:
        assert (expected in lemmas) == (relation == "∋")


@pytest.mark.parametrize(
    ("word", "lemmas"),
    [
        ("Tашкентом", ("ташкент",)),  # a Latin T
        ("прези\u00adде\u0301нтов", ("президент", "президентов")),
        ("ПРЕЗИДЕНТОВ", ("президент", "президентов")),
        ("U.S.", ("u.s", "us")),
        ("т.е.", ("т.е",)),
        ("бўлади", ("бўлади",)),
        ("Київ", ("київ",)),
        ("Қазақстанда", ("қазақстанда",)),
        ("20-летия", ("20-летие", "20-летия")),
        ("1990-х", ("1990-й", "1990")),
        ("М16", ("м16",)),
        ("mp3s", ("mp3s",)),
        ("SQL-сервера", ("sql-сервера",)),
        ("об'єктами", ("об'єктами",)),
        ("O’Brien", ("o'brien", "obrien")),
        ("МИД", ("мид",)),
        ("US", ("us",)),
        ("OPEC", ("opec",)),
        ("BEST", ("good", "best")),  # longer words in capitals are shouted
        ("СТАЛИ", ("стать", "сталь", "стали")),
        ("Sept", ("september", "sept")),
        ("SEC", ("sec",)),  # no second
        ("людей, которые", ("человек",)),
        ("", ()),
        (" — ", ()),
    ],
)
def test_lemmas(word: str, lemmas: tuple[str, ...]) -> None:
    assert ANALYZER.lemmas(word) == lemmas


@pytest.mark.parametrize(
    ("token", "form"),
    [
        ("US", "US"),  # its lemmas are not those of "us"
        ("Us", "us"),
        ("us", "us"),
        ("МИД", "мид"),  # its lemmas are those of «мид»
        ("СТАЛИ", "СТАЛИ"),  # стали, стать, сталь
        ("Всё", "всё"),
        ("ПРЕЗИДЕНТ", "президент"),
        ("U.S.", "u.s"),
    ],
)
def test_a_form_keeps_capitals_only_where_they_matter(token: str, form: str) -> None:
    assert ANALYZER.core.analyze(token)[0] == form
    assert _core.match_key(form) == form.lower().replace("ё", "е")


def test_ties_between_look_alikes_are_broken_by_the_dictionaries() -> None:
    assert ANALYZER.lemmas("рaсхoд") == ("расход",)
    assert ANALYZER.core.analyze("pоре")[0] == "pope"  # Latin p, Cyrillic оре: both can be all of it
    assert ANALYZER.core.analyze("xop")[0] == "xop"  # pure Latin stays
    assert ANALYZER.core.analyze("хop")[0] == "хор"
    assert ANALYZER.core.analyze("MOCKвa")[0] == "москва"  # four in a row, but the word is known
    assert ANALYZER.core.analyze("PHPи")[0] == "phpи"


@given(st.text(st.sampled_from("abzABZаёяАЁЯіЇқ'-.,_019"), min_size=2, max_size=12))
def test_plain_words_take_the_short_way_to_the_same_end(word: str) -> None:
    """A soft hyphen, which is dropped, sends a word the long way."""
    assert ANALYZER.core.analyze(word) == ANALYZER.core.analyze(word[0] + "\u00ad" + word[1:])


def test_tokens_of_a_compound() -> None:
    assert ANALYZER.tokens("«Премьер-министры» шли") == [
        Token("Премьер-министры", ("премьер-министр",), 0, 1, 17, 2),
        Token("Премьер", ("премьер", "премьера"), 0, 1, 8, 1),
        Token("министры", ("министр",), 1, 9, 17, 1),
        Token("шли", ("идти", "слать"), 2, 19, 22, 1),
    ]


@dataclass(frozen=True)
class Group:
    lemmas: frozenset[str]
    forms: frozenset[str] | None = None


def test_find_gives_the_groups_that_a_token_meets() -> None:
    groups = [
        Group(frozenset({"сталь", "железо"})),
        Group(frozenset({"стать"})),
        Group(frozenset({"человек"}), frozenset({"люди", "людей"})),
        Group(frozenset({"нет"})),
    ]
    text = "😀 Люди стали. Человек — Людей! STEEL cта\u0301ль"
    assert ANALYZER.find(text, groups) == [
        Match(2, 6, 1, 1, (2,)),
        Match(7, 12, 2, 1, (0, 1)),
        Match(24, 29, 4, 1, (2,)),
        Match(37, 43, 6, 1, (0,)),
    ]
    assert ANALYZER.find(text, []) == []


def test_find_agrees_with_tokens_on_every_token() -> None:
    text = "The US told us: лучше поздно, чем никогда — well-known О'Brien’s ёлка 3,14 " * 3
    tokens = ANALYZER.tokens(text)
    lemmas = sorted({lemma for token in tokens for lemma in token.lemmas})
    groups = [Group(frozenset({lemma})) for lemma in lemmas]
    expected = [
        Match(
            t.start,
            t.end,
            t.position,
            t.span,
            tuple(i for i, lemma in enumerate(lemmas) if lemma in t.lemmas),
        )
        for t in tokens
    ]
    assert ANALYZER.find(text, groups) == expected


def test_no_language_means_case_folded_forms() -> None:
    plain = Analyzer(())
    assert [token.lemmas for token in plain.tokens("Люди шли, US Ёлка")] == [
        ("люди",),
        ("шли",),
        ("us",),
        ("елка",),
    ]


def test_a_script_without_its_language_is_case_folded() -> None:
    assert Analyzer(("en",)).lemmas("людей") == ("людей",)
    assert Analyzer(("ru",)).lemmas("children") == ("children",)


@pytest.mark.parametrize("languages", ["en", ("xx",), ["en", "klingon"]])
def test_languages_that_cannot_be_are_refused(languages: object) -> None:
    with pytest.raises(SchemaError, match="en"):
        Analyzer(languages)  # type: ignore[arg-type]


def test_the_fingerprint_names_languages_and_tells_analyzers_apart() -> None:
    prints = [
        Analyzer(languages).fingerprint for languages in [("en", "ru"), ("ru", "en"), ("en",), ("de",), ()]
    ]
    assert len(set(prints)) == len(prints)
    assert re.fullmatch(r"en\+ru-[0-9a-f]{16}", prints[0])
    assert re.fullmatch(r"plain-[0-9a-f]{16}", prints[-1])
    assert Analyzer().fingerprint == prints[0]


def test_analyzers_are_kept_pickled_and_shared_by_threads() -> None:
    assert Analyzer.for_languages(["en", "ru"]) is Analyzer.for_languages(("en", "ru"))
    assert pickle.loads(pickle.dumps(ANALYZER)).lemmas("стали") == ("стать", "сталь")
    with ThreadPoolExecutor(4) as pool:
        results = set(pool.map(lambda _: tuple(ANALYZER.tokens("Люди стали лучше " * 50)), range(16)))
    assert len(results) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_analyzer_survives_a_fork() -> None:
    script = (
        "import os\nfrom searchlib.analysis.analyzer import Analyzer\na = Analyzer()\npid = os.fork()\n"
        "ok = a.lemmas('людей') == ('человек',) and a.lemmas('mice') == ('mouse',)\n"
        "if pid == 0: os._exit(0 if ok else 1)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) or not ok)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_making_another_one_reads_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    Analyzer()

    def refused(*arguments: object, **named: object) -> None:
        raise AssertionError(f"opens {arguments}")

    for module, name in ((builtins, "open"), (io, "open"), (os, "open"), (mmap, "mmap")):
        monkeypatch.setattr(module, name, refused)
    assert Analyzer().lemmas("стали") == ("стать", "сталь")


CLITICS = {
    "'s": ("'s", "be"), "’RE": ("be",), "'ll": ("will",), "'tis": ("it", "be"), "'word": ("word",), "'": (),
}  # fmt: skip


@pytest.mark.parametrize(("word", "lemmas"), CLITICS.items())
def test_a_clitic_that_a_corpus_cut_off_is_a_word(word: str, lemmas: tuple[str, ...]) -> None:
    assert Analyzer().lemmas(word) == lemmas


def test_a_clitic_is_plain_text_to_other_languages() -> None:
    assert Analyzer(()).lemmas("'s") == ("s",)
    assert Analyzer(("ru",)).lemmas("'s") == ("s",)
