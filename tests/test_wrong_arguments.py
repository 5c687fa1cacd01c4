"""Every public call with arguments of the wrong kind: an error that says what was expected, never one from
inside."""

import datetime as dt
import inspect
import itertools
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import (
    Boolean,
    Date,
    Distinct,
    F,
    GroupBy,
    Histogram,
    Index,
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
    Terms,
    Text,
)
from searchlib.errors import SearchlibError

SCHEMA = Schema(
    title=Text(boost=3.0),
    body=Text(column=True),
    tag=Keyword(),
    price=Number(),
    day=Date(),
    sold=Boolean(),
)
VALUES: list[Any] = [
    None, True, -1, 0, 5, 1.5, float("nan"), float("inf"), 10**30, "x", "", "\ud800", b"x", [], ["x"], [1],
    [[]], {}, {"a": 1}, (1, 2), {"x"}, object(), len, int, dt.date(2026, 1, 1), dt.datetime(2026, 1, 1),
    dt.timedelta(1), iter("x"), 1j,
]  # fmt: skip
GOOD: dict[str, Any] = {
    "query": "выборы", "document_id": "1", "field": "body", "text": "пре", "queries": ["a"], "key": "body",
    "value": "body", "document": {"id": "z"}, "documents": [{"id": "y"}],
}  # fmt: skip

# What Python or the core says of a value that a function did not look at.
FROM_INSIDE = (
    "incompatible function", "nanobind", "bad_cast", "unhashable", "not supported between", "is not iterable",
    "has no len", "not subscriptable", "unsupported operand", "cannot be interpreted", "has no attribute",
)  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.create(tmp_path_factory.mktemp("wrong") / "index", SCHEMA)
    with index.writer() as writer:
        for number in range(5):
            writer.add(
                {
                    "id": number,
                    "title": f"Выборы {number}",
                    "body": "Президент Токаев",
                    "tag": ["a"],
                    "price": number,
                    "day": dt.date(2026, 1, 1 + number),
                    "sold": True,
                }
            )
    index.refresh()
    return index


def read(answer: object) -> None:
    """All of a lazy answer."""
    if isinstance(answer, Results):
        assert answer.total >= len(answer)
        answer.to_dicts()
    elif isinstance(answer, Iterator):
        list(itertools.islice(answer, 100))


def complaint(call: Callable[[], object]) -> str | None:
    """What is wrong with the error of a call; None if it has none, or a good one."""
    try:
        read(call())
    except (SearchlibError, OSError):
        return None
    except (TypeError, ValueError) as error:
        inside = any(words in str(error) for words in FROM_INSIDE)
        return f"{error} ({place_of(error)})" if inside else None
    except Exception as error:
        return f"{error!r} ({place_of(error)})"
    return None


