"""searchlib merge: all segments into one."""

from __future__ import annotations

from .errors import SUCCESS
from .options import examples, index_option, json_option, quiet_option, subcommand


@subcommand(
    "merge",
    short_help="Join all segments into one.",
    epilog=examples("searchlib merge", "searchlib merge --index indexes/news"),
)
@index_option
@json_option
@quiet_option
def command(index_path: str, as_json: bool, quiet: bool) -> int:
    """Join all segments into one, and give the space of deleted documents back.

    It happens by itself, bit by bit; doing it at once makes the index as small and fast as it gets.
    """
    import searchlib

    from .output import bytes_text, json_line, plural, write

    index = searchlib.open(index_path)
    before = index.stats()
    with index.writer() as writer:
        writer.merge()
    after = index.stats()
    if as_json:
        names = ("num_segments", "size_bytes", "num_deleted")
        write(json_line({"before": {n: before[n] for n in names}, "after": {n: after[n] for n in names}}))
        return SUCCESS
    if quiet:
        return SUCCESS
    write(
        f"{plural(before['num_segments'], 'segment')}, {bytes_text(before['size_bytes'])} → "
        f"{plural(after['num_segments'], 'segment')}, {bytes_text(after['size_bytes'])}"
    )
    return SUCCESS
