"""What a shell completes beyond options: ids, fields, and words of the index that the line names.

A completion never fails and never waits long: where there is no index, or nothing begins so, it is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import places
from .errors import INDEX_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click
    from click.shell_completion import CompletionItem

    from searchlib import Index

_AT_MOST = 50
_SECONDS = 1.0


def words(ctx: click.Context, parameter: click.Parameter | None, incomplete: str) -> list[CompletionItem]:
    """How the word may go on, the most frequent first; in `field:pre`, by words of that field."""
    index = _index(ctx)
    if index is None or not incomplete or incomplete.isspace():
        return []
    try:
        found = index.complete(incomplete, _AT_MOST, timeout=_SECONDS)
    except Exception:
        return []
    told = [_in_case_of(incomplete, completion.text) for completion in found]
    told += [f"{name}:" for name in index.schema if name.startswith(incomplete)]
    return _items(told)


def field_names(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The fields of the index; behind a comma, one more."""
    index = _index(ctx)
    if index is None:
        return []
    before, comma, last = incomplete.rpartition(",")
    return _items(f"{before}{comma}{name}" for name in index.schema if name.startswith(last))


def document_ids(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The ids that begin so."""
    index = _index(ctx)
    if index is None:
        return []
    from itertools import islice

    return _items(islice(index.ids(incomplete), _AT_MOST))


def _in_case_of(typed: str, completed: str) -> str:
    """The completion behind what was typed, whose capital letters stay: shells compare them."""
    return (
        typed + completed[len(typed) :]
        if completed[: len(typed)].casefold() == typed.casefold()
        else completed
    )


def _items(texts: Iterable[str]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(text) for text in dict.fromkeys(texts) if text.isprintable()]


def _index(ctx: click.Context) -> Index | None:
    """The index of the line; None if there is none to read."""
    import os
    import warnings

    import searchlib

    path = ctx.params.get("index_path") or ctx.meta.get(INDEX_PATH)
    path = path or os.environ.get(places.VARIABLE) or places.default_index()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return searchlib.open(path)
    except Exception:
        return None
