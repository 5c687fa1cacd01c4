"""The hand-written stub against the native module: the same names, and signatures that agree.

mypy's stubtest, which `make lint` runs, cannot look into nanobind's functions; nanobind tells their
signatures itself.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchlib
from searchlib import _core

STUB = ast.parse((Path(searchlib.__file__).parent / "_core.pyi").read_text(encoding="utf-8"))

Parameter = tuple[str, str, bool]  # kind, name ("" if it cannot be named by a caller), has a default


def parameters(function: ast.FunctionDef, skip_self: bool) -> list[Parameter]:
    """The parameters that a caller gives."""
    given = function.args
    positional = [("positional", "", argument) for argument in given.posonlyargs]
    positional += [("any", argument.arg, argument) for argument in given.args]
    defaults = [False] * (len(positional) - len(given.defaults)) + [True] * len(given.defaults)
    found = [(kind, name, default) for (kind, name, _), default in zip(positional, defaults, strict=True)]
    keywords = [
        ("keyword", argument.arg, default is not None)
        for argument, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    return found[1 if skip_self else 0 :] + keywords


def native_parameters(function: object, skip_self: bool) -> list[list[Parameter]]:
    """The same of every overload, from what nanobind tells."""
    found = []
    for text, *_ in function.__nb_signature__:
        definition = ast.parse(re.sub(r"\\\d+", "None", text) + ": ...").body[0]
        assert isinstance(definition, ast.FunctionDef)
        found.append(parameters(definition, skip_self))
    return found


def stub_functions() -> Iterator[tuple[str, list[ast.FunctionDef]]]:
    """Every function and method of the stub by its dotted name, with its overloads."""
    groups: dict[str, list[ast.FunctionDef]] = {}
    for node in STUB.body:
        if isinstance(node, ast.FunctionDef):
            groups.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    groups.setdefault(f"{node.name}.{method.name}", []).append(method)
    yield from groups.items()


def decorators(function: ast.FunctionDef) -> set[str]:
    return {decorator.id for decorator in function.decorator_list if isinstance(decorator, ast.Name)}


def names(body: list[ast.stmt]) -> set[str]:
    """What a stub or one of its classes defines."""
    found = {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return found | {node.target.id for node in body if isinstance(node, ast.AnnAssign)}


def is_public(name: str) -> bool:
    return not name.startswith("_")


def test_the_stub_has_every_name_of_the_module():
    assert {name for name in vars(_core) if is_public(name)} == set(filter(is_public, names(STUB.body)))


def test_the_stub_has_every_name_of_the_classes():
    for node in STUB.body:
        if isinstance(node, ast.ClassDef) and is_public(node.name):
            native = set(filter(is_public, vars(getattr(_core, node.name))))
            assert native == set(filter(is_public, names(node.body))), node.name


@pytest.mark.parametrize(
    ("name", "overloads"), [pytest.param(*pair, id=pair[0]) for pair in stub_functions()]
)
def test_signatures_agree(name: str, overloads: list[ast.FunctionDef]):
    owner, _, attribute = name.rpartition(".")
    native = vars(getattr(_core, owner) if owner else _core)[attribute]
    if "property" in decorators(overloads[0]):
        assert isinstance(native, property)
        return
    is_method = bool(owner) and "staticmethod" not in decorators(overloads[0])
    expected = [parameters(overload, is_method) for overload in overloads]
    assert native_parameters(native, is_method) == expected


def test_every_name_is_explained():
    silent = {"__len__", "__contains__", "__init__"}
    for name, overloads in stub_functions():
        if name.rpartition(".")[2] not in silent:
            assert ast.get_docstring(overloads[0]), name
