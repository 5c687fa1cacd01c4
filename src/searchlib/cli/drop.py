"""searchlib drop: an index, with all that is in it, off the disk."""

from __future__ import annotations

from .confirming import confirmed, yes_options
from .errors import FAILED, SUCCESS, say
from .options import examples, index_option, json_option, quiet_option, subcommand


@subcommand(
    "drop",
    short_help="Delete an index.",
    epilog=examples("searchlib drop --index indexes/old", "searchlib drop --index indexes/old --yes --quiet"),
)
@index_option
@yes_options
@json_option
@quiet_option
def command(index_path: str, yes: bool, dry_run: bool, as_json: bool, quiet: bool) -> int:
    """Delete the index, damaged or not. The files that it was made from are left alone.

    It asks first; without a terminal, --yes is needed. What else is in the index's folder stays.
    """
    import searchlib
    from searchlib.errors import CorruptIndexError, IndexVersionError

    from . import places
    from .output import json_line, one_line, plural, write

    num_docs = None
    try:
        num_docs = len(searchlib.open(index_path))
        held = plural(num_docs, "document")
    except (CorruptIndexError, IndexVersionError):
        held = "damaged, or of another version"
    if dry_run:
        if as_json:
            write(json_line({"would_delete": index_path, "num_docs": num_docs}))
        else:
            write(f"{one_line(index_path)} would be deleted: {held}")
        return SUCCESS
    if not confirmed(f"delete the index {places.shown(index_path)} ({held})?", yes):
        return FAILED
    left = searchlib.drop(index_path)
    if left:
        say(f"note: other files of the folder stay: {', '.join(left[:5])}")
    if as_json:
        write(json_line({"deleted": index_path, "left": left}))
    elif not quiet:
        write(f"{one_line(index_path)} deleted: {held}")
    return SUCCESS
