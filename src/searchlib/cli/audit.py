"""searchlib audit: what searches of an index may miss."""

from __future__ import annotations

import click

from .errors import NO_HIT, SUCCESS, say
from .options import examples, index_option, json_option, subcommand
from .places import is_url

_HEADINGS = {
    "field": "Fields that plain words do not search",
    "title": "Documents that words of their own title do not find",
    "duplicate": "Documents that are there twice",
    "refused": "Files and rows that were not read",
}
_MAX_SHOWN = 10


@subcommand(
    "audit",
    short_help="Find out what searches may miss.",
    epilog=examples("searchlib audit", "searchlib audit --json --titles 0", "searchlib audit --no-files"),
)
@index_option
@click.option(
    "--titles",
    default=10_000,
    show_default=True,
    type=click.IntRange(0),
    metavar="N",
    help="Try the titles of so many documents; 0: of all.",
)
@click.option("--files/--no-files", default=True, help="Look for files of the folders that are not held.")
@json_option
def command(index_path: str, titles: int, files: bool, as_json: bool) -> int:
    """Find out what searches may miss, by trying.

    Fields that no plain query searches; documents that words of their own title do not find; documents of
    the same content; files of the indexed folders that were refused, which are read again for the reason.
    Exit code 1 if there is anything to tell.
    """
    import searchlib

    from .output import Style, json_line, one_line, plural, write

    index = searchlib.open(index_path)
    if files and is_url(index_path):
        say("note: files of the folders are looked for where the index is, not from here")
        files = False
    findings = searchlib.audit(index, max_titles=titles or None, files=files)
    if as_json:
        for finding in findings:
            write(json_line(finding.as_dict()))
        return NO_HIT if findings else SUCCESS
    style = Style()
    for kind, heading in _HEADINGS.items():
        of_kind = [finding for finding in findings if finding.kind == kind]
        if not of_kind:
            continue
        write(style.bold(heading))
        for finding in of_kind[:_MAX_SHOWN]:
            write(f"  {one_line(str(finding))}")
        if len(of_kind) > _MAX_SHOWN:
            write(style.dim(f"  and {len(of_kind) - _MAX_SHOWN:,} more; --json lists all"))
        write("")
    looked = f"{plural(len(index), 'document')} looked at"
    write(
        style.dim(f"{looked}: {plural(len(findings), 'finding')}" if findings else f"{looked}: all is well")
    )
    return NO_HIT if findings else SUCCESS
