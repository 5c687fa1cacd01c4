"""The query language, written: text that parses back to the strings it was made of.

It stands apart from the nodes so that what has to be escaped is in one place, with its reason. Nodes are not
known here.
"""

from __future__ import annotations

from ..lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, TypeAlias

Binary: TypeAlias = "Literal['ANDMAYBE', 'ANDNOT', 'OR', 'AND']"
"""Those that stand between operands, the loosest first."""

Operator: TypeAlias = "Literal[Binary, 'NOT']"
"""The words that are operators when written in capitals, alone. NOT binds tightest."""

BINARY: tuple[Binary, ...] = ("ANDMAYBE", "ANDNOT", "OR", "AND")
OPERATORS: tuple[Operator, ...] = (*BINARY, "NOT")

SPECIAL = '\\"()[]{}:^~*?+-<>='
"""What is syntax somewhere, and written with a backslash where it is none."""

OPENING, CLOSING = "«“„‘'", ".,;:!?…»”’'"
"""Punctuation that clings to a pattern in a sentence: «лес*», лес*, and "is it лес*?" are all the prefix лес.

What a pattern asks for at its ends is therefore written with a backslash.
"""

ESCAPABLE = SPECIAL + OPENING + CLOSING + "/"
"""All that a backslash makes plain. Before any other character it is itself: C:\\news."""

# Nothing in such a word can be read as syntax: re-established, U.S., д'Артаньян, 3,14.
_SAFE = r"\w[\w.,;/'’&@#%!-]*\Z"
_ESCAPED = str.maketrans({character: "\\" + character for character in SPECIAL})
_WILD = frozenset("*?")
_IN_QUOTES = str.maketrans({'"': '\\"', "\\": "\\\\"})
_BARE_END = r"[\w.,:/+-]+\Z"


def word(text: str, has_field: bool = False) -> str:
    if text in OPERATORS:
        # `title:AND` cannot be an operator, a lone AND could.
        return text if has_field else "\\" + text
    return escape(text, has_field)


def escape(text: str, has_field: bool = False) -> str:
    import re  # few queries are written

    if re.match(_SAFE, text):
        return text
    written = text.translate(_ESCAPED)
    # Behind a field a backslash keeps a value with spaces together; elsewhere they divide words.
    return re.sub(r"(\s)(?!\Z)", r"\\\1", written) if has_field else written


def prefix(text: str, has_field: bool = False) -> str:
    """What a prefix's star or a fuzzy word's tilde follows."""
    return ("\\" if text[:1] and text[0] in OPENING else "") + escape(text, has_field)


def pattern(text: str, has_field: bool = False) -> str:
    # Its characters are wildcards or plain ones; a backslash in it makes *, ? and itself plain.
    parts = parts_of_pattern(text)
    last = len(parts) - 1
    while last > 0 and parts[last] == "?":
        last -= 1
    if parts and parts[0] in OPENING:
        parts[0] = "\\" + parts[0]
    if parts and parts[last] in CLOSING and parts[last] != "?":
        parts[last] = "\\" + parts[last]
    if has_field:  # see escape()
        parts = [f"\\{part}" if part.isspace() else part for part in parts]
    written = "".join(part if len(part) > 1 or part in "*?" else part.translate(_ESCAPED) for part in parts)
    # What would be read as a prefix, as a word with a question mark, or, without a letter, as nothing (*.*)
    # says that it is a pattern.
    inner = parts[: last + 1]
    is_prefix = parts[-1:] == ["*"] and not _WILD.intersection(parts[:-1])
    is_question = parts[-1:] == ["?"] and not has_field and not _WILD.intersection(inner)
    is_nothing = not any(part[-1].isalnum() for part in parts)
    return f"{written}~0" if is_prefix or is_question or is_nothing else written


def parts_of_pattern(text: str) -> list[str]:
    """Its characters: wildcards, plain ones, and plain ones behind a backslash."""
    import re

    return re.findall(r"\\[*?\\]|.", text, re.DOTALL)


def phrase(text: str, slop: int = 0) -> str:
    quoted = f'"{text.translate(_IN_QUOTES)}"'
    return f"{quoted}~{slop}" if slop else quoted


def side_by_side(operands: Sequence[str]) -> str:
    """Operands with nothing between them. One space would join the digits of «1» and «000», two do not."""
    text = ""
    for operand in operands:
        joins = text[-1:].isdecimal() and operand[:3].isdecimal()
        text += f"{' ' if text else ''}{' ' if joins else ''}{operand}"
    return text


def span(low: str | None, high: str | None, includes_low: bool, includes_high: bool) -> str:
    opening, closing = "[{"[not includes_low], "]}"[not includes_high]
    return f"{opening}{_end(low)} TO {_end(high)}{closing}"


def in_field(field: str | None, text: str) -> str:
    if field is None:
        return text
    # `title://a` is an address and no field's.
    return f"{field}:\\{text}" if text.startswith("//") else f"{field}:{text}"


def boosted(text: str, boost: float, is_group: bool) -> str:
    if boost == 1.0:
        return text
    from decimal import Decimal  # slow to import, and few queries are written with a boost

    # repr gives the shortest digits that read back as the same float; Decimal writes
    # them without an exponent.
    return f"{f'({text})' if is_group else text}^{format(Decimal(repr(boost)), 'f').removesuffix('.0')}"


def _end(value: str | None) -> str:
    if value is None:
        return "*"
    import re

    return value if re.match(_BARE_END, value) and value != "TO" else phrase(value)
