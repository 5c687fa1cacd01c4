"""Which types of text are read by their columns and signs, not by their sentences: code, data, logs."""

from __future__ import annotations

_NAMES = """
asm awk bash bat c cc clj cmake conf cpp cs css csv cu cxx d dart diff el erl ex f90 fish fs go gradle h hpp
hs ini java jl js json jsonl jsx kt less lisp log lua m mk ml mm nim pas patch php pl proto ps1 py pyi r rb
rs sass scala scm scss sh sql sv swift tcl tf toml ts tsv tsx v vb vhd vim vue yaml yml zig zsh
"""
_CODE = frozenset(_NAMES.split())


def is_code(kind: str) -> bool:
    """Whether its signs want one width. kind: a file's extension."""
    return kind.lower().lstrip(".") in _CODE
