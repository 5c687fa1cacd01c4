"""What a command that searches prints: hits for people or programs, totals, notes, suggestions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from .errors import NO_HIT, SUCCESS, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchlib import Hit, Index, Results, Suggestion

_LEAST_SECONDS = 1e-6


def say_notes(results: Results) -> None:
    """What of a query was not understood, beside the answer."""
    for note in results.notes:
        say(f"note: {note}")


def print_count(total: int, as_json: bool) -> int:
    """How many documents match, and nothing else; the exit status."""
    from .output import json_line, write

    write(json_line({"total": total}) if as_json else str(total))
    return SUCCESS if total else NO_HIT


def print_hits(
    index: Index, results: Results, hits: list[Hit], offset: int, fragments: int, explain: bool
) -> None:
    """Hits for people, and how many there are."""
    from .hits import HitPrinter
    from .output import Style, one_line, plural, write

    style = Style()
    printer = HitPrinter(style, index.schema.text_fields, fragments)
    for number, hit in enumerate(hits, offset + 1):
        write("\n".join(printer.lines(number, hit)))
        if explain:
            write("\n".join(map(style.dim, tree_lines(hit.explain(), "    "))) + "\n")
    shown = f"{len(hits):,} of {plural(results.total, 'hit')}" if hits else plural(results.total, "hit")
    dropped = f", without {', '.join(map(one_line, results.dropped))}" if results.dropped else ""
    write(style.dim(f"{shown} in {results.elapsed_ms:.1f} ms{dropped}"))


def print_json(index: Index, hits: list[Hit], fragments: int, explain: bool) -> None:
    """Hits for programs, one a line."""
    from .output import json_line, write

    for hit in hits:
        found: dict[str, Any] = {
            "id": hit.id,
            "score": hit.score,
            "fields": hit.fields,
            "fragments": [
                {
                    "field": name,
                    "text": fragment.text,
                    "start": fragment.start,
                    "end": fragment.end,
                    "spans": [[span.start, span.end] for span in fragment.spans],
                }
                for name in (index.schema.text_fields if fragments else ())
                for fragment in hit.fragments(name, fragments)
                if fragment.spans
            ],
        }
        if explain:
            found["explanation"] = hit.explain().as_dict()
        write(json_line(found))


def print_around(results: Results, as_json: bool, cursor: bool) -> None:
    """What was counted around the hits, and the cursor."""
    from .around import json_of, lines_of
    from .output import Style, json_line, write

    if as_json:
        write(json_line(json_of(results)))
        return
    write("")
    for line in lines_of(results, Style(), cursor):
        write(line)


def tree_lines(tree: object, indent: str = "") -> list[str]:
    """The lines of a tree that draws itself, safe for a terminal, each with its own indent and this one."""
    from .output import one_line

    return [
        indent + " " * (len(line) - len(line.lstrip())) + one_line(line.lstrip())
        for line in str(tree).split("\n")
    ]


def suggest(index: Index, query: str, fields: Sequence[str] | None, as_json: bool, end: float | None) -> None:
    """Suggestions after an answer that stands without them; if no time is left for them, it says so.

    end: by time.monotonic(); None: they take what they take.
    """
    from searchlib.errors import SearchTimeout

    left = None if end is None else max(end - time.monotonic(), _LEAST_SECONDS)
    try:
        found = index.suggest(query, fields=fields, timeout=left)
    except SearchTimeout:
        say("no suggestions: the time of --timeout is over")
    else:
        did_you_mean(found, as_json)


def did_you_mean(suggestions: Sequence[Suggestion], as_json: bool) -> None:
    """For people after the hits; beside JSON on stderr, where no program stumbles over it."""
    if not suggestions:
        return
    from .output import Style, one_line, write

    style = Style()
    others = (
        f"; or: {', '.join(one_line(other.query) for other in suggestions[1:3])}" if suggestions[1:] else ""
    )
    best, reason = one_line(suggestions[0].query), one_line(suggestions[0].reason)
    if as_json:
        say(f"did you mean: {best} ({reason}){others}")
    else:
        write(f"Did you mean: {style.bold(best)}  {style.dim(f'({reason}){others}')}")
