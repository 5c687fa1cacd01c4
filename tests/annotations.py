"""Which types a class or a function names in its annotations: what a user has in hand after a call.

They are (where, class) pairs of its parameters and results, its fields, methods and properties, inherited
ones too. Annotations are text, and some of their names are imported for type checkers alone: the imports
under TYPE_CHECKING are made here.
"""

from __future__ import annotations

import ast
import functools
import inspect
import types
import typing
from collections.abc import Iterator
from importlib import import_module
from typing import Any
from uuid import UUID


def named_types(name: str, item: object, *, made_by_users: bool = True) -> Iterator[tuple[str, type]]:
    """Each class of searchlib in the annotations of `item`; made_by_users: whether `__init__` counts."""
    for where, annotation, module in _annotations(name, item, made_by_users):
        for found in _classes(annotation, _namespace(module)):
            if found.__module__.partition(".")[0] == "searchlib":
                yield where, found


def functions_of(member: object) -> list[types.FunctionType]:
    """The functions behind a function, a method of any kind, or a property."""
    if isinstance(member, (classmethod, staticmethod, types.MethodType)):
        return [member.__func__]
    if isinstance(member, property):
        return [function for function in (member.fget, member.fset) if function]
    if type(member).__name__ == "cached_property":
        return [vars(member).get("_function") or member.func]
    return [member] if isinstance(member, types.FunctionType) else []


def _annotations(name: str, item: object, made_by_users: bool) -> Iterator[tuple[str, Any, str]]:
    if not inspect.isclass(item):
        for function in functions_of(item):
            for annotation in function.__annotations__.values():
                yield name, annotation, function.__module__
        return
    for owner in item.__mro__:
        if owner.__module__.partition(".")[0] != "searchlib":
            continue
        for attribute, annotation in inspect.get_annotations(owner).items():
            if not attribute.startswith("_"):
                yield f"{name}.{attribute}", annotation, owner.__module__
        for attribute, member in vars(owner).items():
            is_private = attribute.startswith("_") and not attribute.startswith("__")
            if is_private or (attribute == "__init__" and not made_by_users):
                continue
            for function in functions_of(member):
                if (function.__module__ or "").partition(".")[0] == "searchlib":
                    for annotation in function.__annotations__.values():
                        yield f"{name}.{attribute}", annotation, function.__module__


def _classes(annotation: Any, names: dict[str, Any]) -> Iterator[type]:
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        # A reference in an alias is of the alias's module, which nobody says: that of ids names UUID.
        yield from _classes(eval(annotation, {"UUID": UUID, **vars(typing), **names}), names)
    elif isinstance(annotation, list):  # the parameters of a Callable
        for part in annotation:
            yield from _classes(part, names)
    elif typing.get_args(annotation):
        if typing.get_origin(annotation) is not typing.Literal:
            yield from _classes(typing.get_origin(annotation), names)
            for part in typing.get_args(annotation):
                yield from _classes(part, names)
    elif inspect.isclass(annotation):
        yield annotation
    elif annotation not in (None, ...) and type(annotation).__module__ != "typing":
        raise TypeError(f"{annotation!r} in an annotation is no type")


@functools.cache
def _namespace(module_name: str) -> dict[str, Any]:
    """A module's names, those that it imports under TYPE_CHECKING among them."""
    module = import_module(module_name)
    names: dict[str, Any] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            continue
        for statement in node.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "typing_extensions":
                names |= {alias.name: Any for alias in statement.names}  # need not be installed
                continue
            place = {**names, "__name__": module_name, "__package__": module.__spec__.parent}  # type: ignore[union-attr]
            exec(compile(ast.Module([statement], []), module_name, "exec"), place)
            names |= place
    names = {**names, **vars(module)}
    return {name: _of_alias(name, value, module_name, names) for name, value in names.items()}


def _of_alias(name: str, value: Any, module_name: str, names: dict[str, Any]) -> Any:
    """What an alias that is written as a string stands for; its module has it, or has it from another one."""
    if not isinstance(value, str) or name.startswith("__"):
        return value
    for node in ast.walk(ast.parse(inspect.getsource(import_module(module_name)))):
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name:
            is_alias = ast.unparse(node.annotation) == "TypeAlias"
            return eval(value, {"UUID": UUID, **names}) if is_alias else value
        if isinstance(node, ast.ImportFrom) and any(found.name == name for found in node.names):
            origin = import_module(
                "." * node.level + (node.module or ""), import_module(module_name).__spec__.parent
            )
            return _namespace(origin.__name__).get(name, value)
    return value
