"""What a command that searches prints: hits for people or programs, totals, and what helps on."""

from __future__ import annotations

from ..lean import TYPE_CHECKING
from .errors import NO_HIT, SUCCESS, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from searchlib import Hit, Index, Results, Suggestion

_MAX_REASONS = 6


def print_count(total: int, as_json: bool) -> int:
    """How many documents match, and nothing else; the exit status."""
    from .output import json_line, write

    write(json_line({"total": total}) if as_json else str(total))
    return SUCCESS if total else NO_HIT


def print_names(hits: Sequence[Hit]) -> None:
    """Ids, one a line."""
    from .output import one_line, write

    for hit in hits:
        write(one_line(hit.id))


def print_hits(
    index: Index,
    results: Results,
    hits: list[Hit],
    offset: int,
    fragments: int,
    explain: bool,
    size: int,
    columns: Sequence[str] | None = None,
    quiet: bool = False,
) -> None:
    """Hits for people, and how many there are. size: letters of a fragment. columns: the fields shown."""
    from .hits import HitPrinter
    from .output import Style, one_line, plural, write

    style = Style()
    printer = HitPrinter(style, index.schema, fragments, size, columns)
    for number, hit in enumerate(hits, offset + 1):
        write("\n".join(printer.lines(number, hit)))
        if explain:
            write("\n".join(map(style.dim, tree_lines(hit.explain(), "    "))) + "\n")
    if quiet:
        return
    shown = f"{len(hits):,} of {plural(results.total, 'hit')}" if hits else plural(results.total, "hit")
    dropped = f", without {', '.join(map(one_line, results.dropped))}" if results.dropped else ""
    write(style.dim(f"{shown} in {results.elapsed_ms:.1f} ms{dropped}"))


def print_json(
    index: Index,
    hits: list[Hit],
    fragments: int,
    explain: bool,
    size: int,
    columns: Sequence[str] | None = None,
    names: bool = False,
) -> None:
    """Hits for programs, one a line; their ids alone if `names`."""
    from searchlib.wire.answers import hit_as_json

    from .output import json_line, write

    for hit in hits:
        if names:
            write(json_line({"id": hit.id}))
        else:
            write(json_line(hit_as_json(hit, index.schema, fragments, size, columns, explain)))


def print_summary(results: Results, extra: Mapping[str, Any], around: bool) -> None:
    """The last line of JSON: what is not of one hit. around: facets and the cursor, too."""
    from searchlib.wire.answers import summary_as_json

    from .output import json_line, write

    write(json_line(summary_as_json(results, extra.get("suggestions", ()), extra.get("reasons", ()), around)))


def print_around(results: Results, cursor: bool, beside: bool) -> None:
    """What was counted around the hits, and the cursor, for people. beside: on stderr, as of print_help."""
    from .around import lines_of
    from .output import Style, write

    style = Style()
    if beside:
        import contextlib
        import sys

        style.colour = False
        with contextlib.suppress(OSError):  # nobody listens
            print("\n".join(filter(None, lines_of(results, style, cursor))), file=sys.stderr, flush=True)
        return
    write("")
    for line in lines_of(results, style, cursor):
        write(line)


def tree_lines(tree: object, indent: str = "") -> list[str]:
    """The lines of a tree that draws itself, safe for a terminal, each with its own indent and this one."""
    from .output import one_line

    return [
        indent + " " * (len(line) - len(line.lstrip())) + one_line(line.lstrip())
        for line in str(tree).split("\n")
    ]


def print_help(extra: Mapping[str, Any], beside: bool) -> None:
    """Why nothing was found, and what may have been meant. beside: on stderr, where no program reads it."""
    from .output import Style, one_line, write

    style = Style()
    suggestions: Sequence[Suggestion] = extra.get("suggestions", ())
    # That a word is nowhere needs no saying where another one is suggested for it.
    told = [each for each in extra.get("reasons", ()) if not (suggestions and each.kind == "nowhere")]
    for each in told[:_MAX_REASONS]:
        if beside:
            say(f"note: {each}")
        else:
            write(one_line(str(each)))
    if not suggestions:
        return
    others = (
        f"; or: {', '.join(one_line(other.query) for other in suggestions[1:3])}" if suggestions[1:] else ""
    )
    best, reason = one_line(suggestions[0].query), one_line(suggestions[0].reason)
    if beside:
        say(f"did you mean: {best} ({reason}){others}")
    else:
        write(f"Did you mean: {style.bold(best)}  {style.dim(f'({reason}){others}')}")
