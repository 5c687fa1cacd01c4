"""What an address of the page says: the whole state of a search. And the addresses of searches beside it."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from msgspec import Meta, Struct

MAX_PAGE = 1000
MAX_TYPED = 5_000
"""What the search box takes, in UTF-16 code units, as browsers count: escaped it fits into an address."""

SEPARATOR = ":"
"""Between the field and the value of a filter: tags:politics."""


class Asked(Struct, kw_only=True, frozen=True, omit_defaults=True, rename={"since": "from", "until": "to"}):
    """A search as an address says it; what is not known there is passed over.

    f: filters, each field:value. since, until: of the date, in ISO 8601. more: facets that are shown at
    length. exact: whether the words are searched for as they stand. lang: of the page. partial: only what
    changes. id, at: a document, and the code point of its text at which it opens.
    """

    index: str = ""
    q: Annotated[str, Meta(max_length=100_000)] = ""
    f: Annotated[list[str], Meta(max_length=100)] = []
    since: str = ""
    until: str = ""
    sort: str = ""
    page: Annotated[int, Meta(ge=1, le=MAX_PAGE)] = 1
    exact: bool = False
    more: Annotated[list[str], Meta(max_length=100)] = []
    lang: str = ""
    partial: bool = False
    id: str = ""
    at: Annotated[int, Meta(ge=0)] | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether something besides words says which documents count."""
        return bool(self.f or self.since or self.until)


def search_address(asked: Asked, **changes: Any) -> str:
    """The address of a search that differs from this one by those changes."""
    return _address("/", asked, id="", at=None, **changes)


def document_address(asked: Asked, document_id: str, at: int | None = None) -> str:
    """The address of a document; it keeps the search that it was found by, for the way back."""
    anchor = "" if at is None else "#match"
    return _address("/document", asked, id=document_id, at=at) + anchor


def _address(path: str, asked: Asked, **changes: Any) -> str:
    said = msgspec.to_builtins(msgspec.structs.replace(asked, partial=False, **changes))
    kept = {name: "1" if value is True else value for name, value in said.items()}
    return f"{path}?{urlencode(kept, doseq=True, errors='replace')}" if kept else path


def with_filter(asked: Asked, field: str, value: str) -> str:
    """The address with that filter, too."""
    return search_address(asked, f=[*asked.f, field + SEPARATOR + value], page=1)


def without_filter(asked: Asked, field: str, value: str) -> str:
    """The address without that filter."""
    gone = field + SEPARATOR + value
    return search_address(asked, f=[one for one in asked.f if one != gone], page=1)


def filters_of(asked: Asked) -> dict[str, list[str]]:
    """The values that are asked for, by field; what has no colon names the field alone."""
    found: dict[str, list[str]] = {}
    for one in dict.fromkeys(asked.f):
        field, _, value = one.partition(SEPARATOR)
        found.setdefault(field, []).append(value)
    return found
