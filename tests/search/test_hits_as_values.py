"""Hits and results as values of a program: mappings, copies, pickles, JSON, tables, a notebook's page."""

import asyncio
import copy
import datetime as dt
import html.parser
import json
import pickle
import subprocess
import sys
import threading
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import searchlib
from searchlib import Boolean, Date, Hit, Index, Keyword, Number, Schema, Text
from searchlib.errors import ClosedError, UnknownFieldError
from searchlib.following import Following

SCHEMA = Schema(
    title=Text(boost=3.0),
    body=Text(),
    tags=Keyword(),
    price=Number(),
    day=Date(),
    sold=Boolean(),
    kept=Text(stored=False),
)
TEXT = "Президент Токаев выборов не боится. A <b>second</b> sentence & so on. " * 3


def documents() -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "title": f"Выборы {number}",
            "body": TEXT,
            "tags": ["a", "b"] if number % 2 else "c",
            "price": number / 2,
            "day": dt.date(2026, 1, 1 + number),
            "kept": "выборы",
        }
        for number in range(12)
    ] + [{"id": "bare", "title": "Выборы"}]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.create(tmp_path_factory.mktemp("values") / "index", SCHEMA)
    with index.writer() as writer:
        writer.add_many(documents())
    index.refresh()
    return index


def hit_of(index: Index, document_id: str) -> Hit:
    (hit,) = index.search("выборы", filter=f"id:{document_id}")
    return hit


def test_a_hit_is_its_document(index: Index):
    hit = hit_of(index, "3")
    assert dict(hit) == index.get(3) and {**hit} == index.get(3) and hit == index.get(3)
    assert list(hit) == ["id", "title", "body", "tags", "price", "day"] and len(hit) == 6
    assert "title" in hit and "id" in hit and "sold" not in hit and "kept" not in hit and "nothing" not in hit
    assert hit.get("sold") is None and hit.get("sold", False) is False and hit.get("nothing", "-") == "-"
    assert hit["sold"] is None and hit["id"] == "3"
    with pytest.raises(UnknownFieldError, match="nothing"):
        hit["nothing"]


def test_hits_are_equal_by_their_documents(index: Index):
    one, same, other = hit_of(index, "3"), index.search("токаев", limit=20)[3], hit_of(index, "4")
    assert one == same and hash(one) == hash(same) and one.score != same.score and one != other
    assert len({one, same, other}) == 2


def test_json(index: Index):
    results = index.search("выборы", limit=20)
    rows = json.loads(json.dumps(results.to_dicts(), ensure_ascii=False))
    assert [row["id"] for row in rows] == [hit.id for hit in results]
    assert rows[0]["_score"] == results[0].score and rows[0].keys() <= {"id", "_score", *SCHEMA}
    assert {row["day"] for row in rows if "day" in row} == {f"2026-01-{1 + n:02}" for n in range(12)}


