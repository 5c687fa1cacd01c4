"""Parts of the standard library, in small: each does what the original does, compared on drawn input."""

from __future__ import annotations

import copy
import functools
import json
import math
import pickle
import re
import typing
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib import lean
from searchlib.highlight.formatters import one_line, printable
from searchlib.schema import _is_name


class Place(lean.NamedTuple):
    """A place."""

    name: str
    size: int = 7
    tags: tuple[str, ...] = ()

    def label(self) -> str:
        return f"{self.name}:{self.size}"


class Twin(typing.NamedTuple):
    """A place."""

    name: str
    size: int = 7
    tags: tuple[str, ...] = ()

    def label(self) -> str:
        return f"{self.name}:{self.size}"


class PlaceWithMore(Place):
    """A subclass: its annotations are no fields."""

    note: str = "none"

    def label(self) -> str:
        return f"{super().label()}, {self.note}"


class TwinWithMore(Twin):
    """A subclass: its annotations are no fields."""

    note: str = "none"

    def label(self) -> str:
        return f"{super().label()}, {self.note}"


def outcome(call: Callable[[], Any]) -> Any:
    """What a call gives, apart from the class's name; of an error its type."""
    try:
        given = call()
    except Exception as error:
        return type(error)
    return repr(given).replace("Twin", "Place")


CALLS = [
    ((), {}),
    (("a",), {}),
    (("a", 1), {}),
    (("a", 1, ("x",)), {}),
    (("a", 1, ("x",), 4), {}),
    ((), {"name": "a"}),
    ((), {"size": 1}),
    ((), {"name": "a", "size": 2}),
    ((), {"tags": ("x",), "name": "a"}),
    ((), {"name": "a", "size": 2, "tags": ()}),
    (("a",), {"name": "b"}),
    (("a",), {"size": 3}),
    (("a",), {"tags": ("y",)}),
    (("a", 1), {"tags": ("y",)}),
    (("a", 1), {"size": 2}),
    (("a", 1, ()), {"tags": ()}),
    (("a",), {"sise": 3}),
    ((), {"name": "a", "more": 1}),
    (("a", 1, (), 5, 6), {"name": "b"}),
    ((None,), {}),
]
OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "repr": repr,
    "tuple": tuple,
    "length": len,
    "fields": lambda one: (one.name, one.size, one.tags),
    "method": lambda one: one.label(),
    "as dict": lambda one: one._asdict(),
    "replaced": lambda one: one._replace(size=9),
    "replaced by nothing": lambda one: one._replace(),
    "replaced all": lambda one: one._replace(name="z", size=0, tags=("q",)),
    "made": lambda one: one._make(["m", 2, ()]),
    "made of too few": lambda one: one._make([]),
    "made of too few, the others have defaults": lambda one: one._make(["m"]),
    "made of too many": lambda one: one._make(["m", 2, (), 4]),
    "equal to a tuple": lambda one: one == ("a", 1, ()),
    "hash": lambda one: hash(one) == hash(tuple(one)),
    "smaller": lambda one: one < ("b",),
    "slice": lambda one: one[1:],
    "copied": copy.copy,
    "copied deeply": copy.deepcopy,
    "pickled": lambda one: pickle.loads(pickle.dumps(one)),
    "sum": lambda one: (*one, 1),
    "names": lambda one: (type(one)._fields, type(one)._field_defaults, type(one).__match_args__),
    "text": lambda one: type(one).__doc__,
    "no other name": lambda one: one.other,
    "no new name": lambda one: setattr(one, "other", 1),
    "not changed": lambda one: setattr(one, "name", "b"),
    "no dictionary": lambda one: one.__dict__,
    "json": json.dumps,
}


