"""String → query tree: a query is read into frozen nodes, by a schema. No I/O and no analysis here."""

from ..lean import TYPE_CHECKING, import_module

if TYPE_CHECKING:
    from .limits import Limits
    from .nodes import (
        And,
        Clauses,
        Empty,
        Everything,
        Fuzzy,
        Node,
        Not,
        Or,
        Phrase,
        Prefix,
        Range,
        Variant,
        Variants,
        Wildcard,
        Word,
    )
    from .parser import parse

# Loaded when one is first asked for: queries that are plain words need neither the parser nor its nodes.
_NODES = """
    And Clauses Empty Everything Fuzzy Node Not Or Phrase Prefix Range Variant Variants Wildcard Word
"""
_MODULES = {"Limits": "limits", "parse": "parser", **dict.fromkeys(_NODES.split(), "nodes")}


if not TYPE_CHECKING:  # a type checker that saw it would take any name for one that is there

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
        return value


__all__ = [
    "And",
    "Clauses",
    "Empty",
    "Everything",
    "Fuzzy",
    "Limits",
    "Node",
    "Not",
    "Or",
    "Phrase",
    "Prefix",
    "Range",
    "Variant",
    "Variants",
    "Wildcard",
    "Word",
    "parse",
]


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