def test_copies(index: Index):
    results = index.search("выборы")
    hit = results[0]
    twin = copy.deepcopy(hit)
    twin.fields["title"] = "changed"
    assert hit.fields["title"] == "Выборы 0" or hit["title"] != "changed"
    assert copy.deepcopy(results)[0] == hit and copy.copy(hit) == hit
    for one in (copy.copy(results)[0], copy.deepcopy(results)[0], copy.copy(hit), twin):
        assert one.explain() == hit.explain(), "a copy keeps the index"
    assert twin.highlight("body") == hit.highlight("body") and twin.explain() == hit.explain()


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_hit_needs_no_index(index: Index, protocol: int):
    hit = hit_of(index, "5")
    twin = pickle.loads(pickle.dumps(hit, protocol))
    assert twin == hit and twin.score == hit.score and twin.to_dict() == hit.to_dict()
    for field in ("title", "body", "tags"):
        assert twin.text(field) == hit.text(field) and twin.spans(field) == hit.spans(field)
        assert twin.fragments(field) == hit.fragments(field)
        assert twin.highlight(field) == hit.highlight(field)
    with pytest.raises(ClosedError, match="search again"):
        twin.explain()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"count": True},
        {"facets": ["tags"], "sort": "-day"},
        {"group_by": "tags"},
        {"limit": 0},
        {"limit": 3, "offset": 2},
        {"expand": "bo1"},
    ],
    ids=str,
)
@pytest.mark.parametrize("query", ["выборы", "токаева OR tags:a", "выб* -title:3", '"не боится"', "nowhere"])
def test_pickled_results(index: Index, query: str, asked: dict[str, object]):
    results = index.search(query, **asked)  # type: ignore[arg-type]
    twin = pickle.loads(pickle.dumps(results))
    assert list(twin) == list(results) and [hit.score for hit in twin] == [hit.score for hit in results]
    assert (twin.query, twin.total, twin.cursor) == (results.query, results.total, results.cursor)
    assert (twin.facets, twin.notes, twin.dropped) == (results.facets, results.notes, results.dropped)
    assert (twin.expanded, twin.elapsed_ms) == (results.expanded, results.elapsed_ms)
    assert twin.highlights("body") == results.highlights("body")
    assert [(group.value, group.total, group.hits) for group in twin.groups] == [
        (group.value, group.total, group.hits) for group in results.groups
    ]
    if len(results):
        with pytest.raises(ClosedError):
            twin.explain(results[0].id)


def test_a_pickle_is_read_in_another_process(index: Index, tmp_path: Path):
    path = tmp_path / "hit.pickle"
    path.write_bytes(pickle.dumps(index.search("выборы")[0]))
    code = f"import pickle; print(pickle.load(open({str(path)!r}, 'rb')).highlight('title'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == index.search("выборы")[0].highlight("title")


def test_tables_have_the_columns_of_the_schema(index: Index):
    results = index.search("выборы", limit=20)
    names = ["id", "_score", "title", "body", "tags", "price", "day", "sold"]
    arrow, pandas, polars = results.to_arrow(), results.to_pandas(), results.to_polars()
    assert arrow.column_names == list(pandas.columns) == polars.columns == names
    assert arrow.num_rows == len(pandas) == polars.height == len(results)
    assert arrow.schema.field("day").type == pa.timestamp("us", tz="UTC")
    assert arrow.schema.field("tags").type == pa.list_(pa.string())
    assert polars.schema["tags"] == pl.List(pl.String) and polars.schema["sold"] == pl.Boolean
    assert isinstance(pandas["day"].dtype, pd.DatetimeTZDtype)
    rows = {row["id"]: row for row in arrow.to_pylist()}
    assert rows["3"]["tags"] == ["a", "b"] and rows["2"]["tags"] == ["c"] and rows["bare"]["tags"] is None
    assert rows["3"]["day"] == dt.datetime(2026, 1, 4, tzinfo=dt.timezone.utc)
    assert [row["id"] for row in polars.to_dicts()] == [hit.id for hit in results]
    assert pandas["price"].sum() == sum(number / 2 for number in range(12))


def test_an_empty_table_has_the_same_columns(index: Index):
    none, some = index.search("nowhere"), index.search("выборы", limit=20)
    assert none.to_arrow().column_names == some.to_arrow().column_names
    assert none.to_polars().columns == some.to_polars().columns
    assert list(none.to_pandas().columns) == list(some.to_pandas().columns)


def test_without_the_library_the_error_says_what_to_install(index: Index, monkeypatch: pytest.MonkeyPatch):
    for name, method in (("pyarrow", "to_arrow"), ("pandas", "to_pandas"), ("polars", "to_polars")):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(ModuleNotFoundError, match=f"pip install {name}"):
            getattr(index.search("выборы"), method)()


