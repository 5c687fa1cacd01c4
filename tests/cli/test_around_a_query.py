"""searchlib query --sort --facet --after --cursor: what people see, what programs read, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run

ROWS = [
    {"id": "a", "title": "Лес", "body": "лес и люди", "price": 3, "day": "2024-01-31", "tag": "Ёлка"},
    {"id": "b", "title": "Wood", "body": "лес, wood", "price": 12.5, "day": "2024-02-01", "tag": "елка"},
    {"id": "c", "title": "Лесник", "body": "в лесу лес", "price": 40, "day": "2024-02-29", "tag": "елка"},
    {"id": "d", "title": "Лесной", "body": "лесу", "day": "2025-01-01", "tag": "ж"},
]
SCHEMA = {
    "title": {"kind": "text"},
    "body": {"kind": "text"},
    "price": {"kind": "number"},
    "day": {"kind": "date"},
    "tag": {"kind": "keyword"},
}


@pytest.fixture
def shop(run: Run, tmp_path: Path) -> Run:
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    done = run("index", "rows.jsonl", "--schema", "schema.json")
    assert done.code == 0, done.err
    return run


def ids(out: str) -> list[str]:
    return [line["id"] for line in map(json.loads, out.splitlines()) if "id" in line]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("price", "abcd"),
        ("-price", "cbad"),
        ("-day", "dcba"),
        ("tag,-price", "acbd"),
        ("-tag, price", "dbca"),
    ],
)
def test_hits_come_in_the_order_asked_for(shop: Run, keys: str, expected: str) -> None:
    done = shop("query", "лес", f"--sort={keys}", "--json")
    assert (done.code, "".join(ids(done.out))) == (0, expected), done.err


def test_pages_follow_one_another(shop: Run) -> None:
    seen = []
    more: list[str] = []
    while True:
        done = shop("query", "лес", "--sort=-price", "-n", "1", "--cursor", "--json", *more)
        *hits, last = map(json.loads, done.out.splitlines())
        if not hits:
            assert last["cursor"] is None
            break
        seen += [hit["id"] for hit in hits]
        more = [f"--after={last['cursor']}"]
    assert seen == ["c", "b", "a", "d"]
    shown = shop("query", "лес", "-n", "1", "--cursor")
    assert shown.lines[-1].startswith("next page: --after=")
    assert shop("query", "лес", "-n", "1", shown.lines[-1].removeprefix("next page: ")).code == 0
    assert "no next page" in shop("query", "zyzzyva", "--cursor").lines


def test_facets_for_programs(shop: Run) -> None:
    wanted = [
        "tag",
        "tag:1",
        "price:0,10,100",
        "price:,10,",
        "day:month@Asia/Tashkent",
        "price:step=10",
        "price:stats",
        "tag:distinct",
    ]
    done = shop("query", "лес", "-n", "0", "--json", *(f"--facet={facet}" for facet in wanted))
    assert done.code == 0, done.err
    last = json.loads(done.lines[-1])
    assert last["total"] == 4 and list(last["facets"]) == wanted
    facets = last["facets"]
    assert facets["tag"] == {
        "buckets": [
            {"value": "елка", "count": 2},
            {"value": "Ёлка", "count": 1},
            {"value": "ж", "count": 1},
        ],
        "docs": 4,
        "missing": 0,
        "distinct": 3,
    }
    assert [bucket["count"] for bucket in facets["price:0,10,100"]["buckets"]] == [1, 2]
    assert [bucket["count"] for bucket in facets["price:,10,"]["buckets"]] == [1, 2]
    months = facets["day:month@Asia/Tashkent"]["buckets"]
    assert [bucket["count"] for bucket in months] == [1, 2, *[0] * 10, 1]
    assert months[0]["value"] == "2024-01-01T00:00:00+05:00"
    assert [bucket["count"] for bucket in facets["price:step=10"]["buckets"]] == [1, 1, 0, 0, 1]
    assert facets["price:stats"]["sum"] == 55.5 and facets["tag:distinct"]["distinct"] == 3


def test_facets_for_people(shop: Run) -> None:
    done = shop(
        "query", "лес", "-n", "1", "--facet", "tag", "--facet", "price:,10,", "--facet", "price:stats"
    )
    assert done.code == 0, done.err
    assert "tag\n    елка  2\n    Ёлка  1\n    ж     1\n    docs 4, missing 0, distinct 3\n" in done.out
    assert "    … – 10  1\n    10 – …  2\n" in done.out
    assert "values 3, min 3, max 40, sum 55.5, mean 18.5" in done.out


@pytest.mark.parametrize("output", [["-l"], ["--format", "csv"], ["--format", "md"], ["--format", "table"]])
@pytest.mark.parametrize("query", ["лес", "zyzzyva"])
@pytest.mark.parametrize("colour", ["0", "1"])
def test_what_programs_read_has_hits_alone(shop: Run, output: list[str], query: str, colour: str) -> None:
    asked = ("query", query, "-n", "1", *output)
    around = ("--facet", "tag", "--facet", "price:stats", "--cursor")
    plain = shop(*asked, env={"FORCE_COLOR": colour})
    done = shop(*asked, *around, env={"FORCE_COLOR": colour})
    assert (done.out, done.code) == (plain.out, plain.code)
    told = done.err.splitlines()
    assert "tag" in told and "price:stats" in told and "\x1b" not in done.err and "" not in told
    if query == "лес":
        assert "    елка  2" in told
        assert any(line.startswith("next page: --after=") for line in told)


WRONG = [
    (["--sort", "nope"], "no field 'nope'"),
    (["--sort", "title"], "running text"),
    (["--sort", ""], "no field ''"),
    (["--sort", "price,price"], "names a field once"),
    (["--facet", "nope"], "no field 'nope'"),
    (["--facet", "price:often"], "--facet is FIELD, FIELD:20"),
    (["--facet", "price:"], "--facet is FIELD, FIELD:20"),
    (["--facet", "price:step=x"], "a step is a number"),
    (["--facet", "price:step=0"], "above 0"),
    (["--facet", "price:5,1"], "ascend"),
    (["--facet", "price:a,b"], "holds numbers"),
    (["--facet", "day:month@Nowhere"], "there is none called"),
    (["--facet", "tag:month"], "for Date fields"),
    (["--facet", "tag:stats"], "Stats is for"),
    (["--facet", "tag", "--facet", "tag"], "two facets are called 'tag'"),
    (["--after", "nonsense"], "expected a cursor"),
    (["--after", ""], "expected a cursor"),
    (["--after", "x", "--offset", "2"], "leave offset= out"),
]


@pytest.mark.parametrize(("options", "says"), WRONG)
def test_what_cannot_be_is_one_line(shop: Run, options: list[str], says: str) -> None:
    done = shop("query", "лес", *options)
    assert done.code == 2 and says in done.err and done.err.count("\n") == 1
