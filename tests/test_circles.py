"""The modules import each other in one direction: what reads a module needs to know only those below it.

The imports are read from the source: those in functions count, and those for type checkers alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import searchlib

ROOT = Path(searchlib.__file__).parent


def modules(root: Path) -> dict[str, Path]:
    """The files of a package by their dotted names; a stub stands for a module that is compiled."""
    found = {}
    for path in sorted(root.rglob("*.py*")):
        if path.suffix in (".py", ".pyi"):
            parts = (root.name, *path.relative_to(root).with_suffix("").parts)
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(name: str, path: Path, known: Mapping[str, Path]) -> set[str]:
    """The modules of the package that one names, wherever in its text."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            package = name.split(".") if path.stem == "__init__" else name.split(".")[:-1]
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in known else base)
    return found & known.keys() - {name}


def circles(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The groups of modules of which each leads to each other (Tarjan's components)."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []

    def visit(name: str) -> Iterator[list[str]]:
        numbers[name] = lowest[name] = len(numbers)
        path.append(name)
        for other in sorted(graph[name]):
            if other not in numbers:
                yield from visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in path:
                lowest[name] = min(lowest[name], numbers[other])
        if lowest[name] == numbers[name]:
            group = path[path.index(name) :]
            del path[-len(group) :]
            if len(group) > 1:
                yield sorted(group)

    for name in graph:
        if name not in numbers:
            yield from visit(name)


def test_no_modules_import_each_other() -> None:
    known = modules(ROOT)
    graph = {name: imports(name, path, known) for name, path in known.items()}
    assert len(graph["searchlib.index"]) > 10, "it reads the imports"
    assert list(circles(graph)) == []


def test_a_circle_is_found_however_it_is_imported(tmp_path: Path) -> None:
    root = tmp_path / "package"
    files = {
        "__init__.py": "",
        "a.py": "from . import b",
        "b.py": "def later():\n    from .inner.c import name",
        "inner/__init__.py": "from ..d import name",
        "inner/c.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ..a import name",
        "d.py": "import package.e, os",
        "e.py": "from package import d",
        "f.py": "from . import a, d",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True, parents=True)
        (root / name).write_text(text)
    known = modules(root)
    graph = {name: imports(name, path, known) for name, path in known.items()}
    expected = [["package.a", "package.b", "package.inner.c"], ["package.d", "package.e"]]
    assert sorted(circles(graph)) == expected


def test_the_drawing_has_the_order_of_the_rule() -> None:
    """ARCHITECTURE.md lists the stages from below; .importlinter has them from above."""
    project = Path(__file__).parents[1]
    rule = (project / ".importlinter").read_text(encoding="utf-8")
    layers = rule.partition("layers =\n")[2].partition("#")[0].split("\n")
    floors = [set(layer.replace("|", " ").split()) for layer in reversed(layers) if layer.strip()]
    drawn = [
        line.split()[0].removesuffix(".py").removesuffix("/")
        for line in (project / "ARCHITECTURE.md").read_text(encoding="utf-8").split("\n\n")[2].split("\n")
    ]
    assert drawn.pop() == "core"
    assert len(drawn) == sum(map(len, floors))
    for floor in floors:
        beside, drawn = drawn[: len(floor)], drawn[len(floor) :]
        assert set(beside) == floor


def test_the_binding_alone_includes_nanobind() -> None:
    core = Path(__file__).parents[1] / "src" / "searchlib" / "core"
    including = {
        path.relative_to(core).as_posix()
        for path in core.rglob("*.?pp")
        if "#include <nanobind" in path.read_text(encoding="utf-8")
    }
    assert "bind.hpp" in including
    assert {name for name in including if not name.startswith("bind")} == {"python_sink.hpp"}
