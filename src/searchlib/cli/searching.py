"""What `searchlib query` does, once its arguments are read: it searches, and has the answer printed.

Two read them, click and quick.py; click is not known here, for most queries start without it.
"""

from __future__ import annotations

import time

from ..lean import TYPE_CHECKING
from .errors import NO_HIT, SUCCESS, Misuse, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from searchlib import Index, Results, Synonyms, Translations

FORMATS = ("text", "table", "json", "csv", "md")
FRAGMENT_SIZE = 160


def answer(
    text: tuple[str, ...],
    index_path: str,
    limit: int = 10,
    offset: int = 0,
    fields: tuple[str, ...] = (),
    shown: tuple[str, ...] = (),
    fragments: int = 2,
    context: int = FRAGMENT_SIZE,
    cross_script: bool = False,
    synonym_files: tuple[str, ...] = (),
    dictionaries: tuple[str, ...] = (),
    syntax: str = "query",
    strict: bool = False,
    ranking: str = "default",
    expand: str | None = None,
    filters: tuple[str, ...] = (),
    timeout: float | None = None,
    explain: bool = False,
    count: bool = False,
    names: bool = False,
    opens: bool = False,
    output: str = "text",
    as_json: bool = False,
    sort: str | None = None,
    facets: tuple[str, ...] = (),
    after: str | None = None,
    cursor: bool = False,
    quiet: bool = False,
) -> int:
    """Search, print what is found as it was asked for, and return the exit code."""
    import searchlib

    end = None if timeout is None else time.monotonic() + timeout
    query = text_of(text, syntax)
    index = searchlib.open(index_path)
    chosen = chosen_fields(fields)
    columns = shown_fields(index, shown)
    output = "json" if as_json else output
    as_json = output == "json"
    around: dict[str, Any] = {}
    if sort is not None or facets or after is not None:
        from .around import facet_of, sort_of

        around = {"sort": sort_of(sort), "facets": [facet_of(text) for text in facets], "after": after}
    results = index.search(
        query,
        limit=0 if count else 1 if opens else limit,
        offset=0 if count else offset,
        fields=chosen,
        cross_script=cross_script,
        synonyms=synonyms_of(synonym_files),
        translations=translations_of(dictionaries),
        ranking=ranking,
        timeout=timeout,
        strict=strict,
        expand=expand,
        **around,
        filter=filter_of(filters),
    )
    is_text = output == "text" and not names
    if fragments and not count and (is_text or as_json):
        for name in index.schema.text_fields:
            results.texts(name)  # of all hits at once: what is shown of each is then at hand
    hits = list(results)
    if not quiet:
        _say_notes(results)
    if count:
        from .answers import print_count

        return print_count(results.total, as_json)
    if opens and hits:
        from .opening import open_hit

        return open_hit(index, hits[0])
    extra = None
    if as_json or not (hits or quiet):
        extra = _explained(index, results, query, chosen, filters, end)
    elif results.has_missing_words and not quiet:
        extra = {"suggestions": suggestions_of(index, query, chosen, end), "reasons": []}
    from . import answers

    if as_json:
        answers.print_json(index, hits, fragments, explain, context, columns, names)
        answers.print_summary(results, extra or {}, bool(facets) or cursor)
    elif names:
        answers.print_names(hits)
    elif output == "text":
        answers.print_hits(index, results, hits, offset, fragments, explain, context, columns, quiet)
    else:
        from .tables import print_table

        print_table(index, hits, output, columns)
    if (facets or cursor) and not as_json:
        answers.print_around(results, cursor, beside=not is_text)
    if extra and not quiet:
        answers.print_help(extra, beside=not is_text or as_json)
    return SUCCESS if hits or (limit == 0 and results.total) else NO_HIT


def _say_notes(results: Results) -> None:
    for note in results.notes:
        say(f"note: {note}")


def _explained(
    index: Index,
    results: Results,
    query: str,
    chosen: list[str] | None,
    filters: Sequence[str],
    end: float | None,
) -> dict[str, Any]:
    """Suggestions, and, where nothing was found, why."""
    suggestions = suggestions_of(index, query, chosen, end) if results.has_missing_words else []
    reasons: Sequence[Any] = ()
    if not results.total:
        reasons = _reasons(index, query, chosen, filters, end)
    return {"suggestions": suggestions, "reasons": reasons}


def suggestions_of(
    index: Index, query: str, fields: Sequence[str] | None, end: float | None
) -> Sequence[Any]:
    """They come after an answer that stands without them; if no time is left for them, it is said."""
    from searchlib.errors import SearchTimeout

    try:
        return index.suggest(query, fields=fields, timeout=_left(end))
    except SearchTimeout:
        say("no suggestions: the time of --timeout is over")
        return ()


def _reasons(
    index: Index, query: str, fields: Sequence[str] | None, filters: Sequence[str], end: float | None
) -> Sequence[Any]:
    from searchlib.errors import SearchTimeout

    try:
        return index.why_nothing(query, fields=fields, filter=filter_of(filters), timeout=_left(end))
    except SearchTimeout:
        return ()


def _left(end: float | None) -> float | None:
    return None if end is None else max(end - time.monotonic(), 1e-6)


def text_of(words: Sequence[str], syntax: str) -> str:
    """What was typed, as a query or as plain text; Misuse if it is nothing."""
    text = " ".join(words)
    if not text.strip():
        raise Misuse("the query is empty; give it a word")
    if syntax == "query":
        return text
    from searchlib import Plain

    return Plain(text)


def shown_fields(index: Index, options: Sequence[str]) -> list[str] | None:
    """The names given by --fields, by commas or one an option; None for all. UnknownFieldError."""
    names = chosen_fields(options)
    for name in names or ():
        if name != "id":
            index.schema.field(name)
    return names


def filter_of(texts: Sequence[str]) -> list[str] | None:
    """What was given by --filter, all of which must let a document through; None for none."""
    return list(texts) or None


def chosen_fields(options: Sequence[str]) -> list[str] | None:
    """The names that were given, one an option or several with commas between; None for the default ones."""
    return [name for option in options for name in option.split(",") if name] or None


def synonyms_of(paths: Sequence[str]) -> Synonyms | None:
    """Those of all the files; None if there are none."""
    if not paths:
        return None
    from functools import reduce
    from operator import or_

    from searchlib import Synonyms

    return reduce(or_, map(Synonyms.load, paths))


def translations_of(paths: Sequence[str]) -> Translations | None:
    """Those of all the dictionaries; None if there are none."""
    if not paths:
        return None
    from functools import reduce
    from operator import or_

    from searchlib import Translations

    return reduce(or_, map(Translations.load, paths))
