"""What `import searchlib` promises: names that are there on purpose, each with its documentation."""

import importlib
import inspect
import os
import re
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import searchlib
from annotations import named_types
from searchlib import errors

SOURCES = Path(searchlib.__file__).parents[1]
MODULES = ["ciff", "errors", "evaluation", "highlight", "query", "types"]

# `open` is public, but `from searchlib import *` must not hide the builtin.
PUBLIC = {*searchlib.__all__, "open", *MODULES}

# What users get from others, as its docstring says, or write as a base: how it is made is nobody's business.
NOT_MADE_BY_USERS = {
    "Hit",
    "Index",
    "IndexWriter",
    "RemoteIndex",
    "RemoteWriter",
    "Results",
    "SegmentWriter",
}


def public_objects() -> dict[str, Any]:
    """Every public class and function, by the name that a user writes."""
    found = {f"searchlib.{name}": getattr(searchlib, name) for name in (*searchlib.__all__, "open")}
    for name in MODULES:
        module = getattr(searchlib, name)
        names = getattr(module, "__all__", None) or [
            name for name, item in vars(module).items() if getattr(item, "__module__", "") == module.__name__
        ]
        found |= {f"{module.__name__}.{inner}": getattr(module, inner) for inner in names}
    return found


def documented() -> Iterator[Any]:
    """Public names, and the public methods and properties of public classes, as (dotted name, object)."""
    for name, item in public_objects().items():
        if not getattr(item, "__module__", "").startswith("searchlib"):
            continue
        yield pytest.param(item, id=name)
        if inspect.isclass(item) and name.count(".") == 1:  # in modules the class says it all
            own = [of for of in item.__mro__ if of.__module__.startswith("searchlib")]
            members = {name: member for of in reversed(own) for name, member in vars(of).items()}
            for attribute, member in members.items():
                if not attribute.startswith("_") and is_documentable(member):
                    yield pytest.param(member, id=f"{name}.{attribute}")


def is_documentable(member: object) -> bool:
    kinds = (types.FunctionType, classmethod, staticmethod, property)
    return isinstance(member, kinds) or type(member).__name__ == "cached_property"


def test_what_is_exported_is_there():
    assert sorted(searchlib.__all__) == searchlib.__all__, "in alphabetical order"
    for name in searchlib.__all__:
        item = getattr(searchlib, name)
        assert getattr(item, "__name__", name) == name and item.__module__.startswith("searchlib.")


def test_dir_shows_what_is_public_and_nothing_else():
    importlib.import_module("searchlib.index")  # an attribute from now on, and no public name
    assert {name for name in dir(searchlib) if not name.startswith("__")} == PUBLIC
    assert {name for name in dir(searchlib.query) if not name.startswith("__")} == {*searchlib.query.__all__}


def test_public_modules_are_there_after_import_searchlib():
    code = f"import searchlib\nfor name in {MODULES}: print(getattr(searchlib, name).__name__)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(SOURCES)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [f"searchlib.{name}" for name in MODULES]


def test_every_type_that_a_public_function_takes_or_returns_is_public():
    public = public_objects()
    reachable = [item for item in public.values() if inspect.isclass(item)]
    hidden = {
        f"{where} names {found.__module__}.{found.__qualname__}"
        for name, item in public.items()
        for where, found in named_types(
            name, item, made_by_users=getattr(item, "__name__", "") not in NOT_MADE_BY_USERS
        )
        if found not in reachable
    }
    assert hidden == set()


# Each line with «wrong» in it is an error for a type checker, and no other line is.
SNIPPET = """
import searchlib
from searchlib import Field, Index, IndexWriter, Indxe  # wrong
from searchlib.query import Nod  # wrong

searchlib.Indxe.creat("x")  # wrong
searchlib.Index.creat("x")  # wrong
searchlib.serach  # wrong
searchlib.query.Wrod("x")  # wrong
searchlib.highlight.Htlm()  # wrong
searchlib.Text(bost=2.0)  # wrong

def write(writer: IndexWriter, fields: dict[str, Field]) -> list[searchlib.Refused]:
    writer.ad({})  # wrong
    return writer.add_many([{"id": "1"}], on_error="skip")

def show(index: Index, node: searchlib.query.Node) -> list[searchlib.Span]:
    hit = index.search(node)[0]
    hit.scroe  # wrong
    fragments: list[searchlib.Fragment] = hit.fragments("body")
    html: searchlib.highlight.Formatter = searchlib.highlight.Html()
    print(hit.highlight("body", html), fragments[0].text, searchlib.errors.QueryError)
    return hit.spans("body")

index: Index = searchlib.open("x")
header: searchlib.ciff.Header = searchlib.export_ciff(index, "y")
walk: searchlib.types.Walk = searchlib.Sources("z").walk
damage: list[searchlib.Damage] = searchlib.check("x").problems
"""


@pytest.mark.unsanitized(reason="says nothing of the core")
def test_a_wrong_name_is_an_error_for_a_type_checker(tmp_path: Path):
    (tmp_path / "snippet.py").write_text(SNIPPET, encoding="utf-8")
    options = ["--strict", "--follow-imports=silent", "--cache-dir=cache", "--no-color-output"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "snippet.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(SOURCES)},
        capture_output=True,
        text=True,
    )
    found = {int(line) for line in re.findall(r"^snippet\.py:(\d+): error", done.stdout, re.MULTILINE)}
    wrong = {number for number, line in enumerate(SNIPPET.splitlines(), 1) if "wrong" in line}
    assert found == wrong, done.stdout + done.stderr


def test_a_star_import_leaves_the_builtins_alone():
    names: dict[str, object] = {}
    exec("from searchlib import *", names)
    assert set(names) - {"__builtins__"} == set(searchlib.__all__)
    assert not set(searchlib.__all__) & set(
        dir(__builtins__) if isinstance(__builtins__, types.ModuleType) else __builtins__
    )
    assert searchlib.open is not open


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Indx'"):
        _ = searchlib.Indx


@pytest.mark.parametrize("item", list(documented()))
def test_public_names_are_documented(item: Any):
    text = inspect.getdoc(item)
    own = item.__doc__ if not isinstance(item, classmethod | staticmethod) else item.__func__.__doc__
    assert text and own, "a docstring of its own"


def test_every_error_is_a_searchlib_error_or_warning():
    raised = [
        item for item in vars(errors).values() if inspect.isclass(item) and item.__module__ == errors.__name__
    ]
    assert raised
    for item in raised:
        assert issubclass(item, errors.SearchlibError | Warning), item


def test_the_version_is_that_of_the_project():
    from importlib.metadata import PackageNotFoundError, version

    try:
        declared = version("searchlib")
    except PackageNotFoundError:  # run from the sources, not installed
        project = (SOURCES.parent / "pyproject.toml").read_text(encoding="utf-8")
        declared = re.findall(r'^version = "(.+)"$', project, re.MULTILINE)[0]
    assert searchlib.__version__ == declared
