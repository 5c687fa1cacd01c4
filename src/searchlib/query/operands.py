"""One run of characters → what it asks for: a word, prefix, wildcard, fuzzy word, range or everything.

A run is read as typed, without its field's name and its sign; there is no node if nothing in it can be
searched for («—», «:-)»). The field is only a string that is handed on.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypeVar

from . import grouped
from .nodes import Base, Everything, Fuzzy, Node, Phrase, Prefix, Range, Wildcard, Word
from .writing import CLOSING, ESCAPABLE, OPENING, OPERATORS

MAX_BOOST = 1e6
MAX_SLOP = 1_000_000
MAX_DISTANCE = 2

# Compiled where they are used, and kept by re: most queries are plain words and need none of them.
_ESCAPE = rf"\\([{re.escape(ESCAPABLE)}\s])"
_WORDLY = r"[^\W_]"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_BOOST = rf"\^({_NUMBER})\Z"
_BOOST_HERE = rf"\^({_NUMBER})"
_SLOP_HERE = r"~([0-9]{1,9})"
_FUZZY = r"~([0-9]?)\Z"
# Stands for an escaped character where only the shape of a run matters; it is neither a letter nor special.
_NEUTRAL = "\0"

# All repetitions are bounded, so that a failing match costs the same however long the query is.
_END = r'(?:"(?:[^"\\]|\\.){0,200}"|[^\s\[\]{}()"]{1,200})'


def _range_of(end: str) -> str:
    return (
        rf"(?s)(?P<open>[\[{{])\s{{0,9}}(?:(?P<low>{end})\s{{1,9}})?TO"
        rf"(?:\s{{1,9}}(?P<high>{end}))?\s{{0,9}}(?P<close>[\]}}]|\Z)"
    )


def _comparison_of(number: str) -> str:
    return (
        r"(?s)(?P<sign>[<>](?:\s{0,3}=)?)\s{0,9}"
        rf'(?P<value>"(?:[^"\\]|\\.){{0,200}}"|{number}[^\s()\[\]{{}}"^]{{1,200}})'
    )


# Without numbers that have spaces inside, and with them.
_RANGES = (_range_of(_END), _range_of(rf"(?:{grouped.VALUE}|{_END})"))
_COMPARISONS = (_comparison_of(""), _comparison_of(f"{grouped.VALUE}|"))
_DIVIDED_SIGN = r"[<>]\s{1,3}="
BOUNDARY = rf"(?:\^(?:{_NUMBER}))?(?:[\s()]|\Z)"

_NodeT = TypeVar("_NodeT", bound=Base)


def is_searchable(text: str) -> bool:
    """Whether there is a letter, a digit or a pictogram in the text: what may ever be found."""
    if re.search(_WORDLY, text):
        return True
    return not text.isascii() and any(unicodedata.category(character) == "So" for character in text)


def word(raw: str, start: int, field: str | None) -> Node | None:
    """The node that a run asks for, or None."""
    if raw.isalnum():  # most words of most queries
        return Word(raw, field, start=start, end=start + len(raw))
    if "*" not in raw and not is_searchable(raw):
        return None
    literal, shape = _unescape(raw)
    if "://" in shape and shape.endswith("*") and "*" not in shape[:-1]:
        return Prefix(literal[:-1], field, start=start, end=start + len(raw))  # of an address
    if "://" in shape:  # its ?, ~ and inner * are its own
        return Word(literal, field, start=start, end=start + len(raw)) if is_searchable(literal) else None
    boost, end = 1.0, start + len(raw)
    if (match := re.compile(_BOOST).search(shape, max(shape.rfind("^"), 1))) and (
        factor := float(match[1])
    ) <= MAX_BOOST:
        boost, end = factor, end - len(match.group())
        literal, shape = literal[: match.start()], shape[: match.start()]
    node = _everything(shape, field) or _pattern(literal, shape, field) or _plain(literal, shape, field)
    return node and node.replace(boost=boost, start=start, end=end)


def phrase(quoted: str, start: int, end: int, field: str | None, slop: int) -> Phrase | None:
    """The phrase between two quotes, or None if there is nothing in it."""
    text = _unescape_quoted(quoted)
    return Phrase(text, field, min(slop, MAX_SLOP), start=start, end=end) if is_searchable(text) else None


def range_at(text: str, at: int, field: str, of_numbers: bool = False) -> Node | None:
    """The range, in brackets or as a comparison, that begins at text[at], or None.

    of_numbers: its ends may be numbers with spaces between their thousands.
    """
    if not text.startswith(("[", "{", "<", ">"), at):
        return None
    if match := re.compile(_RANGES[of_numbers]).match(text, at):
        low, high = (_end_value(match[name]) for name in ("low", "high"))
        return ranged(field, low, high, match["open"] == "[", match["close"] != "}", match.span())
    match = re.compile(_COMPARISONS[of_numbers]).match(text, at)
    if match and re.compile(BOUNDARY).match(text, match.end()):
        value, inclusive = _end_value(match["value"]), match["sign"].endswith("=")
        if value is None or not is_searchable(value):
            return None
        low, high = (value, None) if match["sign"][0] == ">" else (None, value)
        return ranged(field, low, high, inclusive or low is None, inclusive or high is None, match.span())
    return None


def is_divided_sign(text: str, at: int) -> bool:
    """Whether a space stands inside the >= or <= at text[at]."""
    return re.compile(_DIVIDED_SIGN).match(text, at) is not None


def comparison_after(text: str, at: int) -> int | None:
    """Where a comparison or a range begins that only spaces keep from text[at], or None."""
    match = re.compile(r"\s{1,9}(?=[<>\[{])").match(text, at)
    return match.end() if match else None


def slop_at(text: str, at: int) -> tuple[int, int]:
    """The `~2` at text[at], or 0, and where it ends."""
    match = re.compile(_SLOP_HERE).match(text, at)
    return (int(match[1]), match.end()) if match else (0, at)


def boost_at(text: str, at: int) -> tuple[float, int]:
    """The `^2.5` at text[at], or 1.0, and where it ends."""
    match = re.compile(_BOOST_HERE).match(text, at)
    return (float(match[1]), match.end()) if match and float(match[1]) <= MAX_BOOST else (1.0, at)


def boosted(node: _NodeT, factor: float) -> _NodeT:
    """The node with its boost multiplied, within what can be written down and read again."""
    return node if factor == 1.0 else node.replace(boost=min(node.boost * factor, MAX_BOOST))


def _unescape(raw: str) -> tuple[str, str]:
    # The text meant, and its shape: as long, with a neutral character wherever a backslash made one plain.
    if "\\" not in raw:
        return raw, raw
    return re.sub(_ESCAPE, r"\1", raw), re.sub(_ESCAPE, _NEUTRAL, raw)


def _unescape_quoted(quoted: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", quoted) if "\\" in quoted else quoted


def _everything(shape: str, field: str | None) -> Node | None:
    if shape == "*:*":
        return Everything()
    return Everything(field) if shape == "*" else None


def _pattern(literal: str, shape: str, field: str | None) -> Node | None:
    first = len(shape) - len(shape.lstrip(OPENING))
    literal, shape = literal[first:], shape[first:]
    last = _end_of_pattern(shape, field)
    before = shape.rstrip(CLOSING)
    if match := re.compile(_FUZZY).search(before, max(len(before) - 2, 0)):
        body = before[: match.start()]
        if match[1] == "0" and _has_wildcard(
            body
        ):  # all of it is the pattern, a question mark at its end too
            return Wildcard(_joined(literal[: len(body)], body), field) if is_searchable(literal) else None
        # A question's mark, as at any word's end; from a pattern, all that clings: «лес*»~2 is лес* too.
        last = len(body.rstrip("?"))
        if not _has_wildcard(body[:last]):
            distance = min(int(match[1] or 1), MAX_DISTANCE)
            fuzzy = Fuzzy(literal[:last], field, distance)
            return fuzzy if distance and is_searchable(fuzzy.text) else None
        last = _end_of_pattern(body, field)
    literal, shape = literal[:last], shape[:last]
    if not _has_wildcard(shape) or not is_searchable(literal):
        return None
    if shape.endswith("*") and not _has_wildcard(shape.rstrip("*")):
        return Prefix(literal[: len(shape.rstrip("*"))], field)
    return Wildcard(_joined(literal, shape), field)


def _end_of_pattern(shape: str, field: str | None) -> int:
    """Where the punctuation begins that clings to a pattern.

    A question mark at the end is a question's, unless another wildcard stands in the word or a field is
    named.
    """
    end = len(shape.rstrip(CLOSING))
    if field is not None or _has_wildcard(shape[:end]):
        end += len(shape[end:]) - len(shape[end:].lstrip("?"))
    return end


def _joined(literal: str, shape: str) -> str:
    # Stars are counted before escapes are written: in `\**a` the first star is plain, the second is not.
    made: list[str] = []
    for plain, form in zip(literal, shape, strict=True):
        if form in "*?":
            if form == "?" or made[-1:] != ["*"]:
                made.append(form)
        else:
            made.append("\\" + plain if plain in "*?\\" else plain)
    return "".join(made)


def _has_wildcard(shape: str) -> bool:
    return "*" in shape or "?" in shape


def _plain(literal: str, shape: str, field: str | None) -> Node | None:
    if shape[:1] == "\\" and literal[1:] in OPERATORS:
        literal = literal[1:]
    return Word(literal, field) if is_searchable(literal) else None


def _end_value(raw: str | None) -> str | None:
    if raw is None or raw in ("*", '""'):
        return None
    return _unescape_quoted(raw[1:-1]) if raw.startswith('"') else raw


def ranged(
    field: str, low: str | None, high: str | None, with_low: bool, with_high: bool, source: tuple[int, int]
) -> Node:
    """A range between two ends, or everything if both are open. source: where it is written."""
    start, end = source
    if low is None and high is None:
        return Everything(field, start=start, end=end)
    # An open end has no border to leave out: `{TO 5]` and `[TO 5]` are the same range.
    return Range(field, low, high, with_low or low is None, with_high or high is None, start=start, end=end)
