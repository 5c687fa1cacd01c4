"""Why a query finds nothing: each reason is true of the documents, and a query with hits has none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Boolean, F, Index, Keyword, Number, Reason, Schema, Text
from searchlib.query import nodes

DOCS = [
    {"id": "1", "title": "Нос", "body": "Проснулся довольно рано", "author": "Гоголь", "year": 1836},
    {"id": "2", "title": "Шинель", "body": "Служил один чиновник", "author": "Гоголь", "year": 1842},
    {"id": "3", "title": "Nose", "body": "red tea and a green apple", "note": "hidden words", "year": 1900},
    {"id": "4", "title": "Tea", "body": "green leaves, no sugar", "author": "Ann"},
    {"id": "5", "title": "Sugar", "body": "red sugar", "year": 1900},
]


@pytest.fixture(scope="module")
def index() -> Index:
    schema = Schema(
        title=Text(boost=3.0),
        body=Text(),
        author=Keyword(),
        note=Text(default=False),
        year=Number(),
        sold=Boolean(),
    )
    made = Index.in_memory(schema)
    with made.writer() as writer:
        writer.add_many(DOCS)
    made.refresh()
    return made


def told(reasons: list[Reason]) -> list[tuple[str, str | None, int]]:
    return [(reason.kind, reason.field, reason.num_docs) for reason in reasons]


CASES = [
    ("Гоголь", [("field", "author", 2)]),
    ("Ann", [("field", "author", 1)]),
    ("hidden", [("field", "note", 1)]),
    ("hide words", [("field", "note", 1), ("field", "note", 1)]),
    ("zyzzyva", [("nowhere", None, 0)]),
    ("Гоголем", [("nowhere", None, 0)]),
    ("title:чиновника", [("field", "body", 1)]),
    ("title:apple", [("field", "body", 1)]),
    ("body:шинели", [("field", "title", 1)]),
    ("author:шинель", [("field", "title", 1)]),
    ("author:Nobody", [("nowhere", "author", 0)]),
    ("apple AND leaves", [("apart", None, 0)]),
    ("+apple +leaves", [("apart", None, 0)]),
    ("чиновник AND apple", [("apart", None, 0)]),
    ("apple AND zyzzyva", [("nowhere", None, 0)]),
    ("red AND green AND sugar", [("together", None, 0)]),
    ('"tea red"', [("phrase", None, 1)]),
    ('"green sugar"', [("phrase", None, 1)]),
    ('"apple leaves"', [("nowhere", None, 0)]),
    ("zyz*", [("nowhere", None, 0)]),
    ("title:app*", [("field", "body", 1)]),
    ("(apple OR tea) AND служил", [("apart", None, 0), ("apart", None, 0)]),
    ("1", [("field", "id", 1)]),
]


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_the_reasons(index: Index, query: str, expected: list[tuple[str, str | None, int]]) -> None:
    assert index.search(query).total == 0
    assert told(index.why_nothing(query)) == expected


FILTERED = [
    ("tea", "year:1836", [2]),
    ("red", "author:Гоголь", [2]),
    ("нос", "year:[1900 TO 2000]", [1]),
    ("tea", ["year:1900", "author:Гоголь"], [1, 2]),
    ("zyzzyva", "year:1836", None),
]


@pytest.mark.parametrize(("query", "filter", "expected"), FILTERED)
def test_a_filter_says_how_many_it_took(
    index: Index, query: str, filter: str | list[str], expected: list[int] | None
) -> None:
    assert index.search(query, filter=filter).total == 0
    found = index.why_nothing(query, filter=filter)
    if expected is None:
        assert [reason.kind for reason in found] == ["nowhere"]
    else:
        assert [(reason.kind, reason.num_docs) for reason in found] == [("filter", n) for n in expected]


@pytest.fixture(scope="module")
def folders() -> Index:
    made = Index.in_memory(
        Schema(body=Text(), folder=Text(column=True), kind=Keyword(), code=Keyword(fold=True))
    )
    with made.writer() as writer:
        for number, folder in enumerate(["corpus/politics", "corpus/politics", "corpus/Culture", "old"]):
            writer.add(
                {"id": str(number), "body": "red tea", "folder": folder, "kind": "Green leaf", "code": "AB-1"}
            )
    return made


NEAR = [
    ("folder:politics", ['folder:"corpus/politics" (2)']),
    (F.folder == "culture", ['folder:"corpus/Culture" (1)']),
    (F.folder.any("nowhere", "culture"), ['folder:"corpus/Culture" (1)']),
    ("kind:green", ['kind:"Green leaf" (4)']),
    ("folder:corpus", ['folder:"corpus/politics" (2), folder:"corpus/Culture" (1)']),
    ("folder:(politics OR culture)", ['"corpus/politics" (2)', '"corpus/Culture" (1)']),
    (["folder:politics", "kind:green"], ['"corpus/politics" (2)', 'kind:"Green leaf" (4)']),
    (["folder:politics", "kind:Green*"], ['"corpus/politics" (2)']),
    (["folder:culture", "id:0"], []),  # what has id 0 is in another folder
    ("folder:nowhere", []),
    ("code:ab-1 AND id:9", []),  # a folded value is there as it is
    ("+body:tea -folder:politics +folder:old +id:0", []),
]


@pytest.mark.parametrize(("filter", "near"), NEAR)
def test_values_that_contain_what_a_filter_asks_for_are_named(
    folders: Index, filter: object, near: list[str]
) -> None:
    assert folders.search("tea", filter=filter).total == 0  # type: ignore[arg-type]
    text = " ".join(map(str, folders.why_nothing("tea", filter=filter)))  # type: ignore[arg-type]
    assert all(each in text for each in near) and ("contain" in text) == bool(near)
    assert all(folders.search("tea", filter=each.rsplit(" ", 1)[0]).total for each in near if ":" in each)


@pytest.mark.parametrize("query", ["tea", "red OR zyzzyva", "year:1900", "author:Ann", '"red tea"', "app*"])
def test_what_is_found_needs_no_reason(index: Index, query: str) -> None:
    assert index.search(query).total and index.why_nothing(query) == []


ANSWERED = ("the", "year:7", "sold:true")


@pytest.mark.parametrize(
    "query", ["", "!!!", "the", "-tea", "tea -tea", "()", "year:7", "sold:true", "*:* -*:*"]
)
def test_any_text_has_an_answer(index: Index, query: str) -> None:
    reasons = index.why_nothing(query)
    assert [reason.kind for reason in reasons] == (["nowhere"] if query in ANSWERED else [])
    assert all(str(reason) == reason.text and reason.text for reason in reasons)


def test_filters_are_those_of_the_search(index: Index) -> None:
    for filter in (F.year == 7, [F.year == 7], "year:7", nodes.Word("7", "year"), (F.year > 5, "year:7")):
        found = index.why_nothing("tea", filter=filter)
        assert found and {reason.kind for reason in found} == {"filter"}


def test_fields_are_those_of_the_search(index: Index) -> None:
    assert index.why_nothing("Гоголь", fields=["author"]) == []
    assert told(index.why_nothing("apple", fields=["title"])) == [("field", "body", 1)]
    assert "body:apple" in index.why_nothing("apple", fields=["title"])[0].query


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("C++", "'C++'"),
        ("zz\\+y", "'zz+y'"),
        ("title:(zz OR", "'zz'"),
        ("zzz NOT", "'zzz'"),
        ("title:OR", "'OR'"),
        ("\\NOT", "'NOT'"),
        ("NOT", "'NOT'"),
        ("z?z-q*z", "'z?z-q*z'"),
        ("zz-q*", "'zz-q*'"),
        ("zzqq~2", "'zzqq~2'"),
        ('"zz \\"qq"~3', '"zz "qq"~3'),
        ("title:zz^3", "'zz'"),
    ],
)
def test_words_are_shown_as_they_were_typed(index: Index, query: str, typed: str) -> None:
    """Without backslashes; and what was to join words is none of them."""
    (reason,) = index.why_nothing(query)
    assert reason.words == (typed,) and str(reason).startswith(f"{typed} stands in ")


WORDS = ["red", "tea", "green", "apple", "sugar", "нос", "Гоголь", "hidden", "zyzzyva", "leaves"]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), st.sampled_from([" AND ", " ", " +", " OR "])
)
def test_each_reason_is_true(words: list[str], joint: str) -> None:
    index = _index()
    query = joint.join(words)
    reasons = index.why_nothing(query)
    assert bool(reasons) <= (index.search(query).total == 0)
    assert index.search(query).total or reasons
    for reason in reasons:
        if reason.kind == "field":
            assert index.search(reason.query).total == reason.num_docs > 0
        elif reason.kind == "nowhere":
            word = reason.words[0].strip("'")
            assert index.search(word, fields=["title", "body", "author", "note"]).total == 0
        elif reason.kind == "apart":
            one, other = (word.strip("'") for word in reason.words)
            assert index.search(one).total and index.search(other).total
            assert index.search(f"{one} AND {other}").total == 0


_made: list[Index] = []


def _index() -> Index:
    if not _made:
        made = Index.in_memory(Schema(title=Text(), body=Text(), author=Keyword(), note=Text(default=False)))
        docs = [{name: value for name, value in doc.items() if name != "year"} for doc in DOCS]
        random.Random(7).shuffle(docs)
        with made.writer() as writer:
            writer.add_many(docs)
        made.refresh()
        _made.append(made)
    return _made[0]


def test_words_that_do_not_find_a_document(index: Index) -> None:
    assert index.words_missing("3", "Nose of a red, green apple!") == []
    assert index.words_missing("3", "Nose hidden Гоголь") == ["hidden", "Гоголь"]
    assert index.words_missing("1", "tea") == ["tea"] and index.words_missing("nobody", "tea") == ["tea"]
    assert index.words_missing("1", "— ! the") == []