def place_of(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def calls(method: Callable[..., object], **given: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    """One argument of a method wrong, the others right."""
    parameters = inspect.signature(method).parameters.values()
    named = [each for each in parameters if each.kind not in (each.VAR_KEYWORD, each.VAR_POSITIONAL)]
    required = [each.name for each in named if each.default is each.empty]
    for each in named:
        for value in VALUES:
            arguments = [value if name == each.name else GOOD[name] for name in required]
            options = dict(given) if each.name in required else {**given, each.name: value}
            yield f"{each.name}={value!r}", lambda a=arguments, o=options: method(*a, **o)  # type: ignore[misc]


def complaints(of: Iterator[tuple[str, Callable[[], object]]]) -> dict[str, str]:
    return {name: found for name, call in of if (found := complaint(call)) is not None}


METHODS = ["search", "instant", "terms", "search_many", "explain", "suggest", "complete", "get"]


@pytest.mark.parametrize("name", METHODS)
def test_an_index(index: Index, name: str):
    assert complaints(calls(getattr(index, name))) == {}


def test_more_like_this(index: Index):
    assert complaints(calls(index.more_like, document_id="1")) == {}
    assert complaints(("in", lambda value=value: value in index) for value in VALUES) == {}  # type: ignore[misc]


@pytest.mark.parametrize("name", ["texts", "fragments", "highlights", "explain"])
def test_results(index: Index, name: str):
    assert complaints(calls(getattr(index.search("выборы"), name))) == {}


@pytest.mark.parametrize(
    "name", ["text", "spans", "fragments", "highlight", "get", "__getitem__", "__contains__"]
)
def test_a_hit(index: Index, name: str):
    hit = index.search("выборы")[0]
    method = getattr(hit, name)
    of = ((repr(value), lambda value=value: method(value)) for value in VALUES)  # type: ignore[misc]
    assert complaints(of if name.startswith("__") or name == "get" else calls(method)) == {}


def test_a_writer(index: Index):
    found: dict[str, str] = {}
    with index.writer() as writer:
        for value in VALUES:
            made = {
                "add": lambda v: writer.add(v),
                "delete": lambda v: writer.delete(v),
                "update": lambda v: writer.update(v),
                "on_error": lambda v: writer.add_many([{}], v),
                **{f"{name}=": lambda v, name=name: writer.add({name: v}) for name in (*SCHEMA, "id")},
                **{f"{name}=[]": lambda v, name=name: writer.add({name: [v]}) for name in (*SCHEMA, "id")},
            }
            found |= complaints((f"{name} {value!r}", lambda c=c, v=value: c(v)) for name, c in made.items())  # type: ignore[misc]
        writer.rollback()
    assert found == {}


def test_how_a_writer_is_made(index: Index):
    def made(name: str, value: Any) -> None:
        index.writer(**{name: value}).close()

    of = (
        (f"{name}={value!r}", lambda n=name, v=value: made(n, v))  # type: ignore[misc]
        for name in ("memory_mb", "threads", "timeout")
        for value in VALUES
    )
    assert complaints(of) == {}


def test_what_is_asked_around_a_query(index: Index):
    made: dict[str, Callable[[Any], dict[str, Any]]] = {
        **{
            f"F.{field}.{operator}": lambda v, f=field, o=operator: {"filter": getattr(F[f], o)(v)}
            for field in (*SCHEMA, "id")
            for operator in ("__eq__", "__lt__", "any")
        },
        "Terms": lambda v: {"facets": Terms(v)},
        "Terms(limit)": lambda v: {"facets": Terms("tag", limit=v)},
        "Stats": lambda v: {"facets": Stats(v)},
        "Distinct": lambda v: {"facets": Distinct(v)},
        "Range": lambda v: {"facets": Range("price", v)},
        "Histogram": lambda v: {"facets": Histogram("day", v)},
        "Histogram(tz)": lambda v: {"facets": Histogram("day", "month", tz=v)},
        "Sort": lambda v: {"sort": Sort(v)},
        "Sort(missing)": lambda v: {"sort": Sort("price", missing=v)},
        "GroupBy": lambda v: {"group_by": GroupBy(v)},
        "GroupBy(hits)": lambda v: {"group_by": GroupBy("tag", hits=v)},
        "Recency": lambda v: {"boost_by": Recency(v)},
        "Static": lambda v: {"boost_by": Static(v)},
        "Ranking": lambda v: {"ranking": Ranking(related=v)},
    }
    of = (
        (f"{name} {value!r}", lambda m=make, v=value: index.search("выборы", **m(v)))  # type: ignore[misc]
        for name, make in made.items()
        for value in VALUES
    )
    assert complaints(of) == {}


def test_schemas_and_indexes(tmp_path: Path, index: Index):
    made: dict[str, Callable[[Any], object]] = {
        "create": lambda v: Index.create(tmp_path / "new", v),
        "in_memory": Index.in_memory,
        "Schema": lambda v: Schema(x=v),
        "from_dict": Schema.from_dict,
        "Plain": lambda v: index.search(Plain(v)),
        "verify": lambda v: searchlib.open(tmp_path, verify=v),
        "auto_refresh": lambda v: searchlib.open(tmp_path, auto_refresh=v),
        **{
            f"Text({name})": lambda v, name=name: Index.in_memory(Schema(a=Text(**{name: v})))
            for name in Text.field_names()
        },
        **{f"Keyword({name})": lambda v, name=name: Keyword(**{name: v}) for name in Keyword.field_names()},
    }
    of = (
        (f"{name} {value!r}", lambda m=make, v=value: m(v))  # type: ignore[misc]
        for name, make in made.items()
        for value in VALUES
    )
    assert complaints(of) == {}


def test_what_is_said():
    with pytest.raises(
        searchlib.errors.SchemaError, match=r"by name, for example Text\(languages=\('ru',\)\)"
    ):
        Text("ru")  # type: ignore[misc]
    index = Index.in_memory(Schema(body=Text()))
    with pytest.raises(TypeError, match="limit is a whole number, 0 or more, or None, got str: '10'"):
        index.search("a", limit="10")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="schema is a Schema, like"):
        Index.in_memory({"body": "text"})  # type: ignore[arg-type]
