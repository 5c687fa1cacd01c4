"""An index over HTTP answers what it answers itself: hits, scores to the last bit, marks, facets, errors."""

import datetime as dt
import inspect
import re
import string
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from far import far
from hypothesis import given, settings
from hypothesis import strategies as st

from searchlib import (
    Boolean,
    Date,
    Distinct,
    F,
    GroupBy,
    Histogram,
    Index,
    Integer,
    Keyword,
    Number,
    Plain,
    Range,
    Ranking,
    Recency,
    Results,
    Schema,
    Sort,
    Static,
    Stats,
    Synonyms,
    Terms,
    Text,
    Translations,
)
from searchlib.asking import Asking
from searchlib.client import questions
from searchlib.client.asking import RemoteAsking
from searchlib.errors import SearchlibError
from searchlib.query import And, Clauses, Fuzzy, Not, Or, Phrase, Prefix, Wildcard, Word
from searchlib.query import Range as Between

SCHEMA = Schema(
    title=Text(boost=3.0),
    body=Text(column=True),
    author=Keyword(fold=True),
    tags=Keyword(),
    price=Number(),
    stock=Integer(),
    day=Date(),
    sold=Boolean(),
    lost=Text(stored=False),
)
WORDS = [
    "выборы",
    "президента",
    "Ташкент",
    "люди",
    "идти",
    "шёл",
    "police",
    "forces",
    "lesson",
    "learned",
    "the",
    "и",
    "wi-fi",
    "node.js",
    "1",
    "000",
    "«Токаев»",
    "Lukashenko",
    "ОДКБ",
    "United",
    "Nations",
    "стали",
    "election",
]
UTC = dt.timezone.utc
ODD_IDS = ["a/b c", "x#y?z=1&b", "..", ".", "Ёлка 🎄", "new\nline", "100%25", "%2F", "//", "a+b", "ё" * 200]


def documents() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(60):
        words = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 3, 5, 7, 11, 13, 17)]
        found.append(
            {
                "id": number,
                "title": " ".join(words[:2]),
                "body": " ".join(words) + ". " + " ".join(reversed(words)) + "!",
                "author": ["Гоголь", "gogol", "Tolstoy"][number % 3],
                "tags": ["a", "b"] if number % 2 else "c",
                "price": float("inf") if number == 7 else number / 4,
                "stock": 2**53 + number,
                "day": dt.date(2024, 1, 1) + dt.timedelta(days=11 * number)
                if number % 4
                else dt.datetime(2024, 3, 1, number % 24, tzinfo=UTC),
                "sold": bool(number % 2),
                "lost": words[3],
            }
        )
    found += [{"id": name, "title": f"odd {name}", "body": "выборы"} for name in ODD_IDS]
    return found


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index.in_memory(SCHEMA)
    with made.writer() as writer:
        for number, document in enumerate(documents()):
            writer.add(document)
            if number % 20 == 19:
                writer.commit(merge=False)
        writer.delete(13)
    return made


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except (SearchlibError, ValueError, TypeError) as error:
        return type(error), str(error), getattr(error, "position", None)


def shown(results: Any) -> Any:
    """All that results say, but for how long they took."""
    if not isinstance(results, Results):
        return results
    marked = {
        name: [(hit.spans(name), hit.fragments(name), hit.highlight(name)) for hit in results]
        for name in ("id", "title", "body", "author", "tags", "price", "day")
    }
    return {
        "hits": [(hit.id, hit.score.hex(), dict(hit), list(hit)) for hit in results],
        "types": [[type(value) for value in hit.values()] for hit in results],
        "marked": marked,
        "pages": {name: (results.texts(name), results.highlights(name)) for name in ("title", "body")},
        "total": results.total,
        "with_all": results.total_with_all,
        "facets": dict(results.facets),
        "zones": [str(bucket.value) for facet in results.facets.values() for bucket in _buckets(facet)],
        "groups": [(one.value, one.total, one.hits) for one in results.groups],
        "cursor": results.cursor,
        "said": (results.notes, results.dropped, results.expanded, results.has_missing_words),
        "instead": results.instead,
        "explained": [hit.explain() for hit in list(results)[:2]],
        "absent": results.explain("nowhere at all"),
        "error": repr(results.error),
    }


