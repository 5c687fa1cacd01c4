"""What `import searchlib` promises: names that are there on purpose, each with its documentation."""

import inspect
import types
from collections.abc import Iterator
from typing import Any

import pytest

import searchlib
from searchlib import errors

NOT_EXPORTED = {
    "open",  # public, but `from searchlib import *` must not hide the builtin
    "errors",  # public as a module
}


def documented() -> Iterator[Any]:
    """Public names, and the public methods and properties of public classes, as (dotted name, object)."""
    exceptions = {name: getattr(errors, name) for name in vars(errors) if not name.startswith("_")}
    for name, item in {
        **{name: getattr(searchlib, name) for name in searchlib.__all__},
        **exceptions,
    }.items():
        if not getattr(item, "__module__", "").startswith("searchlib"):
            continue
        yield pytest.param(item, id=name)
        if inspect.isclass(item):
            for attribute, member in vars(item).items():
                if not attribute.startswith("_") and is_documentable(member):
                    yield pytest.param(member, id=f"{name}.{attribute}")


def is_documentable(member: object) -> bool:
    kinds = (types.FunctionType, classmethod, staticmethod, property)
    return isinstance(member, kinds) or type(member).__name__ == "cached_property"


def test_what_is_exported_is_there():
    assert sorted(searchlib.__all__) == searchlib.__all__, "in alphabetical order"
    for name in searchlib.__all__:
        assert getattr(searchlib, name) is not None


def test_what_is_there_is_exported():
    inner = {name for name, value in vars(searchlib).items() if isinstance(value, types.ModuleType)}
    typing_names = {"TYPE_CHECKING", "Any"}
    public = {name for name in vars(searchlib) if not name.startswith("_")}
    assert public - inner - typing_names - NOT_EXPORTED <= set(searchlib.__all__)


def test_dir_shows_every_public_name():
    assert set(searchlib.__all__) | {"open"} <= set(dir(searchlib))


def test_a_star_import_leaves_the_builtins_alone():
    names: dict[str, object] = {}
    exec("from searchlib import *", names)
    assert set(names) - {"__builtins__"} == set(searchlib.__all__)
    assert not set(searchlib.__all__) & set(
        dir(__builtins__) if isinstance(__builtins__, types.ModuleType) else __builtins__
    )
    assert searchlib.open.__func__ is searchlib.Index.open.__func__


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
        installed = version("searchlib")
    except PackageNotFoundError:
        pytest.skip("run from the sources, not installed")
    assert searchlib.__version__ == installed