class Tags(html.parser.HTMLParser):
    """The tags of a page, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("query", ["выборы", "second", "<script>alert(1)</script>", "nowhere", "error:404"])
def test_a_notebook_shows_marked_hits_and_no_mark_up_of_theirs(index: Index, query: str):
    results = index.search(query, limit=50)
    page = results._repr_html_()
    tags = Tags()
    tags.feed(page)
    assert tags.open == [] and set(tags.seen) <= {"div", "table", "tr", "td", "b", "br", "code", "mark"}
    assert tags.seen.count("tr") == min(len(results), 20)
    assert ("<mark>" in page) == bool(results)


@pytest.mark.parametrize(
    ("num", "limit", "said"), [(1, 5, "1 hit in"), (3, 5, "3 hits in"), (3, 2, "2 of 3 hits in")]
)
def test_a_notebook_says_how_many_there_are(num: int, limit: int, said: str):
    index = Index.in_memory(Schema(body=Text()))
    with index.writer() as writer:
        writer.add_many({"id": n, "body": "выборы"} for n in range(num))
    index.refresh()
    assert f"выбор — {said}" in index.search("выбор", limit=limit)._repr_html_()
    assert "x — 0 hits in" in index.search("x")._repr_html_()


def test_an_index_is_closed_by_with(index: Index, tmp_path: Path):
    with Index.create(tmp_path / "index", Schema(body=Text())) as own:
        with own.writer() as writer:
            writer.add({"id": 1, "body": "выборы"})
        own.refresh()
        results = own.search("выборы")
    assert results[0]["body"] == "выборы" and "closed" in repr(own)
    for call in (lambda: own.search("x"), lambda: len(own), own.refresh, lambda: own.schema):
        with pytest.raises(ClosedError, match="open it again"):
            call()


def test_a_refresh_does_not_open_what_was_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    index = Index.create(tmp_path / "index", Schema(body=Text()))
    with Index.open(tmp_path / "index").writer() as writer:
        writer.add({"id": 1, "body": "выборы"})
    opens, may_go_on = threading.Event(), threading.Event()
    opened = Following._opened

    def slowly(self: Following, before: object) -> object:
        opens.set()
        may_go_on.wait(10)
        return opened(self, before)  # type: ignore[arg-type]

    monkeypatch.setattr(Following, "_opened", slowly)
    refreshing = threading.Thread(target=index.refresh)
    refreshing.start()
    assert opens.wait(10)
    closing = threading.Thread(target=index.close)
    closing.start()
    may_go_on.set()
    refreshing.join()
    closing.join()
    assert "closed" in repr(index)
    with pytest.raises(ClosedError):
        index.search("выборы")


def test_an_index_pickles_by_its_path(index: Index):
    twin = pickle.loads(pickle.dumps(index))
    assert twin.search("выборы")[0] == index.search("выборы")[0] and len(twin) == len(index)
    with pytest.raises(TypeError, match="in memory"):
        pickle.dumps(Index.in_memory(SCHEMA))


def test_an_index_that_follows(tmp_path: Path):
    index = Index.create(tmp_path / "index", Schema(body=Text()))
    follower = searchlib.open(tmp_path / "index", auto_refresh=True)
    lazy = searchlib.open(tmp_path / "index", auto_refresh=3600)
    still = searchlib.open(tmp_path / "index")
    assert len(lazy) == 0
    for number in range(1, 6):
        with index.writer() as writer:
            writer.add({"id": number, "body": "выборы"})
        assert len(follower) == number and follower.search("выборов").total == number
        assert len(still) == 0 and len(lazy) == 0
    assert still.refresh() and len(still) == 5


def test_a_search_for_asyncio(index: Index):
    async def both() -> list[searchlib.Results]:
        return await asyncio.gather(index.asearch("выборы", limit=2), index.asearch("токаев", offset=1))

    one, other = asyncio.run(both())
    assert list(one) == list(index.search("выборы", limit=2))
    assert list(other) == list(index.search("токаев", offset=1))

    async def wrong() -> None:
        await index.asearch("выборы", limit=-1)

    with pytest.raises(ValueError, match="limit"):
        asyncio.run(wrong())