def _buckets(facet: Any) -> Any:
    return facet if hasattr(facet, "distinct") and hasattr(facet, "__iter__") else ()


def same(index: Index, ask: Callable[[Any], Any]) -> Any:
    """What an index answers, which is what it answers over HTTP."""
    here = shown(outcome(lambda: ask(index)))
    assert shown(outcome(lambda: ask(far(index)))) == here
    return here


ASKED: list[dict[str, Any]] = [
    {},
    {"limit": 3, "offset": 2, "count": True},
    {"limit": 0},
    {"fields": ["title"], "strict": True},
    {"sort": ["-day", Sort("price", missing="first")], "limit": 7},
    {"sort": "_score", "facets": ["tags", Terms("author", limit=1, name="first", excluding_own=True)]},
    {
        "facets": [
            Range("price", [None, 3, 9.5]),
            Histogram("day", "month", tz="Asia/Tashkent", name="months"),
            Histogram("price", 2.5, name="steps"),
            Range("day", ["2024", dt.date(2025, 1, 1)], name="years"),
            Stats("stock"),
            Stats("day"),
            Distinct("author"),
        ],
        "filter": F.price < 100,
    },
    {"group_by": GroupBy("author", 2), "limit": 2},
    {"group_by": "sold", "sort": "-stock"},
    {"boost_by": [Recency("day", 30, now=dt.datetime(2026, 1, 1, tzinfo=UTC)), Static("stock", 1.5, 0.2)]},
    {"boost_by": Recency("day", dt.timedelta(days=3), 2.0, dt.datetime(2025, 1, 1, tzinfo=UTC))},
    {"ranking": "rich"},
    {"ranking": Ranking(related=0.5, exact=0.25, adjacent=0.1)},
    {"expand": "bo1"},
    {"cross_script": True},
    {"synonyms": Synonyms.parse("election, выборы\nлюди => police")},
    {
        "translations": Translations(
            [("election", "выборы", 2.0), ("united nations", "ООН"), ("люди", "police")]
        )
    },
    {"filter": (F.tags == "a") & ~(F.day >= dt.date(2024, 6, 1)) | F.stock.any(2**53, 2**53 + 1)},
    {
        "filter": [
            F.day.between("2024-01", dt.datetime(2024, 8, 1, tzinfo=UTC)),
            "author:гоголь",
            F.sold.exists(),
        ]
    },
    {"filter": F.price == Decimal("0.25")},
    {"filter": F.id.any(1, "a/b c", 2)},
    {"filter": Or((Word("police", "body"), Phrase("люди идти", "body")))},
    {"filter": Plain("police NOT forces")},
    {"filter": ""},
]
QUERIES: list[Any] = [
    "выборы президента",
    '"police forces" OR title:ташкент -люди',
    "выбо* lesso?",
    "polise~",
    "price:[1 TO 5} day:2024",
    "*:*",
    "",
    "ВЫБОРЫ NOT ПРЕЗИДЕНТА",
    Plain("what is NOT the election?"),
    And((Word("выборы"), Not(Prefix("тока")))),
    Clauses(required=(Wildcard("l?sson", boost=2.5),), optional=(Fuzzy("polise", distance=2),)),
    Between("stock", "9007199254740992", None, includes_low=False),
    Word("см", stands_for=("выборы", "police")),
    Word("выб", becomes=("выборы", "police")),
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: ",".join(asked) or "plain")
@pytest.mark.parametrize("query", QUERIES[:5], ids=str)
def test_search(index: Index, query: Any, asked: dict[str, Any]) -> None:
    same(index, lambda one: one.search(query, **asked))


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_queries(index: Index, query: Any) -> None:
    same(index, lambda one: one.search(query, limit=None))
    same(index, lambda one: one.explain(query, cross_script=True))
    same(index, lambda one: one.why_nothing(query, filter=["tags:nothing", F.sold == True]))  # noqa: E712


