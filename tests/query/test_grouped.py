"""Numbers with spaces between their thousands, spaced wholes behind a field's name, and hints for slips."""

from __future__ import annotations

from functools import cache

import pytest

from searchlib import Date, Index, Keyword, Number, Schema, Text
from searchlib.query import parse

SCHEMA = Schema(n=Number(), day=Date(), tag=Keyword(), body=Text())
VALUES = [1, 12, 500, 1000, 2000, 1500.5, -1000, 1_000_000, 12_500, 5100]


@cache
def index() -> Index:
    index = Index.in_memory(SCHEMA)
    with index.writer() as writer:
        for number, value in enumerate(VALUES):
            writer.add({"id": str(number), "n": value, "body": "и т. д. соль 2 ч. л. +7 (701) 222-33-44"})
    index.refresh()
    return index


def values(query: str, strict: bool = False) -> list[float]:
    return sorted(VALUES[int(hit.id)] for hit in index().search(query, limit=None, strict=strict))


NUMBERS: list[tuple[str, list[float]]] = [
    ("n:1 000", [1000]),
    ("n:1 000 000", [1_000_000]),
    ("n:12 500", [12_500]),
    ("n:5 100", [5100]),
    ("n:-1 000", [-1000]),
    ("n:1 500.5", [1500.5]),
    ('n:"1 000"', [1000]),
    ("n:(1 000)", [1000]),
    ("n:(1 000 OR 2 000)", [1000, 2000]),
    ("n:(1 000, 2 000)", [1000, 2000]),
    ("n:(12 500 OR 5 100)", [5100, 12_500]),
    ("+n:1 000", [1000]),
    ("n:>1 000", [1500.5, 2000, 5100, 12_500, 1_000_000]),
    ("n:>=1 000 000", [1_000_000]),
    ("n:>= 12 500", [12_500, 1_000_000]),
    ("n:<1 000", [-1000, 1, 12, 500]),
    ("n:<= 1 000", [-1000, 1, 12, 500, 1000]),
    ("n:<-1 000", []),
    ("n:<=-1 000", [-1000]),
    ("n:>1 500.4 AND n:<2 000", [1500.5]),
    ("n:[1 000 TO 2 000]", [1000, 1500.5, 2000]),
    ("n:{1 000 TO 2 000}", [1500.5]),
    ("n:[500 TO 1 000]", [500, 1000]),
    ("n:[12 500 TO]", [12_500, 1_000_000]),
    ("n:[TO 1 000]", [-1000, 1, 12, 500, 1000]),
    ("n:[-1 000 TO 1]", [-1000, 1]),
    ("n:[2 000 TO 1 000]", [1000, 1500.5, 2000]),
    ('n:["1 000" TO 2 000]', [1000, 1500.5, 2000]),
    ("n:>1 000^2", [1500.5, 2000, 5100, 12_500, 1_000_000]),
    # Groups of three digits, and nothing else.
    ("n:1 00", [1]),
    ("n:1 0000", [1]),
    ("n:1 12", [1]),
    ("n:1 x", [1]),
    ("n:1  000", [1]),
    ("n:1\n000", [1]),
    ("n:1 000x", [1]),
    ("n:1000 000", [1000]),
    ("n:(1 OR 12)", [1, 12]),
    ("n:(1 12)", [1, 12]),
    ("n:[1 TO 12]", [1, 12]),
    ("n:>2000 12", [5100, 12_500, 1_000_000]),
]


@pytest.mark.parametrize(("query", "found"), NUMBERS)
def test_spaces_group_digits_in_a_field_of_numbers(query: str, found: list[float]) -> None:
    assert values(query) == found
    plain = not {"TO", "OR", ">=", "AND"} & set(query.replace("[", " ").split()) and "  " not in query
    for space in "\u00a0\u2009\u202f\u2007":
        if plain:
            assert values(query.replace(" 000", f"{space}000")) == found


@pytest.mark.parametrize("query", [query for query, _ in NUMBERS])
def test_the_tree_reads_back(query: str) -> None:
    tree = parse(query, SCHEMA)
    assert parse(str(tree), SCHEMA) == tree


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("body:т. д.", "body:т.д."),
        ("body:Т. Д.", "body:Т.Д."),
        ("body:ч. л.", "body:ч.л."),
        ("+body:ч. л.", "+body:ч.л."),
        ("body:+7 (701) 222-33-44", 'body:"+77012223344"'),
        ("body:8 701 222 33 44", "body:87012223344"),
        ("body:(соль ч. л.)", "body:(соль ч.л.)"),
        ("-body:ч. л. n:1", "-body:ч.л. n:1"),
        ("NOT body:т. д. AND n:1", "NOT body:т.д. AND n:1"),
    ],
)
def test_a_whole_with_spaces_behind_a_field_is_one(query: str, same: str) -> None:
    assert values(query) == values(same)
    if not query.startswith(("-", "NOT", "body:Т")):
        assert values(query) == sorted(VALUES)


HINTS = [
    ("n:> = 500", ">="), ("n:>  =500", ">="), ("n:< = 500", "<="), ("n: > = 500", ">="),
    ("day:> = 2020", ">="),
    ("**", "all documents"), ("соль **", "all documents"), ("***", "all documents"), ("*?", "all documents"),
    ("n:**", "asks for nothing"), ("body:**", "asks for nothing"),
    ("n:=> 500", "was read as n:>=500"), ("n:=>", "asks for nothing"),
    ("n:>", "asks for nothing"), ("n:>>", "asks for nothing"), ("body:—", "asks for nothing"),
    ("tag:!!!", "asks for nothing"), ("n:!= 5", "asks for nothing"), ("body:?", "asks for nothing"),
    ("n: 500", "write n:500"), ("n: 1 000", "write n:1 000"), ("day: 2020", "write day:2020"),
    ("day: 2020-01-08, соль", "write day:2020-01-08"), ("n:5x", "was read as text"),
    ("n:>x", "was read as text"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "hint"), HINTS)
def test_a_slip_is_answered_with_a_hint(query: str, hint: str) -> None:
    notes = index().search(query).notes
    assert any(hint in note for note in notes), notes


@pytest.mark.parametrize(
    "query",
    ["n:>= 500", "n: >= 500", "n:500", "n:1 000", "n:>1 000", "body:т. д.", "соль —", "соль ... д", "2 * 3",
     "*", "*:*", "n:*", "body:сол*", "соль?", "n:(1 OR 2)", "day:2020", "тег: 5", "body: соль",
     "day: завтра", "соль > 5"],
)  # fmt: skip
def test_no_hint_without_a_slip(query: str) -> None:
    assert index().search(query).notes == ()


def test_a_divided_sign_means_what_it_would_undivided() -> None:
    assert values("n:> = 2 000") == values("n:>=2000") != []
    assert values("n:< = 12") == values("n:<=12") != []
