"""Small bilingual documents and queries: few words, so that they meet; many forms, hyphens and stopwords."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from searchlib import Boolean, Date, Integer, Keyword, Number, Ranking, Schema, Text
from searchlib.search.ranking import DEFAULT, RICH

WORDS = [
    "force",
    "forces",
    "forced",
    "police",
    "us",
    "US",
    "saw",
    "see",
    "learn",
    "learned",
    "lesson",
    "lessons",
    "state-owned",
    "state",
    "owned",
    "re-established",
    "established",
    "establish",
    "don't",
    "do",
    "U.S.",
    "3,14",
    "user@example.com",
    "café",
    "the",
    "of",
    "to",
    "who",
    "was",
    "лес",
    "леса",
    "лесом",
    "люди",
    "людей",
    "человек",
    "сталь",
    "стали",
    "стать",
    "шли",
    "идти",
    "идут",
    "МИД",
    "мид",
    "ёлка",
    "елка",
    "всё",
    "премьер-министр",
    "премьер-министру",
    "премьер",
    "министр",
    "министра",
    "из-за",
    "северо-запад",
    "запад",
    "выборы",
    "выборов",
    "и",
    "в",
    "не",
    "кто",
    "был",
]
CODES = [7, 2**53, 2**53 + 1, 2**63 - 1, -(2**63)]
"""Whole numbers that a double would confuse."""
TAGS = ["wood", "Wood", "лес", "two words", "a-b"]
PATTERNS = [
    "for*",
    "ле*",
    "люд*",
    "*ест*",
    "f?rce",
    "с?ал*",
    "ст*",
    "x*",
    "wo*",
    "е*",
    "ё*",
    "ЛЕ*",
    "*-owned",
    "minist*",
    "министр*",
    "3*",
]
FUZZY = ["froce~", "лесс~", "мниистр~2", "lesson~1", "polise~2", "ёлки~", "us~"]
RANGES = [
    "year:1991", "year:[1990 TO 1992]", "year:{1990 TO 1992}", "year:>1990", "year:<=1991", "year:*",
    "old:true", "old:no", "published:1991", "published:[1991-02 TO 1991-03]", "published:{1991-02-03 TO *]",
    "published:<1991-02-03", "published:[1991-02-03T12:00:00+00:00 TO 1992}", "published:*",
    "code:9007199254740993", "code:[9007199254740993 TO *]", "code:<9007199254740993", "code:*",
    "code:{9007199254740992 TO 9223372036854775807}", "tag:[Wood TO wood]", "tag:{a-b TO лес}",
    "tag:>=wood", "tag:[* TO two]",
]  # fmt: skip


def schema(stored: bool, vectors: bool = False) -> Schema:
    """Every kind of field; weights above and below 1, a b of its own, one k1 for all."""
    return Schema(
        title=Text(boost=2.5, b=0.3, stored=stored, term_vectors=vectors),
        body=Text(stored=stored, term_vectors=vectors),
        plain=Text(languages=(), boost=0.3, default=False, stored=stored),
        tag=Keyword(stored=stored),
        year=Number(stored=stored),
        published=Date(stored=stored),
        old=Boolean(stored=stored),
        code=Integer(stored=stored),
    )


def _list_of(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Nothing, one value, or several."""
    return st.one_of(st.none(), values, values, st.lists(values, max_size=3))


_texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=20, max_size=60).map(", ".join),
    st.sampled_from(["", "—", "...", "лес\n\nлес", "FORCE Force force"]),
)
_dates = st.sampled_from(
    [date(1991, 2, 3), date(1992, 1, 1), datetime(1991, 2, 3, 12, tzinfo=timezone.utc), date(1991, 3, 31)]
)
IDS = [str(number) for number in range(8)]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A document, its id one of a few."""
    made = {
        "id": draw(st.sampled_from(IDS)),
        "title": draw(_list_of(_texts)),
        "body": draw(_list_of(_texts)),
        "plain": draw(_list_of(_texts)),
        "tag": draw(_list_of(st.sampled_from(TAGS))),
        "year": draw(_list_of(st.sampled_from([1990, 1991, 1992, 1991.5]))),
        "published": draw(_list_of(_dates)),
        "old": draw(_list_of(st.booleans())),
        "code": draw(_list_of(st.sampled_from(CODES))),
    }
    return {name: value for name, value in made.items() if value is not None or draw(st.booleans())}


def sample(count: int) -> list[dict[str, Any]]:
    """The same documents every time."""
    made: list[dict[str, Any]] = []

    @seed(20)
    @settings(max_examples=count, database=None, deadline=None, phases=[Phase.generate])
    @given(documents())
    def collect(document: dict[str, Any]) -> None:
        made.append(document)

    collect()
    return (made * count)[:count]


_fields = st.sampled_from(["", "", "", "", "title:", "body:", "plain:"])
_words = st.sampled_from(WORDS)
_phrases = st.builds(
    '"{}"{}'.format,
    st.lists(_words, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(["", "", "~1", "~3", "~120"]),
)
_leaves = st.one_of(
    st.builds("{}{}".format, _fields, _words),
    st.builds("{}{}".format, _fields, _words),
    st.builds("{}{}".format, _fields, _phrases),
    st.builds("{}{}".format, _fields, st.sampled_from(PATTERNS + FUZZY)),
    st.sampled_from(RANGES),
    st.sampled_from(
        [
            "*:*",
            "title:*",
            "plain:*",
            "tag:*",
            "id:3",
            "tag:wood",
            'tag:"two words"',
            "tag:wo*",
            "tag:лес",
            "лес,люди",
        ]
    ),
)
_signs = st.sampled_from(["", "", "", "", "", "+", "-", "NOT "])
_joins = st.sampled_from([" ", " ", " ", " AND ", " OR ", " ANDNOT ", " ANDMAYBE "])
_boosts = st.sampled_from(["", "", "", "^3", "^0.7"])


@st.composite
def _groups(draw: st.DrawFn, parts: st.SearchStrategy[str]) -> str:
    pieces = [draw(_signs) + draw(parts)]
    for _ in range(draw(st.integers(0, 3))):
        pieces += [draw(_joins), draw(_signs) + draw(parts)]
    return f"({''.join(pieces)}){draw(_boosts)}"


queries = st.one_of(
    st.lists(_words, min_size=1, max_size=5).map(" ".join),
    _leaves,
    st.recursive(_leaves, _groups, max_leaves=8),
    _groups(st.recursive(_leaves, _groups, max_leaves=6)).map(lambda query: query.strip("()")),
)

rankings = st.one_of(
    st.just(RICH),
    st.just(DEFAULT),
    st.builds(
        Ranking,
        related=st.sampled_from([0.0, 0.7, 1.0]),
        exact=st.sampled_from([0.0, 0.25, 3.0]),
        adjacent=st.sampled_from([0.0, 0.2, 5.0]),
    ),
)