@pytest.mark.parametrize(("values", "named"), CALLS, ids=str)
def test_a_tuple_is_made_as_typing_makes_it(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    assert outcome(lambda: Place(*values, **named)) == outcome(lambda: Twin(*values, **named))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_tuple_does_what_typings_does(operation: str) -> None:
    does = OPERATIONS[operation]
    assert outcome(lambda: does(Place("a", 1, ()))) == outcome(lambda: does(Twin("a", 1, ())))


@pytest.mark.parametrize(("values", "named"), CALLS, ids=str)
def test_a_subclass_has_the_fields_of_its_tuple(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    assert outcome(lambda: PlaceWithMore(*values, **named)) == outcome(lambda: TwinWithMore(*values, **named))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_subclass_does_what_typings_does(operation: str) -> None:
    does = OPERATIONS[operation]
    assert outcome(lambda: does(PlaceWithMore("a", 1, ()))) == outcome(lambda: does(TwinWithMore("a", 1, ())))


def test_a_tuple_is_taken_apart_by_match() -> None:
    match Place("a", 3):
        case Place(name, size, tags=()):
            assert (name, size) == ("a", 3)
        case _:
            raise AssertionError("it is a Place")


@pytest.mark.skipif(not hasattr(copy, "replace"), reason="since Python 3.13")
def test_a_tuple_is_replaced_by_copy() -> None:
    assert copy.replace(Place("a"), size=3) == ("a", 3, ())  # type: ignore[attr-defined,unused-ignore]


def test_an_error_says_what_was_expected() -> None:
    with pytest.raises(TypeError, match=r"Place has the fields name, size, tags; got 0 values and sise"):
        Place(sise=1)  # type: ignore[call-arg]
    with pytest.raises(
        TypeError, match=r"got 0 values and name, size, tags, sise"
    ):  # typing: only since 3.13
        Place("a")._replace(sise=1)


# ---- json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
TEXTS = [
    "",
    " ",
    "{",
    "}",
    "[1,]",
    "[1 2]",
    "nul",
    "null",
    " null\n",
    "1 2",
    '"a',
    '"\n"',
    "{1:2}",
    "NaN",
    "[NaN]",
]
TEXTS += [
    "-Infinity",
    "[1e999]",
    "1" * 400,
    "[" * 50,
    '{"a":1,"a":2}',
    '"\\ud800"',
    '"\\q"',
    "\ufeff{}",
    "\v1",
    "[]]",
]
TEXTS += [
    '"я"',
    "[true, false]",
    "tru",
    "-",
    "-0",
    "01",
    "1.",
    ".5",
    "1e5",
    '{"a"}',
    '{"a":}',
    "{,}",
    "[,]",
    "\x00",
]


@given(value=VALUES, ascii_alone=st.booleans(), sort=st.booleans())
def test_json_is_written_as_json_writes_it(value: Any, ascii_alone: bool, sort: bool) -> None:
    written = lean.dumps(value, ensure_ascii=ascii_alone, sort_keys=sort)
    assert written == json.dumps(value, ensure_ascii=ascii_alone, sort_keys=sort)
    assert repr(lean.loads(written)) == repr(json.loads(written))


def read(loads: Callable[[Any], Any], text: str | bytes) -> Any:
    try:
        return repr(loads(text))
    except (ValueError, RecursionError) as error:
        return type(error), str(error)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_json_is_read_and_refused_as_json_does(text: str) -> None:
    assert read(lean.loads, text) == read(json.loads, text)


@given(text=st.text('[]{}",:0123456789.eE+-\\ntfrue \t\n"a', max_size=12))
def test_any_text_is_read_and_refused_as_json_does(text: str) -> None:
    assert read(lean.loads, text) == read(json.loads, text)
    assert read(lean.loads, text.encode()) == read(json.loads, text)


def test_a_deep_text_is_an_error_and_no_crash() -> None:
    with pytest.raises(RecursionError):
        lean.loads("[" * 100_000)


def test_other_values_are_asked_for_or_refused() -> None:
    assert lean.dumps({"a": {1, 2}}, default=sorted) == '{"a": [1, 2]}'
    with pytest.raises(TypeError, match="no JSON for set"):
        lean.dumps({"a": {1, 2}})


# ---- functools and others


def test_a_cache_is_functools_own() -> None:
    calls = []

    @lean.lru_cache(maxsize=2)
    def doubled(number: int) -> int:
        """Twice."""
        calls.append(number)
        return 2 * number

    assert [doubled(number) for number in (1, 2, 1, 3, 2, 2)] == [2, 4, 2, 6, 4, 4]
    assert calls == [1, 2, 3, 2]
    assert (doubled.__name__, doubled.__doc__, doubled.__module__) == ("doubled", "Twice.", __name__)
    doubled.cache_clear()
    assert doubled(1) == 2 and calls[-1] == 1 and isinstance(doubled, type(functools.lru_cache(doubled)))


def test_a_module_is_loaded_by_its_relative_name() -> None:
    assert lean.import_module(".highlight.matches", "searchlib").__name__ == "searchlib.highlight.matches"
    with pytest.raises(ModuleNotFoundError, match=r"searchlib\.nowhere"):
        lean.import_module(".nowhere", "searchlib")


def test_a_warning_is_that_of_its_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(lean, "before_warnings", [lambda: told.append("before")])
    with pytest.warns(UserWarning, match="twice") as caught:
        lean.warn("twice", UserWarning)
        warnings.warn("twice", UserWarning, stacklevel=1)
    assert told == ["before"]
    ours, theirs = caught
    assert (ours.filename, ours.lineno + 1) == (theirs.filename, theirs.lineno)


# ---- what was a regular expression

ODD = "aя0٣²_ \t\n\r\v\f\x1c\x85\xa0\u2003\u2028\u3000\x00-·ª①Ⅷ"


@given(text=st.text(ODD, max_size=8) | st.text(max_size=8))
def test_runs_of_spaces_become_one(text: str) -> None:
    assert one_line(text) == re.sub(r"\s+", " ", printable(text))


@given(name=st.text(ODD, min_size=1, max_size=6) | st.text(min_size=1, max_size=4))
def test_a_fields_name_is_a_word(name: str) -> None:
    assert _is_name(name) == (re.match(r"[^\W\d]\w*\Z", name) is not None)


def test_no_name_is_empty() -> None:
    assert not _is_name("")


@pytest.mark.parametrize("weight", [0, 0.5, -0.1, math.inf, -math.inf, math.nan, "1", True])
def test_a_weight_is_a_finite_number(weight: Any) -> None:
    from searchlib import Ranking

    is_one = isinstance(weight, (int, float)) and math.isfinite(weight) and weight >= 0
    if is_one:
        assert Ranking(exact=weight).exact == weight
    else:
        with pytest.raises(ValueError, match="exact is a number from 0 on"):
            Ranking(exact=weight)
