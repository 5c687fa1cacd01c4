"""Names of a source's fields to names that a schema can have, and nested values to flat ones.

Fields keep their order. Two names that would become one stay two: the second gets a number. Nothing is known
of schemas or files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from ..schema import ID

MAX_NAME = 200
"""Characters of a name, so that there is room in a schema for what tells two names apart."""

_NAME = re.compile(r"[^\W\d]\w*\Z")
_NOT_WORD = re.compile(r"\W+")
MAX_KNOWN = 10_000
"""So many names are kept in mind; then they are forgotten, and come anew."""

_MAX_DEPTH = 8
_MAX_FLAT = 20_000
"""Names in one row: what is wider is no record, and what is left of it stays as it is."""

_TYPES_OF_PIECES = (
    "plain bold italic underline strikethrough code pre link text_link mention mention_name hashtag cashtag"
    " bot_command email phone bank_card spoiler blockquote custom_emoji"
)
_PIECE_TYPES = frozenset(_TYPES_OF_PIECES.split())
"""What a piece of a message is called in exports of Telegram."""

_FIELD_KEY = re.compile(r"[a-z_][A-Za-z_]*\Z")
_MANY = 8
_MAX_NAMES_OF_MAP = 1_000


def field_name(name: str) -> str:
    """The nearest name that a field can have: "First name" → First_name."""
    if name.lower() == ID:
        return ID
    if not name.isascii():
        name = unicodedata.normalize(
            "NFC", name
        )  # of й in two pieces, as some disks have it, the second is no letter
    word = name if _NAME.match(name) else _NOT_WORD.sub("_", name).strip("_")
    return word[:MAX_NAME] if _NAME.match(word) else f"field_{word[:MAX_NAME]}"


class FieldNames:
    """A name for each of a source's names, the same for all its rows, and no two alike."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._taken: dict[str, str] = {}
        self.told_apart: dict[str, str] = {}
        """Names that would have become another's, and what became of them."""

    def known(self) -> dict[str, str]:
        """The names so far, and what each became."""
        return dict(self._names)

    def know(self, names: Mapping[str, str]) -> None:
        """Begin with names that others have met."""
        self._names = dict(names)
        self._taken = {found: name for name, found in names.items() if found != ID}

    def of(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            known = self._new(name)
        return known

    def of_second_id(self, name: str) -> str:
        """What an id becomes in a row that has one already."""
        found = self.of(f"{name} 2")
        self.told_apart.setdefault(name, found)
        return found

    def _new(self, name: str) -> str:
        if len(self._names) > MAX_KNOWN:
            self._names.clear()
            self._taken.clear()
        base = found = field_name(name)
        if base == ID:  # "ID" in one row and "id" in the next are both the row's id
            self._names[name] = ID
            return ID
        number = 1
        while self._taken.setdefault(found, name) != name:
            number += 1
            found = f"{base}_{number}"
        if number > 1 and len(self.told_apart) < MAX_KNOWN:
            self.told_apart[name] = found
        self._names[name] = found
        return found


def flat(
    fields: Mapping[str, Any],
    is_map: Callable[[str, dict[str, Any]], bool] = lambda _, value: is_map_of_objects(value),
) -> dict[str, Any]:
    """The fields with those of objects inside them: {"meta": {"by": "Ann"}} → {"meta.by": "Ann"}.

    Of a list of objects, and of a map from ids to objects, each field becomes a list of values, as do lists
    in lists; the map's keys become the field "key". Text in pieces is joined: of ["a", {"type": "link",
    "text": "b"}] the text is "ab", and if it stands beside itself in pieces, it is there once. Empty lists
    are no values. Objects that are nested deeper than eight levels, or have too many names, stay as they are.
    is_map is asked with an object's path.
    """
    result: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {}
    stack: list[tuple[str, Any, bool, int]] = [
        (name, value, False, 1) for name, value in reversed(list(fields.items()))
    ]
    while stack:
        name, value, in_list, depth = stack.pop()
        if isinstance(value, dict) and depth <= _MAX_DEPTH and len(result) < _MAX_FLAT:
            if is_map(name, value):
                stack.extend((name, item, True, depth) for item in reversed(value.values()))
                stack.extend((f"{name}.key", key, True, depth) for key in reversed(value))
            else:
                inner = reversed(value.items())
                stack.extend((f"{name}.{key}", item, in_list, depth + 1) for key, item in inner)
        elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
            if (joined := _joined(value)) is not None:
                if not in_list and joined in result.values():
                    continue
                more = _beside_text(value)
                stack.extend((f"{name}.{key}", items, True, depth) for key, items in reversed(more.items()))
                stack.append((name, joined, in_list, depth))
                continue
            stack.extend((name, item, True, depth) for item in reversed(value))
        elif value is None or value == []:
            continue
        elif not in_list and name not in result:
            result[name] = value
        else:  # one of a list's; or {"a.b": 1, "a": {"b": 2}}, where neither must cost the other
            if name not in lists:
                before = result.get(name, [])
                result[name] = lists[name] = list(before) if isinstance(before, list) else [before]
            lists[name].extend(value if isinstance(value, list) else (value,))
    return result


def _joined(pieces: list[Any]) -> str | None:
    """The text that a list has in pieces; None if it is another list."""
    texts = []
    has_strings = False
    for piece in pieces:
        if isinstance(piece, str):
            has_strings = True
            texts.append(piece)
        elif isinstance(piece, dict) and isinstance(text := piece.get("text"), str):
            if not isinstance(piece.get("type"), str):
                return None
            texts.append(text)
        else:
            return None
    if not has_strings and any(piece["type"] not in _PIECE_TYPES for piece in pieces):
        return None
    return "".join(texts)


def _beside_text(pieces: list[Any]) -> dict[str, list[Any]]:
    """What pieces have beside their text, and what they are: where a link leads."""
    found: dict[str, list[Any]] = {}
    for piece in pieces:
        for key, value in piece.items() if isinstance(piece, dict) else ():
            if key not in ("type", "text") and value not in (None, "", []):
                found.setdefault(key, []).append(value)
    return found


def is_map_of_objects(value: Mapping[str, Any]) -> bool:
    """Whether an object is a map from ids to objects that are alike: {"u1": {…}, "u2": {…}}.

    The objects share most of their names; and few keys are such as fields have, or there are many of them.
    """
    if len(value) < 2:
        return False
    names: set[str] = set()
    num_names = 0
    for item in value.values():
        if not isinstance(item, dict) or not item:
            return False
        names.update(item)
        num_names += len(item)
        if len(names) > _MAX_NAMES_OF_MAP:
            return False
    if num_names * 2 < len(names) * len(value):
        return False
    num_fields = sum(_FIELD_KEY.match(key) is not None for key in value)
    return len(value) >= _MANY or num_fields * 2 < len(value)
