"""Records beside dataclasses: the same constructor, equality, hash and repr."""

import copy
import inspect
import pickle
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

import searchlib
from searchlib.records import Record


class Base(Record, kw_only=True, uncompared=("start",)):
    boost: float = 1.0
    start: int = 0


class Point(Base):
    kind: ClassVar[str] = "point"
    x: int
    y: int = 2


class Other(Base):
    x: int
    y: int = 2


class Positive(Record):
    value: int

    def __post_init__(self) -> None:
        if self.value <= 0:
            raise ValueError("above 0")
        vars(self)["value"] = int(self.value)


@dataclass(frozen=True)
class Twin:
    x: int
    y: int = 2


class Plain(Record):
    x: int
    y: int = 2


@dataclass(frozen=True)
class TwinOfAll:
    value: Any


class Anything(Record):
    value: Any


@pytest.mark.parametrize(("values", "named"), [((1,), {}), ((1, 3), {}), ((), {"x": 5}), ((1,), {"y": 7})])
def test_values_are_taken_as_a_dataclass_takes_them(values: tuple[int, ...], named: dict[str, int]) -> None:
    plain, twin = Plain(*values, **named), Twin(*values, **named)
    assert vars(plain) == vars(twin)
    assert repr(plain) == repr(twin).replace("Twin", "Plain")
    assert str(inspect.signature(Plain)).partition(" ->")[0].replace(": 'int'", "") == "(x, y=2)"


@pytest.mark.parametrize(
    ("values", "named", "message"),
    [
        ((), {}, "missing: x"),
        ((1,), {"z": 1}, "unknown: z"),
        ((1,), {"x": 1}, "two values for x"),
        ((1, 2, 3), {}, "got 3"),
    ],
)
def test_wrong_values_are_refused(values: tuple[int, ...], named: dict[str, int], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        Plain(*values, **named)


def test_fields_of_a_base_are_given_by_name() -> None:
    assert repr(Point(1, boost=2.0)) == "Point(x=1, y=2, boost=2.0, start=0)"
    assert Point.field_names() == ("x", "y", "boost", "start")
    assert str(inspect.signature(Point)) == "(x, y=2, *, boost=1.0, start=0)"


def test_equality_is_of_one_class_and_of_the_compared_fields() -> None:
    assert Point(1, start=5) == Point(1) and hash(Point(1, start=5)) == hash(Point(1))
    assert Point(1) != Point(1, boost=2.0)
    assert Point(1) != Other(1)
    assert Point(1) != (1, 2)


def test_records_are_frozen_copied_and_replaced() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="frozen"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del point.x
    assert point.replace(x=2) == Point(2) and point == Point(1)
    assert copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point


def test_values_are_checked_whenever_one_is_made() -> None:
    assert Positive(3).value == 3
    with pytest.raises(ValueError, match="above 0"):
        Positive(3).replace(value=0)


@pytest.mark.parametrize(
    "values",
    [1, "text", None, (), (1, 2), ([1], (2,)), {"a": 1}, [{"a": (1,)}]],
)
def test_plain_data_is_what_a_dataclass_gives(values: object) -> None:
    assert Anything(values).as_dict() == asdict(TwinOfAll(values))
    assert Anything((Anything(values), [Plain(1)])).as_dict() == asdict(
        TwinOfAll((TwinOfAll(values), [Twin(1)]))
    )
    assert type(Anything((1,)).as_dict()["value"]) is tuple


def test_frozen_values_are_records() -> None:
    """One style of value, as CONTRIBUTING.md says: dataclasses are for what is filled step by step."""
    root = Path(searchlib.__file__).parent
    frozen = [
        path.name
        for path in root.rglob("*.py")
        if "dataclass(frozen=True" in path.read_text(encoding="utf-8")
    ]
    assert frozen == ["records.py"], "in its docstring"
