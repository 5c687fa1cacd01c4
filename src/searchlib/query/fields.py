"""Is the `name:` before a value meant as a field? The schema helps to decide.

A misspelt field must not pass without a word, for `titel:tashkent` would else quietly search everything; a
colon in pasted text needs none. So an unknown name counts as meant only if all of this holds:

- it is an identifier of two letters or more, directly followed by the colon: no `12:30`, no `C:\\news`, no
  `D:`;
- a value follows directly: a letter, a digit, a quote, a bracket, a comparison or a wildcard; no `Note:
  that`, no `https://…`, no `std::vector`, no `:-)`;
- no second colon and no @ follows in the same run: no `urn:isbn:…`, no `user:password@host`;
- it is no URI scheme that goes without slashes (`mailto:a`), nor `localhost:8080`;
- it is written as the schema's own names are: with a capital or in Cyrillic only if some field is.
  «Внимание:снег» and `Re:protest` are sentences where the fields are title and body; `Title:snow` is a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import UnknownFieldError, brief
from ..schema import ID, Schema

NAME = re.compile(r"([^\W\d]\w*):")
DOTTED = re.compile(r"([^\W\d]\w*(?:\.\w+)+):")
"""The path of a value inside an object, as JSON's people write it: its field is called author_name."""

# Compiled where they are used: only a query with an unknown name before a colon needs them.
_VALUE = r"[\w\"(\[{<>*]"
_RUN = r"[^\s()\"]*"
# Schemes that go without slashes, and the one host that looks like a field.
_SCHEMES = "mailto tel sms sip sips xmpp geo urn doi isbn issn pmid arxiv news magnet data about localhost"
_NO_FIELDS = frozenset(_SCHEMES.split())


class FieldNames:
    """The schema's names and how they are written."""

    def __init__(self, schema: Schema) -> None:
        self._names = frozenset(schema) | {ID}
        self._folded = {name.casefold(): name for name in (ID, *schema)}
        self._styles = {_style(name) for name in self._names}
        self._listing = ", ".join((ID, *schema))

    def of_path(self, path: str) -> str | None:
        """The field that a.b names; None if there is none, and the text is no path."""
        name = path.replace(".", "_")
        return name if name in self._names else None

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def error(self, name: str, start: int) -> UnknownFieldError:
        """What a strict reader raises for `name`, which stands at `start` and is none of them."""
        return UnknownFieldError(
            f"there is no field {name!r} (character {start + 1:,} of the query); {self._advice(name)}this "
            f"index has: {self._listing}. To search for the text itself, write {name}\\: or put it in quotes",
            start,
        )

    def note(self, name: str) -> str:
        """What any other reader says of it."""
        return (
            f"there is no field {brief(name)}, so that it was read as text; {self._advice(name)}this index "
            f"has: {self._listing}"
        )

    def _advice(self, name: str) -> str:
        similar = self._folded.get(name.casefold())
        return f"did you mean {similar}? " if similar else ""

    def is_meant(self, name: str, text: str, value_at: int) -> bool:
        """Whether `name`, whose value would begin at text[value_at], is meant as a field."""
        if name.casefold() not in self._folded and _style(name) not in self._styles:
            return False
        return may_name(name, text, value_at)


def may_name(name: str, text: str, value_at: int) -> bool:
    """The same as far as the text alone tells, whatever fields there are."""
    if len(name) < 2 or name in _NO_FIELDS or not re.compile(_VALUE).match(text, value_at):
        return False
    run = re.compile(_RUN).match(text, value_at)
    return run is None or not _has_any(run.group(), ":@")


def _style(name: str) -> tuple[bool, bool]:
    return name.isascii(), name[0].isupper()


def _has_any(text: str, characters: Iterable[str]) -> bool:
    return any(character in text for character in characters)