@pytest.mark.parametrize(
    "wrong",
    [
        {"query": "nofield:x y", "strict": True},
        {"query": "price:abc", "strict": True},
        {"query": "a", "limit": -1},
        {"query": "a", "limit": "10"},
        {"query": "a", "offset": 2.5},
        {"query": "a", "fields": "title"},
        {"query": "a", "fields": ["nothing"]},
        {"query": "a", "sort": "body_"},
        {"query": "a", "sort": "lost"},
        {"query": "a", "sort": 5},
        {"query": "a", "after": "nonsense"},
        {"query": "a", "after": 3},
        {"query": "a", "facets": [3.5]},
        {"query": "a", "facets": ["tags", "tags"]},
        {"query": "a", "group_by": 5},
        {"query": "a", "filter": 3.5},
        {"query": "a", "filter": F.nothing == 1},
        {"query": "a", "filter": F.price == None},  # noqa: E711
        {"query": "a", "filter": F.price == "abc"},
        {"query": "a", "filter": "nothing:1"},
        {"query": "a", "filter": F.tags == "\ud800"},
        {"query": "a", "ranking": "best"},
        {"query": "a", "ranking": 3},
        {"query": "a", "timeout": -1},
        {"query": "a", "timeout": "soon"},
        {"query": "a", "expand": "bo2"},
        {"query": "a", "synonyms": {"a": "b"}},
        {"query": "a", "translations": {"a": "b"}},
        {"query": "a", "parser": "none"},
        {"query": "a", "boost_by": Recency("price", 3)},
        {"query": "a", "boost_by": "price"},
        {"query": 5},
        {"query": Word("a", "nothing")},
        {"query": "a " * 30_000, "strict": True},
        {"query": "a", "after": "x", "offset": 3},
    ],
    ids=lambda wrong: re.sub(r" at 0x\w+", "", str(wrong))[:60],
)
def test_what_cannot_be_asked(index: Index, wrong: dict[str, Any]) -> None:
    kind, text, _ = same(index, lambda one: one.search(**wrong))
    assert issubclass(kind, Exception) and text


def test_arguments_that_there_are_not(index: Index) -> None:
    with pytest.raises(TypeError, match="nothing"):
        far(index).search("a", nothing=3)  # type: ignore[call-arg]


def test_other_questions(index: Index) -> None:
    remote = far(index)
    for text in ("ghtpbltynf", "polise forcse", "police forces lesson", "Лукашенка", "ташке", "", "a/b"):
        same(index, lambda one, text=text: one.suggest(text))
        same(index, lambda one, text=text: one.complete(text, 5, fields=["title", "body"]))
        same(index, lambda one, text=text: one.instant(text, 5, facets=["tags"], count=True))
        same(index, lambda one, text=text: one.instant(text, 2, sort="-price"))
        same(index, lambda one, text=text: one.words_missing("3", text + " police"))
        same(index, lambda one, text=text: one.words_missing("nobody", text + " the police"))
    same(index, lambda one: one.more_like(3, 5, count=True))
    same(index, lambda one: one.more_like(text="police forces and elections"))
    same(index, lambda one: one.more_like(3, 5, filter=F.price < 9, count=True))
    same(index, lambda one: one.more_like("nobody"))
    same(index, lambda one: one.more_like())
    for field in ("body", "tags", "price", "nothing"):
        same(index, lambda one, field=field: list(one.terms(field, places=True)))
    same(index, lambda one: list(one.terms("body", "п")))
    many = [*QUERIES[:4], "nofield:x", Word("a", "nothing"), "выборы"]
    for here, there in zip(index.search_many(many, 4), remote.search_many(many, 4), strict=True):
        assert shown(there) == shown(here)
    same(index, lambda one: one.search_many(many, strict=True))
    assert remote.stats() == index.stats()
    assert remote.schema == index.schema and dict(remote.metadata) == dict(index.metadata)
    assert remote.generation == index.generation and remote.refresh() in (True, False)


