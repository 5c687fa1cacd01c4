"""What is suggested, and what is left alone: a suggestion needs evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Index
from searchlib.suggest.left_alone import can_be_said, is_run_of_keys, left_alone

PROJECT = Path(__file__).parents[2]


NOTHING = [
    # paths
    "/usr/bin/python", "/etc/pasword", "~/.bashrc", "../src/tashknt", "./tashknt", "src/tashknt.py",
    "C:\\Windows\\System32", r"\\server\tashknt", "file:///home/tashknt", "tashknt/",
    # addresses
    "https://example.com/tashknt", "http://tashknt.uz", "www.tashknt.uz", "tashknt.uz", "user@exmple.com",
    "@tashknt", "#tashknt", "mail.exmple.com", "README.md", "tashknt.docx", "archive.tar.gz", "node.js",
    # mark-up and code
    "<b>bold</b>", '<div class="tashknt">', "<tashknt>", "&nbsp;", "&tashknt;", "{json: tashknt}",
    "func(tashknt)",
    "std::vectro", "x=tashknt", "--tashknt", "$TASHKNT", "%PATH%", "tash_knt", "foo->bra", "[link](tashknt)",
    # fingers on the keyboard
    "zzzqqq", "qwerty", "asdf", "asdfgh", "zxcvbn", "фыва", "йцукен", "ячсмит", "qwe", "rty", "poiu",
    "xxxxxx",
    "щщщщ", "hjkl", "ыыы", "бббб", "zzz zzz",
    # short words, of which any letter makes another
    "usr", "lol", "kek", "hmm", "url", "src", "div", "wtf", "xkcd",
    # what is right, or nothing
    "tashkent", "Ташкент", "C++", "C#", "F-16", "10.0.0.1", "v1.2.3", "№123", "😀", "«»", "...", "b>", "",
    "550e8400-e29b-41d4-a716-446655440000",
]  # fmt: skip

MEANT = [
    ("tashknt", "tashkent"), ("Tashkemt", "Tashkent"), ("tsahkent", "tashkent"), ("tashkentt", "tashkent"),
    ("TASHKNT", "TASHKENT"), ("governmet", "government"), ("goverment", "government"), ("protset", "protest"),
    ("agreemnt", "agreement"), ("agrement", "agreement"), ("earthqake", "earthquake"),
    ("presidnt", "president"), ("parlament", "parliament"), ("kazahkstan", "kazakhstan"),
    ("uzbekstan", "uzbekistan"), ("Kyrgystan", "Kyrgyzstan"), ("tajikstan", "tajikistan"),
    ("Dushambe", "Dushanbe"), ("Lukashenka", "Lukashenko"), ("Nazarbaev", "Nazarbayev"), ("wtaer", "water"),
    ("teh", "the"), ("polcie", "police"), ("soldeirs", "soldiers"), ("militry", "military"),
    ("railwy", "railway"), ("ташкен", "ташкент"), ("Ташкентт", "Ташкент"), ("тажкент", "ташкент"),
    ("президнет", "президент"), ("презедент", "президент"), ("парламнет", "парламент"),
    ("землетресение", "землетрясение"), ("казакстан", "казахстан"), ("узбекстан", "узбекистан"),
    ("киргзия", "киргизия"), ("таджикстан", "таджикистан"), ("ghtpbltyn", "президент"),
    ("nfirtyn", "ташкент"),
    ("Nfirtyn", "Ташкент"), ("jlr,", "одкб"), ("rfpf[cnfy", "казахстан"), ("ghbdtn", "привет"),
    ("vbh", "мир"),
    ("djlf", "вода"), ("ефырлуте", "tashkent"), ("цфеук", "water"), ("policeforce", "police force"),
    ("tash kent", "tashkent"), ("peaceagreement", "peace agreement"), ("tashknt protset", "tashkent protest"),
    ("/usr tashknt", "/usr tashkent"), ("tashknt https://tashknt.uz", "tashkent https://tashknt.uz"),
    ("<b>x</b> tashknt", "<b>x</b> tashkent"), ("tashknt, protset!", "tashkent, protest!"),
    ("«ташкен»", "«ташкент»"), ("title:tashknt", "title:tashkent"),
]  # fmt: skip


@pytest.mark.parametrize("query", NOTHING)
def test_nothing_is_suggested(corpus: Index, query: str) -> None:
    assert [one.query for one in corpus.suggest(query)] == []


@pytest.mark.parametrize(("query", "meant"), MEANT)
def test_what_was_meant_is_suggested(corpus: Index, query: str, meant: str) -> None:
    found = corpus.suggest(query)
    assert found and found[0].query == meant


@given(st.text("ab./\\<>@ {}=:&;_-я", max_size=30))
def test_stretches_are_runs_in_order(query: str) -> None:
    at = 0
    for one in left_alone(query):
        assert at <= one.start < one.end <= len(query)
        assert not any(map(str.isspace, query[one.start : one.end]))
        at = one.end


@pytest.mark.parametrize("word", ["qwerty", "YTREWQ", "asd", "фыв", "йцукен", "чсм"])
def test_runs_of_keys(word: str) -> None:
    assert is_run_of_keys(word)


@pytest.mark.parametrize("word", ["", "qw", "tashkent", "ташкент", "qwert1", "as", "рука", "ok"])
def test_no_runs_of_keys(word: str) -> None:
    assert not is_run_of_keys(word)


def test_what_can_be_said() -> None:
    assert all(map(can_be_said, ["Tashkent", "мир", "АИ", "rhythm"]))
    assert not any(map(can_be_said, ["zzzqqq", "цк", "TCP", ""]))
