"""What users are told of a field that would be of another kind than text, but for some of its values."""

from __future__ import annotations


def mixture(name: str, kind: str, num: int, num_others: int, example: str) -> str:
    """kind: what `num` of the values are, in the plural. example: one of the others, or ""."""
    values = "1 value is" if num_others == 1 else f"{num_others:,} values are"
    like = f", such as {_shown(example)}" if example else ""
    return f"{values} none of the {num:,} {kind} of the field {name!r}{like}: it is read as text"


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
