"""searchlib merge: all segments into one."""

from __future__ import annotations

from .errors import SUCCESS
from .options import examples, index_option, subcommand


@subcommand(
    "merge",
    short_help="Join all segments into one.",
    epilog=examples("searchlib merge", "searchlib merge --index indexes/news"),
)
@index_option
def command(index_path: str) -> int:
    """Join all segments into one, and give the space of deleted documents back.

    It happens by itself, bit by bit; doing it at once makes the index as small and fast as it gets.
    """
    import searchlib

    from .output import bytes_text, plural, write

    index = searchlib.open(index_path)
    before = index.stats()
    with index.writer() as writer:
        writer.merge()
    index.refresh()
    after = index.stats()
    write(
        f"{plural(before['num_segments'], 'segment')}, {bytes_text(before['size_bytes'])} → "
        f"{plural(after['num_segments'], 'segment')}, {bytes_text(after['size_bytes'])}"
    )
    return SUCCESS