def test_no_argument_is_forgotten() -> None:
    """What an index is asked one day has to be sent, too."""
    shared = set(re.findall(r'given\["(\w+)"\]', inspect.getsource(questions)))
    for name, method in vars(Asking).items():
        if name.startswith("_") or not inspect.isfunction(method) or inspect.iscoroutinefunction(method):
            continue
        own = vars(RemoteAsking)[name].__closure__
        (answer,) = (
            one.cell_contents
            for one in own
            if getattr(one.cell_contents, "__name__", "") == name and one.cell_contents is not method
        )
        read = set(re.findall(r'given\["(\w+)"\]', inspect.getsource(answer)))
        if "asked_of(" in inspect.getsource(answer):
            read |= shared
        assert set(inspect.signature(method).parameters) - {"self"} <= read, name


def test_documents(index: Index) -> None:
    remote = far(index)
    assert (
        len(remote) == len(index) and list(remote) == list(index) and list(remote.ids()) == list(index.ids())
    )
    assert list(remote.ids("1")) == list(index.ids("1")) and list(remote.ids("\ud800")) == []
    for name in [*ODD_IDS, 3, "13", "", "nobody", "\ud800", "x" * 5000]:
        assert remote.get(name) == index.get(name), name
        assert (name in remote) == (name in index), name
    assert 2.5 not in remote and remote.get(2.5) is None  # type: ignore[arg-type]


def test_pages_by_cursor(index: Index) -> None:
    for asked in ({"sort": "-price"}, {}):
        cursor, found = None, []
        while True:
            page = far(index).search("*:*", 17, after=cursor, **asked)  # type: ignore[arg-type]
            if not len(page):
                break
            found += [hit.id for hit in page]
            cursor = page.cursor
        assert found == [hit.id for hit in index.search("*:*", None, **asked)]  # type: ignore[arg-type]


_SIGNS = ["AND", "OR", "NOT", '"', "(", ")", "title:", "-", "*", "~", "price:>3"]
_TEXTS = st.lists(st.sampled_from([*WORDS, *_SIGNS]))
_FIELDS, _BOOSTS = st.sampled_from([None, "title", "body"]), st.sampled_from([1.0, 2.5])
_LETTERS = st.text(alphabet=string.printable + "ёЖ\u00e9\u202e\ud800🎄", max_size=12)
_NODES = st.recursive(
    st.builds(Word, st.sampled_from(WORDS), _FIELDS, boost=_BOOSTS)
    | st.builds(Phrase, st.sampled_from(["police forces", "люди идти"]), slop=st.integers(0, 3))
    | st.builds(Prefix, st.sampled_from(["вы", "le"])),
    lambda below: (
        st.builds(lambda many: And(tuple(many)), st.lists(below, min_size=1, max_size=3))
        | st.builds(lambda many: Or(tuple(many)), st.lists(below, min_size=1, max_size=3))
        | st.builds(Not, below)
    ),
    max_leaves=6,
)


@settings(max_examples=30)
@given(query=_TEXTS.map(" ".join) | _LETTERS | _NODES, asked=st.sampled_from(ASKED[:12]))
def test_any_query(index: Index, query: Any, asked: dict[str, Any]) -> None:
    same(index, lambda one: one.search(query, **asked))


_DAYS = [dt.date(2024, 5, 1), dt.datetime(2024, 5, 1, 3, tzinfo=UTC), "2024-03"]
_VALUES = st.sampled_from([0, 1.5, "a", True, *_DAYS])
_FILTERS = st.recursive(
    st.builds(
        lambda name, how, value: getattr(F[name], how)(value),
        st.sampled_from(["tags", "price", "day", "sold", "body", "id"]),
        st.sampled_from(["__eq__", "__ne__", "__lt__", "__ge__", "any"]),
        _VALUES,
    ),
    lambda below: (
        st.builds(lambda one, other: one & other, below, below)
        | st.builds(lambda one, other: one | other, below, below)
        | st.builds(lambda one: ~one, below)
    ),
    max_leaves=5,
)


@settings(max_examples=30)
@given(condition=_FILTERS)
def test_any_filter(index: Index, condition: Any) -> None:
    here = outcome(lambda: [hit.id for hit in index.search("*:*", None, filter=condition)])
    assert outcome(lambda: [hit.id for hit in far(index).search("*:*", None, filter=condition)]) == here
